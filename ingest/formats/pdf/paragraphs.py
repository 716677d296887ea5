"""Which lines make one paragraph: told from indents, short lines, gaps and sizes, across columns and pages.

May import the core.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.formats.pdf.flow import NOTE_MARK, Column
from ingest.formats.pdf.glyphs import is_ideograph
from ingest.formats.pdf.lines import Line
from ingest.formats.pdf.page import Table
from ingest.lines import ends_sentence
from ingest.numbering import read_numeral

# Shares of an em: lines this much further in or out stand at another edge; ...
_INDENT = 0.7
# ... the first line of a paragraph is mostly indented by so much; ...
_FIRST_LINE = (1.4, 2.7)
# ... a line is short when the next one's first word and this much more had fitted; ...
_SLACK = 0.6
# ... a line with so much room on both sides, differing by less than the second, is centred.
_CENTRED, _LOPSIDED = 2.6, 1.0
# Lines further apart than this many times the usual are parted.
_GAP = 1.22
# Sizes that differ by less are one: what a file says, what an OCR measures.
_SAME_SIZE, _SAME_SIZE_MEASURED = 0.07, 0.3
# Print this much larger than the body is a heading's.
_LARGE = 1.12
# Its lines are no further apart than so many ems.
_CLOSE = 2.6
# A line that begins this far into its column is set apart (a signature).
_SET_APART = 0.4
# What marks the items of a list that has no numbers, and what no line begins with.
BULLET = re.compile(r"[•◦▪‣●■◆➢✓·](?=\s*\S)")
# A line of a table of contents ends in a page number.
_CONTENTS = re.compile(r"(?:[.．…·⋯]{2,}|\s)\s*\d{1,4}$")
_CLOSING = frozenset("，。；：、！？）”’》」』】")
# The usual distance of lines is the least that this share of them have.
_COMMON = 0.15


class Placed(NamedTuple):
    """A line and the column it stands in."""

    line: Line
    column: Column

    @property
    def indent(self) -> float:
        """Ems from the column's left edge."""
        return (self.line.left - self.column.left) / self.line.size

    @property
    def room(self) -> float:
        """Ems to the column's right edge."""
        return (self.column.right - self.line.right) / self.line.size

    @property
    def set_apart(self) -> bool:
        """Whether the line stands far into its column, as signatures do, but not in its middle."""
        width = self.column.right - self.column.left
        return not self.centred and self.indent * self.line.size > _SET_APART * width

    @property
    def centred(self) -> bool:
        """Whether the line stands in the middle of its column."""
        return min(self.indent, self.room) >= _CENTRED and abs(self.indent - self.room) <= _LOPSIDED


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading or footnote as printed: its lines in reading order."""

    lines: tuple[Placed, ...]
    note: bool = False


@dataclass(frozen=True, slots=True)
class TablePart:
    """A ruled table, or its part on one page."""

    table: Table
    column: Column


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a page, its number from 1."""

    text: str
    page: int


Entry = Passage | TablePart | Remark


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: its body's em, the usual distance of lines by em, whether it indents."""

    body: float
    pitches: tuple[tuple[float, float], ...]
    indented: bool

    def pitch(self, size: float) -> float:
        """The distance of baselines in print of this size, in points."""
        known = [pitch for other, pitch in self.pitches if abs(other - size) <= _SAME_SIZE * size]
        return known[0] if known else 1.75 * size


def read_setting(columns: Sequence[Column], body: float) -> Setting:
    """Measure how a document is set."""
    gaps: dict[float, Counter[float]] = {}
    for column in columns:
        for one, other in _neighbours(column.lines):
            if other.y - one.y < 4 * one.size:
                gaps.setdefault(one.size, Counter())[round(2 * (other.y - one.y)) / 2] += 1
    pitches = tuple((size, _usual(counts)) for size, counts in gaps.items())
    setting = Setting(body, pitches, indented=True)
    starts = Counter(
        _FIRST_LINE[0] <= placed.indent <= _FIRST_LINE[1]
        for column in columns
        for one, other in _neighbours(column.lines)
        if abs(other.size - body) <= _SAME_SIZE * body
        and _parted(Placed(one, column), placed := Placed(other, column), setting)
        and not placed.centred
    )
    return Setting(body, pitches, indented=starts[True] >= starts[False])


def read_passages(columns: Sequence[Column], setting: Setting) -> Iterator[Entry]:
    """Paragraphs and tables in reading order; a page's notes after the paragraph that runs over its end."""
    current: list[Placed] = []
    waiting: list[Entry] = []
    for column in columns:
        for entry in column.entries:
            if isinstance(entry, Line) and current and _goes_on(current, Placed(entry, column), setting):
                current.append(Placed(entry, column))
                continue
            yield from _closed(current, waiting)
            current, waiting = [], []
            if isinstance(entry, Table):
                yield TablePart(entry, column)
            else:
                current = [Placed(entry, column)]
        waiting += _notes(column)
        waiting += (Remark(text, column.page) for text in column.remarks)
    yield from _closed(current, waiting)


def _closed(current: list[Placed], waiting: list[Entry]) -> list[Entry]:
    return [*([Passage(tuple(current))] if current else []), *waiting]


def _notes(column: Column) -> Iterator[Entry]:
    note: list[Placed] = []
    for line in column.notes:
        if note and NOTE_MARK.match(line.text):
            yield Passage(tuple(note), note=True)
            note = []
        note.append(Placed(line, column))
    if note:
        yield Passage(tuple(note), note=True)


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    return ((one, other) for one, other in zip(lines, lines[1:], strict=False) if _same_size(one, other))


def _usual(counts: Counter[float]) -> float:
    enough = max(1.0, _COMMON * counts.total())
    return min(gap for gap, count in counts.items() if count >= enough or count == max(counts.values()))


def _same_size(one: Line, other: Line) -> bool:
    allowed = _SAME_SIZE if one.exact and other.exact else _SAME_SIZE_MEASURED
    return abs(one.size - other.size) <= allowed * max(one.size, other.size)


def _parted(one: Placed, other: Placed, setting: Setting) -> bool:
    """Whether a gap, or the room left in the first line, shows that a paragraph ends here."""
    if one.column is other.column and not 0 < other.line.y - one.line.y <= _GAP * setting.pitch(
        one.line.size
    ):
        return True
    return one.room > _first_word(other.line) + _SLACK


def _first_word(line: Line) -> float:
    """Ems that the beginning of a line takes up: a Latin word, a character and what may not part from it."""
    length = 0
    while length < len(line.text) and line.text[length].isascii() and not line.text[length].isspace():
        length += 1
    if length:
        return min(length * 0.55 + 0.5, 12.0)
    character = next((index for index, each in enumerate(line.text) if is_ideograph(each)), 0)
    end = character + 1
    while end < len(line.text) and line.text[end] in _CLOSING:
        end += 1
    return float(min(end, 5))


def _goes_on(paragraph: Sequence[Placed], other: Placed, setting: Setting) -> bool:
    """Whether a line belongs to the paragraph so far."""
    last = paragraph[-1]
    if not _same_size(last.line, other.line) or BULLET.match(other.line.text):
        return False
    if _is_headline(last, other, setting):
        return True
    if last.column is not other.column and last.line.size >= _LARGE * setting.body:
        return False
    if last.centred or other.centred:
        return last.centred and other.centred and not _parted_by_gap(last, other, setting)
    if last.set_apart or other.set_apart or _parted(last, other, setting) or _lists(last, other, setting):
        return False
    return _aligned(paragraph, other, setting)


def _is_headline(last: Placed, other: Placed, setting: Setting) -> bool:
    """Whether two lines of large print stand one below the other about one middle."""
    if last.column is not other.column or min(last.line.size, other.line.size) < _LARGE * setting.body:
        return False
    middle = (last.line.left + last.line.right - other.line.left - other.line.right) / 2
    close = other.line.y - last.line.y <= _CLOSE * last.line.size
    return close and abs(middle) <= _LOPSIDED * last.line.size


def _lists(last: Placed, other: Placed, setting: Setting) -> bool:
    """Whether lines are entries of a contents list, or a numbered one follows the end of a sentence."""
    if _CONTENTS.search(last.line.text) and _CONTENTS.search(other.line.text):
        return True
    may_begin = not setting.indented or other.indent >= _FIRST_LINE[0]
    return may_begin and ends_sentence(last.line.text) and read_numeral(other.line.text) is not None


def _parted_by_gap(one: Placed, other: Placed, setting: Setting) -> bool:
    return one.column is not other.column or other.line.y - one.line.y > _GAP * setting.pitch(one.line.size)


def _aligned(paragraph: Sequence[Placed], other: Placed, setting: Setting) -> bool:
    """Whether a line begins where the next line of the paragraph would."""
    last = paragraph[-1]
    step = other.indent - last.indent
    if len(paragraph) > 1:
        return abs(step) <= _INDENT
    if last.line.start is not None and abs(other.line.left - last.line.start) <= 0.4 * other.line.size:
        return True
    if step > _INDENT:
        return False
    if step < -_INDENT:
        return True
    if _FIRST_LINE[0] <= other.indent <= _FIRST_LINE[1]:
        return not ends_sentence(last.line.text)  # all of a quotation is indented, or two paragraphs are
    return setting.indented or last.column is other.column or not ends_sentence(last.line.text)

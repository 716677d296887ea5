"""How a document is set: where lines stand in their columns, how far apart, whether paragraphs are indented.

May import the core.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.formats.pdf.flow import Column
from ingest.formats.pdf.glyphs import is_ideograph
from ingest.formats.pdf.lines import Line

# Ems by which the first line of a paragraph is mostly indented; where the others are not, by less than this.
FIRST_LINE, _NOT_INDENTED = (1.4, 2.7), 0.7
# A line is short when the next one's first word and so many ems more had fitted (an OCR measures roughly).
_SLACK, _SLACK_MEASURED = 0.6, 1.2
# A line with so many ems of room on both sides, differing by less than the second, is centred.
_CENTRED, _LOPSIDED = 2.6, 1.0
# A line that begins this far into its column is set apart (a signature).
_SET_APART = 0.4
# Lines further apart than this many times the usual are parted; the usual is the least of so large a share.
_GAP, _GAP_MEASURED, _COMMON = 1.22, 1.4, 0.15
# Where no two lines of a size follow one another they are taken to be so many ems apart.
_PITCH = 1.75
# Sizes that differ by less are one: what a file says, what an OCR measures.
_SAME_SIZE, _SAME_SIZE_MEASURED = 0.07, 0.3
_CLOSING = frozenset("，。；：、！？）”’》」』】")


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
class Setting:
    """How a document is set: its body's em, the usual distance of lines by em, whether it indents."""

    body: float
    pitches: tuple[tuple[float, float], ...]
    indented: bool

    def pitch(self, size: float) -> float:
        """The distance of baselines in print of this size, in points."""
        known = [pitch for other, pitch in self.pitches if abs(other - size) <= _SAME_SIZE * size]
        return known[0] if known else _PITCH * size


def read_setting(columns: Sequence[Column], body: float) -> Setting:
    """Measure how a document is set."""
    gaps: dict[float, Counter[float]] = {}
    for column in columns:
        for one, other in _neighbours(column.lines):
            if other.y - one.y < 4 * one.size:
                gaps.setdefault(one.size, Counter())[round(2 * (other.y - one.y)) / 2] += 1
    pitches = tuple((size, _usual(counts)) for size, counts in gaps.items())
    setting = Setting(body, pitches, indented=True)
    firsts = Counter(first for column in columns for first in _first_lines(column, setting))
    return Setting(body, pitches, indented=firsts[True] >= firsts[False])


def _first_lines(column: Column, setting: Setting) -> Iterator[bool]:
    """Of each paragraph of the body that clearly begins and goes on: whether its first line is indented."""
    lines = [Placed(line, column) for line in column.lines]
    for before, first, second in zip(lines, lines[1:], lines[2:], strict=False):
        alike = same_size(before.line, first.line) and same_size(first.line, second.line)
        if alike and abs(first.line.size - setting.body) <= _SAME_SIZE * setting.body:
            begins = parted(before, first, setting) and not first.centred
            if begins and not parted(first, second, setting):
                yield first.indent - second.indent >= _NOT_INDENTED


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    return ((one, other) for one, other in zip(lines, lines[1:], strict=False) if same_size(one, other))


def _usual(counts: Counter[float]) -> float:
    enough = max(1.0, _COMMON * counts.total())
    return min(gap for gap, count in counts.items() if count >= enough or count == max(counts.values()))


def same_size(one: Line, other: Line) -> bool:
    """Whether lines are set in one size, as far as it is known."""
    allowed = _SAME_SIZE if one.exact and other.exact else _SAME_SIZE_MEASURED
    return abs(one.size - other.size) <= allowed * max(one.size, other.size)


def parted_by_gap(one: Placed, other: Placed, setting: Setting) -> bool:
    """Whether a line stands in another column, or further down than the next line would."""
    allowed = _GAP if one.line.exact else _GAP_MEASURED
    down = other.line.y - one.line.y
    return one.column is not other.column or not 0 < down <= allowed * setting.pitch(one.line.size)


def parted(one: Placed, other: Placed, setting: Setting) -> bool:
    """Whether a gap, or the room left in the first line, shows that a paragraph ends here."""
    if one.column is other.column and parted_by_gap(one, other, setting):
        return True
    return one.room > _first_word(other.line) + (_SLACK if one.line.exact else _SLACK_MEASURED)


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

"""Which lines make one paragraph: told from indents, short lines, gaps and sizes, across columns and pages.

May import the core.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.docnumber import is_number
from ingest.formats.pdf.flow import NOTE_MARK, Column
from ingest.formats.pdf.lines import Line
from ingest.formats.pdf.page import Table
from ingest.formats.pdf.setting import FIRST_LINE, Placed, Setting, parted, parted_by_gap, same_size
from ingest.lines import ends_sentence
from ingest.numbering import read_numeral

# Ems: lines this much further in or out stand at another edge.
_INDENT = 0.7
# Print this much larger than the body is a heading's; its lines are no further apart than so many ems, ...
_LARGE, _CLOSE = 1.12, 2.6
# ... and their middles than this.
_LOPSIDED = 1.0
# What marks the items of a list that has no numbers.
BULLET = re.compile(r"[•◦▪‣●■◆➢✓·](?=\s*\S)")
# A line of a table of contents ends in a page number.
_CONTENTS = re.compile(r"(?:[.．…·⋯]{2,}|\s)\s*\d{1,4}$")


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


def read_passages(columns: Sequence[Column], setting: Setting) -> Iterator[Entry]:
    """Paragraphs and tables in reading order; a page's notes after the paragraph that runs over its end."""
    current: list[Placed] = []
    waiting: list[Entry] = []
    for column in columns:
        for entry, below in zip_longest(column.entries, column.entries[1:]):
            following = Placed(below, column) if isinstance(below, Line) else None
            if isinstance(entry, Line) and current:
                placed = Placed(entry, column)
                if _goes_on(current, placed, following, setting):
                    current.append(placed)
                    continue
            yield from _closed(current, waiting)
            current, waiting = [], []
            if isinstance(entry, Table):
                yield TablePart(entry, column)
            else:
                current = [Placed(entry, column)]
        waiting += _notes(column)
        waiting += (Remark(text, column.page) for text in column.remarks)
        if not column.entries:  # a page that was not read: nothing goes on over it
            yield from _closed(current, waiting)
            current, waiting = [], []
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


def _goes_on(paragraph: Sequence[Placed], other: Placed, following: Placed | None, setting: Setting) -> bool:
    """Whether a line belongs to the paragraph so far; `following` is the line below it."""
    last = paragraph[-1]
    if not same_size(last.line, other.line) or BULLET.match(other.line.text):
        return False
    if _is_headline(last, other, setting):
        return True
    if last.column is not other.column and last.line.size >= _LARGE * setting.body:
        return False
    if last.centred or other.centred:
        number = is_number(last.line.text) or is_number(other.line.text)
        return last.centred and other.centred and not number and not parted_by_gap(last, other, setting)
    if last.set_apart or other.set_apart or parted(last, other, setting) or _lists(last, other, setting):
        return False
    return _aligned(paragraph, other, following, setting)


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
    may_begin = not setting.indented or other.indent >= FIRST_LINE[0]
    return may_begin and ends_sentence(last.line.text) and read_numeral(other.line.text) is not None


def _aligned(paragraph: Sequence[Placed], other: Placed, following: Placed | None, setting: Setting) -> bool:
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
    if FIRST_LINE[0] <= other.indent <= FIRST_LINE[1]:
        return _is_quoted(last, other, following, setting)
    return setting.indented or last.column is other.column or not ends_sentence(last.line.text)


def _is_quoted(last: Placed, other: Placed, following: Placed | None, setting: Setting) -> bool:
    """Two lines indented alike: of one quotation, or the first lines of two paragraphs."""
    if ends_sentence(last.line.text):
        return False
    if following is None or not same_size(other.line, following.line) or parted(other, following, setting):
        return not setting.indented
    return abs(following.indent - other.indent) <= _INDENT

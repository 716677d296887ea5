"""Which lines belong together: broken lines are rejoined, judged by the widths around them.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.marks import LONGEST_LABEL, Mark
from ingest.numbering import read_numeral

# Lines looked at on either side to learn how wide the column is.
_REACH = 4
_NARROWEST, _WIDEST = 12.0, 60.0
# A full line may fall this short of the column: punctuation is not parted from its word.
_SLACK = 1.5
# The first line of a paragraph was indented by two characters, whether or not the blanks survive.
_INDENT = 2.0
# A line this much shorter than its column was ended on purpose.
_SHORT = 5.0
_PROSE = re.compile("[，。；、,]")
_SENTENCE_INSIDE = re.compile(r"[。！？；].")
_OPEN_END = re.compile(r"[，、,（(“‘《〈「『—]$")
_LONG_CLAUSE = 30.0
# Below this share of broken lines with an empty line behind them, empty lines part paragraphs.
_STRAY_GAPS = 0.1
_STANDING = frozenset({Mark.HEADING, Mark.LEAD, Mark.NOTE, Mark.DATE, Mark.SIGNATURE, Mark.TITLE})


@dataclass(frozen=True, slots=True)
class _Column:
    """Column width at each line (0 where lines are whole paragraphs), and what empty lines mean."""

    widths: tuple[float, ...]
    gaps_part: bool


def assemble(lines: Sequence[Line], marks: Sequence[Mark]) -> list[tuple[Line, ...]]:
    """Group consecutive lines into paragraphs, in order, every line in exactly one."""
    column = _measure(lines, marks)
    groups: list[tuple[Line, ...]] = []
    group: list[Line] = []
    for index, line in enumerate(lines):
        if group and not _continues(index, group, lines, marks, column):
            groups.append(tuple(group))
            group = []
        group.append(line)
    return [*groups, tuple(group)] if group else groups


def column_widths(lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[float, ...]:
    """How wide the column of print is at each line; 0 where a line is a whole paragraph."""
    widths = [0.0] * len(lines)
    for start, end in _runs(marks):
        for index in range(start, end):
            low, high = max(start, index - _REACH), min(end, index + _REACH + 1)
            widths[index] = _column_width(lines[low:high])
    return tuple(widths)


def _runs(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Stretches without a line that stands by itself: the column may change at those."""
    runs, start = [], 0
    for index, mark in enumerate(marks):
        if mark in _STANDING:
            if index > start:
                runs.append((start, index))
            start = index + 1
    return [*runs, (start, len(marks))] if start < len(marks) else runs


def _column_width(window: Sequence[Line]) -> float:
    widths = sorted(line.width for line in window)
    width = widths[-3] if len(widths) >= 5 else widths[len(widths) // 2]
    if not _NARROWEST <= width <= _WIDEST:
        return 0.0
    broken = sum(not line.terminal and -3.5 <= line.width - width <= _SLACK for line in window)
    prose = sum(_PROSE.search(line.text) is not None for line in window)
    enough = broken >= min(3, max(2, len(window) - 2)) and broken >= 0.4 * len(window) - 1
    return width if enough and prose >= 0.3 * len(window) else 0.0


def _measure(lines: Sequence[Line], marks: Sequence[Mark]) -> _Column:
    widths = column_widths(lines, marks)
    broken = [
        after.gap
        for before, after, width in zip(lines, lines[1:], widths, strict=False)
        if width and not before.terminal and before.width >= width - _INDENT - _SLACK
    ]
    return _Column(widths, gaps_part=not broken or sum(broken) < _STRAY_GAPS * len(broken))


def _continues(
    index: int, group: Sequence[Line], lines: Sequence[Line], marks: Sequence[Mark], column: _Column
) -> bool:
    """Whether line `index` goes on with the paragraph gathered so far."""
    mark, before = marks[index], marks[index - 1]
    if before is Mark.LEAD and mark is Mark.PLAIN:
        return lines[index - 1].text.endswith(("、", "，"))
    if mark in _STANDING or mark is Mark.ITEM or before in _STANDING:
        return False
    if read_numeral(lines[index].text) is not None:
        return False
    width = column.widths[index] or column.widths[index - 1]
    if not width or group[-1].width > _WIDEST:
        return _is_broken(group, lines[index])
    return _fills(group, lines[index], width, gaps_part=column.gaps_part)


def _fills(group: Sequence[Line], line: Line, width: float, *, gaps_part: bool) -> bool:
    """In a column of print: the last line is full, so its end is no end of paragraph."""
    last = group[-1]
    expected = width - (_INDENT if len(group) == 1 else 0.0)
    if line.indent > last.indent + 1 and last.indent <= group[0].indent and len(group) > 1:
        return not last.terminal
    if not last.terminal:
        return last.width >= expected - _SHORT or _OPEN_END.search(last.text) is not None
    if last.width < expected - _SLACK or (gaps_part and line.gap):
        return False
    return not _begins_indented(line, width)


def _begins_indented(line: Line, width: float) -> bool:
    return width - _INDENT - _SLACK < line.width < width - _SLACK and not line.terminal


def _is_broken(group: Sequence[Line], line: Line) -> bool:
    """Among whole paragraphs: this one stops in mid-sentence and the next line goes on."""
    last = group[-1]
    if last.terminal or _PROSE.search(line.text) is None:
        return False
    if len(group) == 1 and last.width <= LONGEST_LABEL and read_numeral(last.text) is not None:
        return _SENTENCE_INSIDE.search(last.text) is not None
    if _OPEN_END.search(last.text) or _SENTENCE_INSIDE.search(last.text):
        return True
    return last.width >= _LONG_CLAUSE and _PROSE.search(last.text) is not None

"""The column a text was printed in: how wide it is at each line, and what blanks around lines mean.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.lines import Line
from ingest.marks import Mark
from ingest.numbering import read_numeral

# Lines that stand by themselves: the paragraph ends before and after them, and a column may change.
STANDING = frozenset(
    {Mark.HEADING, Mark.LEAD, Mark.NOTE, Mark.ASIDE, Mark.ROW, Mark.DATE, Mark.SIGNATURE, Mark.TITLE}
)
NARROWEST, WIDEST = 12.0, 60.0
# A full line may fall this short of the column: punctuation is not parted from its word.
SLACK = 1.5
# The first line of a paragraph was indented by two characters, whether or not the blanks survive.
INDENT = 2.0
# Lines looked at on either side to learn how wide the column is.
_REACH = 4
_PROSE = re.compile("[，。；、,]")
# From this share of lines on that show a column, the others are taken to stand in one too.
_MOSTLY_PRINT = 0.3
# A line this much wider than the column is a paragraph by itself.
_OVER = 3.0
# Below this share of lines broken in mid-sentence, what goes before a line parts paragraphs.
_STRAY = 0.1
# A line that ends a sentence this far before the end of the column ends its paragraph; what follows so
# many of them shows how paragraphs begin, and from this share on all of them do.
_ENDED, _FEWEST_ENDED, _ALWAYS = 0.6, 3, 0.95


@dataclass(frozen=True, slots=True)
class Column:
    """Width at each line, 0 where lines are whole paragraphs; whether empty lines or indents part them.

    `parted` says that no paragraph begins without one or the other.
    """

    widths: tuple[float, ...]
    gaps_part: bool
    indents_part: bool
    parted: bool = False

    def sets_off(self, line: Line) -> bool:
        """Whether the blanks before a line say that a paragraph begins there."""
        return (self.gaps_part and line.gap) or (self.indents_part and line.indent > 1)


def measure(lines: Sequence[Line], marks: Sequence[Mark]) -> Column:
    """Learn the column from the lines themselves, locally: it may differ from article to article."""
    widths = _filled(lines, _local_widths(lines, marks))
    broken = [
        after
        for before, after, width in zip(lines, lines[1:], widths, strict=False)
        if width and not before.terminal and before.width >= width - INDENT - SLACK
    ]
    column = Column(
        widths,
        gaps_part=sum(line.gap for line in broken) <= _STRAY * len(broken),
        indents_part=sum(line.indent > 1 for line in broken) <= _STRAY * len(broken),
    )
    return replace(column, parted=bool(broken) and _is_parted(lines, column))


def _is_parted(lines: Sequence[Line], column: Column) -> bool:
    """What follows the clear end of a paragraph is always set off; numbered lines need not be."""
    begun = [
        after
        for before, after, width in zip(lines, lines[1:], column.widths, strict=False)
        if before.terminal
        and max(before.width, len(before.text)) < _ENDED * width
        and (column.sets_off(after) or read_numeral(after.text) is None)
    ]
    return len(begun) >= _FEWEST_ENDED and sum(map(column.sets_off, begun)) >= _ALWAYS * len(begun)


def _local_widths(lines: Sequence[Line], marks: Sequence[Mark]) -> list[float]:
    widths = [0.0] * len(lines)
    for start, end in _runs(marks):
        for index in range(start, end):
            low, high = max(start, index - _REACH), min(end, index + _REACH + 1)
            widths[index] = _width(lines[low:high])
    return widths


def _runs(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Stretches without a line that stands by itself."""
    runs, start = [], 0
    for index, mark in enumerate(marks):
        if mark in STANDING:
            if index > start:
                runs.append((start, index))
            start = index + 1
    return [*runs, (start, len(marks))] if start < len(marks) else runs


def _width(window: Sequence[Line]) -> float:
    """Many lines of about one width that break in mid-sentence make a column."""
    widths = sorted(line.width for line in window)
    width = widths[-3] if len(widths) >= 5 else widths[len(widths) // 2]
    if not NARROWEST <= width <= WIDEST:
        return 0.0
    broken = sum(not line.terminal and -3.5 <= line.width - width <= SLACK for line in window)
    prose = sum(_PROSE.search(line.text) is not None for line in window)
    enough = broken >= min(3, max(2, len(window) - 2)) and broken >= 0.4 * len(window) - 1
    return width if enough and prose >= 0.3 * len(window) else 0.0


def _filled(lines: Sequence[Line], widths: list[float]) -> tuple[float, ...]:
    """Short lines amid print (lists, last lines) stand in the column that goes on around them.

    Where blanks set all lines off, the few that look like print are paragraphs too.
    """
    known = [width for width in widths if width]
    if len(known) <= _MOSTLY_PRINT * len(lines):
        whole = sum(line.gap or line.indent > 1 for line in lines) >= _ALWAYS * (len(lines) - 1)
        return (0.0,) * len(lines) if whole else tuple(widths)
    current = median(known)
    filled = []
    for line, width in zip(lines, widths, strict=True):
        current = width or current
        filled.append(current if line.width <= current + _OVER else 0.0)
    return tuple(filled)

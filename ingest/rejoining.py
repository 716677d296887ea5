"""Lines of a wrapped text put back together, where the text sets every paragraph of it off by blanks.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.column import INDENT, SLACK, Column
from ingest.lines import Line, ends_sentence, ink_width, join
from ingest.marks import Mark
from ingest.numbering import read_numeral

# A line this much shorter than the column, its indent aside, ended on purpose even here; one this much
# longer is a paragraph by itself.
_SHORT = 5.0


def rejoin(lines: Sequence[Line], marks: Sequence[Mark], column: Column) -> list[Line]:
    """One line for each paragraph, as far as the blanks tell; all lines as they are where they do not."""
    if not column.parted:
        return list(lines)
    width = median(width for width in column.widths if width)
    paragraphs: list[Line] = []
    group: list[Line] = []
    for index, line in enumerate(lines):
        if group and not _goes_on(index, lines, marks, width):
            paragraphs.append(_join(group))
            group = []
        group.append(line)
    return [*paragraphs, _join(group)] if group else paragraphs


def _goes_on(index: int, lines: Sequence[Line], marks: Sequence[Mark], width: float) -> bool:
    """Nothing sets the line off, and the one above is as long as a line of the column."""
    line, last = lines[index], lines[index - 1]
    if line.gap or line.indent > 1 or marks[index] is not Mark.PLAIN or marks[index - 1] is not Mark.PLAIN:
        return False
    short = width - max(last.width, len(last.text)) - (INDENT if last.indent > 1 else 0.0)
    numeral = read_numeral(line.text)
    if numeral is not None and (last.terminal or not (numeral.loose or short <= SLACK)):
        return False
    return short <= _SHORT and last.width <= width + _SHORT


def _join(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    text, last = join(lines), lines[-1]
    return replace(
        lines[0],
        text=text,
        end=last.end,
        width=ink_width(text),
        terminal=ends_sentence(text),
        trail=last.trail,
    )

"""Which lines belong together: broken lines are rejoined, judged by the widths around them.

May import the core.
"""

import re
from collections.abc import Sequence

from ingest.column import INDENT, SLACK, STANDING, Column
from ingest.lines import CLOSES, Line
from ingest.marks import ANNOTATION, LONGEST_LABEL, Mark
from ingest.numbering import Style, read_numeral
from ingest.press import opens_report

# A line this much shorter than its column was ended on purpose; a numbered one sooner.
_SHORT, _SHORT_HEADING = 5.0, 2.5
_PROSE = re.compile("[，。；、,]")
_SENTENCE_INSIDE = re.compile(r"[。！？；].")
_OPEN_END = re.compile(r"[，、,（(“‘《〈「『—]$")
# A line of a law's history: a day, and what was done on it.
_DAY = re.compile(r"[（(]?\d{4}年\d{1,2}月\d{1,2}日")
_ACT = re.compile(r"(?:通过|批准|公布|发布|施行|修正|修订)[）)]?$")
# A chapter's name is broken after so many characters, not sooner.
_FULL_NAME = 12.0
# （试行） on a line of its own belongs to the title above, if that is no longer than this.
_LONGEST_NAMED = 40.0
# Among whole paragraphs, a clause of this length without an end was broken off.
_LONG_CLAUSE = 30.0


def assemble(lines: Sequence[Line], marks: Sequence[Mark], column: Column) -> list[tuple[Line, ...]]:
    """Group consecutive lines into paragraphs, in order, every line in exactly one."""
    groups: list[tuple[Line, ...]] = []
    group: list[Line] = []
    for index, line in enumerate(lines):
        if group and not _continues(index, group, lines, marks, column):
            groups.append(tuple(group))
            group = []
        group.append(line)
    return [*groups, tuple(group)] if group else groups


def _continues(
    index: int, group: Sequence[Line], lines: Sequence[Line], marks: Sequence[Mark], column: Column
) -> bool:
    """Whether line `index` goes on with the paragraph gathered so far."""
    line, last = lines[index], group[-1]
    mark, before = marks[index], marks[index - 1]
    if before is Mark.LEAD and mark is Mark.PLAIN:
        return last.text.endswith(("、", "，"))
    if mark in STANDING or mark is Mark.ITEM or before in STANDING:
        return False
    if CLOSES.match(line.text) or (not last.terminal and _is_cut_off(index, lines)):
        return True
    if _begins_anew(line, last) or _is_history(group):
        return False
    if len(group) == 1 and _names_chapter(index, lines):
        return True
    if ANNOTATION.fullmatch(line.text) and not last.terminal and last.width <= _LONGEST_NAMED:
        return True
    width = column.widths[index] or column.widths[index - 1]
    if not width or last.width > width + INDENT + SLACK:
        return _is_broken(group, line)
    return _is_printed_on(group, line, width, column)


def _is_printed_on(group: Sequence[Line], line: Line, width: float, column: Column) -> bool:
    """In a column of print: the line goes on with the paragraph."""
    last = group[-1]
    if column.indents_part and line.indent > 1 and line.indent > last.indent:
        return False
    if not last.terminal:
        return _runs_on(group, width)
    if column.gaps_part and line.gap:
        return False
    return _is_full(group, width) and not _begins_indented(line, width)


def _is_cut_off(index: int, lines: Sequence[Line]) -> bool:
    """The line below begins with the punctuation of this one, which is thus a piece of a sentence."""
    return index + 1 < len(lines) and CLOSES.match(lines[index + 1].text) is not None


def _begins_anew(line: Line, last: Line) -> bool:
    """A number begins the line, or what reports begin with below a headline."""
    if last.width <= _LONGEST_NAMED and opens_report(line.text):
        return True
    numeral = read_numeral(line.text)
    return numeral is not None and (last.terminal or not numeral.loose)


def _is_history(group: Sequence[Line]) -> bool:
    """The paragraph gathered so far says on which day a law was passed or changed, and no more."""
    return _ACT.search(group[-1].text) is not None and _DAY.match(group[0].text) is not None


def _names_chapter(index: int, lines: Sequence[Line]) -> bool:
    """Between 第X章 … and its first article stands nothing but the rest of the chapter's name."""
    line, last = lines[index], lines[index - 1]
    if index + 1 >= len(lines) or line.terminal or last.terminal or line.width > LONGEST_LABEL / 2:
        return False
    if last.width < _FULL_NAME or not line.text[0].isalpha():
        return False
    above, below = read_numeral(last.text), read_numeral(lines[index + 1].text)
    if above is None or below is None:
        return False
    return above.style < Style.ARTICLE and above.style < below.style <= Style.ARTICLE


def _is_full(group: Sequence[Line], width: float) -> bool:
    """In a column of print: the last line reaches its end, so it need not end the paragraph."""
    return group[-1].width >= _expected(group, width) - SLACK


def _runs_on(group: Sequence[Line], width: float) -> bool:
    """In a column of print: a line without an end goes on, unless it is clearly short."""
    last = group[-1]
    if _OPEN_END.search(last.text):
        return True
    named = len(group) == 1 and read_numeral(last.text) is not None
    short = _SHORT_HEADING if named and _SENTENCE_INSIDE.search(last.text) is None else _SHORT
    return last.width >= _expected(group, width) - short


def _expected(group: Sequence[Line], width: float) -> float:
    return width - (INDENT if len(group) == 1 else 0.0)


def _begins_indented(line: Line, width: float) -> bool:
    return width - INDENT - SLACK < line.width < width - SLACK and not line.terminal


def _is_broken(group: Sequence[Line], line: Line) -> bool:
    """Among whole paragraphs: this one stops in mid-sentence and the next line goes on."""
    last = group[-1]
    if last.terminal or _PROSE.search(line.text) is None:
        return False
    if _OPEN_END.search(last.text) or _SENTENCE_INSIDE.search(last.text):
        return True
    numeral = read_numeral(last.text) if len(group) == 1 and last.width <= LONGEST_LABEL else None
    if numeral is not None and numeral.style is not Style.ARTICLE:
        return False
    return last.width >= _LONG_CLAUSE and _PROSE.search(last.text) is not None

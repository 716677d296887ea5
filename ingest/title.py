"""The title as the text itself gives it: the lines before the first paragraph, and which of them it is.

May import the core.
"""

import re
from collections.abc import Sequence

from ingest.docnumber import is_number
from ingest.lines import CLOSES, Line, ink_width
from ingest.marks import ANNOTATION, Mark
from ingest.numbering import read_numeral
from ingest.signature import is_unit
from rag.language.chinese import squeeze

# No document has more lines before its first paragraph; no title is wider.
_MOST_LINES = 12
_WIDEST = 45.0
# The widest line of a title that has a comma in it.
_WIDEST_CLAUSE = 36.0
# Shorter lines above the text are captions or the name of a column.
_SHORTEST_TITLE = 8
_STOP = re.compile(r"[。；！？;]|[:：]$")
_COMMA = re.compile("[，,]")
_SUBTITLE = re.compile(r"[-—－─]{1,}")
_DATED = re.compile(r"[（(]?\d{4}\s*年\s*\d{1,2}\s*月")
_KINDS = (
    "通知|意见|方案|办法|规定|规则|条例|决定|决议|报告|公告|通告|通报|纪要|函|批复|细则|规划|计划|要点|讲话|总结|命令|令"
    "|公报|请示|议案|章程|指南|标准|清单|目录|纲要|倡议书|致辞|摘要|分解|宪法|法|说明|制度|预案|措施|发言|实施办法|解释|安排|公约|标准|守则|准则|意见书|建议|答复|情况汇报|汇报|简报|方法|须知"
)
_KIND = re.compile(rf"({_KINDS})(?:[（(][^（）()]{{1,20}}[）)])*$")
_LONGEST_OFFICIAL = 6


def head_length(lines: Sequence[Line], marks: Sequence[Mark], widths: Sequence[float]) -> int:
    """How many lines stand above the first paragraph of the text."""
    length = 0
    for index, (line, mark, width) in enumerate(zip(lines[:_MOST_LINES], marks, widths, strict=False)):
        if index + 1 < len(lines) and CLOSES.match(lines[index + 1].text):
            return length if line.gap else max(0, length - 1)
        if _opens_decimals(lines[index : index + 2]):
            break
        if mark in (Mark.LEAD, Mark.HEADING, Mark.ITEM) or not _may_be_head(line, width):
            break
        length += 1
    if length == len(lines):
        return min(1, length - 1)
    if length and _begins_text(lines[length - 1], lines[length], widths[length]):
        return length - 1
    names_below = length > 1 and lines[length].terminal and is_unit(squeeze(lines[length - 1].text))
    return length - 1 if names_below else length


def _opens_decimals(lines: Sequence[Line]) -> bool:
    """1 总则 above 1.1 编制目的."""
    below = read_numeral(lines[1].text) if len(lines) > 1 else None
    return below is not None and len(below.path) > 1 and lines[0].text.startswith(f"{below.path[0]} ")


def _may_be_head(line: Line, width: float) -> bool:
    if line.width > _WIDEST or _STOP.search(line.text) or read_numeral(line.text) is not None:
        return line.width <= _WIDEST and ANNOTATION.fullmatch(line.text) is not None
    if _COMMA.search(line.text) is None:
        return True
    return line.width <= _WIDEST_CLAUSE and (not width or abs(line.width - width) > 3.0)


def _begins_text(last: Line, following: Line, width: float) -> bool:
    """The line before the first clear line of text is itself text: an indented line, then a full one."""
    return bool(width) and -3.0 <= last.width - width <= -0.75 and following.width >= width - 0.75


def group_head(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Spans of head lines that make one line of print each: official titles run over several lines."""
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(texts):
        end = _official_end(texts, start)
        while end < len(texts) and _annotates(texts[end]):
            end += 1
        spans.append((start, end))
        start = end
    return spans


def _annotates(text: str) -> bool:
    """（试行） belongs to the title above; a day or the number of the document does not."""
    return ANNOTATION.fullmatch(text) is not None and not _DATED.match(text) and not is_number(text)


def _official_end(texts: Sequence[str], start: int) -> int:
    """Where the title that begins here with 关于, or with its issuer, ends: at 通知, 意见 and the like."""
    about = start + 1 if is_unit(squeeze(texts[start])) and start + 1 < len(texts) else start
    if "关于" not in texts[about]:
        return start + 1
    found = start + 1
    for end in range(about + 1, min(len(texts), about + _LONGEST_OFFICIAL) + 1):
        if end > about + 1 and ("关于" in texts[end - 1] or is_unit(squeeze(texts[end - 1]))):
            break
        if kind_of(texts[end - 1]) is not None:
            found = end
    return found


def choose_title(candidates: Sequence[str]) -> int | None:
    """Which of the head lines is the title: an official one, else the first headline, else the longest."""
    if not candidates:
        return None
    sound = [
        index
        for index, text in enumerate(candidates)
        if not _DATED.match(text) and not _SUBTITLE.match(text) and not text.startswith(("（", "("))
    ]
    official = [i for i in sound if kind_of(candidates[i]) is not None and ink_width(candidates[i]) >= 5]
    headlines = [i for i in sound if ink_width(candidates[i]) >= _SHORTEST_TITLE]
    for choice in (official, headlines):
        if choice:
            return choice[0]
    return max(sound, key=lambda index: ink_width(candidates[index]), default=None)


def kind_of(title: str) -> str | None:
    """通知, 意见, 报告 ...: what an official title says the document is."""
    match = _KIND.search(title[-60:])
    return match.group(1) if match else None


def is_headline(text: str) -> bool:
    """Whether a head line beside the title is a headline too, rather than a caption or a by-line."""
    return (
        ink_width(text) >= _SHORTEST_TITLE
        and not _DATED.match(text)
        and not _SUBTITLE.match(text)
        and not text.startswith(("（", "("))
    )

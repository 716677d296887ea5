"""Lines known by a mark of their own: Markdown, arrows, notes such as 抄送：, dates, page numbers.

May import the core.
"""

import re
from enum import Enum, auto

from ingest.docnumber import is_number
from ingest.field import opens_duty
from ingest.lines import INVISIBLE
from ingest.press import is_byline, is_imprint, read_jump
from ingest.spacing import clean_label
from rag.language.chinese import squeeze


class Mark(Enum):
    """What a line shows itself to be; PLAIN when only its surroundings can tell."""

    PLAIN = auto()
    HEADING = auto()
    ITEM = auto()
    LEAD = auto()
    NOTE = auto()
    ASIDE = auto()
    ROW = auto()
    DATE = auto()
    SIGNATURE = auto()
    TITLE = auto()


# Nothing longer is a heading, a note or a signature; it also bounds every match below.
LONGEST_LABEL = 80

# A bracket that is a line by itself and ends the one above: （四）, （2023—2025年）, （试行）.
ANNOTATION = re.compile(r"[（(][^（）()]{1,16}[）)]")
_HASHES = re.compile(r"(#{1,6})(?:\s+(?=\S)|(?=[▶\u4e00-\u9fff]))")
_ARROW = re.compile(r"[▶►▷➤■◆◇●★☆▲△◎□※]+\s*(?=\S)")
_TOLD = re.compile(r".{14}[。！？；]$")
_ITEM = re.compile(r"[-*+]\s+\S|\||>|```|~~~|<[a-zA-Z/!]|={3,}$|-{3,}$|\*{3,}$|_{3,}$")
_NOTE = re.compile(
    r"(?:抄\s*送|抄\s*报|主送|来源|来\s*源|附件|附|印发机关|责任编辑|编辑|作者|记者|通讯员|发布日期|发布时间|成文日期"
    r"|索引号|文号|发文字号|公开方式|联系人|联系电话|电话|摄影)\s*[\d一二三四五]?\s*[:：]"
)
_BRACKETED_NOTE = re.compile(r"[(（](?:此件|联系人|联系电话|本文|作者|记者)[^()（）]{0,40}[)）]$")
_PAGE = re.compile(r"[-—－–·]\s*\d{1,4}\s*[-—－–·]$|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?$|\d{1,4}$")
_CN_DATE = "[〇零○Ｏ一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?:\d{{4}}年\d{{1,2}}月\d{{1,2}}日|{_CN_DATE}{{4}}年{_CN_DATE}{{1,3}}月{_CN_DATE}{{1,3}}日)$"
)
_DECORATED = re.compile(rf"[#▶►▷➤■◆◇●★☆▲△◎□※*_`\s]|{INVISIBLE.pattern}")
_DECORATION = re.compile(r"[*_`]{1,3}")


def read_mark(text: str, *, markdown: bool) -> Mark:
    """What the line says it is, judged by its beginning (and its whole, when it is short)."""
    if markdown and _HASHES.match(text):
        return Mark.HEADING
    if markdown and _ITEM.match(text):
        return Mark.ITEM
    if opens_duty(text):
        return Mark.LEAD
    if len(text) > LONGEST_LABEL:
        return Mark.NOTE if _NOTE.match(text) else Mark.PLAIN
    return _read_short(text)


def _read_short(text: str) -> Mark:
    if _ARROW.match(text):
        # A piece of news behind a bullet is told whole, a heading is not.
        return Mark.ITEM if _TOLD.search(text) else Mark.HEADING
    if _PAGE.match(text) or is_imprint(text) or is_byline(text) or read_jump(text) is not None:
        return Mark.ASIDE
    if _NOTE.match(text) or _BRACKETED_NOTE.match(text) or is_number(text):
        return Mark.NOTE
    return Mark.DATE if _DATE.match(squeeze(text)) else Mark.PLAIN


def heading_level(text: str) -> int | None:
    """How many hashes a Markdown heading has; `None` for another line."""
    match = _HASHES.match(text)
    return len(match.group(1)) if match else None


def label(text: str) -> str:
    """A heading as a table of contents would show it: without hashes, arrows, emphasis, what is unseen."""
    if _DECORATED.search(text) is None:
        return text
    text = INVISIBLE.sub("", text)
    bare = text[match.end() :] if (match := _HASHES.match(text)) else text
    bare = bare[match.end() :] if (match := _ARROW.match(bare)) else bare
    return clean_label(_DECORATION.sub("", bare).strip().rstrip("#").strip())


def is_distribution(text: str) -> bool:
    """Whether a note closes the document (who gets a copy), rather than belonging to a section."""
    return text.startswith(("抄", "印发机关"))

"""What a newspaper page says beside its articles: paper, day, page, who wrote, where an article goes on.

May import the core.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.dates import first_day
from ingest.numbering import chinese_value
from rag.language.chinese import squeeze

_CN = "一二三四五六七八九十"
_NO = rf"(?:[A-Z]?\d{{1,2}}|[{_CN}]{{1,3}})"
_SHEET = rf"第?\s*(?P<sheet>{_NO})\s*版"
_PAPER = re.compile(
    r"(?:[《]?(?P<name>[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|晨报|时报|商报|快报|周报|周刊|导报|青年报|新闻|今报|都市报|报))[》]?)"
)
_EDITION = re.compile(
    rf"(?:{_SHEET}|版面\s*[:：]?\s*(?P<plain>{_NO})|(?P<coded>[A-D]?0\d|[A-D]\d{{1,2}})(?=\s|[:：·|丨]))"
    r"\s*(?:[:：·|丨/\-—]?\s*[\u4e00-\u9fff·]{0,10})?$"
)
_WEEKDAY = re.compile(r"星期[一二三四五六日天]|周[一二三四五六日]|农历|第\d{3,6}期|国内统一")
_JUMP = re.compile(
    rf"[（(【]?\s*(?:(?P<onward>下转|转|续见|详见|全文见|见)|(?P<back>上接|紧接|接|续接|承接))\s*(?:[A-Z\u4e00-\u9fff]{{0,6}}?)"
    rf"第?\s*(?P<sheet>{_NO})\s*版\s*(?:[：:·]?\s*[《“](?P<name>[^》”]{{2,60}})[》”])?(?:[^（）()]{{0,20}})?[）)】]?"
)
_ROLE = (
    r"(?:本报|本刊|特约|见习|首席|实习|全媒体|融媒体)*"
    r"(?:记者|通讯员|特派员|评论员|文/图|图/文|文图|摄影报道|摄影|摄|文字|文|图|撰文|作者|供稿|供图|制图"
    r"|责任编辑|责编|编辑|版式|美编|校对|一读|二读|排版|策划)"
)
_NAME = r"[\u4e00-\u9fff·]{2,8}|[\u4e00-\u9fff]\s[\u4e00-\u9fff]"
_CREDIT = rf"{_ROLE}(?:\s*[:：/／]\s*|\s+)(?:{_NAME})(?:[\s、，,]+(?!{_ROLE})(?:{_NAME}))*"
_BYLINE = re.compile(
    rf"[□■◎●○▲△☆★/／\-—\s（(【]*{_CREDIT}(?:[\s、，,；;/／|丨]+{_CREDIT})*\s*(?:文/图|文图|摄影报道|摄|文|图)?[）)】]?$"
)
_DATELINE = re.compile(
    r"(?:本报|新华社|中新社|据|人民网)[^，。；]{0,24}?(?:讯|电|消息|报道)(?=[\s（(，,:：]|[\u4e00-\u9fff])|[（(](?:本报)?(?:记者|通讯员)"
)
_LONGEST_NOTE = 60


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper a page is of, and the day."""

    name: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Jump:
    """A note that an article goes on at a page (`onward`), or comes from there; its name, if said."""

    onward: bool
    sheet: str
    name: str | None = None


def read_paper(lines: Iterable[str]) -> Paper:
    """The paper and the day, where a line names the paper or the day of the week."""
    name = day = None
    for line in lines:
        if len(line) > _LONGEST_NOTE:
            continue
        match = _PAPER.match(squeeze(line))
        if name is None and match and (match.end() == len(squeeze(line)) or first_day(line)):
            name = match["name"]
        if day is None and (match or _WEEKDAY.search(line) or read_edition(line)):
            day = first_day(line)
    return Paper(name, day)


def read_edition(line: str) -> str | None:
    """The page that a line says it is: 第04版：要闻 -> 4; `None` for another line."""
    if len(line) > _LONGEST_NOTE:
        return None
    match = _EDITION.search(line) if "版" in line or line[:1] in "ABCD0" else None
    if match is None:
        return None
    before = line[: match.start()].strip(" \u3000|丨·")
    if before and not (first_day(before) or _PAPER.match(squeeze(before))):
        return None
    return _sheet(match["sheet"] or match["plain"] or match["coded"])


def is_imprint(line: str) -> bool:
    """Whether a line names the day with its weekday, or the page: what stands at a page's edge."""
    if len(line) > _LONGEST_NOTE:
        return False
    dated = _WEEKDAY.search(line) is not None and first_day(line) is not None
    return dated or read_edition(line) is not None


def read_jump(text: str) -> Jump | None:
    """The note that a whole line is: （下转第4版）, 上接一版《…》."""
    match = _JUMP.fullmatch(text.strip()) if len(text) <= 2 * _LONGEST_NOTE and "版" in text else None
    return _jump(match) if match else None


def opening_jump(text: str) -> Jump | None:
    """The note in brackets that a text begins with: （紧接1版）…"""
    match = _JUMP.match(text) if text[:1] in "（(【" else None
    return _jump(match) if match and match["back"] else None


def closing_jump(text: str) -> Jump | None:
    """The note in brackets that a text ends with: …（下转4版）"""
    start = max(text.rfind("（"), text.rfind("("), text.rfind("【"))
    match = _JUMP.fullmatch(text, start) if start >= 0 and text[-1:] in "）)】" else None
    return _jump(match) if match and match["onward"] else None


def is_byline(line: str) -> bool:
    """Whether a line is nothing but who wrote, took the pictures or set the page."""
    return len(line) <= _LONGEST_NOTE and _BYLINE.match(line) is not None


def opens_report(text: str) -> bool:
    """Whether a text begins as a report does: 本报讯, 新华社…电, （记者 …）."""
    return _DATELINE.match(text) is not None


def _jump(match: re.Match[str]) -> Jump:
    name = match["name"]
    return Jump(match["onward"] is not None, _sheet(match["sheet"]), squeeze(name) if name else None)


def _sheet(written: str) -> str:
    """04 -> 4, 四 -> 4, A02 -> A2."""
    if written[0] in _CN:
        return str(chinese_value(written))
    letter = written[0] if written[0].isalpha() else ""
    return f"{letter}{int(written[len(letter) :])}"

"""What a text says of itself: who issued it, under which number, on which day, and what kind it is.

May import the core.
"""

import re

from ingest.dates import find_days, first_day
from ingest.docnumber import find_decree, read_number
from ingest.press import read_paper
from ingest.signature import is_unit
from ingest.structure import Structure
from ingest.title import kind_of
from rag.datatypes import Metadata

_YEAR = re.compile(r"(?<![\d—–\-－~至到])((?:19|20)\d{2})\s*年")
_DAY = r"^[（(]?[ \t\u3000]*(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*"
_HISTORY = re.compile(_DAY, re.MULTILINE)
# What a line of a law's history tells, from what weighs most on: passed or amended, published, in force.
_EVENTS = (
    re.compile("通过|修正|修订|修改"),
    re.compile("公布|发布|颁布|印发|批准|公告"),
    re.compile("施行|实施|生效"),
)
_ISSUER = re.compile(
    r"((?:国务院|中共中央|最高人民法院|最高人民检察院)(?:办公[室厅])?|[\u4e00-\u9fff]{2,24}?(?:人民政府办公[室厅]|人民政府"
    r"|人民代表大会常务委员会|人民代表大会|人民法院|人民检察院|委员会办公室|委员会|办公[室厅]|管理局|[厅局委部署]))"
    r"(?:、.{2,30})?关于"
)
_REPORT = re.compile(r"(?:\d{4}年)?([\u4e00-\u9fff]{2,12}?)(?:人民)?政府工作报告$")
_LETTERHEAD = re.compile(r"([\u4e00-\u9fff]{2,30}?)(?:文件|令|公告|通告)$")
_CONGRESS = re.compile(
    _DAY + r"([\u4e00-\u9fff]{2,9}?)?第[零〇一二三四五六七八九十百]{1,4}届"
    r"([\u4e00-\u9fff]{0,9}?人民代表大会(?:常务委员会)?)第.{1,6}次会议.{0,60}?(?:通过|修订|修正|批准)",
    re.MULTILINE,
)
_AUTHORITY = re.compile(
    _DAY + r"([\u4e00-\u9fff]{2,16}?)(?:令?第\S{1,6}号|令|公告)?(?:发布|公布|颁布|批准|印发)", re.MULTILINE
)
_ISSUER_NOTE = re.compile(r"(?:发文机关|发文单位|发布机构|制发单位|印发单位)\s*[:：]\s*(.{2,40})$")
# 2025年1月14日在北京市第十六届人民代表大会第三次会议上
_SPOKEN = re.compile(_DAY.replace("^", r"^[—\-－─]*") + r"在[^。；]{4,60}上", re.MULTILINE)
_DATE_NOTE = re.compile(r"(?:成文日期|发文日期|制定日期)\s*[:：]")
_RELEASE_NOTE = re.compile(r"(?:发布日期|发布时间|公开日期|印发日期)\s*[:：]")
# How far into the text the lines that say when it was passed may stand.
_OPENING = 600


def read_metadata(structure: Structure, text: str) -> Metadata:
    """What the text says plainly; `None` where it does not. The year is that of the date, if there is one."""
    title, opening = structure.title or "", text[:_OPENING]
    paper = read_paper((*structure.head, *structure.notes))
    date = _date(structure, opening) or paper.date
    return Metadata(
        year=int(date[:4]) if date else _year(title),
        issuer=structure.issuer or _issuer(structure, opening) or paper.name,
        kind=kind_of(title),
        number=read_number((*structure.head, *structure.notes)) or _decree(_history(opening), date),
        date=date,
    )


def _history(opening: str) -> list[str]:
    """The lines that begin with a day: 2019年3月1日 …通过."""
    return [opening[match.start() :].split("\n", 1)[0] for match in _HISTORY.finditer(opening)]


def _date(structure: Structure, opening: str) -> str | None:
    """The day written down for it, or signed, or passed; else the only kind of day it names."""
    history = _history(opening)
    written = (first_day(note) for note in structure.notes if _DATE_NOTE.match(note))
    dated = (
        *written,
        first_day(structure.signed or ""),
        _passed(history),
        _spoken(opening),
        *map(first_day, (*structure.head, *structure.dates)),
        *(first_day(note) for note in structure.notes if _RELEASE_NOTE.match(note)),
    )
    return next(filter(None, dated), None)


def _spoken(opening: str) -> str | None:
    """The day of the meeting at which it was read out."""
    line = _SPOKEN.search(opening)
    return first_day(line.group()) if line else None


def _passed(history: list[str]) -> str | None:
    """The last day it was passed or amended; published or in force, if no line says more."""
    for event in _EVENTS:
        days = [day for line in history if event.search(line) for day in find_days(line)[:1]]
        if days:
            return max(days)
    return None


def _year(title: str) -> int | None:
    named = _YEAR.search(title)
    return int(named.group(1)) if named else None


def _decree(history: list[str], date: str | None) -> str | None:
    """The decree of the day that counts, else the first one."""
    decrees = {first_day(line): decree for line in history if (decree := find_decree(line))}
    return decrees.get(date) or next(iter(decrees.values()), None)


def _issuer(structure: Structure, opening: str) -> str | None:
    """The office that a note, the title, the letterhead or the history of the text names."""
    title = structure.title or ""
    noted = next(filter(None, map(_ISSUER_NOTE.match, structure.notes)), None)
    named = noted or _ISSUER.match(title)
    if named:
        return named.group(1).strip()
    report = _REPORT.match(title)
    if report:
        place = report.group(1)
        return f"{place}人民政府" if place.endswith(("省", "市", "区", "县", "州")) else None
    for letterhead in filter(None, map(_LETTERHEAD.match, structure.head)):
        if is_unit(letterhead.group(1)):
            return letterhead.group(1)
    congress = _CONGRESS.search(opening)
    if congress:
        return f"{congress.group(1) or ''}{congress.group(2)}"
    authority = _AUTHORITY.search(opening)
    return authority.group(1) if authority and is_unit(authority.group(1)) else None

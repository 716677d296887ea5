"""What a text says of itself: the year, who issued it, what kind of document it is.

May import the core.
"""

import re

from ingest.signature import is_unit
from ingest.structure import Structure
from ingest.title import kind_of
from rag.datatypes import Metadata

_YEAR = re.compile(r"(?<![\d—–\-－~至到])((?:19|20)\d{2})\s*年")
_ENACTED = re.compile(
    r"((?:19|20)\d{2})\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{0,120}?(?:通过|公布|批准|修正|修订|施行)"
)
_CN_YEAR = re.compile("([〇零○Ｏ一二三四五六七八九]{4})年")
_CN_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_ISSUER = re.compile(
    r"([\u4e00-\u9fff]{2,24}?(?:人民政府办公[室厅]|人民政府|委员会办公室|委员会|办公[室厅]|管理局|[厅局委部]))(?:、.{2,30})?关于"
)
_REPORT = re.compile(r"(?:\d{4}年)?([\u4e00-\u9fff]{2,12}?)(?:人民)?政府工作报告$")
_DAY = r"^[（(]?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*"
_CONGRESS = re.compile(
    _DAY + r"([\u4e00-\u9fff]{2,9}?)?第[零〇一二三四五六七八九十百]{1,4}届"
    r"([\u4e00-\u9fff]{0,9}?人民代表大会(?:常务委员会)?)第.{1,6}次会议.{0,40}?通过",
    re.MULTILINE,
)
_AUTHORITY = re.compile(
    _DAY + r"([\u4e00-\u9fff]{2,16}?)(?:令)?第?\S{0,8}?(?:发布|公布|批准|印发)", re.MULTILINE
)
# How far into the text the lines that say when it was passed may stand.
_OPENING = 600


def read_metadata(structure: Structure, text: str) -> Metadata:
    """Year, issuer and kind where the text says them plainly; `None` where it does not."""
    title = structure.title or ""
    return Metadata(
        year=_year(title, structure.dates, text[:_OPENING]),
        issuer=structure.issuer or _issuer(title, text[:_OPENING]),
        kind=kind_of(title),
    )


def _year(title: str, dates: tuple[str, ...], opening: str) -> int | None:
    named = _YEAR.search(title)
    if named:
        return int(named.group(1))
    for date in dates:
        written = _YEAR.search(date)
        if written:
            return int(written.group(1))
        spelt = _CN_YEAR.search(date)
        if spelt:
            return int(spelt.group(1).translate(_CN_DIGITS))
    enacted = [int(year) for year in _ENACTED.findall(opening)]
    return max(enacted) if enacted else None


def _issuer(title: str, opening: str) -> str | None:
    """The office named by the title, or by the line that says who passed or published it."""
    named = _ISSUER.match(title)
    if named:
        return named.group(1)
    report = _REPORT.match(title)
    if report:
        place = report.group(1)
        return f"{place}人民政府" if place.endswith(("省", "市", "区", "县", "州")) else None
    congress = _CONGRESS.search(opening)
    if congress:
        return f"{congress.group(1) or ''}{congress.group(2)}"
    authority = _AUTHORITY.search(opening)
    return authority.group(1) if authority and is_unit(authority.group(1)) else None

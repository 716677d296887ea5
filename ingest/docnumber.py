"""The number that a document bears itself: 湖府办〔2024〕3号, 国务院令第743号, in one spelling.

May import the core.
"""

import re
import unicodedata
from collections.abc import Sequence

from rag.language.chinese import squeeze

_CN = "[〇零○一二三四五六七八九十百\\d]"
_YEAR = r"[\d〇零○一二三四五六七八九]{4}"
_OPEN, _CLOSE = r"[〔\[［(（【]", r"[〕\]］)）】]"
_NUMBER = re.compile(
    rf"(?P<office>[\u4e00-\u9fffA-Za-z（）()]{{1,20}}?)\s*{_OPEN}\s*(?P<year>{_YEAR})\s*年?\s*{_CLOSE}\s*(?P<th>第?)\s*(?P<count>\d{{1,5}})\s*号"
)
_DECREE = re.compile(
    rf"(?P<office>[\u4e00-\u9fff]{{2,30}}(?:令|公告|通告))?\s*[（(]?\s*(?P<year>\d{{4}}\s*年)?\s*第\s*(?P<count>{_CN}{{1,6}})\s*号\s*[）)]?"
)
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,30}(?:令|公告|通告)$")
_LABEL = re.compile(r"(?:发文字号|发文文号|文\s*号|文件编号)\s*[:：]\s*")
_SIGNER = re.compile(r"\s*签发人\s*[:：]?.{0,12}$")
_LONGEST = 40


def is_number(text: str) -> bool:
    """Whether a line is nothing but the number of a document, with who signs beside it at most."""
    if "号" not in text:
        return False
    bare = _SIGNER.sub("", text.strip())
    bare = bare[1:-1] if bare[:1] in "（(【[" else bare
    return len(bare) <= _LONGEST and _NUMBER.fullmatch(bare) is not None


def read_number(lines: Sequence[str]) -> str | None:
    """The document's own number, among the lines above its text and its notes, outermost first."""
    for line in lines:
        label = _LABEL.match(line)
        written = line[label.end() :] if label else line
        number = _NUMBER.match(written.strip("（(【[ \u3000"))
        if number is not None and (label or is_number(line)):
            return _spell(number)
    for place, line in enumerate(lines):
        decree = _DECREE.fullmatch(line.strip())
        if decree is not None:
            above = lines[place - 1].strip() if place else ""
            office = decree["office"] or (squeeze(above) if _ORDER.fullmatch(squeeze(above)) else "")
            return _spell_decree(decree, office)
    return None


def find_decree(line: str) -> str | None:
    """The decree that a line of history names: 2017年2月7日 国务院令第675号公布 -> 国务院令第675号."""
    decree = _DECREE.search(line)
    return _spell_decree(decree, decree["office"]) if decree and decree["office"] else None


def _spell(match: re.Match[str]) -> str:
    plain = unicodedata.normalize(
        "NFKC", f"{match['office']}〔{match['year']}〕{match['th']}{match['count']}号"
    )
    return squeeze(plain)


def _spell_decree(match: re.Match[str], office: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", f"{office}{match['year'] or ''}第{match['count']}号"))

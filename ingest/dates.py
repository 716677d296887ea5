"""Days as Chinese texts write them: 2024年3月5日, 二〇二四年三月五日, 2024-03-05; as ISO 8601.

May import the core.
"""

import re
from datetime import date

from ingest.numbering import chinese_value

_CN = "[〇零○Ｏ一二三四五六七八九十]"
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:年|[-./])\s*(?P<month>\d{1,2})\s*(?:月|[-./])\s*(?P<day>\d{1,2})(?!\d)"
    rf"|(?P<years>[〇零○Ｏ一二三四五六七八九]{{4}})\s*年\s*(?P<months>{_CN}{{1,3}})\s*月\s*(?P<days>{_CN}{{1,3}})\s*日"
)
_YEARS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")


def find_days(text: str) -> list[str]:
    """The days that a text names, in order; what is no day of the calendar is left out."""
    return [day for match in _DAY.finditer(text) if (day := _read(match)) is not None]


def first_day(text: str) -> str | None:
    """The first day that a text names."""
    return next(iter(find_days(text)), None)


def _read(match: re.Match[str]) -> str | None:
    if match["year"]:
        parts = tuple(map(int, match.group("year", "month", "day")))
    else:
        year = int(match["years"].translate(_YEARS))
        parts = (year, chinese_value(match["months"]), chinese_value(match["days"]))
    try:
        return date(*parts).isoformat()
    except ValueError:
        return None

"""Numbers, dates and truth values of a sheet as their number formats show them to a reader.

May import the core.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isfinite

# What a format holds besides placeholders: literal text, escapes, padding, fill, colours and locales.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_QUOTED = re.compile(r'"[^"]*"|\\.')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*")
# Formats that write a number otherwise than in digits (fractions, powers, Chinese numerals, by condition).
_OTHERWISE = re.compile(r"[/@!]|E[+-]|General|DBNum|\[[<>=]", re.IGNORECASE)
# More digits than these are noise of binary arithmetic; beyond the last, numbers are written by power.
_SIGNIFICANT, _PLACES = 15, 10
_SMALLEST, _LARGEST = 1e-6, 1e15
# Formats that Chinese programs know by number alone.
CHINESE_DATES = {
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-yy",
    31: "yyyy年m月d日",
    32: "h时mm分",
    33: "h时mm分ss秒",
    34: "上午/下午h时mm分",
    35: "上午/下午h时mm分ss秒",
    36: "yyyy年m月",
    50: "yyyy年m月",
    51: "m月d日",
    52: "yyyy年m月",
    53: "m月d日",
    54: "m月d日",
    55: "上午/下午h时mm分",
    56: "上午/下午h时mm分ss秒",
    57: "yyyy年m月",
    58: "m月d日",
}


def display(value: object, code: str) -> str:
    """A cell's value as its number format `code` shows it; a format not understood shows it plainly."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _number(value, code)
    if isinstance(value, datetime):
        return _moment(value, code)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, timedelta):
        return _duration(value)
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a number format: the text around the digits, and how these are written."""

    before: str
    after: str
    least: int
    places: int
    optional: int
    grouped: bool
    power: int


def _number(value: float, code: str) -> str:
    positive, negative = _sections(code)
    section = negative if value < 0 and negative is not None else positive
    # Not a number is not smaller either.
    if section is None or not abs(value) < _LARGEST:
        return _plain(value)
    digits = _digits(abs(value), section)
    sign = "-" if value < 0 and negative is None and digits.strip("0,.") else ""
    return f"{sign}{section.before}{digits}{section.after}".strip()


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section | None, _Section | None]:
    """How a format writes positive and negative numbers; `None` where it is not understood, or silent."""
    positive, *others = code.split(";")
    if _OTHERWISE.search(_QUOTED.sub("", positive)):
        return None, None
    return _section(positive), _section(others[0]) if others else None


def _section(text: str) -> _Section | None:
    written = _strip(text)
    match = _DIGITS.search(written)
    if match is None:
        return None
    digits = match.group().rstrip(",")
    whole, _, places = digits.partition(".")
    places = places[:_PLACES]
    return _Section(
        before=written[: match.start()],
        after=written[match.end() :],
        least=whole.count("0"),
        places=len(places),
        optional=len(places) - len(places.rstrip("#?")),
        grouped="," in whole,
        power=2 * ("%" in written) - 3 * (len(match.group()) - len(digits)),
    )


def _digits(value: float, section: _Section) -> str:
    """The digits that stand in the place of a format's placeholders."""
    amount = Decimal(_plain(value)).scaleb(section.power)
    amount = amount.quantize(Decimal(1).scaleb(-section.places), ROUND_HALF_UP)
    digits = f"{amount:{',' if section.grouped else ''}f}"
    least = len(digits) - section.optional
    if section.optional:
        digits = (digits[:least] + digits[least:].rstrip("0")).rstrip(".")
    return "0" * (section.least - len(digits.partition(".")[0])) + digits


def _plain(value: float) -> str:
    """A number in plain digits, without the noise of binary arithmetic."""
    if isinstance(value, int):
        return str(value)
    if not isfinite(value):
        return ""
    if value.is_integer() and abs(value) < _LARGEST:
        return str(int(value))
    if not _SMALLEST <= abs(value) < _LARGEST:
        return f"{value:.{_SIGNIFICANT}g}"
    written = f"{round(Decimal(f'{value:.{_SIGNIFICANT}g}'), _PLACES):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _strip(section: str) -> str:
    """A section of a format with its literal text spelt out, without colours, padding and the like."""
    return _LITERAL.sub(lambda match: match.group(1) or match.group(2) or match.group(3) or "", section)


def _moment(value: datetime, code: str) -> str:
    written = _strip(code.split(";")[0]).lower()
    has_date = "y" in written or "d" in written
    day = _day(value, written) if has_date or "h" not in written else ""
    clock = ""
    if "h" in written or (not has_date and (value.hour or value.minute)):
        clock = value.time().isoformat("seconds" if value.second else "minutes")
    return f"{day} {clock}".strip()


def _day(value: datetime, written: str) -> str:
    """A date with the parts its format has, in Chinese if the format is, else as ISO 8601."""
    year, month = "y" in written, "m" in written.partition("h")[0]
    parts = [
        (f"{value.year}年", f"{value.year}", year),
        (f"{value.month}月", f"{value.month:02}", month),
        (f"{value.day}日", f"{value.day:02}", "d" in written),
    ]
    if "年" in written or "月" in written:
        return "".join(chinese for chinese, _, shown in parts if shown)
    return "-".join(iso for _, iso, shown in parts if shown) or value.date().isoformat()


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else ''}{hours}:{rest // 60:02}:{rest % 60:02}"

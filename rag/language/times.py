"""Dates, times of day and spans of time as texts tell them, as fine as a question asks for them.

May import the core's names and numerals.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from rag.language.names import Span
from rag.language.numerals import Quantity, quantities

# Units in which something lasts.
TIMES = frozenset(("天", "周", "个月", "年", "小时", "分钟", "季度"))
_CALENDAR = range(1900, 2101)
_WORKING_DAYS = re.compile(r"工作日")
# 三十日 is as long as thirty days; 1月30日 is a day.
_MONTH_BEFORE = re.compile(r"月(?:份)?$")

_QUALIFIED = r"(?:底|末|初|年底|前|之前|以前|以来|起|以后|之后|后|内){0,2}"
_DAY = r"\d{1,2}月\d{1,2}[日号]"
# Patterns whose parts may all be missing, or which begin in many ways, first see what they begin with:
# without that a text is read three times as slowly.
_DATE = re.compile(
    r"(?=[\d第一二三四上下春国])(?P<year>(?<!\d)\d{3,4}年度?(?!级))?(?P<part>(?P<day>\d{1,2}月\d{1,2}[日号])"
    r"|(?<!\d)\d{1,2}月份?(?:[上中下]旬|[底末初])?(?!\d)|第?[一二三四]季度|[上下]半年|春节|国庆)?"
    rf"{_QUALIFIED}"
)
_ERAS = (
    "宣统|光绪|同治|咸丰|道光|嘉庆|乾隆|雍正|康熙|顺治|崇祯|天启|万历|隆庆|嘉靖|正德|永乐|洪武|贞观|开元|天宝"
)
_ISO = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_VAGUE = re.compile(
    rf"(?=[公第\d一二三四五六七八九十民{''.join(era[0] for era in _ERAS.split('|'))}“今明当年周暑寒春国每])"
    r"(?:(?:公元前?)?第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})世纪(?:(?:\d0|[一二三四五六七八九]十)年代)?(?:初|末|中叶|后期|前期|早期|晚期)?"
    rf"|(?:民国|{_ERAS})[元一二三四五六七八九十\d]{{1,3}}年(?:[（(]\d{{3,4}}年[)）])?"
    rf"|“?十[三四五六]五”?(?:时期|期间|末)|(?:今|明|当)?(?<![一二两三四五六七八九十百几\d])年(?:底|内){_QUALIFIED}|周末|暑[期假]|寒假|春节|国庆"
    r"|每(?:年|月|周|季度|天|日|两年|半年))"
)
_OFTEN = re.compile(
    r"(?=[每一两半\d])(?:每(?:个|逢|隔)?[一二两三四五六七八九十半\d]{0,2}(?:年|个?月|(?:周|星期)(?:[一二三四五六日天](?![次个]))?|季度|天|日)|[一两半\d]年一次)"
)
_CLOCK = re.compile(
    r"(?:上午|下午|晚上|早上)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:点(?!\d|[一-鿿]{2}方)(?:半|\d{1,2}分?)?|时(?!期|代|间)|[:：]\d\d)"
)
# 30日内, 五个工作日前, 到期前60日: by when, counted from another day.
_WITHIN = re.compile(
    r"前(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:个?工作日|日|天|个月|周)|"
    r"(?<![\d月])(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:个?工作日|日|天|个月)(?:以?内|之内|前|以前|之前)"
)
_TO = re.compile(r"\s?(?:(?:上午|下午)?\d{1,2}[:：]\d\d\s?)?[-~—–～－至到]\s?")
_YEAR = re.compile(rf"(?<!\d)\d{{3,4}}年{_QUALIFIED}")

# Texts whose dates are kept: a paragraph is read when it is ranked, and again when it answers.
_REMEMBERED = 2_048

Reader = Callable[[str], Sequence[Span]]


def times(query: str, text: str) -> Sequence[Span]:
    """The dates and times of a text, as fine as a normalised question asks for them, in order."""
    return next((reader for pattern, reader in _FINENESS if pattern.search(query)), _any_dates)(text)


def names_year(quantity: Quantity) -> bool:
    """Whether a quantity is a year of the calendar rather than a number of years."""
    return quantity.unit == "年" and quantity.value in _CALENDAR


def lasts(text: str, quantity: Quantity) -> bool:
    """Whether a quantity of a text says how long something lasts: 30日, 20个工作日, not 1月30日."""
    if quantity.unit in TIMES and not names_year(quantity) or _WORKING_DAYS.match(text, quantity.end):
        return True
    return quantity.unit == "日" and _MONTH_BEFORE.search(text, 0, quantity.start) is None


@lru_cache(maxsize=_REMEMBERED)
def _any_dates(text: str) -> tuple[Span, ...]:
    full = [match for match in _DATE.finditer(text) if match["year"] or match["part"]]
    taken = [(match.start(), match.end()) for match in full]
    loose = [
        match
        for pattern in (_ISO, _VAGUE, _OFTEN, _WITHIN)
        for match in pattern.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    found = {match.start(): Span(match[0], match.start(), match.end()) for match in (*loose, *full)}
    return tuple(_joined(text, [found[start] for start in sorted(found)]))


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Spans with 至 between them as one: 1556年至1572年."""
    joined: list[Span] = []
    for span in spans:
        if joined and _TO.fullmatch(text[joined[-1].end : span.start]):
            start = joined.pop().start
            joined.append(Span(text[start : span.end], start, span.end))
        else:
            joined.append(span)
    return joined


def _days(text: str) -> list[Span]:
    return [
        Span(match[0], match.start(), match.end())
        for match in (*_DATE.finditer(text), *_ISO.finditer(text))
        if match.re is _ISO or match["day"]
    ]


def _reader(pattern: re.Pattern[str]) -> Reader:
    return lambda text: [Span(match[0], match.start(), match.end()) for match in pattern.finditer(text)]


def lasting(text: str) -> tuple[Span, ...]:
    """The spans of time of a text, in order."""
    return tuple(
        Span(text[one.start : one.end], one.start, one.end) for one in quantities(text) if lasts(text, one)
    )


def _spans_of_time(text: str) -> list[Span]:
    return [*lasting(text), *_any_dates(text)]


_FINENESS = (
    (re.compile(r"哪一?[天日]|几号|几月几|what day|which day|what date"), _days),
    (re.compile(r"哪一?年(?!级)|(?:what|which) year"), _reader(_YEAR)),
    (re.compile(r"(?:多久|多长时间|几[天年月])[^，。？?]{0,4}一次|how often"), _reader(_OFTEN)),
    (re.compile(r"几点|几时"), _reader(_CLOCK)),
    (re.compile(r"多久|多长时间|how long"), _spans_of_time),
)

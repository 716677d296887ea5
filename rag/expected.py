"""The kind of thing a question asks for, and where a text holds one: numbers, dates, offices, people.

May import the core's records, numerals and names.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.chinese import normalise
from rag.datatypes import Paragraph, Question, QuestionKind
from rag.definitions import defined, definitions
from rag.holders import bodies, who
from rag.names import Span
from rag.numerals import Quantity, quantities
from rag.whereabouts import names_place

# Questions whose answer is a thing that a text visibly holds or not.
TYPED: tuple[QuestionKind, ...] = ("number", "date", "person", "department")

_COUNTS = {
    word: count
    for count, words in enumerate(("一", "二两", "三", "四", "五", "六", "七", "八", "九", "十"), 1)
    for word in words
}
_ASKED_COUNT = re.compile(rf"(?P<count>[{''.join(_COUNTS)}])(?:个|项|大|条|点|方面|种|类|步|环节|“)")

_HOW_MANY = re.compile(r"(?:多少|几)(?P<scale>[百千万亿]{0,2})(?P<rest>.{0,5})")
_SHARE = re.compile(
    r"比例|占比|比重|百分|增速|增幅|增长率|增长(?:了|的?目标|目标)?(?:是|为|要|达到?)?多少|[比率][^，。？?,]{0,8}多少|几成"
    r"|(?:(?<!新)增|涨)了?多少(?=[？?，,。]|$)"
    r"|percent|\bshare\b|\brate\b"
)
# Points are of a hundred: 增长几个点.
_POINTS = re.compile(r"(?:多少|几)个?(?:百分)?点(?!位|子)(?=[^钟]|$)")
# A measure that only begins another word: 多少天然气.
_OTHER_WORD = re.compile("天然|天窗|年轻|级别|度假|场地|道路|方案|方面|处理|条件|层次|米粉|亩产|项目资")
_MONEY = re.compile(r"(?:多少)(?:钱|资金|投资|经费)|how much (?:money|investment|funding)")
_ENGLISH_UNITS = (
    (re.compile(r"how many (?:square )?(?:kilomet|km)"), "公里"),
    (re.compile(r"how many square met"), "平方米"),
    (re.compile(r"how many (?:people|persons|residents|teachers|students|households)"), "人"),
    (re.compile(r"how many (?:minutes|hours|days|weeks|months|years)"), "天"),
    (re.compile(r"how many (?:yuan|dollars)"), "元"),
    (re.compile(r"how many"), "个"),
)
_SHARES = frozenset(("%", "‰", "百分点", "倍"))
_MONIES = frozenset(("元", "美元"))
TIMES = frozenset(("天", "周", "个月", "年", "小时", "分钟", "季度"))
_FAMILIES = (
    _SHARES,
    _MONIES,
    TIMES,
    frozenset(("亩", "公顷", "平方米", "平方公里")),
    frozenset(("米", "公里")),
    frozenset(("吨", "公斤")),
)
# What may stand for each unit of things counted, beside itself; 个 counts anything.
_COUNTED = {
    "个": frozenset(("个", "条", "户", "批", "层")),
    "人": frozenset(("人",)),
    "户": frozenset(("户",)),
    "条": frozenset(("条",)),
}
_ALSO = {"个": "个家", "人": "个", "户": "个家", "条": "个"}
_ANYTHING = _COUNTED["个"] | {"人"}
_NO_AMOUNTS = frozenset(("月", "日", "号", "届", "级", "期", "章", "款", "时", "层", "周年"))
# Fewer than this in Chinese numerals (两个维护, 一张网) are seldom what 多少 without a measure asks for.
_MANY = 10
_CALENDAR = range(1900, 2101)
_WORKING_DAYS = re.compile(r"工作日")
_HOW_LONG = re.compile(r"多长时间|多久|时限|how long")
# 三十日 is as long as thirty days; 1月30日 is a day.
_MONTH_BEFORE = re.compile(r"月(?:份)?$")
# What a sentence has that leads to a list, or tells one.
_LEADS = re.compile(r"(?:下列|以下|如下)[^。；]*[：:]\s*$")
_TELLS = re.compile(r"[^、。]、[^、。]+、")
# What rules list item by item.
_CASES = re.compile(
    r"(?:什么|哪些?|哪几种|何种)(?:种|个)?(?:情况下?|情形|条件|材料|手续|证件|资料|职责|义务|权利)"
)
# 一站式, 三位一体: words, not figures.
_ORDINAL = re.compile(r"第(?:几|多少)")
_FIXED = re.compile(r"[式化性型制]|一体|元化|维|线(?!路)")
_LABEL = re.compile(r"(?:第|[a-zA-Z.])$")
# 党的二十大, 十九大以来: which congress, not how many.
_CONGRESS = re.compile(r"(?:十[一二三四五六七八九]|二十[一二三四五六七八九]?)大(?![类项个家件场])")
# Things counted without a measure word: 4大场馆.
_GREAT = re.compile(r"大[\u4e00-\u9fff]{2}")

# The measure at the end of a header, before its value.
_MEASURED = re.compile(r"[（(](?P<measure>[^（）()：:；]{1,8})[)）]：$")

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
# 30日内, 五个工作日前: by when, counted from another day.
_WITHIN = re.compile(
    r"(?<![\d月])(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:个?工作日|日|天|个月)(?:以?内|之内|前|以前|之前)"
)
_TO = re.compile(r"\s?[-~—–～－至到]\s?")
_YEAR = re.compile(rf"(?<!\d)\d{{3,4}}年{_QUALIFIED}")

# Texts whose dates are kept: a paragraph is read when it is ranked, and again when it answers.
_REMEMBERED = 2_048

Reader = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The measure a question asks in: `unit` as numerals compare it, `spelled` as the question says it."""

    unit: str | None = None
    spelled: str = ""


def asked_count(query: str) -> int | None:
    """How many things a question asks to be named (哪三个理念: 3), `None` if it does not say."""
    match = _ASKED_COUNT.search(query)
    return _COUNTS[match["count"]] if match else None


def measure(query: str) -> Asked:
    """The unit that stands behind 多少 or 几, or that the words of the question imply."""
    if _POINTS.search(query) and "几点" not in query:
        return Asked("%")
    for match in _HOW_MANY.finditer(query):
        found = () if _OTHER_WORD.match(match["rest"]) else quantities("2" + match["rest"])
        if found and found[0].start == 0 and found[0].unit and not match["rest"].startswith("点"):
            return Asked(found[0].unit, match["rest"][: found[0].end - 1])
        if match["scale"].endswith("亿"):
            return Asked("元")
    if _MONEY.search(query):
        return Asked("元")
    if _HOW_LONG.search(query):
        return Asked("天")
    if _SHARE.search(query):
        return Asked("%")
    return Asked(next((unit for pattern, unit in _ENGLISH_UNITS if pattern.search(query)), None))


def figures(query: str, text: str) -> tuple[Quantity, ...]:
    """The quantities of a text that may answer how much or how many, in the order of the text."""
    return tuple(_figures(query, text))


def _figures(query: str, text: str) -> Iterator[Quantity]:
    asked = measure(query)
    if _ORDINAL.search(query):
        return (one for one in quantities(text) if text[: one.start].endswith("第"))
    return (
        quantity
        for quantity in (_great(text, _headed(text, one)) for one in quantities(text))
        if _agrees(asked, text, quantity)
        and not _is_label(text, quantity)
        and not repeats(query, text[quantity.start : quantity.end])
    )


def _headed(text: str, quantity: Quantity) -> Quantity:
    """In a table the measure stands in the header, 决算（万元）：2098.6, and belongs to the bare figure."""
    if quantity.unit or (header := _MEASURED.search(text, 0, quantity.start)) is None:
        return quantity
    one = next((one for one in quantities(f"2{header['measure']}") if one.start == 0 and one.unit), None)
    if one is None:
        return quantity
    return Quantity(quantity.value * one.value / 2, one.unit, quantity.start, quantity.end)


def _great(text: str, quantity: Quantity) -> Quantity:
    """4大场馆 counts venues: the thing counted belongs to the figure."""
    if quantity.unit or (match := _GREAT.match(text, quantity.end)) is None:
        return quantity
    return Quantity(quantity.value, "个", quantity.start, match.end())


def _agrees(asked: Asked, text: str, quantity: Quantity) -> bool:
    unit = quantity.unit
    calendar = unit == "年" and quantity.value in _CALENDAR
    if asked.unit is None:
        few = quantity.value < _MANY and not text[quantity.start].isdigit() and unit not in _SHARES
        named = calendar or few or text[quantity.end - 1].isupper()
        return not named and unit not in _NO_AMOUNTS
    if asked.unit in TIMES:
        lasting = unit in TIMES and not calendar or _WORKING_DAYS.match(text, quantity.end) is not None
        return lasting or (unit == "日" and _MONTH_BEFORE.search(text, 0, quantity.start) is None)
    for family in _FAMILIES:
        if asked.unit in family:
            return unit in family or (family is _MONIES and _is_money(text, quantity))
    if asked.unit in _COUNTED:
        generic = asked.unit == "个" and asked.spelled in ("", "个")
        spelled = text[quantity.end - 1]
        return unit in (_ANYTHING if generic else _COUNTED[asked.unit]) or (
            unit == "个" and spelled in _ALSO[asked.unit]
        )
    return unit == asked.unit


def _is_money(text: str, quantity: Quantity) -> bool:
    return text[quantity.end - 1] == "亿" or text[max(quantity.start - 1, 0) : quantity.start] in (
        "$",
        "￥",
        "¥",
    )


def _is_label(text: str, quantity: Quantity) -> bool:
    """Whether a figure is part of a word or an ordinal: 一站式, 三位一体, 第三家, PM2.5."""
    before = text[max(quantity.start - 1, 0) : quantity.start]
    return (
        _FIXED.match(text, quantity.end) is not None
        or _LABEL.search(before) is not None
        or _CONGRESS.match(text, quantity.start) is not None
    )


def repeats(query: str, text: str) -> bool:
    """Whether the question itself already says this."""
    said = normalise(text)
    # Most are not there at all, and a pattern of its own for each would have to be compiled.
    return said in query and re.search(rf"(?<![\d.]){re.escape(said)}", query) is not None


def dates(query: str, text: str) -> tuple[Span, ...]:
    """The dates and times of a text that may answer a question, as fine as it asks for them."""
    return tuple(_dates(query, text))


def _dates(query: str, text: str) -> Iterator[Span]:
    read = next((reader for pattern, reader in _FINENESS if pattern.search(query)), _any_dates)
    return (span for span in read(text) if not repeats(query, span.text))


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


def _spans_of_time(text: str) -> list[Span]:
    asked = Asked("天", "天")
    lasting = (
        Span(text[one.start : one.end], one.start, one.end)
        for one in quantities(text)
        if _agrees(asked, text, one)
    )
    return [*lasting, *_any_dates(text)]


_FINENESS = (
    (re.compile(r"哪一?[天日]|几号|几月几|what day|which day|what date"), _days),
    (re.compile(r"哪一?年(?!级)|(?:what|which) year"), _reader(_YEAR)),
    (re.compile(r"(?:多久|多长时间|几[天年月])[^，。？?]{0,4}一次|how often"), _reader(_OFTEN)),
    (re.compile(r"几点|几时"), _reader(_CLOCK)),
    (re.compile(r"多久|多长时间|how long"), _spans_of_time),
)


def leads_to_cases(query: str, text: str) -> bool:
    """Whether a question asks for what rules list item by item, and a sentence leads to such a list."""
    return _CASES.search(query) is not None and _LEADS.search(text) is not None


def holds_expected(question: Question, text: str, paragraph: Paragraph) -> bool:
    """Whether a sentence, or what is known of its paragraph, holds the kind of thing asked for."""
    match question.kind:
        case "number":
            return any(map(bool, _figures(question.query, text)))
        case "date":
            return any(map(bool, _dates(question.query, text)))
        case "department":
            return bool(bodies(question.query, text, paragraph))
        case "person":
            return any(map(bool, who(question.query, text, paragraph)))
        case "place":
            return names_place(question.query, text)
        case "definition":
            return bool(definitions(defined(question.query), normalise(text)))
        case "list":
            return bool(_LEADS.search(text) or _TELLS.search(text))
        case _:
            return False

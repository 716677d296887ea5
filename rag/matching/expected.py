"""The kind of thing a question asks for, and where a text holds one: numbers, dates, offices, people.

May import the core's records, numerals and names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.datatypes import Paragraph, Question, QuestionKind
from rag.language.chinese import normalise
from rag.language.contacts import asks_contact, contacts
from rag.language.names import Span
from rag.language.numerals import Quantity, quantities
from rag.language.times import TIMES, lasts, names_year, times
from rag.matching.cells import asked_cell
from rag.matching.holders import bodies, who
from rag.matching.whereabouts import names_place
from rag.query.definitions import defined, definitions

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
_MONEY = re.compile(
    r"(?:多少)(?:钱|资金|投资|经费)|(?:租金|[租票]价|单价|售价)(?:是|为|要|收|交)?多少(?=[?？]|$)"
    r"|how much (?:money|investment|funding)"
)
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
_HOW_LONG = re.compile(r"多长时间|多久|时限|how long")
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
_MEASURED = re.compile(
    r"(?:[（(](?P<measure>[^（）()：:；;]{1,8})[)）]|(?:^|[；;])[^；;：:]{0,12}(?P<counted>[人户台套件])数)[：:]$"
)


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
    one = next(
        (
            one
            for one in quantities(f"2{header['measure'] or header['counted']}")
            if one.start == 0 and one.unit
        ),
        None,
    )
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
    if asked.unit is None:
        few = quantity.value < _MANY and not text[quantity.start].isdigit() and unit not in _SHARES
        named = names_year(quantity) or few or text[quantity.end - 1].isupper()
        return not named and unit not in _NO_AMOUNTS
    if asked.unit in TIMES:
        return lasts(text, quantity)
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
    return (span for span in times(query, text) if not repeats(query, span.text))


def leads_to_cases(query: str, text: str) -> bool:
    """Whether a question asks for what rules list item by item, and a sentence leads to such a list."""
    return _CASES.search(query) is not None and _LEADS.search(text) is not None


def holds_expected(question: Question, text: str, paragraph: Paragraph) -> bool:
    """Whether a sentence, or what is known of its paragraph, holds the kind of thing asked for."""
    if asked_cell(question, text, paragraph) is not None:
        return True
    if asks_contact(question.query):
        return bool(contacts(question.query, text))
    return _holds_kind(question, text, paragraph)


def _holds_kind(question: Question, text: str, paragraph: Paragraph) -> bool:
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

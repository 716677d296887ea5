"""A question that sets places, years, offices or documents side by side, asked of each of them alone.

May import the core. Rules only: what is not surely asked of each side stays one question.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.datatypes import Inquiry
from rag.language.chinese import normalise
from rag.language.localities import named_areas
from rag.language.names import Span, organisations
from rag.language.numerals import YEAR
from rag.query.question import EACH

# More sides than this are not told apart.
MOST = 6

_JOINED = re.compile(r"\s*(?:[和与跟同及、，,]|以及|还有|\band\b)+\s*")
_YEAR_SAID = rf"(?:{YEAR.pattern}\s?年?|[去今明前]年)"
_YEAR = re.compile(_YEAR_SAID)
_DOCUMENT = re.compile(r"《[^《》]{2,40}》")
# Laws as people speak of them, without the marks of a title.
_LAW = r"[\u4e00-\u9fff]{2,20}?(?:条例|办法|规定|细则|规则|章程|(?<![方办立司宪合违非看做用说想语书])法)"
_LAWS = re.compile(
    rf"(?:^|(?<=[和与及、，])){_LAW}(?=[和与及、]|分别|各|都|什么时候|何时|自|从|是|由|里|中|对|的|有|哪)"
)
# What counts the sides named before: 三地, 两年, 这两个省.
_COUNTED = re.compile(
    r"^(?:这)?(?:[两二三四五六2-6](?:个?(?:省市|省份|省区|地方|城市|地区|省|市|区|县|地|年|份)|者))(?:份)?(?:里|中)?"
)
_ONE_BY_ONE = re.compile(
    r"分别|各自|各(?![项类级县区市部地种个界国族方界行业])|都(?=是|有|要|定|达)|\beach\b|\brespectively\b"
)
# The two things of a pair that belong to one side each: 去年和今年…，实际和目标各是多少.
_PAIRED = re.compile(
    r"[，,]?(?P<one>实际|目标|计划|预期|完成|决算|预算)[和与](?P<two>实际|目标|计划|预期|完成|决算|预算)(?=各|分别)"
)
_WHICH = (
    r"(?:谁|哪(?:一?[个家省市区县地年边份座])?(?:省|市|地方|年份?|城市)?)"
    r"(?:的(?P<what>[^，,？?。]{2,16}?))?的?"
)
_DOES = r"(?:会|要|又)?(?:定|做|完成|增长|安排|涨|提|设|收|投|建|花|增加|新增)?(?:得|了|到)?(?:更|最|比较)?"
_MORE = re.compile(
    rf"[，,]?(?:到底|究竟|是)?{_WHICH}{_DOES}(?P<more>[高低多少大小快慢长短早晚])(?:一些|些|一点)?(?=[？?。]|$)"
)
_APART = re.compile(r"[，,]?(?:之间)?(?:相差|差距是?|差了?)(?:多少|几)(?P<unit>[^，,？?。]{0,6})")
_ASKS = re.compile(
    r"多少|几[个家台户项套所亩人场条处名件座次张位天年点月号成]|百分之几|多[大高长]|什么时候|何时|是谁|是什么|\bwhat\b|\bhow\b",
    re.I,
)
_STOPS = re.compile(r"[？?。；;！!\n]")
# Something is asked of, not a bare 是多少.
_ASKED_OF = re.compile(r"^(?!是?(?:多少|什么时候)[？?]$).")
# What the sides do together is no question of each.
_TOGETHER = re.compile(
    r"之间|相比|对比|比较|区别|不同|差别|变化|共同|合作|协作|联合|协同|签|合计|总共|一共|加起来|交界|距离"
)
_RELATIONAL = re.compile(r"的?(?:目标|计划|任务|预期|实际|预期目标|计划数|目标值)")
_CLAUSES = re.compile(
    rf"^(?P<head>[^？?]{{2,40}}?)[，,]?(?P<one>(?P<first>{_YEAR_SAID})[^，,、？?]*?多少[^，,、？?]*)[，,、]"
    rf"(?P<two>(?P<second>{_YEAR_SAID})[^，,、？?]*?多少[^，,、？?]*)[？?]?$"
)
_OF_EACH_YEAR = re.compile(
    rf"^(?P<head>[^？?，,]{{0,30}}?)(?P<first>{_YEAR_SAID})(?P<one>[^？?，,]{{2,24}}?)[和与跟、]"
    rf"(?P<second>{_YEAR_SAID})(?P<two>[^？?，,]{{2,24}}?)(?:分别|各自?)(?P<asked>[^？?，,]*?(?:多少|几)[^？?，,]*)[？?]?$"
)


# Documents and occasions as people speak of them: 大讨论时, 一届六次全会后, 2024年的责任分解里.
_OCCASION = (
    r"[^，,、？?。；;和与跟]{0,18}?(?:(?:报告|分解|规划|计划|方案|纲要|通知|意见|决定|文件|讲话)(?:里|中|上)?"
    r"|(?:会议|全会|大会)[上后]?|时|后|前|年|年初|年底)"
)
_OCCASIONS = re.compile(
    rf"(?:^|(?<=[，,]))(?P<run>{_OCCASION}(?:、{_OCCASION})*[和与跟]{_OCCASION})(?:的(?:说法|提法|表述))?[，,]?"
    r"(?=分别|各|对|有(?:什么|何|哪些)|怎么|如何|是怎么)"
)
_TEXT = re.compile(r"(?:报告|分解|规划|计划|方案|纲要|通知|意见|决定|文件|讲话)$")
_DIFFER = re.compile(r"有(?:什么|何|哪些)(?:不同|区别|差别|变化)|(?:有)?(?:怎样|怎么)的?(?:不同|变化)")
_JOINS = re.compile(r"[、和与跟]")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: how it is called, and the question asked of it alone."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides of a question in its order; `more` is what is asked of them together (高, 多), or ""."""

    sides: tuple[Side, ...]
    more: str = ""

    @property
    def of(self) -> str:
        """What its sides are: years, documents, places, offices."""
        names = [side.name for side in self.sides]
        return next((what for what, are in _ARE if all(map(are, names))), "对象")

    def asked(self, inquiry: Inquiry) -> tuple[Inquiry, ...]:
        """An inquiry for each side, with the bounds of the whole and without its conversation."""
        return tuple(replace(inquiry, question=side.question, history=()) for side in self.sides)


def compare(question: str) -> Comparison | None:
    """The sides that a question is asked of, each with everything else kept; `None` unless there are two.

    >>> [side.question for side in compare("河北和河南2025年的增长目标分别是多少？").sides]
    ['河北2025年的增长目标是多少？', '河南2025年的增长目标是多少？']
    """
    text = question.strip()
    more = _MORE.search(text)
    if more is not None and _ASKS.search(text[: more.start()]):
        text = f"{text[: more.start()].rstrip('？?，,')}？"  # …各是多少，哪个高
    spelled = normalise(text)
    text = text if len(spelled) == len(text) else spelled
    if _STOPS.search(text.rstrip("？?。 ")):
        return None
    sides = _by_clause(text) or _by_year_of_each(text) or _by_run(text, spelled) or _by_occasion(text)
    if not 1 < len(sides) <= MOST:
        return None
    return Comparison(tuple(sides), more["more"] if more else "")


def _by_clause(text: str) -> list[Side]:
    """湖北的技术合同成交额，去年做到多少、今年要做到多少."""
    match = _CLAUSES.match(text)
    if match is None or _ASKS.search(match["head"]) or _TOGETHER.search(text):
        return []
    head = match["head"].rstrip("，,")
    return [
        Side(match[name], f"{head}{match[clause]}？")
        for name, clause in (("first", "one"), ("second", "two"))
    ]


def _by_year_of_each(text: str) -> list[Side]:
    """上海2024年新增的公园和2025年计划新增的公园各有多少座; a bare 目标 is that of the first."""
    match = _OF_EACH_YEAR.match(text)
    if match is None or _TOGETHER.search(text):
        return []
    head, one, two, asked = match["head"], match["one"], match["two"], match["asked"]
    if _YEAR.search(one) or _YEAR.search(two):
        return []
    if _RELATIONAL.fullmatch(two):
        two = f"{one}的{two.removeprefix('的')}"
    return [
        Side(match["first"], f"{head}{match['first']}{one}{asked}？"),
        Side(match["second"], f"{head}{match['second']}{two}{asked}？"),
    ]


def _by_run(text: str, spelled: str) -> list[Side]:
    """河北和河南…, 2023年和2024年的…: the first things of one kind that stand side by side."""
    asked = _MORE.search(text) or _APART.search(text) or EACH.search(spelled) or _ASKS.search(text)
    together = _TOGETHER.search(_APART.sub("", text)) or len(_ASKS.findall(text)) > 1
    run = next(_runs(text, spelled), [])
    if not asked or together or not run:
        return []
    head, rest = text[: run[0].start], text[run[-1].end :]
    rest = _COUNTED.sub("", rest, count=1)
    if not head and not _ASKED_OF.search(_alone(rest, 0)):
        return []
    return [
        Side(span.text, f"{head}{_full(span.text)}{_alone(rest, place)}") for place, span in enumerate(run)
    ]


def _by_occasion(text: str) -> list[Side]:
    """旧改的数量，大讨论时和2024年分别是多少？ Asked how they differ, what each of them says."""
    match = _OCCASIONS.search(text)
    if match is None:
        return []
    head, rest = text[: match.start()], text[match.end() :]
    if not (_ONE_BY_ONE.match(rest) or _DIFFER.search(rest)):
        return []
    asked = _DIFFER.sub("是什么", _ONE_BY_ONE.sub("", rest, count=1))
    if not head and not _ASKED_OF.search(asked):
        return []
    # What a document says is asked of what stands in it.
    return [
        Side(each, f"{head}{each}{'里，' if _TEXT.search(each) else ''}{asked}")
        for each in _JOINS.split(match["run"])
    ]


def _full(name: str) -> str:
    return f"{name}年" if name.isdigit() else name


def _alone(rest: str, place: int) -> str:
    """What is asked of all sides, asked of the one at this place alone."""
    paired = _PAIRED.search(rest)
    if paired is not None:
        rest = f"{rest[: paired.start()]}{paired['one' if place == 0 else 'two']}{rest[paired.end() :]}"
    more = _MORE.search(rest)
    if more is not None:
        what = f"的{more['what']}" if more["what"] else ""
        asked = "是什么时候" if more["more"] in "早晚" else "是多少"
        rest = f"{rest[: more.start()]}{what}{asked}{rest[more.end() :]}"
    rest = _APART.sub(lambda match: f"是多少{match['unit']}", rest)
    rest = _ONE_BY_ONE.sub("", rest, count=1)
    return rest if rest.endswith(("？", "?")) else f"{rest}？"


def _runs(text: str, spelled: str) -> Iterator[list[Span]]:
    """Things of one kind with nothing but a joining word between them."""
    offices = list(organisations(text)) if _ONE_BY_ONE.search(text) else []
    named = (_matches(_DOCUMENT, text), _matches(_LAWS, text))
    for found in (_places(text, spelled), *named, offices, _matches(_YEAR, text)):
        run: list[Span] = found[:1]
        for before, span in pairwise(found):
            between = text[before.end : span.start]
            if _JOINED.fullmatch(between) or (not between and len(text[span.start : span.end]) == 1):
                run.append(span)
            elif len(run) > 1:
                break
            else:
                run = [span]
        if len(run) > 1 and len({span.text for span in run}) == len(run):
            yield run


def _places(text: str, spelled: str) -> list[Span]:
    if len(text) != len(spelled):
        return []
    return [
        Span(text[one.start : one.end] if one.end - one.start > 1 else one.areas[-1].name, one.start, one.end)
        for one in named_areas(spelled)
    ]


def _matches(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(match[0].strip(), match.start(), match.end()) for match in pattern.finditer(text)]


_ARE: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("年份", _YEAR.fullmatch),
    ("文件", re.compile(rf"{_DOCUMENT.pattern}|{_LAW}").fullmatch),
    ("部门", organisations),
    ("地区", lambda name: named_areas(normalise(name))),
)

"""Questions made of a clause by asking for a part of it: a quantity, a day, a list, a body, what is quoted.

Imports the questions about official documents of this package, the names and numerals of `rag`. Any clause
will do, so these are many and unlike each other; what they lack in naturalness `wording.py` roughens further.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from rag.language.names import organisations
from rag.language.numerals import quantities
from vectorstore.training.lessons import words
from vectorstore.training.official import Reading

# Characters of a clause that can be asked about, and of what is left of it beside the answer.
SHORTEST, LONGEST = 7, 45
LEFT = 4
# How often the clause before is part of the question, and how often the part behind the answer comes first.
WITH_BEFORE = 0.25
TURNED = 0.2

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年(?:\d{1,2}月)?")
_ITEMS = re.compile(r"[^、，。；：（）]{2,20}(?:、[^、，。；：（）]{2,12}){1,6}")
_ARTICLE = re.compile(r"^(?:第\S{1,8}条\s+|[（(]\S{1,3}[）)]|[一二三四五六七八九十]+是)")
_QUOTED = re.compile(r"“(?P<said>[^“”]{2,14})”|《(?P<title>[^《》]{3,24})》")
# What is asked for a unit of time or money beside 多少.
_LONG = ("多久", "多长时间")
_BY_UNIT = {
    "年": _LONG,
    "天": _LONG,
    "日": _LONG,
    "小时": _LONG,
    "分钟": _LONG,
    "月": _LONG,
    "元": ("多少钱", "多少元"),
    "人": ("多少人", "几个人"),
    "%": ("百分之几", "百分之多少"),
}
_WHEN = ("什么时候", "哪天", "何时", "哪一年", "几月几号")
_WHICH = ("哪些", "哪几个", "什么", "哪几种")
_WHAT = ("什么", "哪个", "什么名称")
_TITLE = ("什么文件", "哪部法规", "什么")
_WHO = ("哪个部门", "哪个单位", "谁", "什么机构", "哪家单位")
_COUNTED = re.compile(r"[\d.,万亿千百十零一二三四五六七八九两余多几〇]+(?P<unit>.*)$")


@dataclass(frozen=True, slots=True)
class _Target:
    """A part of a clause, as offsets into the window, with the words that ask for it."""

    start: int
    end: int
    asked: tuple[str, ...]


def cloze(window: str, chance: random.Random) -> Reading | None:
    """One part of one clause of the window, which stands there once, asked for."""
    found = [
        (clause, target)
        for clause in _CLAUSE.finditer(window)
        if SHORTEST <= len(clause[0]) <= LONGEST
        for target in _targets(window, clause.start(), clause.end())
        if window.count(window[target.start : target.end]) == 1
        and len(clause[0]) - (target.end - target.start) >= LEFT
    ]
    if not found:
        return None
    clause, target = chance.choice(found)
    question = _asked(window, clause.start(), clause.end(), target, chance)
    return Reading("cloze", question, window, target.start, target.end)


def yes_no(window: str, chance: random.Random) -> Reading | None:
    """Whether something is so, answered by the clause that says it."""
    found = [
        match
        for match in _CLAUSE.finditer(window)
        if SHORTEST <= len(match[0]) <= LONGEST // 2 and not _QUOTED.search(match[0])
    ]
    if not found:
        return None
    match = chance.choice(found)
    asked = chance.choice(("{}了吗？", "{}吗？", "{}了没有？", "是不是{}？", "有没有{}？", "会{}吗？"))
    return Reading("yes_no", asked.format(match[0]), window, *match.span())


def _targets(window: str, left: int, right: int) -> Iterator[_Target]:
    clause = window[left:right]
    for quantity in quantities(clause):
        if clause[: quantity.start].endswith("第"):
            continue
        text = clause[quantity.start : quantity.end]
        counted = _COUNTED.match(text)
        unit = counted["unit"] if counted else ""
        named = (f"多少{unit}", f"几{unit}", f"多少{unit}") if unit and unit != "%" else ("多少", "多少")
        extra = next((more for key, more in _BY_UNIT.items() if text.endswith(key)), ())
        yield _Target(left + quantity.start, left + quantity.end, (*named, *extra))
    for match in _DAY.finditer(clause):
        yield _Target(left + match.start(), left + match.end(), _WHEN)
    for match in _ITEMS.finditer(clause):
        start, end = _items(match[0])
        yield _Target(left + match.start() + start, left + match.start() + end, _WHICH)
    for body in organisations(clause):
        yield _Target(left + body.start, left + body.end, _WHO)
    for match in _QUOTED.finditer(clause):
        group = "said" if match["said"] else "title"
        yield _Target(left + match.start(group), left + match.end(group), _WHAT if match["said"] else _TITLE)


def _items(series: str) -> tuple[int, int]:
    """Where the items of a series begin and end: the first has a verb before it, the last words behind it.

    Both are cut at a word so that they are about as long as the items between.
    """
    first, *middle = series.split("、")
    last = middle.pop()
    usual = sum(map(len, middle)) / len(middle) if middle else min(len(first), len(last))
    cuts = [len(first) - length for length in accumulate(map(len, reversed(words(first))))]
    start = min(cuts, key=lambda cut: abs(len(first) - cut - usual))
    stop = last.find("等")
    ends = [stop] if stop > 0 else list(accumulate(map(len, words(last))))
    return start, len(series) - len(last) + min(ends, key=lambda end: abs(end - usual))


def _asked(window: str, left: int, right: int, target: _Target, chance: random.Random) -> str:
    """The clause with the answer's place taken by what asks for it."""
    before, behind = _ARTICLE.sub("", window[left : target.start]), window[target.end : right]
    asked = chance.choice(target.asked)
    if behind and chance.random() < TURNED:
        return f"{behind}{before}{asked}？"
    earlier = [match[0] for match in _CLAUSE.finditer(window, 0, max(0, left - 1))]
    context = f"{earlier[-1]}，" if earlier and chance.random() < WITH_BEFORE else ""
    return f"{context}{before}{asked}{behind}？"

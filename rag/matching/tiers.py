"""Rules in tiers: which of several clauses is meant by a figure of the question, or by 最长 and 最低.

May import the core. 满10年不满20年的，年休假10天 is meant by 工作12年; of 一个月, 二个月
and 六个月 the last by 试用期最长几个月.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.datatypes import Evidence, Passage, Question
from rag.language.chinese import normalise
from rag.language.numerals import Quantity, quantities
from rag.language.times import lasts
from rag.matching.expected import figures
from rag.query.question import focus_words

# A tier may score so much less than the best sentence and still be what is asked for.
_NEAR = 4.0
_DAYS = {
    "年": Decimal(365),
    "季度": Decimal(91),
    "个月": Decimal(30),
    "周": Decimal(7),
    "天": Decimal(1),
    "日": Decimal(1),
    "小时": Decimal(1) / 24,
    "分钟": Decimal(1) / 1440,
}
_HALF = re.compile(r"年半")
_FROM_BEHIND = re.compile(r"[（(]?(?:不?含)?[）)]?(?:及|或|或者)?(?:以上|起|[（(]不?含[）)])")
_TO_BEHIND = re.compile(
    r"[（(]?(?:不?含)?[）)]?(?:及|或|或者)?(?:以下|以内|之内|内(?![部容外地])|[（(]不?含[）)]以)"
)
_FROM_BEFORE = re.compile(r"(?<!不)(?<!未)(?:已?满|超过|大于|高于|多于|达到?)$")
_TO_BEFORE = re.compile(r"(?:[不未]满|不足|不超过|低于|少于|小于)$")
_TO = re.compile(r"(?:[（(]不?含[）)])?(?:至|到|[-—－–~～])$")
_WHOLE = re.compile(r"一共|总共|合计|总计|共计|总额|总数|全部")
_SUM = re.compile(r"[^；：]{1,12}：(?:合计|总计|共计|总额)(?:；|$)")
_CLAUSE = re.compile("[，。；]")
_GREATEST = re.compile(r"最(?:长|高|多|大|晚|迟|远)|至多|顶多|上限")
_LEAST = re.compile(r"最(?:短|低|少|小|早)|至少|起码|下限|起点")
_AT_MOST = re.compile(r"不得?(?:超过|多于|高于|大于)|至多|最[长高多大]|以[下内]|之内")
_AT_LEAST = re.compile(r"不得?(?:少于|低于|小于|短于)|至少|最[短低少小]|以上")


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high` (`None`: without end) of one measure; times are counted in days."""

    measure: str
    low: Decimal
    high: Decimal | None

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies within."""
        return self.low <= value and (self.high is None or value <= self.high)


def meant_first(question: Question, evidence: Evidence) -> Evidence:
    """The evidence with the sentence first that a figure, a superlative or 总共 of the question means."""
    if not evidence.passages:
        return evidence
    found = _sum(question, evidence) or _suiting(question, evidence) or _utmost(question, evidence)
    return evidence if found is None else evidence.led_by(found)


def condition(text: str) -> Range | None:
    """The range under which the first clause of a rule puts it: 满10年不满20年的，…; `None` without one."""
    clause = _CLAUSE.split(normalise(text).replace("周岁", "岁"), maxsplit=1)[0]
    told = _told(clause)
    bounds = [(one, bound) for one in told if (bound := _bound(clause, told, one))]
    if not bounds:
        return None
    measure, _ = _measured(bounds[0][0])
    values = [(_measured(one)[1], bound) for one, bound in bounds if _measured(one)[0] == measure]
    low = next((value for value, bound in values if bound == "from"), Decimal(0))
    high = next((value for value, bound in values if bound == "to"), None)
    return Range(measure, low, high)


def _told(text: str) -> list[Quantity]:
    """The quantities of a text that have a measure and are no days of the calendar."""
    return [one for one in quantities(text) if one.unit and (one.unit not in _DAYS or lasts(text, one))]


def _bound(clause: str, told: Sequence[Quantity], one: Quantity) -> str:
    before, behind = clause[: one.start], one.end
    if _TO_BEHIND.match(clause, behind) or _TO_BEFORE.search(before):
        return "to"
    if _FROM_BEHIND.match(clause, behind) or _FROM_BEFORE.search(before):
        return "from"
    # 5000元至2万元
    place = told.index(one)
    if place and _TO.search(clause[told[place - 1].end : one.start]):
        return "to"
    if place + 1 < len(told) and _TO.search(clause[one.end : told[place + 1].start]):
        return "from"
    return ""


def _measured(one: Quantity) -> tuple[str, Decimal]:
    days = _DAYS.get(one.unit)
    return ("天", one.value * days) if days is not None else (one.unit, one.value)


def _sum(question: Question, evidence: Evidence) -> Passage | None:
    """The row that sums up a table, where the whole is asked for and another row of it was found."""
    best = evidence.hits[evidence.passages[0].handle - 1].paragraph
    if best.attributes.kind != "row" or _WHOLE.search(question.query) is None:
        return None
    for passage in evidence.passages:
        paragraph = evidence.hits[passage.handle - 1].paragraph
        same = (paragraph.document_id, paragraph.section) == (best.document_id, best.section)
        if same and _SUM.match(passage.text):
            return passage
    return None


def _suiting(question: Question, evidence: Evidence) -> Passage | None:
    """The tier that holds a figure of the question, of several tiers of one rule."""
    query = question.query.replace("周岁", "岁")
    said = _told(query)
    if not said:
        return None
    ranged = condition(query)
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[Passage, Range]]] = defaultdict(list)
    for passage in evidence.passages:
        paragraph = evidence.hits[passage.handle - 1].paragraph
        tier = condition(passage.text)
        beside = passage.handle == evidence.passages[0].handle
        if tier is not None and (beside or evidence.passages[0].score - passage.score <= _NEAR):
            groups[paragraph.document_id, paragraph.section].append((passage, tier))
    for one in said:
        measure, value = _measured(one)
        if _HALF.match(query, one.end - 1):
            value += _DAYS["年"] / 2
        for tiers in groups.values():
            same = [(passage, tier) for passage, tier in tiers if tier.measure == measure]
            holding = [
                (passage, tier)
                for passage, tier in same
                if tier == ranged or ranged is None and tier.holds(value)
            ]
            if len(same) > 1 and len(holding) > 0:
                meant = max(holding, key=lambda each: (each[1].low, -(each[1].high or Decimal("Infinity"))))
                # Where a figure lies between its bounds, the rule says it as well as one that names it.
                return replace(meant[0], figures=1.0, fits=True)
    return None


def _utmost(question: Question, evidence: Evidence) -> Passage | None:
    """The sentence with the greatest or least bound of those around the best that bound the same thing."""
    greatest = _GREATEST.search(question.query) is not None
    if not greatest and _LEAST.search(question.query) is None:
        return None
    bounds = _AT_MOST if greatest else _AT_LEAST
    best = evidence.passages[0]
    words = [word for word in focus_words(question.query) if word in normalise(best.text)]
    rivals = [
        (max(values) if greatest else min(values), passage)
        for passage in evidence.passages
        if passage.handle == best.handle
        and bounds.search(passage.text)
        and words
        and all(word in normalise(passage.text) for word in words)
        and (values := [_measured(one)[1] for one in _bounded(question.query, passage.text)])
    ]
    if len(rivals) < 2 or all(passage is not best for _, passage in rivals):
        return None
    return (max if greatest else min)(rivals, key=lambda rival: rival[0])[1]


def _bounded(query: str, text: str) -> list[Quantity]:
    """The figures asked for in the last clause of a sentence that has any: its rule, not its condition."""
    found = figures(query, text)
    last = max((text.rfind("，", 0, one.start) for one in found), default=-1)
    return [one for one in found if one.start > last]

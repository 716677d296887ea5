"""The short answer to a typed question: the number, date, department or person itself.

May import the core. It is always a piece of the cited text or of its paragraph's attributes.
"""

import re
from collections.abc import Callable, Sequence

from rag.chinese import normalise
from rag.coverage import Coverage
from rag.datatypes import Attributes, Paragraph, Question, QuestionKind
from rag.expected import (
    DATE,
    ORGANISATION,
    PERSON_AFTER_POST,
    PERSON_BEFORE_POST,
    asked_unit,
    unit_agrees,
)
from rag.numerals import Quantity, quantities

# What may stand right after a quantity and belongs to it.
_QUALIFIER = re.compile(r"\s*(?:（[套间个站]+）)?(?:左右|上下|以上|以下|以内|之内|及以上|多)?")
_AT_LEAST = re.compile(r"(?:不少于|不低于|不超过|不多于|至少|至多|超过|超|近|约|最多|达到?|突破)\s*$")
_CLAUSE_END = re.compile(r"[，,；;。！？!?、：:\n]")
_LEADS = re.compile(r"牵头|负责|承办|主管|哪个部门|哪个单位|由谁")
_LEADER_ASKED = re.compile(r"区长|常委|领导|分管|谁牵头|谁分管|谁负责")

Reader = Callable[[Question, str, Paragraph, Coverage], str | None]


def short_answer(
    question: Question, cited: Sequence[tuple[str, Paragraph]], coverage: Coverage
) -> str | None:
    """The short answer found in the first cited quote that has one; `None` if the question is not typed.

    `cited` are quotes with the paragraphs they are from, in the order of the answer.
    """
    reader = _READERS.get(question.kind)
    if reader is None:
        return None
    for quote, paragraph in cited:
        found = reader(question, quote, paragraph, coverage)
        if found:
            return found
    return None


def _number(question: Question, quote: str, _paragraph: Paragraph, coverage: Coverage) -> str | None:
    """The quantity in the asked unit whose clause shares most with the question, its qualifier included."""
    asked = asked_unit(question.query)
    found = [
        quantity
        for quantity in quantities(quote)
        if unit_agrees(asked, quote, quantity)
        and not _repeats(question.query, quote[quantity.start : quantity.end])
    ]
    if not found:
        return None
    best = max(found, key=lambda quantity: (_nearness(quantity, quote, coverage), -quantity.start))
    return _with_qualifiers(quote, best)


def _nearness(quantity: Quantity, quote: str, coverage: Coverage) -> float:
    """Weighted share of the question's words in the clause before and around a quantity."""
    clause = _clause(quote, quantity.start, quantity.end)
    wider = quote[: quantity.end]
    return coverage.share(clause) + 0.3 * coverage.share(wider) + 0.05 * bool(quantity.unit)


def _clause(text: str, start: int, end: int) -> str:
    before = [match.end() for match in _CLAUSE_END.finditer(text, 0, start)]
    after = _CLAUSE_END.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


def _with_qualifiers(text: str, quantity: Quantity) -> str:
    lead = _AT_LEAST.search(text, 0, quantity.start)
    tail = _QUALIFIER.match(text, quantity.end)
    start = lead.start() if lead else quantity.start
    return text[start : tail.end() if tail else quantity.end].strip()


def _repeats(query: str, text: str) -> bool:
    """Whether the question itself already says this quantity."""
    return normalise(text) in query


def _date(question: Question, quote: str, _paragraph: Paragraph, coverage: Coverage) -> str | None:
    found = [match for match in DATE.finditer(quote) if not _repeats(question.query, match.group())]
    if not found:
        return None
    best = max(found, key=lambda m: (coverage.share(_clause(quote, m.start(), m.end())), -m.start()))
    return best.group()


def _department(question: Question, quote: str, paragraph: Paragraph, _coverage: Coverage) -> str | None:
    attributes = paragraph.attributes
    if attributes.task is not None and attributes.task.lead_units:
        return "、".join(attributes.task.lead_units)
    named = [match.group() for match in ORGANISATION.finditer(quote)]
    if attributes.department and not (_LEADS.search(question.query) and named):
        return attributes.department
    return next((name for name in named if normalise(name) not in question.query), None)


def _person(question: Question, quote: str, paragraph: Paragraph, _coverage: Coverage) -> str | None:
    attributes = paragraph.attributes
    if attributes.task is not None:
        return _task_leader(question, attributes)
    if attributes.person and (attributes.kind == "signature" or not _names(quote)):
        return attributes.person
    return next((name for name in _names(quote) if normalise(name) not in question.query), attributes.person)


def _task_leader(question: Question, attributes: Attributes) -> str | None:
    task = attributes.task
    if task is None:
        return None
    if _LEADER_ASKED.search(question.query) and task.leader:
        return task.leader
    return "、".join(task.lead_units) or task.leader


def _names(quote: str) -> list[str]:
    return [
        match["name"]
        for pattern in (PERSON_AFTER_POST, PERSON_BEFORE_POST)
        for match in pattern.finditer(quote)
    ]


_READERS: dict[QuestionKind, Reader] = {
    "number": _number,
    "date": _date,
    "department": _department,
    "person": _person,
}

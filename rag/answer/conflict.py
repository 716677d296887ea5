"""Two documents that say different figures of the same thing: both are told, neither is chosen.

May import the core. Editions of one text are `rag/documents/editions.py`; here the documents speak of one
year. Only what is said in nearly the same words counts, so that a target is not set against what was reached.
"""

import re

from rag.datatypes import Evidence, Hit, Passage, Question
from rag.language.chinese import bigrams, normalise
from rag.language.numerals import Quantity, quantities
from rag.language.regions import regions
from rag.language.years import spoken
from rag.matching.expected import figures
from rag.query.question import EACH, focus_words
from rag.query.topic import RELATIONAL

# Another document's passage counts when it is like the question within this share of the best.
RIVAL_SHARE = 0.95
# Share of the pairs of characters that two clauses which say the same have in common, figures left out.
_SAME = 0.6
_CLAUSE = re.compile(r"[^，。；;！？\n]+")
_PLANNED = re.compile(r"目标|预期|计划|力争|确保|拟|将|要|左右|预计")
# What a figure may stand behind its subject.
_LONGEST_CLAUSE = 60


def conflict(question: Question, evidence: Evidence) -> list[Passage]:
    """The best passage and one of another document that gives another figure for the same; else nothing."""
    if question.kind != "number" or EACH.search(question.query) or not evidence.passages:
        return []
    best = evidence.passages[0]
    said = _said(question, best)
    if said is None:
        return []
    for rival in evidence.passages[1:]:
        if _comparable(evidence, best, rival) and _contradicts(question, best, rival, said):
            return [best, rival]
    return []


def _comparable(evidence: Evidence, best: Passage, rival: Passage) -> bool:
    """Whether another document speaks of the same place, year and office, and answers about as well."""
    one, other = _hit(evidence, best), _hit(evidence, rival)
    departments = {one.paragraph.attributes.department, other.paragraph.attributes.department} - {None}
    return (
        one.paragraph.document_id != other.paragraph.document_id
        and rival.fits
        and rival.likeness >= RIVAL_SHARE * best.likeness
        and len(departments) < 2
        and _places(one) == _places(other)
        and _years(best, one) == _years(rival, other)
    )


def _contradicts(question: Question, best: Passage, rival: Passage, said: tuple[str, Quantity]) -> bool:
    """Whether two passages say the same but for the figure, which neither has of the other."""
    other = _said(question, rival)
    if other is None or said[1].unit != other[1].unit or not said[1].unit:
        return False
    mine, theirs = {one.value for one in quantities(best.text)}, {one.value for one in quantities(rival.text)}
    if said[1].value in theirs or other[1].value in mine:
        return False
    if bool(_PLANNED.search(said[0])) != bool(_PLANNED.search(other[0])):
        return False
    one, two = (set(bigrams(re.sub(r"[\d.%]+", "", normalise(clause)))) for clause, _ in (said, other))
    return len(one & two) >= _SAME * len(one | two)


def _said(question: Question, passage: Passage) -> tuple[str, Quantity] | None:
    """The one clause of a passage that says every word of the question, and the one figure in it."""
    words = [word for word in focus_words(question.query) if not word.isdigit() and word not in RELATIONAL]
    if not words:
        return None
    found = figures(question.query, passage.text)
    told = []
    for clause in _CLAUSE.finditer(passage.text):
        held = [one for one in found if clause.start() <= one.start < clause.end()]
        spelled = normalise(clause[0])
        if len(held) == 1 and len(spelled) <= _LONGEST_CLAUSE and all(word in spelled for word in words):
            told.append((clause[0], held[0]))
    return told[0] if len(told) == 1 else None


def _places(hit: Hit) -> set[str]:
    return {span.text for span in regions(hit.title)}


def _years(passage: Passage, hit: Hit) -> frozenset[int]:
    return spoken(passage.text, hit.paragraph.section, hit.year)


def _hit(evidence: Evidence, passage: Passage) -> Hit:
    return evidence.hits[passage.handle - 1]

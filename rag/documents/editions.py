"""Editions of one text that say different things: what each says, newest first.

May import the core. A question that names a year or a document wants that one alone.
"""

from collections.abc import Sequence

from rag.datatypes import Evidence, Hit, Passage, Question, QuestionKind
from rag.documents.shelf import same_work
from rag.language.chinese import bigrams, normalise
from rag.language.numerals import quantities

# Another edition counts when its passage scores, and is like the question, within this share of the best.
RIVAL_SHARE = 0.8
# Editions told at most.
MOST_EDITIONS = 4
# Share of the pairs of characters that passages which say the same have in common.
_SAME = 0.8
# Asked for these, one sentence of each edition answers.
_KINDS: tuple[QuestionKind, ...] = ("number", "date", "department", "person", "yes_no", "other")


def editions(question: Question, evidence: Evidence) -> list[Passage]:
    """The best passage of each edition of the text that the best one stands in, newest first.

    Nothing where one edition alone answers, they all say the same, or the question names a year.
    """
    if question.aim.years or question.kind not in _KINDS or not evidence.passages:
        return []
    best = evidence.passages[0]
    if _hit(evidence, best).year is None:
        return []
    leaders: dict[int, Passage] = {}
    for passage in evidence.passages:
        hit = _hit(evidence, passage)
        if hit.year is not None and _rivals(evidence, passage, best):
            leaders.setdefault(hit.year, passage)
    others = [each for each in leaders.values() if each is not best]
    told = [best, *_newest_first(evidence, others)[: MOST_EDITIONS - 1]]
    return _newest_first(evidence, told) if _differ(told) else []


def dated(hit: Hit) -> str:
    """The title of a hit's document with its year: 《政府工作报告》（2024年）."""
    return f"《{hit.title}》{year_mark(hit)}"


def year_mark(hit: Hit) -> str:
    """The year of a hit's document in brackets, "" where it is unknown or its title says it."""
    return f"（{hit.year}年）" if hit.year and str(hit.year) not in hit.title else ""


def _newest_first(evidence: Evidence, told: Sequence[Passage]) -> list[Passage]:
    return sorted(told, key=lambda each: -(_hit(evidence, each).year or 0))


def _rivals(evidence: Evidence, passage: Passage, best: Passage) -> bool:
    """Whether a passage of another edition answers about as well as the best."""
    return passage is best or (
        passage.score >= RIVAL_SHARE * best.score
        and passage.likeness >= RIVAL_SHARE * best.likeness
        and passage.fits >= best.fits
        and same_work(_hit(evidence, passage).title, _hit(evidence, best).title)
    )


def _differ(told: Sequence[Passage]) -> bool:
    """Whether not all of some passages say the same, figure by figure and nearly word by word."""
    first, *others = (_said(passage.text) for passage in told)
    return any(
        figures != first[0] or len(pairs & first[1]) < _SAME * len(pairs | first[1])
        for figures, pairs in others
    )


def _said(text: str) -> tuple[frozenset[str], frozenset[str]]:
    spelled = normalise(text)
    figures = (f"{one.value.normalize()}{one.unit}" for one in quantities(spelled))
    return frozenset(figures), frozenset(bigrams(spelled))


def _hit(evidence: Evidence, passage: Passage) -> Hit:
    return evidence.hits[passage.handle - 1]

"""Reading-comprehension sets as questions to an open library, and how their answers are measured.

May import `rag`; never a sibling room.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import get_args

import numpy as np

from eval.dataset import Case, CaseType, Evidence
from eval.matching import canonical, character_f1, says
from eval.outcome import Outcome
from eval.runner import Assistant
from eval.squad import ReadingQuestion, ReadingSet
from rag.answers import Answer
from rag.datatypes import Hit, Inquiry
from rag.language.chinese import sentences, squeeze
from rag.markers import strip
from rag.query.question import understand
from rag.scope import Scope


@dataclass(frozen=True, slots=True)
class Marks:
    """How one answer measures against the accepted ones; a refusal says nothing.

    `first` is whether its first sentence holds one; `exact` and `f1` are of the short answer, 0 without
    one, and the `filled` ones of the first sentence where there is no short answer. F1 counts
    characters with repeats as SQuAD counts words (Rajpurkar et al. 2016), the best over the accepted.
    """

    first: float
    exact: float
    f1: float
    filled_exact: float
    filled_f1: float


def cases(reading: ReadingSet, *, answerable: bool) -> tuple[Case, ...]:
    """Cases for the runner; with `answerable` false they are near misses, whose paragraph is out of reach.

    The sets name no types, so what a question seems to ask for stands for it. Ids count the questions.
    """
    texts = dict(reading.documents)
    return tuple(
        Case(
            f"{number:05}",
            _type(each.text),
            each.text,
            answers=each.answers,
            evidence=tuple(_evidence(each, texts[each.source])),
        )
        if answerable
        else Case(f"{number:05}", _type(each.text), each.text, unanswerable="near_miss")
        for number, each in enumerate(reading.questions, 1)
    )


class Elsewhere:
    """An assistant that must answer each question from every document but those the question is about."""

    def __init__(
        self, assistant: Assistant, questions: Sequence[ReadingQuestion], ids: Mapping[str, str]
    ) -> None:
        """`ids` gives the document id of each source name, the whole library."""
        self._assistant = assistant
        self._all = frozenset(ids.values())
        self._own: defaultdict[str, set[str]] = defaultdict(set)
        for each in questions:
            self._own[each.text].add(ids[each.source])

    def ask(self, inquiry: Inquiry) -> Answer:
        """Answer or refuse, as if its own documents were not there."""
        return self._assistant.ask(self._bounded(inquiry))

    def search(self, inquiry: Inquiry) -> tuple[Hit, ...]:
        """Best paragraphs of the other documents."""
        return self._assistant.search(self._bounded(inquiry))

    def _bounded(self, inquiry: Inquiry) -> Inquiry:
        return replace(inquiry, scope=Scope(document_ids=self._all - self._own[inquiry.question]))


def read(outcome: Outcome) -> Marks:
    """Measure an outcome against what is expected of it."""
    if outcome.refused:
        return Marks(0.0, 0.0, 0.0, 0.0, 0.0)
    first = first_sentence(outcome.text)
    short, filled = outcome.short_answer or "", outcome.short_answer or first
    return Marks(
        first=float(any(says(first, accepted) for accepted in outcome.expected)),
        exact=_exact(short, outcome.expected),
        f1=_f1(short, outcome.expected),
        filled_exact=_exact(filled, outcome.expected),
        filled_f1=_f1(filled, outcome.expected),
    )


def first_sentence(text: str) -> str:
    """The first sentence of an answer, markers aside.

    >>> first_sentence("由区教育局牵头[1]。区财政局保障资金[2]。")
    '由区教育局牵头。'
    """
    plain = strip(text)
    found = sentences(plain)
    return plain[slice(*found[0])] if found else plain


def refused_at(answered: float, near: Sequence[float], apart: Sequence[float]) -> tuple[float, float]:
    """The threshold that answers this share of `near` (confidences), and the share of `apart` it refuses.

    >>> refused_at(0.5, [0.2, 0.4, 0.6, 0.8], [0.1, 0.5, 0.7])
    (0.6, 0.6666666666666666)
    """
    threshold = float(np.quantile(near, 1 - answered, method="higher"))
    return threshold, sum(sure < threshold for sure in apart) / len(apart)


def _exact(given: str, accepted: Sequence[str]) -> float:
    return float(any(canonical(given) == canonical(each) for each in accepted))


def _f1(given: str, accepted: Sequence[str]) -> float:
    return max(character_f1(given, each) for each in accepted)


def _type(question: str) -> CaseType:
    kind = understand(Inquiry(question), history_turns=0).kind
    return next((name for name in get_args(CaseType) if name == kind), "how")


def _evidence(question: ReadingQuestion, text: str) -> Iterator[Evidence]:
    """Where the answers stand in the question's document; all of it where none stands as written."""
    held = [answer for answer in question.answers if squeeze(answer) in squeeze(text)]
    for quote in held or [text]:
        yield Evidence(PurePath(question.source).name, quote)

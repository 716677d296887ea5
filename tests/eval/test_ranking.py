"""Recall and reciprocal rank worked by hand over a retriever with a fixed answer to each question."""

import pytest

from eval.ranking import DEPTH, rank
from eval.squad import ReadingQuestion
from rag.datatypes import Hit, Paragraph, Question

IDS = {f"{name}.txt": name for name in "abc"}


class Fixed:
    """Implements rag.ports.Retriever by a table of document ids, best first."""

    def __init__(self, **found: str) -> None:
        self._found = found
        self.limits: list[int] = []

    def retrieve(
        self, question: Question, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[Hit, ...]:
        self.limits.append(limit)
        names = self._found[question.text][:limit]
        return tuple(
            Hit(Paragraph(name, number, name, 0, 1), name, -float(number))
            for number, name in enumerate(names)
        )


def asked(text: str, source: str) -> ReadingQuestion:
    return ReadingQuestion(text, (), f"{source}.txt")


def test_shares_and_ranks() -> None:
    retriever = Fixed(甲="abc", 乙="bca", 丙="bxxxxxc", 丁="xyz", 戊="")
    questions = [asked("甲", "a"), asked("乙", "a"), asked("丙", "c"), asked("丁", "b"), asked("戊", "b")]
    found = rank(retriever, questions, IDS)
    assert found.questions == 5
    assert found.recall_at_1 == 1 / 5
    assert found.recall_at_5 == 2 / 5
    assert found.mrr_at_10 == pytest.approx((1 + 1 / 3 + 1 / 7) / 5)
    assert found.median_ms >= 0.0
    assert retriever.limits == [DEPTH] * 5


def test_another_paragraph_of_the_same_document_counts_once_at_its_best_place() -> None:
    found = rank(Fixed(甲="baaa"), [asked("甲", "a")], IDS)
    assert (found.recall_at_1, found.recall_at_5, found.mrr_at_10) == (0.0, 1.0, 0.5)


@pytest.mark.parametrize(
    ("place", "at_5", "mrr"), [(5, 1.0, 1 / 5), (6, 0.0, 1 / 6), (10, 0.0, 1 / 10), (11, 0.0, 0.0)]
)
def test_the_edges_of_what_counts(place: int, at_5: float, mrr: float) -> None:
    found = rank(Fixed(甲="x" * (place - 1) + "a"), [asked("甲", "a")], IDS)
    assert (found.recall_at_1, found.recall_at_5, found.mrr_at_10) == (0.0, at_5, mrr)


def test_a_perfect_retriever() -> None:
    found = rank(Fixed(甲="a", 乙="b"), [asked("甲", "a"), asked("乙", "b")], IDS)
    assert (found.recall_at_1, found.recall_at_5, found.mrr_at_10) == (1.0, 1.0, 1.0)

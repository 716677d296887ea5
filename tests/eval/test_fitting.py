"""The threshold of refusal, and a fit that must tell the right sentence from the wrong ones."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.fitting import ALLOWED_ANSWERED, ALLOWED_REFUSED, Judged, calibrate, judge, part, prefer
from eval.squad import ReadingQuestion
from rag.datatypes import Hit, Paragraph, Question
from rag.reading.evidence import EvidenceReader
from tests.rag.letters import Letters, matcher

THINGS = "桥路树花灯塔河湖山亭门窗墙楼院井车船鸟鱼马牛羊鸡犬书笔纸墨琴"


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "threshold"),
    [
        ((0.8, 0.9), (0.1, 0.2), 0.5),
        ((0.3, 0.9), (0.1, 0.5), 0.2),
        ((0.5,), (0.5,), 0.0),
        ((0.1,), (0.9,), 0.0),
    ],
)
def test_the_threshold_lies_where_it_parts_best(
    answerable: Sequence[float], unanswerable: Sequence[float], threshold: float
) -> None:
    assert part(answerable, unanswerable) == pytest.approx(threshold)


SHARES = st.lists(st.sampled_from([0.0, 0.1, 0.4, 0.4001, 0.7, 1.0]), min_size=1, max_size=8)


@given(SHARES, SHARES)
def test_no_other_threshold_parts_better(answerable: list[float], unanswerable: list[float]) -> None:
    def cost(cut: float) -> float:
        refused = sum(value < cut for value in answerable) / len(answerable)
        answered = sum(value >= cut for value in unanswerable) / len(unanswerable)
        return refused / ALLOWED_REFUSED + answered / ALLOWED_ANSWERED

    found = part(answerable, unanswerable)
    highest = max(*answerable, *unanswerable)
    # Above the highest confidence everything would be refused, which is never chosen.
    tried = [cut / 10_000 for cut in (0, 500, 2000, 4000, 4001, 6000, 9000) if cut / 10_000 <= highest]
    assert cost(found) <= min(cost(cut) for cut in tried) + 1e-9


def test_each_group_of_unanswerable_questions_weighs_the_same() -> None:
    assert part([0.6, 0.9], [0.1], [0.2, 0.3, 0.5, 0.5]) == pytest.approx(0.55)


@dataclass
class Telling:
    """A retriever whose score tells the right paragraph."""

    texts: dict[str, str]

    def retrieve(
        self, question: Question, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[Hit, ...]:
        hits = [
            Hit(Paragraph(name, 1, text, 0, len(text)), name, score=float(name in question.query))
            for name, text in self.texts.items()
        ]
        random.Random(question.query).shuffle(hits)
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])


TEXTS = {name: f"{name}{name}共有{10 + number}个。另一句话说天气。" for number, name in enumerate(THINGS)}
QUESTIONS = [
    ReadingQuestion(f"{name}{name}有多少个？", (f"{10 + number}个",), f"{name}.txt")
    for number, name in enumerate(THINGS)
]
IDS = {f"{name}.txt": name for name in TEXTS}


def judged() -> Judged:
    """A few questions, each about a thing that one document counts, with and without that document."""
    reader = EvidenceReader(Letters(), matcher())
    return judge(QUESTIONS, IDS, Telling(TEXTS), reader, {"天气": ("气候",)})


def test_a_sentence_near_the_question_and_of_the_kind_asked_for_is_preferred() -> None:
    weights = prefer(QUESTIONS, IDS, Telling(TEXTS), EvidenceReader(Letters(), matcher()))
    assert weights.similarity > 0.0
    assert weights.fits > 0.0


def test_each_question_is_judged_with_and_without_its_document() -> None:
    found = judged()
    assert len(found.rows) == len(found.answerable)
    assert 0 < found.answerable.sum() < len(found.answerable)


def test_the_calibrator_tells_answerable_from_near_miss_also_where_it_was_not_fitted() -> None:
    calibrated = calibrate([judged()])
    assert calibrated.calibrator.weights.likeness > 0.0
    assert calibrated.error < 0.1
    assert calibrate([judged()]) == calibrated


def test_each_kind_of_library_counts_alike() -> None:
    """A small set of questions of another kind, doubled in number, leaves the calibrator where it is."""
    few = Judged(np.array([[0.2, 0.5, 0.1, -0.5], [0.4, 0.1, 0.3, 0.2]] * 2), np.array([False, True] * 2))
    many = Judged(np.tile(few.rows, (2, 1)), np.tile(few.answerable, 2))
    once, twice = (calibrate([judged(), other]).calibrator for other in (few, many))
    ratio = len(judged().rows) + len(many.rows)
    assert once.weights.likeness == pytest.approx(twice.weights.likeness, rel=len(few.rows) / ratio + 0.05)

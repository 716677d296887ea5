"""The threshold of refusal, and a fit that must tell the right sentence from the wrong ones."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.fitting import ALLOWED_ANSWERED, ALLOWED_REFUSED, CASES, Fitted, fit, part
from eval.squad import ReadingQuestion
from rag.datatypes import Hit, Paragraph, Question
from rag.evidence import EvidenceReader
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


def fit_tiny() -> Fitted:
    """A fit on a few questions, each about a thing that one document counts."""
    texts = {name: f"{name}{name}共有{10 + number}个。另一句话说天气。" for number, name in enumerate(THINGS)}
    questions = [
        ReadingQuestion(f"{name}{name}有多少个？", (f"{10 + number}个",), f"{name}.txt")
        for number, name in enumerate(THINGS)
    ]
    ids = {f"{name}.txt": name for name in texts}
    reader = EvidenceReader(Letters(), matcher())
    return fit(questions, ids, Telling(texts), reader, {"天气": ("气候",)})


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return fit_tiny()


def test_a_sentence_near_the_question_and_of_the_kind_asked_for_is_preferred(fitted: Fitted) -> None:
    *_, similarity, fits, _paragraph = fitted.passage
    assert len(fitted.passage) == 6
    assert similarity > 0.0
    assert fits > 0.0


def test_the_calibrator_tells_answerable_from_near_miss(fitted: Fitted) -> None:
    refused = dict(fitted.refused)
    assert set(CASES) < set(refused)
    assert refused["answerable"] < 0.3
    assert refused["without document"] > 0.7
    assert fitted.calibrator.weights.likeness > 0.0
    assert fitted.calibrator.weights.missing < 0.0


def test_fitting_again_gives_the_same(fitted: Fitted) -> None:
    assert fit_tiny() == fitted

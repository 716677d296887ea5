"""The nearest word of a text for each word of a question, worked by hand on vectors in the plane."""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.matching.likeness import SYNONYMOUS, UNRELATED, Likeness
from rag.ports import Vector
from tests.rag.letters import Letters

# Words as directions in the plane, in degrees.
ANGLES = {"晚上": 0, "夜间": 20, "傍晚": 60, "占": 90, "白天": 180, "2024": 0, "2023": 0}
WORDS = st.sampled_from(["电梯", "加装", "学位", "新增学位", "2024", "a", "区教育局", "😀", ""])


class Plane:
    """Implements rag.ports.Embedder by a fixed table; notes how many words it is asked for."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    @property
    def name(self) -> str:
        return "plane"

    def embed_documents(self, texts: Sequence[str]) -> Vector:
        self.batches.append(list(texts))
        angles = np.radians([ANGLES[text] for text in texts])
        rows: Vector = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
        return rows

    def embed_query(self, text: str) -> Vector:
        row: Vector = self.embed_documents([text])[0]
        return row


def alike(degrees: float) -> float:
    """Likeness of two words that stand at an angle."""
    share = (math.cos(math.radians(degrees)) - UNRELATED) / (SYNONYMOUS - UNRELATED)
    return min(max(share, 0.0), 1.0)


def test_a_word_is_as_like_as_the_nearest_word_of_the_text() -> None:
    found = Likeness(Plane()).best(["晚上", "占"], [["傍晚", "白天"], ["白天"], ["夜间", "傍晚", "占"]])
    expected = [[alike(60), alike(30)], [0.0, 0.0], [alike(20), 1.0]]
    assert found == pytest.approx(np.array(expected), abs=1e-5)


def test_the_same_word_is_wholly_alike_and_an_opposite_one_not_at_all() -> None:
    found = Likeness(Plane()).best(["晚上"], [["晚上"], ["白天"], ["占"]])
    assert found.tolist() == [[1.0], [0.0], [0.0]]


def test_figures_are_like_nothing_but_themselves() -> None:
    found = Likeness(Plane()).best(["2024"], [["2023", "晚上"], ["2023", "2024"]])
    assert found.tolist() == [[0.0], [1.0]]


@pytest.mark.parametrize(
    ("wanted", "texts"), [([], []), ([], [["占"]]), (["占"], []), (["占"], [[], []]), ([], [[]])]
)
def test_nothing_wanted_or_nothing_there(wanted: list[str], texts: list[list[str]]) -> None:
    found = Likeness(Plane()).best(wanted, texts)
    assert found.shape == (len(texts), len(wanted))
    assert not found.any()


def test_an_empty_text_between_others_has_its_own_row() -> None:
    found = Likeness(Plane()).best(["晚上"], [[], ["晚上"], [], ["白天", "夜间"], []])
    assert found[:, 0] == pytest.approx([0, 1, 0, alike(20), 0], abs=1e-5)


def test_a_word_is_embedded_once() -> None:
    plane = Plane()
    likeness = Likeness(plane)
    likeness.best(["晚上"], [["夜间", "夜间", "晚上"]])
    likeness.best(["夜间"], [["晚上", "占"]])
    assert plane.batches == [["晚上", "夜间"], ["占"]]


def test_no_more_words_are_kept_than_there_is_room_for() -> None:
    plane = Plane()
    likeness = Likeness(plane, capacity=3)
    for words in (["晚上", "夜间"], ["占", "白天"], ["晚上", "夜间"], ["晚上", "夜间"]):
        likeness.best(words[:1], [words[1:]])
    assert plane.batches == [["晚上", "夜间"], ["占", "白天"], ["晚上", "夜间"]]


@given(st.lists(st.tuples(st.lists(WORDS, max_size=5), st.lists(st.lists(WORDS, max_size=6), max_size=4))))
def test_forgetting_words_changes_no_result(calls: list[tuple[list[str], list[list[str]]]]) -> None:
    ample, cramped = Likeness(Letters()), Likeness(Letters(), capacity=3)
    for wanted, texts in calls:
        expected = ample.best(wanted, texts)
        assert cramped.best(wanted, texts) == pytest.approx(expected, abs=1e-6)
        assert ((expected >= 0) & (expected <= 1)).all()


@given(st.lists(WORDS, max_size=6), st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=4))
def test_each_text_is_judged_alone_and_more_words_never_lower(
    wanted: list[str], texts: list[list[str]]
) -> None:
    likeness = Likeness(Letters())
    together = likeness.best(wanted, texts)
    for row, text in zip(together, texts, strict=True):
        assert row == pytest.approx(likeness.best(wanted, [text])[0], abs=1e-6)
    everything = likeness.best(wanted, [[word for text in texts for word in text]])[0]
    assert everything == pytest.approx(together.max(axis=0), abs=1e-6)


def test_threads_share_it_and_get_what_one_would() -> None:
    words = [f"词{chr(0x4E00 + number)}" for number in range(200)]
    questions = [(words[start : start + 5], [words[start : start + 40], words[:7]]) for start in range(100)]
    expected = [Likeness(Letters()).best(*question) for question in questions]
    shared = Likeness(Letters(), capacity=60)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: shared.best(*question), questions))
    assert all(np.allclose(one, other, atol=1e-6) for one, other in zip(found, expected, strict=True))

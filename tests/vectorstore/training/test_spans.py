"""What the reader learns from: windows that overlap, answers where they stand, as much without as with."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("sklearn")
pytest.importorskip("wordfreq", reason="development-only package of the training recipe")

from rag.reading.windows import WINDOW
from vectorstore.training import corpora
from vectorstore.training.official import stretches
from vectorstore.training.spans import comprehension

SENTENCE = st.text("甲乙丙丁", min_size=1, max_size=90).map(lambda text: f"{text}。")


@given(st.lists(SENTENCE, min_size=1, max_size=12))
def test_every_sentence_stands_in_a_window_and_neighbours_share_some(sentences: list[str]) -> None:
    text = "".join(sentences)
    windows = list(stretches(text))
    assert all(window in text and len(window) <= WINDOW for window in windows)
    assert all(any(sentence in window for window in windows) for sentence in sentences)
    assert len(windows) == len(set(windows)) or len(set(sentences)) < len(sentences)


def test_a_question_is_learnt_with_a_window_that_answers_and_with_one_that_does_not() -> None:
    paragraphs = tuple(
        f"{name}生于{year}年。{name}住在城东。"
        for name, year in zip("赵钱孙李周吴郑王冯陈", range(10), strict=True)
    )
    questions = tuple(
        corpora.Question(str(row), f"{text[0]}生于哪年？", row, (f"{row}年",))
        for row, text in enumerate(paragraphs)
    )
    made = list(comprehension(corpora.ReadingSet(paragraphs, questions), random.Random(1)))
    found = [reading for reading in made if reading.kind == "answer"]
    assert [reading.window[reading.start : reading.end] for reading in found] == [
        f"{row}年" for row in range(10)
    ]
    missing = [reading for reading in made if reading.kind == "nothing"]
    assert missing
    assert all(reading.start == reading.end == 0 for reading in missing)

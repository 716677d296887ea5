"""Other words for a question mean nearly the same, and what asks stays."""

import random

import pytest

pytest.importorskip("wordfreq", reason="development-only package of the training recipe")
pytest.importorskip("sklearn", reason="development-only package of the training recipe")

from vectorstore.training.wording import Wording

QUESTIONS = ["儿童的工资增加了多少？", "农民怎么降低修建成本？", "大桥全长240米吗？"]


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(QUESTIONS)


def test_words_are_put_in_words_alike(wording) -> None:
    made = {wording.reword(QUESTIONS[0], random.Random(seed)) for seed in range(80)}
    assert all("多少" in question for question in made)
    assert any("孩子" in question or "小孩" in question for question in made)
    assert any("薪水" in question for question in made)


def test_figures_stay(wording) -> None:
    assert all("240" in wording.reword(QUESTIONS[2], random.Random(seed)) for seed in range(40))


def test_a_changed_question_has_a_word_that_the_window_has_not(wording) -> None:
    window = "农民修建房屋。"
    made = [wording.change(QUESTIONS[1], window, random.Random(seed)) for seed in range(40)]
    assert all(question and question != QUESTIONS[1] for question in made)
    assert all("农民" not in question or "修建" not in question for question in made)
    assert wording.change(QUESTIONS[1], "毫不相干。", random.Random(1)) == ""

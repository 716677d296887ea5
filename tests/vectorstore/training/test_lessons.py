"""Lessons: texts with what they should be near to, and with what they should be far from."""

import random

import pytest

pytest.importorskip("sklearn")

from vectorstore.training.corpora import Pair
from vectorstore.training.lessons import STRETCH, nearest, stretches, with_wrong, words

TEXTS = [
    "湖州市政府办公室负责住宅电梯",
    "大熊猫生活在四川的竹林",
    "住宅小区加装电梯的补贴标准",
    "地震后的救援工作",
]


def test_the_nearest_share_the_rarest_words():
    found = nearest(["住宅加装电梯补贴多少"], TEXTS, 2, words)
    assert found == [[2, 0]]


def test_each_question_gets_a_wrong_window_that_is_not_its_right_one():
    answered = [Pair("大熊猫住在哪里", TEXTS[1]), Pair("加装电梯补贴多少", TEXTS[2])] + [
        Pair(f"问题{number}", f"文字{number}" * 5) for number in range(20)
    ]
    for lesson, pair in zip(with_wrong(answered, answered, random.Random(1)), answered, strict=True):
        assert lesson.right == pair.right
        assert lesson.wrong
        assert lesson.wrong != lesson.right


def test_neighbouring_pairs_are_joined_on_both_sides_alike():
    pairs = [Pair(f"第{number}句话说的是节约用水", f"sentence {number}") for number in range(60)]
    made = stretches(pairs, random.Random(2))
    assert len(made) > 3
    assert " ".join(lesson.left for lesson in made) == " ".join(
        pair.left for pair in pairs[: sum(lesson.right.count("sentence") for lesson in made)]
    )
    assert all(lesson.left.count("第") == lesson.right.count("sentence") for lesson in made)
    assert all(len(lesson.left) < STRETCH + 40 for lesson in made)

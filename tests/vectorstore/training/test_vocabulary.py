"""Choosing words: what is counted, how sources are weighed, which words are kept."""

from collections import Counter

import pytest

pytest.importorskip("wordfreq", reason="development-only package of the training recipe")

from vectorstore.training import vocabulary
from vectorstore.training.vocabulary import Vocabulary


def test_chinese_words_and_numbers_are_counted():
    counts = vocabulary.count_chinese(["2025年，电梯和电梯。"])
    assert counts["电梯"] == 2
    assert counts["2025"] == 1
    assert "，" not in counts


def test_english_words_are_counted_in_lower_case():
    assert vocabulary.count_english(["The THE elevator 12"]) == Counter({"the": 2, "elevator": 1, "12": 1})


def test_a_long_source_counts_no_more_than_a_short_one():
    found = vocabulary.shares([Counter({"甲": 900, "乙": 100}), Counter({"乙": 1})])
    assert found["甲"] == pytest.approx(0.45)
    assert found["乙"] == pytest.approx(0.55)


def test_words_come_most_frequent_first_and_ties_in_order():
    assert Vocabulary({"乙": 1.0, "丙": 2.0, "丁": 1.0}).words == ["丙", "丁", "乙"]


@pytest.mark.parametrize(
    ("word", "chinese", "latin"),
    [("电梯", True, False), ("elevator", False, True), ("T恤", False, False), ("12", False, False)],
)
def test_kinds_of_words(word, chinese, latin):
    assert vocabulary.is_chinese(word) is chinese
    assert vocabulary.is_latin(word) is latin

"""Questions with faults, made with a dictionary of a few words."""

from random import Random

import pytest
import rjieba

from eval.cedict import Entry
from eval.noise import COMMON, Lexicon, in_everyday_words, pairs, with_gap, with_homophone
from eval.squad import ReadingQuestion
from rag.query.question import focus_words

ENTRIES = (
    Entry("公式", ("gong1", "shi4"), ("formula",)),
    Entry("公事", ("gong1", "shi4"), ("public affairs",)),
    Entry("攻势", ("gong1", "shi4"), ("offensive",)),
    Entry("资产", ("zi1", "chan3"), ("property",)),
    Entry("固定资产", ("gu4", "ding4", "zi1", "chan3"), ("fixed assets",)),
    Entry("姿", ("zi1",), ("beauty",)),
    Entry("资", ("zi1",), ("resources",)),
    Entry("更名", ("geng1", "ming2"), ("to rename",)),
    Entry("改名", ("gai3", "ming2"), ("to rename",)),
    Entry("改称", ("gai3", "cheng1"), ("to rename",)),
)
# 攻势 and 改称 are known to the dictionary, but hardly ever written.
PROSE = ["公事，公式，姿，改名，更名。"] * COMMON + ["改名，攻势，改称。"]
CHANGES = (with_homophone, with_gap, in_everyday_words)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.of(ENTRIES, PROSE)


def test_a_word_becomes_a_common_one_of_the_same_sound(lexicon: Lexicon) -> None:
    assert with_homophone("这个公式是什么？", lexicon, Random(1)) == "这个公事是什么？"


def test_a_word_without_such_a_one_has_a_character_of_the_same_sound(lexicon: Lexicon) -> None:
    assert with_homophone("固定资产有多少？", lexicon, Random(1)) == "固定姿产有多少？"


def test_one_character_of_what_is_asked_about_is_lost(lexicon: Lexicon) -> None:
    question = "固定资产是什么？"
    found = {with_gap(question, lexicon, Random(seed)) for seed in range(40)}
    assert found == {"定资产是什么？", "固资产是什么？", "固定产是什么？", "固定资是什么？"}


def test_words_become_more_common_ones_of_the_same_meaning(lexicon: Lexicon) -> None:
    assert in_everyday_words("公司何时更名？", lexicon, Random(1)) == "公司何时改名？"
    assert in_everyday_words("公司何时改名？", lexicon, Random(1)) == "公司何时改名？"


@pytest.mark.parametrize("change", CHANGES)
def test_what_cannot_be_changed_stays(lexicon: Lexicon, change: object) -> None:
    assert callable(change)
    assert change("What is it?", lexicon, Random(1)) == "What is it?"


@pytest.mark.parametrize("change", CHANGES)
def test_pairs_are_the_same_each_time_and_never_alike(lexicon: Lexicon, change: object) -> None:
    assert callable(change)
    texts = ("公式是什么？", "资产有多少？", "何时更名？", "What is it?", "谁说公式更名？")
    questions = [ReadingQuestion(text, (), "甲.txt") for text in texts]
    found = pairs(questions, change, lexicon, 2)
    assert found == pairs(questions, change, lexicon, 2)
    assert len(found) == 2
    assert all(clean in questions and clean.text != noisy.text for clean, noisy in found)
    assert all(clean.source == noisy.source for clean, noisy in found)


def test_the_questions_here_are_cut_as_the_tests_suppose() -> None:
    assert rjieba.cut("固定资产是什么？")[:1] in (["固定资产"], ["固定"])
    assert focus_words("公式") == ("公式",)

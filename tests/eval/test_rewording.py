"""Questions in other words: synonyms both ways, chance that repeats, English word for word."""

import random

from hypothesis import given
from hypothesis import strategies as st

from eval.cedict import Entry
from eval.rewording import in_english, reword, synonyms, translations
from eval.squad import ReadingQuestion
from rag.query.question import focus_words

SYNONYMS = {"电梯": ("升降机", "直梯"), "学校": ("校园",), "多少": ("几何",), "建设": ("兴建",)}
QUESTION = ReadingQuestion("2024年建设多少所学校和电梯？", ("4所",), "a.txt")
ENTRIES = (
    Entry("电梯", (), ("elevator", "escalator")),
    Entry("升降机", (), ("elevator", "lift")),
    Entry("直梯", (), ("elevator",)),
    Entry("扶梯", (), ("escalator",)),
    Entry("梯", (), ("elevator",)),
    Entry("手扶梯", (), ("escalator (moving)",)),
    Entry("多少", (), ("how much; how many",)),
    Entry("多少", (), ("number; amount",)),
    Entry("建", (), ("a sense that says so much of a word that it explains it", "to build")),
)


def test_words_of_one_gloss_are_synonyms_both_ways() -> None:
    assert synonyms(ENTRIES) == {
        "电梯": ("升降机", "直梯", "扶梯"),
        "升降机": ("电梯", "直梯"),
        "直梯": ("电梯", "升降机"),
        "扶梯": ("电梯",),
    }


def test_a_gloss_that_too_many_share_makes_no_synonyms() -> None:
    many = [Entry(f"甲{name}", (), ("thing",)) for name in "桥路树花灯塔河"]
    assert synonyms(many) == {}
    assert len(synonyms(many[:6])) == 6


def test_a_question_is_put_into_english_word_for_word() -> None:
    known = translations(ENTRIES)
    assert known["多少"] == "how much"
    assert known["建"] == "to build"
    english = in_english(ReadingQuestion("2024年建多少电梯", ("4",), "a.txt"), known)
    assert english.text.startswith("what ")
    for words in ("2024", "to build", "how much", "elevator"):
        assert words in english.text
    assert (english.answers, english.source) == (("4",), "a.txt")


def test_a_question_is_reworded_but_asks_the_same() -> None:
    found = {reword(QUESTION, SYNONYMS, random.Random(seed)).text for seed in range(40)}
    assert len(found) > 2
    for text in found:
        assert text.startswith("2024年")
        assert "多少所" in text
        assert text.endswith("？")
    assert any("兴建" in text and "校园" in text for text in found)
    twin = reword(QUESTION, SYNONYMS, random.Random(1))
    assert (twin.answers, twin.source) == (QUESTION.answers, QUESTION.source)


def test_the_same_chance_gives_the_same_words() -> None:
    first, second = (reword(QUESTION, SYNONYMS, random.Random(3)) for _ in range(2))
    assert first == second


def test_without_synonyms_nothing_changes() -> None:
    assert reword(QUESTION, {}, random.Random(3)) == QUESTION


@given(st.text("2024年建设多少所学校和电梯？哪些怎样the ", max_size=30), st.integers())
def test_only_words_with_a_synonym_change(text: str, seed: int) -> None:
    twin = reword(ReadingQuestion(text, (), "a.txt"), SYNONYMS, random.Random(seed)).text
    before, after = focus_words(text), focus_words(twin)
    others = {other for words in SYNONYMS.values() for other in words}
    if not set(before) & set(SYNONYMS):
        assert twin == text
    assert not (set(before) & set(SYNONYMS)) or after
    assert all(word in text or any(word in other or other in twin for other in others) for word in after)

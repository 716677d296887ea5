"""What a question and a text share, worked by hand with an embedder that counts characters."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.chinese import normalise
from rag.matching.likeness import SYNONYMOUS, UNRELATED, Likeness
from rag.matching.overlap import Matcher, Overlap
from tests.rag.letters import Letters, matcher

TEXT = st.text("加装电梯学位新增的哪些2024年a ，。", max_size=25)


class Rare:
    """WordStatistics of a library in which one word is rarer than the rest."""

    def __init__(self, word: str, weight: float) -> None:
        self._word = word
        self._weight = weight

    def idf(self, words: Sequence[str]) -> list[float]:
        return [self._weight if word == self._word else 1.0 for word in words]


def one(question: str, *pieces: str) -> Overlap:
    return matcher().overlaps(question, [pieces])[0]


def test_words_and_bigrams_found_over_all_of_them() -> None:
    # Looked for: 加装, 电梯 and the bigram 装电 between them; likeness counts the two words alone.
    assert one("加装电梯", "维修电梯。") == Overlap(coverage=1 / 3, likeness=0.5, missing=0.5, figures=1.0)
    assert one("加装电梯", "加装，电梯") == Overlap(coverage=2 / 3, likeness=1.0, missing=0.0, figures=1.0)
    assert one("加装电梯", "加装电梯") == Overlap(coverage=1.0, likeness=1.0, missing=0.0, figures=1.0)


def test_a_word_of_near_meaning_counts_for_likeness_alone() -> None:
    # 电梯 and 电缆 share one of their two characters: cosine one half.
    near = (0.5 - UNRELATED) / (SYNONYMOUS - UNRELATED)
    found = one("电梯", "电缆")
    assert found.coverage == 0.0
    assert found.likeness == pytest.approx(near, abs=1e-6)
    assert found.missing == pytest.approx(1 - near, abs=1e-6)


def test_the_rarer_word_weighs_more_and_is_the_one_that_is_missed_most() -> None:
    rare = Matcher(Rare("学位", 3.0), Likeness(Letters()))
    without, with_it = rare.overlaps("电梯 学位", [("电梯",), ("学位",)])
    assert (without.likeness, without.missing) == pytest.approx((1 / 4, 3 / 4))
    assert (with_it.likeness, with_it.missing) == pytest.approx((3 / 4, 1 / 4))


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("2024年电梯", "2024年加装", 1.0),
        ("2024年电梯", "2023年加装电梯", 0.0),
        ("2024年和2023年电梯", "2023年加装电梯", 0.5),
        ("电梯", "没有年份", 1.0),
        ("2024年电梯", "２０２４年", 1.0),
        ("五种电梯", "没有数", 1.0),
        ("“1511”的五种电梯", "“1511”体系的电梯", 1.0),
        ("5种电梯", "没有数", 0.0),
        ("三百二十亿元电梯", "三百亿元", 0.0),
        ("三百二十亿元电梯", "320亿元", 1.0),
    ],
)
def test_the_share_of_the_figures_named(question: str, text: str, figures: float) -> None:
    assert one(question, text).figures == figures


def test_context_and_text_count_together_but_nothing_reads_across_them() -> None:
    assert one("加装电梯", "加装", "电梯").likeness == 1.0
    assert one("电梯", "电", "梯").coverage == 0.0


@pytest.mark.parametrize("question", ["", "的", "哪些？", "，。"])
def test_a_question_of_asking_words_alone_shares_nothing(question: str) -> None:
    assert one(question, "加装电梯的有哪些？") == Overlap(
        coverage=0.0, likeness=0.0, missing=1.0, figures=1.0
    )


def test_no_texts_no_overlaps_and_an_empty_text_misses_all() -> None:
    assert matcher().overlaps("加装电梯", []) == []
    assert one("2024年电梯") == Overlap(0.0, 0.0, 0.5, 0.0)
    assert one("电梯", "") == Overlap(0.0, 0.0, 1.0, 1.0)


@given(TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_every_part_is_a_share_and_each_text_is_judged_alone(
    question: str, texts: list[tuple[str, str]]
) -> None:
    query = normalise(question)
    found = matcher().overlaps(query, texts)
    assert len(found) == len(texts)
    for overlap, text in zip(found, texts, strict=True):
        parts = (overlap.coverage, overlap.likeness, overlap.missing, overlap.figures)
        assert all(-1e-6 <= part <= 1 + 1e-6 and not math.isnan(part) for part in parts)
        assert overlap.likeness + overlap.missing <= 1 + 1e-6 or overlap.missing == 1.0
        alone = matcher().overlaps(query, [text])[0]
        assert parts == pytest.approx(
            (alone.coverage, alone.likeness, alone.missing, alone.figures), abs=1e-6
        )


def test_the_terms_of_documents_count_as_the_everyday_words_they_stand_for() -> None:
    overlap = one("老百姓看病", "方便群众就医。")
    assert (overlap.likeness, overlap.missing) == (1.0, 0.0)
    assert 0.5 <= one("老百姓看病", "方便群众。").likeness < 1.0
    assert matcher().likened("老百姓看病", [("", "方便群众就医。"), ("", "绿地。")]).whole.tolist() == [
        1.0,
        0.0,
    ]

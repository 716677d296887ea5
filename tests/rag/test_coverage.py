"""The weighted share of a question's words that a text holds, worked by hand."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.terms import terms
from rag.matching.coverage import Coverage
from tests.rag.shelf import Flat

TEXT = st.text("加装电梯学位新增的2024年a ，。", max_size=20)


class Rarity:
    """WordStatistics by a table; words that are not in it weigh nothing."""

    def __init__(self, **weights: float) -> None:
        self._weights = weights

    def idf(self, words: Sequence[str]) -> list[float]:
        return [self._weights.get(word, 0.0) for word in words]


def held(text: str) -> list[frozenset[str]]:
    return [frozenset(terms(text))]


def test_each_word_counts_by_its_rarity() -> None:
    coverage = Coverage.of(["电梯", "学位", "街道"], Rarity(电梯=3.0, 学位=1.0, 街道=4.0))
    assert coverage.total == 8.0
    assert coverage.share(held("加装电梯。")) == 3 / 8
    assert coverage.share(held("新增学位，加装电梯。")) == 4 / 8
    assert coverage.share(held("各街道加装电梯，新增学位。")) == 1.0
    assert coverage.share(held("养老")) == 0.0


def test_a_text_in_traditional_or_full_width_characters_holds_the_same_words() -> None:
    coverage = Coverage.of(["电梯", "2024"], Flat())
    assert coverage.share(held("２０２４年加裝電梯")) == 1.0


def test_pieces_count_together_but_no_word_reaches_across_them() -> None:
    coverage = Coverage.of(["电梯", "学位"], Flat())
    assert coverage.share([frozenset({"电梯"}), frozenset({"学位"})]) == 1.0
    assert coverage.share([frozenset({"电"}), frozenset({"梯"})]) == 0.0
    assert coverage.share([]) == 0.0


@pytest.mark.parametrize("wanted", [(), ("电梯",)])
def test_a_question_that_weighs_nothing_is_never_covered(wanted: tuple[str, ...]) -> None:
    coverage = Coverage.of(wanted, Rarity())
    assert coverage.total == 0.0
    assert coverage.share(held("加装电梯")) == 0.0


@given(TEXT, TEXT, TEXT)
def test_a_share_is_a_share_and_grows_with_the_text(question: str, text: str, more: str) -> None:
    wanted = list(dict.fromkeys(terms(question)))
    coverage = Coverage.of(wanted, Flat())
    share = coverage.share(held(text))
    assert 0.0 <= share <= 1.0
    assert coverage.share(held(f"{text}\n{more}")) >= share
    assert coverage.share(held(question)) == (1.0 if wanted else 0.0)

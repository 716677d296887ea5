"""Terms are the same however a text is typed."""

import pytest

from rag.language.terms import terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("固定資產投資", "固定资产投资"),
        ("２０２４年Ｒ＆Ｄ經費", "2024年r&d经费"),
        ("二〇二四年新建", "2024年新建"),
        ("百分之十五", "15％"),
    ],
)
def test_one_text_typed_in_two_ways_has_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_a_two_character_word_counts_as_a_word_and_as_a_pair() -> None:
    assert terms("绿地") == ["绿地", "绿地"]


def test_a_figure_is_one_term_with_its_unit() -> None:
    assert "2024年" in terms("二〇二四年")
    assert not set(terms("三中全会")) & set(terms("3中"))

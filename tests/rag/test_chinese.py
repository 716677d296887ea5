"""Chinese text: one spelling, words, bigrams, sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.chinese import bigrams, normalise, sentences, simplify, squeeze, words


def test_one_spelling_for_widths_cases_and_scripts() -> None:
    assert normalise("２０２４年Ｒ＆Ｄ經費增長５．５％") == "2024年r&d经费增长5.5%"


def test_traditional_is_converted_by_phrase_not_by_character() -> None:
    assert simplify("乾隆年間的乾燥") == "乾隆年间的干燥"


def test_words_keep_long_words_and_their_parts() -> None:
    assert set(words("固定资产投资")) >= {"固定", "资产", "固定资产", "投资"}


def test_numbers_survive_without_their_signs() -> None:
    assert "5.5" in words("增长5.5%")


def test_bigrams_do_not_reach_across_punctuation() -> None:
    assert bigrams("电梯，加装") == ["电梯", "加装"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一是立德。二是树人；三是育才！", ["一是立德。", "二是树人；", "三是育才！"]),
        ("他说：“好。”然后走了", ["他说：“好。”", "然后走了"]),
        ("5.增长5.5%。\n牵头单位：区财政局", ["5.增长5.5%。", "牵头单位：区财政局"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(alphabet="字词。！？；”\n a1.", max_size=60))
def test_sentences_cover_every_character_but_blanks_once(text: str) -> None:
    spans = sentences(text)
    assert squeeze("".join(text[start:end] for start, end in spans)) == squeeze(text)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))

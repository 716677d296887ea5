"""Homophones sound alike, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.pinyin import sound_pairs, sounds


@pytest.mark.parametrize(
    ("one", "other"), [("固定资产", "固定姿产"), ("防洪堤坝", "房红低爸"), ("女性", "钕姓"), ("政府", "正负")]
)
def test_homophones_sound_alike_whatever_their_tone(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(("one", "other"), [("资产", "知产"), ("绿地", "路地"), ("人民", "任命")])
def test_other_syllables_sound_otherwise(one: str, other: str) -> None:
    assert sounds(one) != sounds(other)


def test_a_word_is_heard_as_it_is_read_beside_how_its_characters_are() -> None:
    assert set(sound_pairs("银航")) <= set(sound_pairs("银行贷款", ["银行", "贷款"]))
    assert not set(sound_pairs("银航")) & set(sound_pairs("银行贷款"))


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_sounds_keep_the_length_and_what_is_not_chinese(text: str) -> None:
    heard = sounds(text)
    assert len(heard) == len(text)
    assert all(
        mine == other or "\u3400" <= other <= "\u9fff" for mine, other in zip(text, heard, strict=True)
    )


@given(st.text(st.sampled_from("固定资产投资，银行"), max_size=20))
def test_what_sounds_once_sounds_the_same_again(text: str) -> None:
    assert sounds(sounds(text)) == sounds(text)

"""Figures in Arabic digits, and words with a numeral in them left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.chinese import normalise
from rag.language.figures import arabic, spelled
from tests.rag.test_numerals import LOOKALIKES, spell


def read(text: str) -> str:
    return arabic(normalise(text))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("二〇二四年", "2024年"),
        ("二零二四年", "2024年"),
        ("二○二四年", "2024年"),
        ("二○○四年", "2004年"),
        ("２０２４年", "2024年"),
        ("2024-03-05", "2024年3月5日"),
        ("百分之十五", "15%"),
        ("15％", "15%"),
        ("三百二十亿元", "320亿元"),
        ("六千万元", "6000万元"),
        ("三百余万元", "300万元"),
        ("一点五亿元", "1.5亿元"),
        ("两万五千人", "25000人"),
        ("1,234万元", "1234万元"),
        ("十五个", "15个"),
        ("第三条", "第3条"),
        ("十八届三中全会", "18届三中全会"),
    ],
)
def test_figures_are_written_as_most_people_type_them(written: str, plain: str) -> None:
    assert read(written) == plain
    assert read(plain) == plain


@pytest.mark.parametrize(
    "word", ["三中全会", "一带一路", "十三五", "十九大", "第三方", "万一", "一个", "哪一年", "统一", "○"]
)
def test_words_with_a_numeral_in_them_stay(word: str) -> None:
    assert read(word) == word


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("3.2亿元", ("320000000元", "320000000")),
        ("三亿二千万元", ("320000000元", "320000000")),
        ("十九大", ("19",)),
        ("十五个", ("15个",)),
        ("5g网络", ("5g",)),
        ("第三方", ()),
        ("没有数字", ()),
    ],
)
def test_a_figure_is_looked_up_by_its_value_too(written: str, figures: tuple[str, ...]) -> None:
    assert spelled(written)[1] == figures


@given(st.integers(min_value=10, max_value=10**9 - 1), st.sampled_from(["元", "人", "亩", "个"]))
def test_any_count_is_found_in_either_spelling(number: int, unit: str) -> None:
    assert set(spelled(f"{number}{unit}")[1]) <= set(spelled(f"{spell(number)}{unit}")[1])


@given(LOOKALIKES)
def test_a_text_without_figures_is_left_as_it_is(text: str) -> None:
    bare = normalise(text).translate(dict.fromkeys(map(ord, "0123456789零〇一二两三四五六七八九十百千万亿")))
    assert spelled(bare) == (bare, ())
    assert "\n".join(map(arabic, normalise(text).splitlines())) == arabic(
        "\n".join(normalise(text).splitlines())
    )

"""Answers match across spellings and never inside a longer number."""

import doctest
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import matching
from eval.matching import arabic, canonical, character_f1, found_share, says

WORDS = st.text(alphabet="区教育局投资增长万亿.，,。 ％%0123456789十百千二", max_size=30)
NUMBERS = st.integers(0, 9999)


def test_examples_in_docstrings():
    assert doctest.testmod(matching).failed == 0


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("实现固定资产投资740亿元以上", "740 亿"),
        ("完成1.5万方", "15000方"),
        ("增长５．５％", "5.5%"),
        ("共1,300套", "1300套"),
        ("三个样板", "3个"),
        ("占比百分之六十", "60%"),
        ("「業主委員會」組建109個", "109个"),
        ("二〇二三年底", "2023年"),
        ("牵头单位：区 住 建 局", "区住建局"),
        ("600 million dollars", "600 Million"),
    ],
)
def test_says_across_spellings(text: str, answer: str):
    assert says(text, answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("13号线", "3号线"),
        ("15.5%", "5.5%"),
        ("20台", "200台"),
        ("50000", "5000"),
        ("5000.5", "5000"),
        ("5000%", "5000"),
        ("1、2", "12"),
        ("区教育局", "区住建局"),
        ("任何话", ""),
        ("任何话", "。"),
    ],
)
def test_does_not_say(text: str, answer: str):
    assert not says(text, answer)


@given(WORDS)
def test_canonical_is_stable(text: str):
    once = canonical(text)
    assert canonical(once) == once


@given(WORDS)
def test_canonical_keeps_no_blank_but_between_numbers(text: str):
    parts = canonical(text).split(" ")
    assert all(left[-1:].isdigit() and right[:1].isdigit() for left, right in pairwise(parts))


@given(WORDS)
def test_a_text_says_itself_when_it_says_anything(text: str):
    assert says(text, text) == bool(canonical(text))


def spelled(number: int) -> str:
    """A number below ten thousand in Chinese, by the schoolbook rule."""
    digits, out, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if gap else "") + digits[digit] + name
            gap = False
        else:
            gap = bool(out)
    return out or "零"


@given(NUMBERS)
def test_arabic_reads_schoolbook_numerals(number: int):
    assert arabic(f"第{spelled(number)}条") == f"第{number}条"


@given(st.integers(1, 9999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_units_are_written_out(number: int, unit: tuple[str, int]):
    name, factor = unit
    assert canonical(f"{number}{name}元") == f"{number * factor}元"
    assert canonical(f"{number / 10}{name}元") == f"{number * factor // 10}元"


@given(WORDS, WORDS)
def test_f1_is_symmetric_and_bounded(left: str, right: str):
    assert character_f1(left, right) == character_f1(right, left)
    assert 0 <= character_f1(left, right) <= 1
    assert character_f1(left, left) == float(bool(canonical(left)))


def test_share_of_a_list():
    assert found_share("3号线、4号线站点", ["3号线", "4号线", "10号线"]) == pytest.approx(2 / 3)

"""Numbers before paragraphs, as the office programs show them.

May import `ingest` and `rag`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.numerals import write_number
from ingest.numbering import read_numeral


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 1994: "MCMXCIV"}),
        ("lowerRoman", {3: "iii"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
        ("lowerLetter", {2: "b", 53: "aaa"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 21: "21st"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        ("chineseCountingThousand", {100: "一百", 103: "一百零三", 110: "一百一十", 1003: "一千零三"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographDigital", {10: "一〇", 2024: "二〇二四"}),
        ("ideographTraditional", {1: "甲", 10: "癸"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "36"}),
        ("decimalEnclosedCircleChinese", {2: "②"}),
        ("decimalEnclosedParen", {1: "⑴", 21: "(21)"}),
        ("decimalEnclosedFullstop", {1: "⒈", 21: "21."}),
        ("decimalFullWidth", {12: "１２"}),
        ("numberInDash", {2: "- 2 -"}),
        ("none", {1: ""}),
        ("no such format", {7: "7"}),
    ],
)
def test_each_format_counts_its_own_way(style: str, numbers: dict[int, str]) -> None:
    assert {number: write_number(number, style) for number in numbers} == numbers


@given(st.integers(1, 999))
def test_chinese_numbers_are_those_that_the_structure_reads(number: int) -> None:
    numeral = read_numeral(f"第{write_number(number, 'chineseCountingThousand')}章")
    assert numeral is not None
    assert numeral.ordinal == number


@pytest.mark.parametrize("number", [-5, 0, 10_000, 10**9])
def test_numbers_out_of_range_stay_figures(number: int) -> None:
    assert write_number(number, "upperRoman") == str(number)

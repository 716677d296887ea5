"""Official numbering, and what only looks like it.

May import `ingest`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbering import Style, read_numeral

UNITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "style", "ordinal", "rest"),
    [
        ("第一编 总则", Style.PART, 1, " 总则"),
        ("第十二章　附则", Style.CHAPTER, 12, "　附则"),
        ("第一章总则", Style.CHAPTER, 1, "总则"),
        ("第三节 人民政府", Style.SECTION, 3, " 人民政府"),
        ("第一百零三条 本法", Style.ARTICLE, 103, " 本法"),
        ("第三条之一　养犬人", Style.ARTICLE, 3, "　养犬人"),
        ("**第二条**　公安机关", Style.ARTICLE, 2, "**　公安机关"),
        ("二十一、加强领导", Style.CHINESE, 21, "加强领导"),
        ("一、2024年工作回顾", Style.CHINESE, 1, "2024年工作回顾"),
        ("（十）健全机制", Style.CHINESE_BRACKETS, 10, "健全机制"),
        ("(二)提升能级", Style.CHINESE_BRACKETS, 2, "提升能级"),
        ("156.开展行动", Style.ARABIC, 156, "开展行动"),
        ("3．聚焦", Style.ARABIC, 3, "聚焦"),
        ("（12）其他", Style.ARABIC_BRACKETS, 12, "其他"),
        ("③三是", Style.CIRCLED, 3, "三是"),
    ],
)
def test_a_number_is_read(text, style, ordinal, rest):
    numeral = read_numeral(text)
    assert numeral is not None
    assert (numeral.style, numeral.ordinal, text[numeral.end :]) == (style, ordinal, rest)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "3.5亿元投资",
            "5、6号线建成",
            "一、二、三产业",
            "一是提高站位",
            "第三条规定的情形",
            "十一届三中全会",
        ),
        *("（一）、（二）项", "（一）至（三）项", "第一章的规定，适用", "沈建立副区长牵头工作", "2024年", ""),
    ],
)
def test_running_text_is_not_numbered(text):
    assert read_numeral(text) is None


@given(st.integers(1, 99))
def test_chinese_numbers_are_read_as_they_are_written(number):
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{UNITS[tens]}十")
    numeral = read_numeral(f"{head}{UNITS[ones] if ones else ''}、工作")
    assert numeral is not None
    assert numeral.ordinal == number

"""Quantities: equal however written, and nothing that only looks like one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.numerals import quantities

LOOKALIKES = st.text(
    st.sampled_from(list("一二两三十百千万亿零〇点年月日个元%％第.，,0123５分之 余多\n、a")), max_size=40
)
DIGITS = "零一二三四五六七八九"


def read(text: str) -> list[tuple[str, str]]:
    return [(f"{quantity.value.normalize():f}", quantity.unit) for quantity in quantities(text)]


def spell(number: int) -> str:
    """A number in Chinese as it is read out (an oracle of its own, from the largest part down)."""
    for value, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= value:
            head, rest = divmod(number, value)
            gap = "零" if rest and rest < value // 10 else ""
            return spell(head) + name + gap + (spell(rest) if rest else "")
    return DIGITS[number]


@pytest.mark.parametrize(
    "equal",
    [
        ("6000万元", "0.6亿元", "六千万元", "６０００万元", "6,000万元", "60000000元", "6000余万元"),
        ("5.5%", "５．５％", "百分之五点五"),
        ("2024年3月5日", "二〇二四年三月五日", "二零二四年三月五日", "2024-03-05", "2024/3/5", "2024.3.5"),
        ("12345.6平方米", "12,345.6㎡", "１２，３４５．６平方米"),
        ("1.2亿元", "1亿2000万元", "一点二亿元", "一亿两千万元"),
        ("3500", "三千五百", "三千五"),
        ("20000", "两万", "2万"),
        ("15", "十五", "一十五"),
        ("105", "一百零五"),
        ("10050", "一万零五十"),
        ("3人", "3名", "三位"),
        ("100000000000元", "千亿元", "1000亿元"),
        ("12家", "十二家", "12个"),
    ],
)
def test_one_quantity_in_many_spellings(equal: tuple[str, ...]) -> None:
    assert {tuple(read(text)) for text in equal} == {tuple(read(equal[0]))}
    assert read(equal[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长5个百分点", [("5", "百分点")]),
        ("3个月内", [("3", "个月")]),
        ("建设5G基站100个", [("5", "g"), ("100", "个")]),
        ("第一季度", [("1", "季度")]),
        ("七届十一次全会", [("7", "届"), ("11", "个")]),
        ("100，200", [("100", ""), ("200", "")]),
        ("50km²", [("50", "平方公里")]),
        ("20多亿元", [("2000000000", "元")]),
        ("156项任务", [("156", "个")]),
        ("二十大精神", [("20", "")]),
        ("11月1日", [("11", "月"), ("1", "日")]),
        ("1. 区教育局\n2、建设3家\n(3) 新增4项", [("3", "个"), ("4", "个")]),
        ("1.5万元", [("15000", "元")]),
    ],
)
def test_what_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


def test_list_numbering_is_read_when_asked_for() -> None:
    assert [quantity.value for quantity in quantities("12. 新增4项", numbering=True)] == [12, 4]


@pytest.mark.parametrize(
    "text",
    "三中全会 一体化 统一 十分 “四有教师” 万一 第一 一个中心 一批项目 七八个 十四五规划 千家万户 万元 "
    "一心一意 两会 一带一路 数十 百姓 千方百计 万达 唯一 四有 十全十美 （一） 一、".split(),
)
def test_words_are_not_quantities(text: str) -> None:
    assert read(text) == []


@given(number=st.integers(10, 99_999_999))
def test_a_number_read_out_is_the_number(number: int) -> None:
    (quantity,) = quantities(f"投入{spell(number)}元")
    assert (quantity.value, quantity.unit) == (Decimal(number), "元")


@given(number=st.integers(0, 10**12), places=st.integers(0, 4))
def test_thousands_separators_and_widths_change_nothing(number: int, places: int) -> None:
    plain = f"{number}.{'5' * places}" if places else str(number)
    grouped = f"{number:,}" + plain[len(str(number)) :]
    wide = plain.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789."})
    assert read(f"共{plain}元") == read(f"共{grouped}元") == read(f"共{wide}元")


@given(
    text=st.text(
        st.sampled_from(list("一二两三十百千万亿零〇点年月日个元%％第.，,0123５分之 余多\n、a")), max_size=40
    )
)
def test_spans_are_in_order_within_the_text_and_apart(text: str) -> None:
    found = quantities(text)
    position = 0
    for quantity in found:
        assert position <= quantity.start < quantity.end <= len(text)
        position = quantity.end
        assert any(
            character == "两" or character.isnumeric() for character in text[quantity.start : quantity.end]
        )


@pytest.mark.parametrize(
    "text", ["1 " * 5000, "9" * 50_000, "万" * 3000 + "一", "一百" * 5000, "\n" * 20_000]
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    assert isinstance(quantities(text), tuple)

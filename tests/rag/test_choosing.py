"""Which of several figures or times of a sentence a question means by where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.names import Span
from rag.language.numerals import quantities
from rag.matching.choosing import meant_by_place
from rag.matching.expected import dates, figures


@pytest.mark.parametrize(
    ("query", "text", "told"),
    [
        ("补助标准是多少?", "补助标准由每台20万元调整为每台18万元。", ["18万元"]),
        ("补助标准原来是多少?", "补助标准由每台20万元调整为每台18万元。", ["20万元"]),
        ("北延段有几座站?", "北延段设站6座,其中换乘站2座。", ["6座"]),
        ("北延段换乘站有几座?", "北延段设站6座,其中换乘站2座。", ["6座", "2座"]),
        ("东湖街道要装几台?", "全年计划150台,其中东湖街道45台、临江街道38台。", ["45台"]),
    ],
)
def test_figures_where_the_question_means(query: str, text: str, told: list[str]) -> None:
    found = meant_by_place(query, text, figures(query, text))
    assert [text[one.start : one.end] for one in found] == told


@pytest.mark.parametrize(
    ("query", "text", "told"),
    [
        ("北延段什么时候试运营?", "隧道已于3月15日贯通,预计2027年6月试运营。", ["2027年6月"]),
        ("押金多久退?", "签约时缴纳3个月租金作为押金,退租时无损坏的,15个工作日内无息退还。", ["15个"]),
        ("网上申报什么时候截止?", "网上申报:2026年3月2日9:00至3月27日17:00。", ["2026年3月2日9:00至3月27日"]),
    ],
)
def test_times_where_the_question_means(query: str, text: str, told: list[str]) -> None:
    found = meant_by_place(query, text, dates(query, text))
    assert told[0] in [one.text for one in found]
    assert all("3月15日" not in one.text and "3个月" not in one.text for one in found)


def test_a_name_behind_what_the_question_begins_with() -> None:
    text = "夜间值班:周一方敏,周二顾晓燕,周三石磊。"
    names = [
        Span(name, text.index(name), text.index(name) + len(name)) for name in ("方敏", "顾晓燕", "石磊")
    ]
    assert [one.text for one in meant_by_place("周三夜间谁值班?", text, names)] == ["石磊"]


@given(st.text("甲乙多少年12,其中调整为。", max_size=30), st.text("甲乙年12万元,其中调整为。", max_size=40))
def test_something_is_always_left_and_in_order(query: str, text: str) -> None:
    found = quantities(text)
    kept = meant_by_place(query, text, found)
    assert bool(kept) == bool(found)
    assert [one for one in found if one in kept] == list(kept)

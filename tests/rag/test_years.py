"""Years as texts write them, or tell them from their own; how well a text agrees with the one asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.years import agreement, named, near, told


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年增长5%，2023年增长5.2%", (2024, 2023)),
        ("二〇三五年基本实现现代化", (2035,)),
        ("二〇二四年和２０２５年", (2025, 2024)),
        ("2018到2020这几年", (2018, 2020, 2019)),
        ("2021—2023年", (2021, 2023, 2022)),
        ("1900到2024年", (1900, 2024)),
        ("The target for 2025?", (2025,)),
        ("新增2000个，发放2024万元，共2025人", ()),
        ("第12024号", ()),
        ("一百年来", ()),
    ],
)
def test_years_that_are_named(text: str, years: tuple[int, ...]) -> None:
    assert sorted(named(text)) == sorted(years)


@pytest.mark.parametrize(
    ("text", "single", "all_"),
    [
        ("今年目标5%，比上年多，与去年相比，较上一年", (2024,), (2024,)),
        ("去年新增就业1244万人", (2023,), (2023,)),
        ("五年来，建成4.56亿亩", (), (2019, 2020, 2021, 2022, 2023)),
        ("明年全面铺开", (2025,), (2025,)),
        ("建成公园3个", (), ()),
    ],
)
def test_years_that_are_told_from_a_texts_own(
    text: str, single: tuple[int, ...], all_: tuple[int, ...]
) -> None:
    assert (near(text, 2024), told(text, 2024)) == (single, all_)
    assert (near(text, None), told(text, None)) == ((), ())


def test_what_a_text_says_of_its_year_counts_before_its_heading_and_its_document() -> None:
    review, plan = ("一、2023年工作回顾",), ("三、2024年工作任务",)
    asked = (2023,)
    assert agreement(asked, "2023年新增就业1244万人。", plan, 2024) == 1.0
    assert agreement(asked, "去年新增就业1244万人。", plan, 2024) == 1.0
    assert agreement(asked, "新增就业1244万人。", review, 2024) == 0.75
    assert agreement(asked, "新增就业1200万人以上。", (), 2023) == 0.75
    assert agreement(asked, "新增就业1200万人以上。", plan, 2024) < 0
    assert agreement(asked, "今年新增就业1200万人以上。", plan, 2024) == -1.0
    assert agreement(asked, "新增就业1200万人以上。", (), None) == 0.0


def test_the_nearest_heading_that_names_a_year_counts() -> None:
    path = ("2023年工作", "2024年安排", "就业")
    assert agreement((2024,), "新增就业。", path, None) > 0 > agreement((2023,), "新增就业。", path, None)


def test_a_question_without_years_agrees_with_nothing() -> None:
    assert agreement((), "2023年新增就业。", ("2023年",), 2023) == 0.0


@given(st.text(max_size=60), st.integers(1900, 2100), st.lists(st.text(max_size=10), max_size=3))
def test_agreement_keeps_its_bounds_and_a_year_said_agrees_wholly(
    text: str, year: int, sections: list[str]
) -> None:
    assert -1.0 <= agreement((year,), text, sections, year) <= 1.0
    assert agreement((year,), f"{text}，{year}年。", sections, None) == 1.0

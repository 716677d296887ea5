"""Of figures told together the one in the place of the thing asked for, and the end of a rise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.chinese import normalise
from rag.language.numerals import quantities
from rag.matching.respective import meant

INCOME = "民生支出增长6.8%，城镇和农村居民收入分别增长4.3%和7.1%，失业率5.5%。"
OFFICES = "地区总部、研发中心分别新认定60家和30家，累计分别达到1016家和591家。"
RAIL = "铁路里程从2.5万公里增加到4.2万公里，公路里程从13.6万公里增加到17.7万公里。"


@pytest.mark.parametrize(
    ("query", "text", "told"),
    [
        ("农村居民增长了多少", INCOME, ["7.1%"]),
        ("城镇居民收入增长多少", INCOME, ["4.3%"]),
        ("失业率是多少", INCOME, ["6.8%", "4.3%", "7.1%", "5.5%"]),
        ("城镇失业率是多少", INCOME, ["6.8%", "4.3%", "7.1%", "5.5%"]),
        ("居民消费是多少", INCOME, ["6.8%", "4.3%", "7.1%", "5.5%"]),
        ("研发中心有多少家", OFFICES, ["30家", "591家"]),
        ("地区总部累计有多少家", OFFICES, ["1016家"]),
        ("新增龙头企业多少家", "新增龙头企业16家、总数达到98家。", ["16家"]),
        ("龙头企业总数多少家", "新增龙头企业16家、总数达到98家。", ["98家"]),
        ("铁路里程增加到了多少", RAIL, ["4.2万公里", "17.7万公里"]),
        ("铁路里程从多少增加", RAIL, ["2.5万公里", "4.2万公里", "13.6万公里", "17.7万公里"]),
    ],
)
def test_the_figure_meant(query: str, text: str, told: list[str]) -> None:
    assert [text[one.start : one.end] for one in meant(query, text, quantities(text))] == told


@given(st.text("甲乙丙丁、和分别增长从到为12%，。", max_size=40), st.text("甲乙丙到了多少", max_size=12))
def test_only_figures_of_the_text_are_meant_and_never_none_of_some(text: str, query: str) -> None:
    found = quantities(text)
    chosen = meant(normalise(query), text, found)
    assert set(chosen) <= set(found)
    assert bool(chosen) == bool(found)

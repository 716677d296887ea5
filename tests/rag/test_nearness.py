"""Nearness: what stands beside the asked-for words is nearer than what stands behind a comma."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.numerals import quantities
from rag.matching.nearness import Nearness, head_of
from tests.rag.letters import matcher

MATCHER = matcher()


def nearest(query: str, text: str) -> str:
    spans = [(one.start, one.end) for one in quantities(text)]
    nearness = Nearness(query, text, MATCHER, rivals=spans)
    start, end = max(spans, key=lambda span: nearness.of(*span))
    return text[start:end]


@pytest.mark.parametrize(
    ("query", "nearby"),
    [
        ("改造公园多少个", "3个"),
        ("新增泊位多少个", "500个"),
        ("泊位新增多少", "500个"),
        ("绿道有多少", "10公里"),
    ],
)
def test_the_figure_beside_the_words_wins(query: str, nearby: str) -> None:
    assert nearest(query, "改造公园3个，新增泊位500个、绿道10公里") == nearby


def test_a_word_behind_another_figure_is_farther() -> None:
    text = "泊位500个绿道10公里"
    first, second = ((one.start, one.end) for one in quantities(text))
    nearness = Nearness("泊位", text, MATCHER, rivals=[first, second])
    assert nearness.of(*first) > nearness.of(*second) > 0


@pytest.mark.parametrize(
    ("query", "head"),
    [
        ("初步谋划了多少个重大项目", "重大项目"),
        ("要给多少老人查查身体", "老人"),
        ("how many new parking spaces are planned", "new parking spaces"),
        ("怎么办", ""),
    ],
)
def test_the_head_is_what_is_counted(query: str, head: str) -> None:
    assert head_of(query) == head


@given(st.text(max_size=40), st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_place_of_any_text_has_a_nearness(query: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert Nearness(query, text, MATCHER).of(start, end) >= 0

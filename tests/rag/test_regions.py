"""Regions are recognised wherever they stand; words for kinds of places are none."""

import pytest

from rag.language.regions import regions


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("江苏呢", ["江苏"]),
        ("浙江省杭州市和成都市的目标", ["浙江省杭州市", "成都市"]),
        ("城镇新增就业", []),
        ("", []),
    ],
)
def test_regions(text: str, named: list[str]) -> None:
    found = regions(text)
    assert [span.text for span in found] == named
    assert all(text[span.start : span.end] == span.text for span in found)

"""Which figure a question supposes, and whether what is told bears it out."""

from decimal import Decimal

import pytest

from rag.supposed import holds, supposed


@pytest.mark.parametrize(
    ("query", "told", "so"),
    [
        ("粮食总产过了1400亿斤没有", "134400000000", False),
        ("粮食总产超过1300亿斤了吗", "134400000000", True),
        ("投资有没有到800亿", "80000000000", True),
        ("失业率低于5%吗", "5", False),
        ("浓度降到35以下了吗", "38", False),
        ("浓度能不能控制在35", "35", True),
    ],
)
def test_what_is_told_is_held_against_what_is_supposed(query: str, told: str, so: bool) -> None:  # noqa: FBT001 - a table's column
    asked = supposed(query)
    assert asked is not None
    assert holds(query, asked, Decimal(told)) is so


@pytest.mark.parametrize(
    "query", ["粮食产了多少亿斤", "2024年能不能完成", "到2025年会不会建成", "PM2.5达标了吗", "会涨工资吗", ""]
)
def test_other_questions_suppose_none(query: str) -> None:
    assert supposed(query) is None

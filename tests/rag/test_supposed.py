"""Which figure a question supposes, and whether what is told bears it out."""

import pytest

from rag.language.numerals import quantities
from rag.query.supposed import holds, supposed


@pytest.mark.parametrize(
    ("query", "text", "so"),
    [
        ("粮食总产过了1400亿斤没有", "总产1344亿斤", False),
        ("粮食总产超过1300亿斤了吗", "总产1344亿斤", True),
        ("投资有没有到800亿", "投资800亿元", True),
        ("失业率低于5%吗", "失业率5%", False),
        ("浓度降到35以下了吗", "浓度38微克", False),
        ("浓度能不能控制在35", "浓度35微克", True),
        ("投资有没有到800亿元", "投资740亿元以上", None),
        ("投资有没有到700亿元", "投资740亿元以上", True),
        ("投资超过740亿元了吗", "投资超过740亿元", True),
        ("投资超过740亿元了吗", "投资740亿元以上", None),
        ("失业率低于5%吗", "失业率不超过5.5%", None),
        ("失业率低于6%吗", "失业率不超过5.5%", True),
        ("失业率控制在5%了吗", "失业率5.5%以内", None),
        ("产量有没有到600亿斤", "产量590亿斤左右", None),
        ("产量有没有到700亿斤", "产量590亿斤左右", False),
        ("产量有没有到700亿斤", "产量近690亿斤", None),
    ],
)
def test_what_is_told_is_held_against_what_is_supposed(query: str, text: str, so: bool | None) -> None:  # noqa: FBT001 - a table's column
    asked = supposed(query)
    assert asked is not None
    assert holds(query, asked, text, quantities(text)[0]) is so


@pytest.mark.parametrize(
    "query", ["粮食产了多少亿斤", "2024年能不能完成", "到2025年会不会建成", "PM2.5达标了吗", "会涨工资吗", ""]
)
def test_other_questions_suppose_none(query: str) -> None:
    assert supposed(query) is None

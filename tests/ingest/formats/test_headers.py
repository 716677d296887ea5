"""Which rows of a table are its header, and what they make of each column.

May import `ingest`.
"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.formats.headers import Span, fill, find_header, heads


def _rows(*lines, spans=()):
    cells = {
        number: {column: text for column, text in enumerate(line.split(","), 1) if text}
        for number, line in enumerate(lines, 1)
    }
    return fill(cells, [Span(*span) for span in spans])


@pytest.mark.parametrize(
    ("lines", "depth"),
    [
        (["单位,负责人", "教育局,王芳"], 1),
        (["指标,2023,2024", "产值,12,15"], 1),
        (["教育局,3,4", "卫健局,5,6"], 0),
        (["2024-03-01,到会", "2024-03-02,请假"], 0),
        (["单位,负责人"], 0),
        (["姓名：,王芳", "性别：,女"], 0),
        (["本表由各单位填写，务必于月底前报送。,办公室", "教育局,王芳"], 0),
        (["序号,单位,投资额,", ",,2023年,2024年", "1,教育局,3,4"], 2),
        (["序号,单位,投资额,", "1,教育局,3,4"], 1),
    ],
)
def test_the_header_is_found(lines, depth):
    assert len(find_header(_rows(*lines))) == depth


def test_merged_headers_name_each_column_from_the_top():
    rows = _rows(
        "单位,投资额,,,备注",
        ",2023年,2024年,,",
        ",,计划,实际,",
        "教育局,1,2,3,无",
        spans=[(1, 1, 3, 1), (1, 2, 1, 4), (2, 2, 3, 2), (2, 3, 2, 4), (1, 5, 3, 5)],
    )
    header = find_header(rows)
    assert len(header) == 3
    assert heads(header) == {
        1: "单位",
        2: "投资额/2023年",
        3: "投资额/2024年/计划",
        4: "投资额/2024年/实际",
        5: "备注",
    }


def test_merged_values_stand_in_every_row_they_span():
    rows = _rows("单位,事项", "教育局,办学", ",招生", spans=[(2, 1, 3, 1)])
    assert [dict(row.values) for row in rows[1:]] == [{1: "教育局", 2: "办学"}, {1: "教育局", 2: "招生"}]


def test_a_merged_area_over_the_whole_grid_costs_nothing():
    (row,) = fill({1: {1: "甲"}}, [Span(1, 1, 1_048_576, 16_384)] * 1000)
    assert row.values == {1: "甲"}


@example([[",", "乙"], []])
@given(st.lists(st.lists(st.text("甲乙1,2。：", max_size=4), max_size=5), max_size=6))
def test_no_value_is_lost_by_filling(lines):
    cells = {
        number: {column: text for column, text in enumerate(line, 1) if text}
        for number, line in enumerate(lines, 1)
    }
    rows = fill(cells, [])
    assert {row.number: dict(row.values) for row in rows} == cells
    assert len(find_header(rows)) < max(1, len(rows))

"""Places as people name them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from rag.citing.places import cells, column_letters, describe
from rag.datatypes import Box, Place, PlaceKind


def at(kind: PlaceKind, *where: tuple[int | None, str | None, int | None, int | None]) -> list[Place]:
    """Places of one kind by (page, area, row, column)."""
    return [
        Place(kind, number * 10, number * 10 + 5, *each, box=Box(0.1, 0.1, 0.9, 0.2))
        for number, each in enumerate(where)
    ]


@pytest.mark.parametrize(
    ("places", "label"),
    [
        ([], None),
        (at("page", (3, None, None, None), (3, None, None, None)), "第 3 页"),
        (at("page", (3, None, None, None), (4, None, None, None)), "第 3—4 页"),
        (at("page", (3, None, None, None), (5, None, None, None)), "第 3、5 页"),
        (at("paragraph", (None, None, 12, None)), "第 12 段"),
        (at("paragraph", *[(None, None, row, None) for row in (1, 2, 3, 7)]), "第 1—3、7 段"),
        (at("table", *[(None, "2", 3, column) for column in (2, 3, 4)]), "表 2 第 3 行第 2—4 列"),
        (at("table", (None, "2", 3, 1), (None, "2", 4, 1)), "表 2 第 3—4 行"),
        (at("table", (None, "2.1", 3, 1)), "表 2.1 第 3 行第 1 列"),
        (at("paragraph", (None, "文本框", 12, None)), "第 12 段文本框"),
        (at("footnote", (None, "3", None, None)), "脚注 3"),
        (at("footnote", (None, "尾注 3", None, None)), "尾注 3"),
        (at("sheet", *[(None, "预算", 3, column) for column in (2, 3, 4)]), "工作表“预算”B3:D3"),
        (at("sheet", (None, "预算", 3, 28)), "工作表“预算”AB3"),
        (at("sheet", (None, None, 3, 1), (None, None, 3, 2)), "第 3 行"),
        (at("slide", (5, None, None, None)), "第 5 张幻灯片"),
        (at("slide", (5, "备注", None, None)), "第 5 张幻灯片备注"),
        (at("slide", (5, None, 2, 1), (5, None, 2, 2)), "第 5 张幻灯片 第 2 行第 1—2 列"),
    ],
)
def test_places_are_named(places: Sequence[Place], label: str | None):
    assert describe(places) == label


def test_places_of_several_kinds_are_named_one_after_another():
    places = at("paragraph", (None, None, 4, None)) + at("table", (None, "1", 1, 1))
    assert describe(places) == "第 4 段、表 1 第 1 行第 1 列"


def test_very_many_places_are_named_by_the_first():
    sheets = at("sheet", *[(None, f"表{number}", 1, 1) for number in range(5)])
    assert describe(sheets) == "工作表“表0”A1、工作表“表1”A1、工作表“表2”A1等 5 处"


@given(st.integers(1, 18278))
def test_column_letters_are_those_of_a_spreadsheet(column: int):
    assert column_letters(column) == get_column_letter(column)


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=1, max_size=9))
def test_the_range_holds_every_cell_and_no_more_than_it_must(positions: list[tuple[int, int]]):
    rows, columns = zip(*positions, strict=True)
    places = at("sheet", *[(None, "甲", row, column) for row, column in positions])
    first, _, last = (cells(places) or "").partition(":")
    assert first == f"{get_column_letter(min(columns))}{min(rows)}"
    assert (last or first) == f"{get_column_letter(max(columns))}{max(rows)}"


def test_what_is_not_in_cells_has_no_range():
    assert cells(at("paragraph", (None, None, 12, None))) is None
    assert cells([]) is None

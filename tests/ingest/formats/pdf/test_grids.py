"""Ruled tables: grids out of strokes, cells that span, what is no table."""

from ingest.formats.pdf import load
from ingest.formats.pdf.grids import find_grids
from ingest.formats.pdf.strokes import Rule
from tests.ingest.formats.pdf.prints import draw


def _across(at: float, start: float = 0, end: float = 300) -> Rule:
    return Rule(True, at, start, end)


def _down(at: float, start: float = 0, end: float = 60) -> Rule:
    return Rule(False, at, start, end)


def test_rules_make_cells_in_reading_order() -> None:
    (grid,) = find_grids([*map(_across, (0, 30, 60)), *map(_down, (0, 100, 300))])
    assert [(field.row, field.column) for field in grid.fields] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert grid.field_at(150, 40) is grid.fields[3]
    assert grid.field_at(400, 40) is None


def test_pieces_of_a_rule_and_both_its_edges_are_one() -> None:
    pieces = [_across(y, x, x + 100) for y in (0, 30, 60) for x in (0, 100, 200)]
    doubled = [rule for x in (0, 100, 300) for rule in (_down(x), _down(x + 0.7))]
    (grid,) = find_grids(pieces + doubled)
    assert len(grid.fields) == 4


def test_cells_without_a_rule_between_them_are_one() -> None:
    rules = [*map(_across, (0, 60)), _across(30, 100, 300), *map(_down, (0, 100, 300))]
    (grid,) = find_grids(rules)
    assert [(field.rows, field.columns) for field in grid.fields] == [(2, 1), (1, 1), (1, 1)]


def test_a_frame_and_an_underline_are_no_table() -> None:
    assert find_grids([_across(0), _across(60), _down(0), _down(300)]) == []
    assert find_grids([_across(20), _across(40)]) == []


def _table(rows: list[list[str]], *, top: float) -> str:
    bottom = top - 20 * len(rows)
    lines = [f"60 {top - 20 * place} m 360 {top - 20 * place} l S" for place in range(len(rows) + 1)]
    lines += [f"{x} {top} m {x} {bottom} l S" for x in (60, 160, 260, 360)]
    lines += [
        f"BT /F 9 Tf {65 + 100 * column} {top - 14 - 20 * row} Td ({text}) Tj ET"
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return "\n".join(lines)


def test_a_table_goes_on_over_the_page_under_its_repeated_header() -> None:
    head = ["Name", "Task", "Term"]
    first = _table([head, ["Ann", "read", "May"], ["Bob", "write", "June"]], top=300)
    second = _table([head, ["Cid", "sing", "July"]], top=700)
    loaded = load(draw([first, second]), "table.pdf")
    assert loaded.text.splitlines() == [
        "Name：Ann；Task：read；Term：May",
        "Name：Bob；Task：write；Term：June",
        "Name：Cid；Task：sing；Term：July",
    ]
    assert {place.page for place in loaded.places} == {1, 2}


def test_a_row_broken_by_the_page_is_made_whole() -> None:
    head = ["Name", "Task", "Term"]
    first = _table([head, ["Ann", "read", "May"], ["Bob", "write the", "June"]], top=300)
    second = _table([head, ["", "whole book", ""], ["Cid", "sing", "July"]], top=700)
    assert (
        "Name：Bob；Task：write the whole book；Term：June" in load(draw([first, second]), "table.pdf").text
    )

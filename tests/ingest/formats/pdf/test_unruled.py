"""Tables without rules down: what is one, with the header of each value, and what only lines up."""

import pytest

from ingest.formats.pdf import load
from tests.ingest.formats.pdf.prints import draw, read

HEAD = ["Name", "Units", "Share"]
ROWS = [["Ann", "12", "3%"], ["Bob", "7", "14%"], ["Cid", "130", "5%"]]
READ = [
    "Name：Ann；Units：12；Share：3%",
    "Name：Bob；Units：7；Share：14%",
    "Name：Cid；Units：130；Share：5%",
]


def _print(rows: list[list[str]], *, top: float = 700, left: float = 60, wide: float = 100) -> str:
    """Cells at the left of their columns, 20 points from row to row."""
    return "\n".join(
        f"BT /F 10 Tf {left + wide * column} {top - 20 * row} Td ({text}) Tj ET"
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    )


def _rules(*heights: float, left: float = 55, right: float = 360) -> str:
    return "\n".join(f"{left} {y} m {right} {y} l S" for y in heights)


def _rows(*streams: str) -> list[str]:
    loaded = load(draw(streams), "table.pdf")
    return [loaded.text[each.start : each.end] for each in loaded.elements if each.role == "row"]


def test_figures_below_a_row_of_names_are_a_table() -> None:
    assert _rows(_print([HEAD, *ROWS])) == READ


def test_each_value_knows_its_header_and_its_page() -> None:
    loaded = load(read("over_page"), "over_page.pdf")
    rows = [each for each in loaded.elements if each.role == "row"]
    assert {tuple(cell.header for cell in row.cells) for row in rows} == {("月份", "用途", "金额", "状态")}
    assert [loaded.text[cell.start : cell.end] for cell in rows[1].cells] == ["二月", "会议", "—", "已结"]
    pages = {place.page for place in loaded.places if rows[0].start <= place.start < rows[-1].end}
    assert pages == {1, 2}


def test_words_below_names_between_rules_are_a_table() -> None:
    rows = [["Task", "Unit"], ["read", "school"], ["sing", "choir"]]
    assert _rows(_print(rows)) == []
    assert _rows(_print(rows), _rules(715, 693, 650)) == []
    assert _rows(_print(rows) + "\n" + _rules(715, 693, 650)) == [
        "Task：read；Unit：school",
        "Task：sing；Unit：choir",
    ]


def test_an_empty_cell_between_rules_leaves_the_others_in_their_columns() -> None:
    rows = [HEAD, ["Ann", "", "3%"], ["Bob", "7", ""]]
    assert _rows(_print(rows) + "\n" + _rules(715, 693, 650)) == [
        "Name：Ann；Share：3%",
        "Name：Bob；Units：7",
    ]


def test_a_table_goes_on_over_the_page_with_its_header_again_or_without() -> None:
    more = [["Dan", "15", "9%"], ["Eve", "6", "8%"]]
    want = [*READ, "Name：Dan；Units：15；Share：9%", "Name：Eve；Units：6；Share：8%"]
    assert _rows(_print([HEAD, *ROWS], top=200), _print([HEAD, *more])) == want
    assert _rows(_print([HEAD, *ROWS], top=200), _print(more)) == want


def test_figures_at_the_top_of_every_page_are_no_running_head() -> None:
    pages = [
        [[f"A{page}", f"1{page}", f"{page}%"], [f"B{page}", f"2{page}", f"{page}%"]] for page in range(1, 6)
    ]
    streams = [_print([HEAD, *pages[0]], top=740), *(_print(rows, top=740) for rows in pages[1:])]
    assert len(_rows(*streams)) == 10


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["Preface", "i"], ["Rules", "1"], ["Tasks", "12"], ["Ends", "40"]], id="contents"),
        pytest.param([["Issuer:", "Office"], ["Number:", "3"], ["Year:", "4"], ["Day:", "5"]], id="head"),
        pytest.param([["1.", "read"], ["2.", "write"], ["3.", "sing"], ["4.", "rest"]], id="list"),
        pytest.param([["Ann", "Bob", "Cid"], ["Dan", "Eve", "Fay"], ["Gus", "Hal", "Ida"]], id="names"),
        pytest.param([["Mayor", "Clerk"], ["Ann", "Bob"]], id="signatures"),
        pytest.param([["A. 1", "B. 2", "C. 3"], ["A. 4", "B. 5", "C. 6"]], id="choices"),
    ],
)
def test_what_only_lines_up_is_no_table(rows: list[list[str]]) -> None:
    assert _rows(_print(rows)) == []


def test_columns_of_prose_between_rules_are_no_table() -> None:
    prose = [["the town had a fair in"] * 3] * 12
    assert (
        _rows(_print([["Fair", "Town", "Rain"], *prose], wide=130) + "\n" + _rules(715, 693, 460, right=440))
        == []
    )


def test_prose_below_a_table_stays_prose() -> None:
    below = "BT /F 10 Tf 60 620 Td (All of these were counted twice by the clerk of the town.) Tj ET"
    loaded = load(draw([_print([HEAD, *ROWS]) + "\n" + below]), "table.pdf")
    assert loaded.text.splitlines() == [*READ, "All of these were counted twice by the clerk of the town."]

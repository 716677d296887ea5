"""Reading order: nothing lost or doubled, columns one after the other, headlines where they stand."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.pdf.columns import Bar, read_order


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of print named by its text."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float = 10.0


def _column(name: str, left: float, top: float, lines: int, *, width: float = 150.0) -> list[Mark]:
    return [
        Mark(f"{name}{line}", left, left + width, top + 15 * line, top + 15 * line + 10)
        for line in range(lines)
    ]


def _read(marks: list[Mark], *bars: Bar) -> str:
    return " ".join(column[0].text for column in read_order(sorted(marks, key=lambda mark: mark.top), bars))


def test_columns_are_read_one_after_the_other() -> None:
    assert _read(_column("a", 0, 0, 20) + _column("b", 170, 0, 20) + _column("c", 340, 0, 12)) == "a0 b0 c0"


def test_one_column_stays_one() -> None:
    assert len(read_order(_column("a", 0, 0, 30, width=400.0))) == 1


def test_a_headline_over_all_columns_parts_what_is_above_from_what_is_below() -> None:
    marks = _column("a", 0, 0, 9) + _column("b", 170, 0, 9)
    marks += [Mark("H", 20, 300, 160, 180, 20.0)] + _column("c", 0, 200, 9) + _column("d", 170, 200, 9)
    assert _read(marks) == "a0 b0 H c0 d0"


def test_a_headline_over_two_of_three_columns_leaves_the_third_whole() -> None:
    marks = _column("a", 0, 0, 8) + _column("b", 170, 0, 8) + [Mark("H", 40, 280, 140, 160, 20.0)]
    marks += _column("c", 0, 180, 8) + _column("d", 170, 180, 8) + _column("e", 340, 0, 20)
    assert _read(marks) == "a0 b0 H c0 d0 e0"


def test_a_rule_across_the_page_parts_two_articles() -> None:
    marks = (
        _column("a", 0, 0, 9) + _column("b", 170, 0, 9) + _column("c", 0, 145, 9) + _column("d", 170, 145, 9)
    )
    assert _read(marks) == "a0 b0"
    assert _read(marks, Bar(140, 0, 320)) == "a0 b0 c0 d0"


def test_numbers_beside_lines_are_no_column() -> None:
    numbers = [Mark(f"n{line}", 0, 10, 15 * line, 15 * line + 10) for line in range(20)]
    assert len(read_order(numbers + _column("a", 30, 0, 20, width=300.0))) == 1


@given(
    st.lists(
        st.builds(
            lambda left, width, top, size: Mark("x", left, left + width, top, top + size, size),
            st.floats(0, 500),
            st.floats(1, 400),
            st.floats(0, 800),
            st.floats(1, 40),
        ),
        max_size=40,
    )
)
def test_nothing_is_lost_or_doubled(marks: list[Mark]) -> None:
    key = lambda mark: (mark.left, mark.right, mark.top, mark.size)  # noqa: E731
    assert sorted((mark for column in read_order(marks) for mark in column), key=key) == sorted(
        marks, key=key
    )

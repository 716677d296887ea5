"""The rows of tables: parts on several pages as one table, its cells as offices' tables have them.

May import the core.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.formats.grid import TableCell, TableRow, read_rows
from ingest.formats.pdf.lines import Line
from ingest.formats.pdf.paragraphs import TablePart
from ingest.formats.pdf.spelling import join_texts
from ingest.formats.projection import Spot

# Points by which the rules of a table's parts on two pages may differ.
_SAME_PLACE = 6.0
# A column is filled that has a value in this share of the rows.
_FILLED = 0.8
_MOST_HEADER_ROWS = 4

Lines = tuple[tuple[int, Line], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Value:
    """A cell: the first column and how many it takes up, likewise rows; its lines with their pages."""

    column: int
    columns: int
    rows: int
    lines: Lines

    @property
    def text(self) -> str:
        return join_texts([line.text for _, line in self.lines]) if self.lines else ""

    @property
    def bold(self) -> bool:
        return bool(self.lines) and all(line.bold for _, line in self.lines)


_Row = tuple[_Value, ...]


def continues(part: TablePart, before: TablePart) -> bool:
    """Whether a table goes on from another column or page, under rules at the same places."""
    if part.column is before.column or (part.table.headers is None) != (before.table.headers is None):
        return False
    if part.table.headers is not None:
        return part.table.goes_on and len(part.table.grid.xs) == len(before.table.grid.xs)
    one, other = before.table.grid.xs, part.table.grid.xs
    shift = other[0] - one[0]
    return len(one) == len(other) and all(
        abs(y - x - shift) <= _SAME_PLACE for x, y in zip(one, other, strict=True)
    )


def read_table(parts: Sequence[TablePart]) -> tuple[list[TableRow], Mapping[Spot, Lines]]:
    """The rows of a table, its headers told, and the printed lines behind each value's spot."""
    rows = _unite(parts)
    lines: dict[Spot, Lines] = {}
    cells: dict[int, TableCell] = {}
    for number, row in enumerate(rows, 1):
        for value in row:
            if id(value) not in cells:
                spot = Spot("table", row=number, column=value.column + 1)
                lines[spot] = value.lines
                cells[id(value)] = TableCell(value.text, value.column + 1, value.columns, value.bold, spot)
    headers = parts[0].table.headers or 0
    return read_rows([[cells[id(value)] for value in row] for row in rows], headers=headers), lines


def _unite(parts: Sequence[TablePart]) -> list[_Row]:
    """The rows of all parts, the headers repeated on later pages left out, broken rows made whole."""
    rows = _rows(parts[0])
    for part in parts[1:]:
        more = _rows(part)
        repeated = 0
        while repeated < min(_MOST_HEADER_ROWS, len(rows), len(more)) and _words(rows[repeated]) == _words(
            more[repeated]
        ):
            repeated += 1
        more = more[repeated:]
        if more and part.table.headers is None and _is_rest(more[0], rows):
            rows[-1] = _append(rows[-1], more.pop(0))
        rows += _reach_over(rows[-1], more)
    return rows


def _rows(part: TablePart) -> list[_Row]:
    """Each row's cells; one that spans several rows is the same in each."""
    squares: dict[int, dict[int, _Value]] = {}
    for cell in part.table.cells:
        field = cell.field
        lines = tuple((part.column.page, line) for line in cell.lines)
        value = _Value(field.column, field.columns, field.rows, lines)
        for row in range(field.row, field.row + field.rows):
            squares.setdefault(row, {})[field.column] = value
    return [tuple(value for _, value in sorted(row.items())) for _, row in sorted(squares.items())]


def _words(row: _Row) -> tuple[str, ...]:
    return tuple("".join(value.text.split()) for value in row)


def _is_rest(row: _Row, rows: Sequence[_Row]) -> bool:
    """What did not fit on the page before: a row without a value that nearly all rows have."""
    filled = {value.column for value in row if value.lines}
    before = {value.column for value in rows[-1] if value.lines}
    missing = [value.column for value in row if not value.lines and value.rows == 1]
    return filled <= before and any(
        sum(value.column == column and bool(value.lines) for each in rows for value in each)
        >= _FILLED * len(rows)
        for column in missing
        if column in before and not _reaches_down(rows[-1], column)
    )


def _reaches_down(row: _Row, column: int) -> bool:
    return any(value.rows > 1 for value in row if value.column == column)


def _append(row: _Row, rest: _Row) -> _Row:
    more = {value.column: value.lines for value in rest}
    return tuple(replace(value, lines=value.lines + more.get(value.column, ())) for value in row)


def _reach_over(last: _Row, rows: list[_Row]) -> list[_Row]:
    """A cell over several rows goes on in the empty one below it on the next page."""
    if not rows:
        return rows
    above = {value.column: value for value in last if value.lines}
    goes_on = {
        id(value): above[value.column]
        for value in rows[0]
        if not value.lines and value.column in above and max(value.rows, above[value.column].rows) > 1
    }
    return [tuple(goes_on.get(id(value), value) for value in row) for row in rows]

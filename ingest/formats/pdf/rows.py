"""The rows of ruled tables: parts on several pages as one table, headers told from values.

May import the core.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.formats.pdf.lines import Line
from ingest.formats.pdf.page import Table, TableCell
from ingest.formats.pdf.paragraphs import TablePart
from ingest.formats.pdf.spelling import join_texts

# Points by which the rules of a table's parts on two pages may differ.
_SAME_PLACE = 6.0
# A header is no longer than this; a column is filled that has a value in this share of the rows.
_LONGEST_HEADER, _FILLED = 24, 0.8


@dataclass(frozen=True, slots=True)
class Value:
    """A cell of a row: where its column is, its header's words, its lines with the page of each."""

    column: int
    columns: int
    header: str
    lines: tuple[tuple[int, Line], ...]

    @property
    def text(self) -> str:
        """Its lines as one."""
        return join_texts([line.text for _, line in self.lines])


Row = tuple[Value, ...]


def continues(part: TablePart, before: TablePart) -> bool:
    """Whether a table goes on from another column or page, under rules at the same places."""
    if part.column is before.column:
        return False
    one, other = before.table.grid.xs, part.table.grid.xs
    shift = other[0] - one[0]
    return len(one) == len(other) and all(
        abs(y - x - shift) <= _SAME_PLACE for x, y in zip(one, other, strict=True)
    )


def read_rows(parts: Sequence[TablePart]) -> Iterator[Row]:
    """The rows of a table with the headers of their values; header rows only where there is nothing else."""
    rows = [row for row in _rows(parts[0]) if row]
    captions = 0
    while captions < len(rows) and len(rows[captions]) == 1 and _spans(rows[captions][0], parts[0].table):
        captions += 1
    depth = _depth(parts[0].table, rows[captions:]) if len(rows) > captions + 1 else 0
    headers = rows[captions : captions + depth]
    body = rows[captions + depth :]
    for part in parts[1:]:
        more = [row for row in _rows(part) if row]
        if headers and [_words(row) for row in more[:depth]] == [_words(row) for row in headers]:
            more = more[depth:]
        if body and more and _is_rest(more[0], body):
            body[-1] = _unite(body[-1], more.pop(0))
        body += more
    if not body:
        return iter(rows)
    return iter([*rows[:captions], *(_headed(row, headers) for row in body)])


def _rows(part: TablePart) -> Iterator[Row]:
    """Cells with something in them, row by row."""
    rows: dict[int, list[TableCell]] = {}
    for cell in part.table.cells:
        if cell.lines:
            rows.setdefault(cell.field.row, []).append(cell)
    for _, cells in sorted(rows.items()):
        yield tuple(
            Value(
                cell.field.column,
                cell.field.columns,
                "",
                tuple((part.column.page, line) for line in cell.lines),
            )
            for cell in sorted(cells, key=lambda cell: cell.field.column)
        )


def _spans(value: Value, table: Table) -> bool:
    return value.columns == len(table.grid.xs) - 1


def _words(row: Row) -> tuple[str, ...]:
    return tuple("".join(value.text.split()) for value in row)


def _depth(table: Table, rows: Sequence[Row]) -> int:
    """How many rows are headers: one, or as many as its tallest cell spans; none where they hold values."""
    first = rows[0]
    width = len(table.grid.xs) - 1
    if sum(value.columns for value in first) < width - 1 or not all(_may_head(value.text) for value in first):
        return 0
    top = min(cell.field.row for cell in table.cells if cell.lines and cell.lines[0] is first[0].lines[0][1])
    spans = [cell.field.rows for cell in table.cells if cell.field.row == top]
    grouped = any(value.columns > 1 for value in first)
    depth = max(spans) if grouped else 1
    return depth if depth < len(rows) else 0


def _may_head(text: str) -> bool:
    bare = "".join(text.split())
    return len(bare) <= _LONGEST_HEADER and not bare.endswith("。") and not bare.strip("-—.,%％").isdecimal()


def _is_rest(row: Row, body: Sequence[Row]) -> bool:
    """What did not fit on the page before: a row without a value that nearly all rows have."""
    columns = {value.column for value in row}
    filled = {value.column for value in body[-1]}
    return (
        any(
            sum(any(value.column == column for value in each) for each in body) >= _FILLED * len(body)
            for column in filled - columns
        )
        and columns <= filled
    )


def _unite(row: Row, rest: Row) -> Row:
    more = {value.column: value.lines for value in rest}
    return tuple(replace(value, lines=value.lines + more.get(value.column, ())) for value in row)


def _headed(row: Row, headers: Sequence[Row]) -> Row:
    """Values with the headers above their columns, outermost first."""
    return tuple(
        replace(
            value,
            header="".join(
                head.text
                for header in headers
                for head in header
                if head.column <= value.column < head.column + head.columns
            ),
        )
        for value in row
    )

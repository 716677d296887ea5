"""A table read from how its print lines up, and the grid it would have, had its rules been drawn.

Imports nothing of ours but the page and what is printed on it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.pdf.alignment import Band, Row, Span, by_column
from ingest.formats.pdf.grids import Field, Grid
from ingest.formats.pdf.lines import Line
from ingest.formats.pdf.page import Table, TableCell

# Longer is no header, and no header has these in it.
_LONGEST_LABEL = 24
_NO_LABEL = re.compile(r"[。；！？：]|:\s*$|[.．…·⋯]{3,}")
_FIGURE = re.compile(
    r"[-+−—–－¥￥]|[-+−±¥￥]?[\d０-９.,，%％‰/\s]+(?:[十百千]?[万亿]?[元人个项户吨次件年月日天]|万|亿)?|[ivxlcIVXLC]{1,6}"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of a header: its lines, the first column and row (from 0) it covers, and how many."""

    lines: tuple[Line, ...]
    column: int
    row: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table without rules down.

    `header` is the band that names its columns, on this page or before; `headings` are the cells of the
    header printed here; `edges` its outermost rules, left, top, right and bottom. `goes_on` says that it
    goes on from the page before.
    """

    headings: tuple[Heading, ...]
    header: Band
    columns: tuple[Span, ...]
    rows: tuple[Row, ...]
    edges: tuple[float, float, float, float] | None = None
    goes_on: bool = False

    @property
    def lines(self) -> list[Line]:
        """All its lines of print."""
        cells = (line for row in self.rows for cell in row.cells for line in cell)
        return [*(line for heading in self.headings for line in heading.lines), *cells]

    @property
    def depth(self) -> int:
        """How many rows hold its header."""
        return max((heading.row + heading.rows for heading in self.headings), default=0)

    @property
    def bottom(self) -> float:
        """Of its last line or rule, in points."""
        return self.edges[3] if self.edges else max(line.bottom for line in self.lines)


def simple_header(band: Band, columns: Sequence[Span]) -> tuple[Heading, ...]:
    """A header of one band, a name above each column."""
    return tuple(Heading(lines, column, 0) for column, lines in enumerate(by_column(band.lines, columns)))


def names(lines: Sequence[Line], columns: Sequence[Span]) -> tuple[str, ...]:
    """What a header calls its columns, without blanks."""
    return tuple("".join("".join(line.text.split()) for line in cell) for cell in by_column(lines, columns))


def is_label(text: str) -> bool:
    """Whether a text is short, and no sentence."""
    return len(text) <= _LONGEST_LABEL and _NO_LABEL.search(text) is None


def is_figure(text: str) -> bool:
    """Whether a text is a number, with its unit or without, or a dash in the place of one."""
    return _FIGURE.fullmatch(text.strip()) is not None


def draw_table(sheet: Sheet) -> Table:
    """The table with a grid between its columns and rows."""
    cells = [(each.row, each.column, each.rows, each.columns, each.lines) for each in sheet.headings]
    for number, row in enumerate(sheet.rows, sheet.depth):
        cells += [(number, column, 1, 1, lines) for column, lines in enumerate(row.cells)]
    cells.sort(key=lambda cell: cell[:2])
    xs, ys = _walls(sheet), _floors(sheet)
    fields = [
        Field(row, column, rows, columns, xs[column], ys[row], xs[column + columns], ys[row + rows])
        for row, column, rows, columns, _ in cells
    ]
    owners = {
        (row, column): index
        for index, field in enumerate(fields)
        for row in range(field.row, field.row + field.rows)
        for column in range(field.column, field.column + field.columns)
    }
    squares = tuple(
        owners.get((row, column), 0) for row in range(len(ys) - 1) for column in range(len(xs) - 1)
    )
    printed = tuple(TableCell(field, cell[4]) for field, cell in zip(fields, cells, strict=True))
    return Table(Grid(xs, ys, tuple(fields), squares), printed, sheet.depth, goes_on=sheet.goes_on)


def _walls(sheet: Sheet) -> tuple[float, ...]:
    """The middle of the white between columns, and the edges of the table."""
    columns = sheet.columns
    left, right = (sheet.edges[0], sheet.edges[2]) if sheet.edges else (columns[0][0], columns[-1][1])
    between = [(one[1] + other[0]) / 2 for one, other in zip(columns, columns[1:], strict=False)]
    return min(left, columns[0][0]), *between, max(right, columns[-1][1])


def _floors(sheet: Sheet) -> tuple[float, ...]:
    """Heights between rows, and the edges of the table."""
    extents = [_extent([line for cell in row.cells for line in cell]) for row in sheet.rows]
    for row in reversed(range(sheet.depth)):
        lines = [line for each in sheet.headings if each.row + each.rows - 1 == row for line in each.lines]
        above = extents[0][0]
        extents.insert(0, _extent(lines) if lines else (above, above))
    between = [(one[1] + other[0]) / 2 for one, other in zip(extents, extents[1:], strict=False)]
    top, bottom = (sheet.edges[1], sheet.edges[3]) if sheet.edges else (extents[0][0], extents[-1][1])
    return min(top, extents[0][0]), *between, max(bottom, extents[-1][1])


def _extent(lines: Sequence[Line]) -> tuple[float, float]:
    return min(line.top for line in lines), max(line.bottom for line in lines)

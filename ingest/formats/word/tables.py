"""The cells of a Word table on its grid, merged ones spelt out, read straight from the XML.

May import the core.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ingest.formats.package import read_whole
from ingest.formats.word.names import STRUCK, TABLE, W, find, is_on, number, style_id, value
from ingest.formats.word.styles import Styles

# Word itself stops at 63 columns.
_MOST_COLUMNS = 100
# A millimetre, in the file's units.
_SLIVER = 57
_PLAIN_FILLS = ("auto", "ffffff", "none", "")


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A cell: its `w:tc`, its row and first column (from 1), the columns it covers.

    `shaded` says that its colour or the table's style sets it off.
    """

    element: etree._Element
    row: int
    column: int
    columns: int
    shaded: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells; one that covers several rows is the same object in each. `headers` as declared."""

    rows: Sequence[Sequence[Slot]]
    headers: int

    @property
    def is_layout(self) -> bool:
        """Whether it only arranges paragraphs: no two rows and two columns to tell a header from values."""
        return len(self.rows) < 2 or all(len(row) < 2 for row in self.rows)


def read_grid(table: etree._Element, styles: Styles) -> Grid:
    """The grid of a `w:tbl`; deleted rows are left out."""
    headed, edges = _heads_rows(table, styles), _read_edges(table)
    rows: list[list[Slot]] = []
    headers = 0
    for row in _children(table, f"{W}tr"):
        if any(find(row, f"trPr/{tag}") is not None for tag in ("del", "moveFrom")):
            continue
        if headers == len(rows) and is_on(find(row, "trPr/tblHeader")):
            headers += 1
        above = rows[-1] if rows else ()
        slots = [_place(cell, span, len(rows) + 1, above) for cell, span in _spans(row, edges)]
        rows.append([replace(slot, shaded=True) if headed and not rows else slot for slot in slots])
    return Grid(rows, headers)


def _place(cell: etree._Element, span: tuple[int, int], row: int, above: Sequence[Slot]) -> Slot:
    """A cell between two edges; one that goes on from above is the cell above."""
    first, last = span
    properties = find(cell, "tcPr")
    if value(properties, "vMerge") in ("", "continue"):
        over = next((slot for slot in above if slot.column == first + 1), None)
        if over is not None:
            return over
    return Slot(cell, row, first + 1, max(1, last - first), _is_shaded(properties))


def _spans(row: etree._Element, edges: Sequence[int]) -> Iterator[tuple[etree._Element, tuple[int, int]]]:
    """The cells of a row, and the edges each stands between, counted from 0 at the left."""
    column = max(0, min(number(row, "trPr/gridBefore") or 0, _MOST_COLUMNS))
    for cell in _children(row, f"{W}tc"):
        end = column + max(1, min(number(cell, "tcPr/gridSpan") or 1, _MOST_COLUMNS))
        yield cell, (_edge(edges, column), _edge(edges, end))
        column = end


def _edge(edges: Sequence[int], column: int) -> int:
    return edges[column] if column < len(edges) else edges[-1] + column + 1 - len(edges)


def _read_edges(table: etree._Element) -> list[int]:
    """Which edge each column of the grid begins at: slivers that nobody sees begin where the last began.

    Programs make them of borders that are a hair's breadth out of line.
    """
    edges = [0]
    columns = list(table.iterfind(f"{W}tblGrid/{W}gridCol"))[:_MOST_COLUMNS]
    for column in columns:
        width = read_whole(column.get(f"{W}w"))
        edges.append(edges[-1] + (width is None or width > _SLIVER))
    return edges if edges[-1] > 0 else [0]


def _is_shaded(properties: etree._Element | None) -> bool:
    shade = find(properties, "shd")
    return shade is not None and shade.get(f"{W}fill", "").lower() not in _PLAIN_FILLS


def _heads_rows(table: etree._Element, styles: Styles) -> bool:
    """Whether the first row looks like a header by the table's style, and is meant to."""
    look = find(table, "tblPr/tblLook")
    if look is None or not styles.look(style_id(table, "tblPr/tblStyle")).heads_rows:
        return False
    return look.get(f"{W}firstRow", "1") not in ("0", "false")


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, whatever wraps them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in STRUCK and child.tag != TABLE:
            yield from _children(child, tag)

"""The cells of a Word table on its grid, merged ones spelt out, read straight from the XML.

May import the core.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.formats.word.names import STRUCK, TABLE, W, find, is_on, number, style_id, value
from ingest.formats.word.styles import Styles

# Word itself stops at 63 columns.
_MOST_COLUMNS = 100
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
    headed = _heads_rows(table, styles)
    rows: list[list[Slot]] = []
    headers = 0
    for row in _children(table, f"{W}tr"):
        if any(find(row, f"trPr/{tag}") is not None for tag in ("del", "moveFrom")):
            continue
        if headers == len(rows) and is_on(find(row, "trPr/tblHeader")):
            headers += 1
        slots = _read_row(row, rows[-1] if rows else (), len(rows) + 1, shaded=headed and not rows)
        rows.append(slots)
    return Grid(rows, headers)


def _read_row(row: etree._Element, above: Sequence[Slot], place: int, *, shaded: bool) -> list[Slot]:
    over = {slot.column: slot for slot in above}
    column = 1 + min(number(row, "trPr/gridBefore") or 0, _MOST_COLUMNS)
    slots: list[Slot] = []
    for cell in _children(row, f"{W}tc"):
        properties = find(cell, "tcPr")
        columns = max(1, min(number(properties, "gridSpan") or 1, _MOST_COLUMNS))
        goes_on = value(properties, "vMerge") in ("", "continue") and column in over
        slot = Slot(cell, place, column, columns, shaded or _is_shaded(properties))
        slots.append(over[column] if goes_on else slot)
        column += columns
    return slots


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

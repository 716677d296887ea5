"""Tables on slides as rows of cells, merged ones spelt out.

May import the core.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from ingest.formats.grid import TableCell, read_rows
from ingest.formats.projection import Projection, Spot
from ingest.formats.slides.names import A, switch, whole
from ingest.formats.slides.paragraphs import read_texts

# PowerPoint itself stops at 75 columns.
_MOST_COLUMNS = 100


def write_table(table: etree._Element, spot: Spot, projection: Projection) -> None:
    """Add an `a:tbl` to a text; one row or one column only arranges paragraphs."""
    rows = _read_cells(table, spot)
    if len(rows) < 2 or all(len(row) < 2 for row in rows):
        for cell in _each_once(rows):
            projection.paragraph(cell.text, cell.spot)
    else:
        for row in read_rows(rows):
            row.write(projection)


def _read_cells(table: etree._Element, spot: Spot) -> list[list[TableCell]]:
    headed = switch(table.find(f"{A}tblPr"), "firstRow")
    rows: list[list[TableCell]] = []
    for number, row in enumerate(table.findall(f"{A}tr"), 1):
        over = {cell.column: cell for cell in rows[-1]} if rows else {}
        cells = []
        for column, element in enumerate(row.findall(f"{A}tc"), 1):
            if switch(element, "hMerge"):
                continue
            if switch(element, "vMerge") and column in over:
                cells.append(over[column])
                continue
            place = Spot(spot.kind, spot.page, spot.area, number, column)
            cells.append(_read_cell(element, place, headed=headed and number == 1))
        rows.append(cells)
    return rows


def _read_cell(element: etree._Element, place: Spot, *, headed: bool) -> TableCell:
    texts = read_texts(element.find(f"{A}txBody"))
    return TableCell(
        text="\n".join(text.text for text in texts),
        column=place.column or 1,
        columns=max(1, min(whole(element, "gridSpan", 1), _MOST_COLUMNS)),
        strong=headed or (bool(texts) and all(text.bold for text in texts)),
        spot=place,
    )


def _each_once(rows: Sequence[Sequence[TableCell]]) -> Iterator[TableCell]:
    seen: set[int] = set()
    for row in rows:
        for cell in row:
            if id(cell) not in seen:
                seen.add(id(cell))
                yield cell

"""A page as it is read: its lines, its ruled tables, and whether it is a scan.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw_api

from ingest.formats.pdf.frame import Frame
from ingest.formats.pdf.glyphs import MOST_GLYPHS, Glyph, TextLayer, read_glyphs
from ingest.formats.pdf.grids import Field, Grid, find_grids
from ingest.formats.pdf.lines import Line, read_lines
from ingest.formats.pdf.strokes import Drawing, Rule, read_drawing

# A page with fewer characters, or with this share of them unknown, is read as an image ...
_FEWEST_GLYPHS, _MOST_UNNAMED = 16, 0.3
# ... if images cover this much of it.
_IMAGE_SHARE = 0.5
# Points; what is taken for the size of a page that cannot be read.
_A4 = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table and the lines in it, from top to bottom."""

    field: Field
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page: where its rules stand, or would, and its cells in reading order.

    `headers` is how many rows of a table without rules down hold its header, None for those with them;
    `goes_on` says of such a table that it goes on from the page before.
    """

    grid: Grid
    cells: tuple[TableCell, ...]
    headers: int | None = None
    goes_on: bool = False

    @property
    def left(self) -> float:
        """In points, as all its places."""
        return self.grid.box[0]

    @property
    def top(self) -> float:
        """Of its first rule."""
        return self.grid.box[1]

    @property
    def right(self) -> float:
        """Of its last rule down."""
        return self.grid.box[2]

    @property
    def bottom(self) -> float:
        """Of its last rule."""
        return self.grid.box[3]

    @property
    def size(self) -> float:
        """The em of its first line."""
        return next((cell.lines[0].size for cell in self.cells if cell.lines), 10.0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number (from 1) and frame, lines outside tables from top to bottom, tables, rules.

    `askew` is print that runs another way; `scanned` says that its text is in an image; `remark` tells
    the reader what could not be read of it; a `damaged` page holds nothing else.
    """

    number: int
    frame: Frame
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    rules: tuple[Rule, ...] = ()
    askew: str = ""
    scanned: bool = False
    damaged: bool = False
    remark: str = ""


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Read one page (from 1) through its text layer; one that cannot be loaded says so in its place."""
    try:
        return _read_page(document, number)
    except pdfium.PdfiumError:
        remark = f"（第 {number} 页损坏，未能读出）"
        return Page(number, Frame(0.0, 0.0, *_A4), damaged=True, remark=remark)


def _read_page(document: pdfium.PdfDocument, number: int) -> Page:
    page = document[number - 1]
    try:
        text_page = page.get_textpage()
        try:
            remark = _overfull(number) if text_page.count_chars() > MOST_GLYPHS else ""
            layer = read_glyphs(text_page, _frame(page))
            drawing = read_drawing(page, layer.frame)
        finally:
            text_page.close()
    finally:
        page.close()
    if _is_scan(layer, drawing):
        return Page(number, layer.frame, scanned=True)
    tables, glyphs = _read_tables(find_grids(drawing.rules), layer.glyphs)
    lines = tuple(read_lines(glyphs))
    return Page(number, layer.frame, lines, tables, tuple(drawing.rules), layer.askew, remark=remark)


def _overfull(number: int) -> str:
    return f"（第 {number} 页的字符太多，只读了前 {MOST_GLYPHS} 个）"


def _frame(page: pdfium.PdfPage) -> Frame:
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, raw_api.FPDFPage_GetRotation(page) % 4)


def _is_scan(layer: TextLayer, drawing: Drawing) -> bool:
    ink = sum(not glyph.text.isspace() for glyph in layer.glyphs) + len(layer.askew)
    if layer.unnamed > _MOST_UNNAMED * (ink + layer.unnamed):
        return True
    return ink < _FEWEST_GLYPHS and drawing.image_share >= _IMAGE_SHARE


def _read_tables(grids: Sequence[Grid], glyphs: list[Glyph]) -> tuple[tuple[Table, ...], list[Glyph]]:
    """Tables with the glyphs in their cells, and the glyphs that are in none."""
    tables = []
    for grid in grids:
        inside: dict[Field, list[Glyph]] = {field: [] for field in grid.fields}
        outside: list[Glyph] = []
        for glyph in glyphs:
            home = grid.field_at((glyph.left + glyph.right) / 2, glyph.y - glyph.size / 3)
            (outside if home is None else inside[home]).append(glyph)
        if sum(map(bool, inside.values())) > 1:
            glyphs = outside
            cells = (TableCell(field, tuple(read_lines(each))) for field, each in inside.items())
            tables.append(Table(grid, tuple(cells)))
    return tuple(tables), glyphs

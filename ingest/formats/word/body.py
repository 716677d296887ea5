"""The body of a Word file from top to bottom: paragraphs, tables, notes and text boxes into one text.

May import the core.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from lxml import etree

from ingest.formats.graphics import Graphic
from ingest.formats.grid import TableCell, read_rows
from ingest.formats.projection import Projection, Spot
from ingest.formats.word.names import PARAGRAPH, blocks
from ingest.formats.word.notes import Notes
from ingest.formats.word.paragraphs import ParagraphReader, Text
from ingest.formats.word.styles import Styles
from ingest.formats.word.tables import Grid, Slot, read_grid

_BOX = "文本框"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the body is read with; `graphic` reads a chart or diagram by its relation."""

    styles: Styles
    paragraphs: ParagraphReader
    notes: Notes
    graphic: Callable[[str], Graphic]


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in one cell: its text, and what is read after the row it is in."""

    cell: TableCell
    texts: tuple[Text, ...]
    tables: tuple[etree._Element, ...]


class BodyReader:
    """Writes what it reads into a projection; one for each file."""

    def __init__(self, parts: Parts, projection: Projection) -> None:
        self._parts = parts
        self._projection = projection
        self._paragraphs = 0
        self._tables: Counter[str] = Counter()
        self._titled = self._under_title = False

    def read(self, container: etree._Element, spot: Spot | None = None) -> None:
        """Read all blocks; those of the body itself, which have no `spot` yet, are counted."""
        for block in blocks(container):
            if block.tag != PARAGRAPH:
                self._table(block, spot)
                continue
            self._paragraphs += spot is None
            text = self._parts.paragraphs.read(block)
            if text is not None:
                self._write(text, spot or Spot("paragraph", row=self._paragraphs))

    def _write(self, text: Text, spot: Spot) -> None:
        boxed = spot.area == _BOX
        role, level = (
            ("text", None) if boxed and text.role in ("heading", "title") else (text.role, text.level)
        )
        if role == "title":
            repeated = self._titled and not self._under_title
            role, level = ("heading", level or 1) if repeated else ("title", None)
        if text.text.strip():
            self._under_title = role == "title"
            self._titled = self._titled or self._under_title
        self._projection.paragraph(text.text, spot, role=role, level=level)
        self._hang(text, spot)

    def _hang(self, text: Text, spot: Spot) -> None:
        """Write what hangs on a paragraph: notes, text boxes, charts."""
        for mark in text.inline.notes:
            note = self._parts.notes.take(mark)
            if note is not None:
                written = "\n".join(map(self._parts.paragraphs.plain, note.paragraphs))
                self._projection.paragraph(written, note.spot, role="note")
        for box in text.inline.boxes:
            self.read(box, spot if spot.kind == "table" else replace(spot, area=_BOX))
        for relation in text.inline.graphics:
            self._parts.graphic(relation).write(self._projection, spot)

    def _table(self, table: etree._Element, around: Spot | None) -> None:
        grid = read_grid(table, self._parts.styles)
        outer = "" if around is None or around.area is None else f"{around.area}."
        self._tables[outer] += 1
        area = f"{outer}{self._tables[outer]}"
        if grid.is_layout:
            for slot in _slots(grid):
                self.read(slot.element, _spot(slot, area))
        else:
            self._data(grid, area)

    def _data(self, grid: Grid, area: str) -> None:
        contents = {id(slot): self._content(slot, _spot(slot, area)) for slot in _slots(grid)}
        rows = [[contents[id(slot)].cell for slot in row] for row in grid.rows]
        written = 0
        for row in read_rows(rows, headers=grid.headers):
            row.write(self._projection)
            self._after_rows(grid.rows[written : row.number], written, contents)
            written = row.number
        self._after_rows(grid.rows[written:], written, contents)

    def _after_rows(self, rows: Iterable[Iterable[Slot]], above: int, contents: dict[int, Content]) -> None:
        """Write what hangs on the cells that begin in these rows."""
        for place, row in enumerate(rows, above + 1):
            for slot in row:
                if slot.row == place:
                    self._after_cell(contents[id(slot)])

    def _after_cell(self, content: Content) -> None:
        if content.cell.spot is not None:
            for text in content.texts:
                self._hang(text, content.cell.spot)
            for table in content.tables:
                self._table(table, content.cell.spot)

    def _content(self, slot: Slot, spot: Spot) -> Content:
        texts, tables = [], []
        for block in blocks(slot.element):
            if block.tag != PARAGRAPH:
                tables.append(block)
                continue
            text = self._parts.paragraphs.read(block)
            if text is not None:
                texts.append(text)
        inked = [text for text in texts if text.text.strip()]
        strong = slot.shaded or (bool(inked) and all(text.inline.bold for text in inked))
        written = "\n".join(text.text for text in inked)
        cell = TableCell(written, slot.column, slot.columns, strong, spot)
        return Content(cell, tuple(texts), tuple(tables))


def _slots(grid: Grid) -> Iterable[Slot]:
    """Each cell once, row by row."""
    return (slot for place, row in enumerate(grid.rows, 1) for slot in row if slot.row == place)


def _spot(slot: Slot, area: str) -> Spot:
    return Spot("table", area=area, row=slot.row, column=slot.column)

"""The text projection of a PDF: passages and rows written out, with the place of every printed line.

May import the core.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.formats.grid import TableRow
from ingest.formats.pdf.frame import Frame
from ingest.formats.pdf.lines import Line, Piece
from ingest.formats.pdf.paragraphs import BULLET, Remark, TablePart
from ingest.formats.pdf.roles import Named
from ingest.formats.pdf.rows import Lines, continues, read_table
from ingest.formats.pdf.spelling import joint
from ingest.formats.projection import CLOSED, Spot
from ingest.loaded import Cell, Element, Loaded, Role
from rag.datatypes import Place

MEDIA_TYPE = "application/pdf"


class Writer:
    """Writes elements one after the other and keeps count of where everything stands."""

    def __init__(self, frames: Mapping[int, Frame]) -> None:
        """`frames` of the pages by number, for the boxes of lines."""
        self._frames = frames
        self._written: list[str] = []
        self._length = 0
        self._elements: list[Element] = []
        self._places: list[Place] = []

    def passage(self, lines: Sequence[tuple[int, Line]], role: Role, level: int | None = None) -> None:
        """Lines of print, each with its page, as one element."""
        start = self._begin()
        self._lines(lines)
        self._elements.append(Element(role, start, self._length, level))

    def row(self, row: TableRow, lines: Mapping[Spot, Lines]) -> None:
        """A row of a table: 表头：值；表头：值; a caption as a note."""
        values = [
            (value.header, lines[value.spot]) for value in row.values if value.spot and lines[value.spot]
        ]
        if not values:
            return
        start = self._begin()
        cells: list[Cell] = []
        for header, written in values:
            if cells and not self._written[-1].endswith(CLOSED):
                self._write("；")
            header = header.rstrip("：: ")
            self._write(f"{header}：" if header else "")
            from_ = self._length
            self._lines(written)
            cells.append(Cell(header, from_, self._length))
        if row.caption:
            self._elements.append(Element("note", start, self._length))
        else:
            self._elements.append(Element("row", start, self._length, cells=tuple(cells)))

    def remark(self, text: str, page: int) -> None:
        """A note on a whole page."""
        start = self._begin()
        self._write(text)
        self._elements.append(Element("note", start, self._length))
        self._places.append(Place("page", start, self._length, page=page))

    def loaded(self, media_type: str) -> Loaded:
        """All that has been written."""
        return Loaded(
            "".join(self._written), media_type, elements=tuple(self._elements), places=tuple(self._places)
        )

    def _begin(self) -> int:
        if self._elements:
            self._write("\n")
        return self._length

    def _write(self, text: str) -> None:
        self._written.append(text)
        self._length += len(text)

    def _lines(self, lines: Sequence[tuple[int, Line]]) -> None:
        """Lines run together, each with its place; a hyphen at the end of one may go."""
        for index, (page, line) in enumerate(lines):
            text = line.text
            between = ""
            if index + 1 < len(lines):
                drop, between = joint(text, lines[index + 1][1].text)
                text = text[: len(text) - drop]
            self._line(page, line, text)
            if between:
                self._write(between)

    def _line(self, page: int, line: Line, text: str) -> None:
        """The text of a line with a place for each of its pieces."""
        frame = self._frames[page]
        end = 0
        for piece in line.pieces or (Piece(len(line.text), line.left, line.right),):
            written = text[end : piece.end].replace("\u00ad", "")
            start, end = self._length, piece.end
            self._write(written)
            if written:
                box = frame.share(piece.left, line.top, piece.right, line.bottom)
                self._places.append(Place("page", start, self._length, page=page, box=box))


def write(named: Sequence[Named], writer: Writer) -> None:
    """Write out entries in their order; the parts of a table as one."""
    index = 0
    while index < len(named):
        entry = named[index].entry
        if isinstance(entry, TablePart):
            parts = [entry]
            while index + 1 < len(named) and isinstance(part := named[index + 1].entry, TablePart):
                if not continues(part, parts[-1]):
                    break
                parts.append(part)
                index += 1
            rows, lines_of = read_table(parts)
            for row in rows:
                writer.row(row, lines_of)
        elif isinstance(entry, Remark):
            writer.remark(entry.text, entry.page)
        else:
            lines = [(placed.column.page, placed.line) for placed in entry.lines]
            if named[index].role in ("item", "text"):
                lines[0] = (lines[0][0], _without_bullet(lines[0][1]))
            writer.passage(lines, named[index].role, named[index].level)
        index += 1


def _without_bullet(line: Line) -> Line:
    """A line of a list without its mark, which is no part of what the line says."""
    if BULLET.match(line.text) is None:
        return line
    left = line.left + line.size if line.start is None else line.start
    return replace(line, text=BULLET.sub("", line.text, count=1).lstrip(), left=min(left, line.right))

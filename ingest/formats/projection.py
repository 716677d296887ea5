"""The text of an office file as it is put together, with what and where each stretch of it is.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.loaded import Cell, Element, Loaded, Role
from ingest.spacing import join_lines
from rag.datatypes import Place, PlaceKind
from rag.errors import UnreadableFile

# More than this no office document holds; copies of merged cells and long headers stop here too.
MAX_CHARACTERS = 20_000_000
MAX_PLACES = 1_000_000
# Control characters, soft hyphens, and marks without width: no reader sees them.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
# After these a row goes on without a mark of its own.
CLOSED = ("；", ";", "。", "！", "!", "？", "?")
# After these no blank is needed where a line of a cell ended.
_PAUSED = tuple("，、；：。！？（《“")
_COLONS = "：: "


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a stretch of text stands in its file: a `rag.datatypes.Place` without its offsets."""

    kind: PlaceKind
    page: int | None = None
    area: str | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A cell of a table: its text, the header above it (empty where there is none), where it stands."""

    text: str
    header: str = ""
    spot: Spot | None = None


class Projection:
    """Builds the text of a file from its paragraphs and rows, in reading order.

    Each becomes one element; blanks at its ends and empty lines in it are dropped, as is what has no
    ink at all. `source` is named when there is too much to read, or nothing.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._elements: list[Element] = []
        self._places: list[Place] = []

    def paragraph(
        self, text: str, spot: Spot | None = None, *, role: Role = "text", level: int | None = None
    ) -> None:
        """Add a paragraph, its line breaks kept; a heading has a `level` from 1 to 9."""
        written = "\n".join(_lines(text))
        if written:
            start = self._begin()
            self._ink(written, spot)
            self._elements.append(Element(role, start, self._length, level))

    def row(self, values: Sequence[Value]) -> None:
        """Add a row of a table as one line, `表头：值；表头：值`, its empty cells left out."""
        written = [(_one_line(value.text), value) for value in values]
        written = [(text, value) for text, value in written if text]
        if not written:
            return
        start = self._begin()
        cells: list[Cell] = []
        for text, value in written:
            if cells and not self._parts[-1].endswith(CLOSED):
                self._ink("；")
            header = join_lines(_lines(value.header) or [""]).rstrip(_COLONS)
            if header:
                self._ink(f"{header}：")
            cells.append(Cell(header, self._length, self._length + len(text)))
            self._ink(text, value.spot)
        self._elements.append(Element("row", start, self._length, None, tuple(cells)))

    def finish(self, media_type: str) -> Loaded:
        """All that was added. Raises UnreadableFile if it has no ink."""
        if not self._elements:
            raise UnreadableFile(
                f"{self._source!r} 里没有文字（也许只有图片）。请检查文件内容；扫描件请先做文字识别。"
            )
        return Loaded(
            text="".join(self._parts),
            media_type=media_type,
            elements=tuple(self._elements),
            places=tuple(self._places),
        )

    def _begin(self) -> int:
        """Where the next element starts: on a line of its own."""
        if self._elements:
            self._ink("\n")
        return self._length

    def _ink(self, text: str, spot: Spot | None = None) -> None:
        if spot is not None:
            end = self._length + len(text)
            self._places.append(
                Place(spot.kind, self._length, end, spot.page, spot.area, spot.row, spot.column)
            )
        self._parts.append(text)
        self._length += len(text)
        if self._length > MAX_CHARACTERS or len(self._places) > MAX_PLACES:
            raise UnreadableFile(
                f"{self._source!r} 的文字或单元格太多（上限 {MAX_CHARACTERS} 字、{MAX_PLACES} 格）。"
                "请拆分成几个文件再收入。"
            )


def _lines(text: str) -> list[str]:
    """The lines of a text that have ink, without the blanks at their ends."""
    return [line for each in _UNSEEN.sub("", text).splitlines() if (line := each.strip())]


def _one_line(text: str) -> str:
    """The lines of a cell as one, parted by a blank where nothing else parts them."""
    lines = _lines(text)
    parted = [line if line.endswith(_PAUSED) else f"{line} " for line in lines[:-1]]
    return "".join((*parted, *lines[-1:]))

"""Tables drawn with vertical bars among the lines of a text, each row written as it would be read alone.

May import the core.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.formats.projection import CLOSED
from ingest.loaded import Cell, Element

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = ("```", "~~~")
_EMPHASIS = re.compile(r"\*\*|__|`|<br\s*/?>")


def write_rows(text: str) -> tuple[str, tuple[Element, ...]]:
    """The text with its tables as rows, `表头：值；表头：值` on a line each, and where these stand.

    Rules and headers are left out, for each value stands under its own; a text without tables stays as
    it is.
    """
    lines = text.splitlines(keepends=True)
    written: list[str] = []
    rows: list[Element] = []
    length = 0
    for line, header in _told(lines):
        if header is None:
            piece = line
        elif not header:
            continue
        else:
            row, cells = _row(header, _values(line), length)
            piece = f"{row}\n" if row else ""
            if row:
                rows.append(Element("row", length, length + len(row), None, cells))
        written.append(piece)
        length += len(piece)
    return "".join(written), tuple(rows)


def _told(lines: Sequence[str]) -> Iterator[tuple[str, Sequence[str] | None]]:
    """Each line with the headers of its table: none outside of one, empty for its header and its rule."""
    header: Sequence[str] | None = None
    fenced = False
    for index, line in enumerate(lines):
        fenced ^= line.lstrip().startswith(_FENCE)
        below, next_below = (*lines[index + 1 : index + 3], "", "")[:2]
        if fenced or "|" not in line:
            header = None
        elif header is None and "|" in next_below and _RULE.fullmatch(below.rstrip("\r\n")):
            header = _values(line)
            if any(header):
                yield line, ()
                continue
            header = None
        elif header is not None and _RULE.fullmatch(line.rstrip("\r\n")):
            yield line, ()
            continue
        yield line, header


def _values(line: str) -> list[str]:
    bare = line.strip()
    bare = bare.removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [_EMPHASIS.sub("", value).replace("\\|", "|").strip() for value in _BAR.split(bare)]


def _row(header: Sequence[str], values: Sequence[str], offset: int) -> tuple[str, tuple[Cell, ...]]:
    """A row as a line, and its cells with their place in the text, which it enters at `offset`."""
    row = ""
    cells: list[Cell] = []
    for label, value in zip_longest(header, values, fillvalue=""):
        if not value:
            continue
        if cells and not row.endswith(CLOSED):
            row += "；"
        row += f"{label}：" if label else ""
        cells.append(Cell(label, offset + len(row), offset + len(row) + len(value)))
        row += value
    return row, tuple(cells)

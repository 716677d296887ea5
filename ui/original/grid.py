"""Rows of a sheet or table as an HTML table again, rebuilt from where each value stands.

May import the records and names of `rag`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from rag.citing.places import column_letters, describe
from rag.datatypes import Place
from ui.original.blocks import Block
from ui.original.extract import Extract
from ui.original.marks import marked_stretch, written

# More columns than this are shown around the cited ones alone.
MOST_COLUMNS = 60
# From so many rows on, the table scrolls below its headers.
_LONG = 30
_CORNER, _CITED = '<th class="line"></th>', ' class="cited"'
_BEFORE_HEADER, _AFTER_HEADER = "；; \n", "：: "


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: its places in the text, and the header written before the first."""

    header: str
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, the paragraphs read out of it, and its cells by column."""

    number: int
    paragraphs: Sequence[int]
    cells: Mapping[int, Cell]


def render_grid(block: Block, extract: Extract, *, caption: bool = True) -> str:
    """The rows of a block as a table; the cells of a spreadsheet under their letters."""
    rows = _read_rows(block, extract)
    columns = _columns(rows, extract)
    lined = block.sheet is not None and block.sheet.kind == "sheet"
    lettered = lined and block.sheet is not None and block.sheet.area is not None
    head = f"<thead>{_letters(columns)}</thead>" if lettered else ""
    body = "".join(_body(rows, columns, extract, lined=lined))
    name = _name(block) if caption else ""
    kind = "scroll long" if len(rows) > _LONG else "scroll"
    return (
        f'<figure class="grid">{name and f"<figcaption>{escape(name)}</figcaption>"}<div class="{kind}">'
        f"<table>{head}<tbody>{body}</tbody></table></div>{_hidden(rows, columns)}</figure>"
    )


def _read_rows(block: Block, extract: Extract) -> list[Row]:
    """Rows in the order they were read; what was split into several paragraphs is one row again."""
    numbers: dict[int, list[int]] = {}
    cells: dict[int, dict[int, Cell]] = {}
    for paragraph in block.paragraphs:
        for place in extract.places_of(paragraph):
            if place.row is None or place.column is None:
                continue
            of_row = numbers.setdefault(place.row, [])
            if paragraph.number not in of_row:
                of_row.append(paragraph.number)
            _add(cells.setdefault(place.row, {}), place, extract)
    return [Row(number, numbers[number], each) for number, each in cells.items()]


def _add(cells: dict[int, Cell], place: Place, extract: Extract) -> None:
    """Put a place into its cell; a place that reaches over two paragraphs is met twice."""
    column = place.column or 0
    known = cells.get(column)
    if known is None:
        cells[column] = Cell(_header(place, extract), (place,))
    elif place not in known.places:
        cells[column] = Cell(known.header, (*known.places, place))


def _header(place: Place, extract: Extract) -> str:
    """The header that stands before a value: what follows the value before it, or begins the line."""
    line = extract.text.rfind("\n", 0, place.start) + 1
    index = bisect_left(extract.places, place.start, key=lambda each: each.start)
    before = extract.places[index - 1].end if index else 0
    return extract.text[max(line, before) : place.start].lstrip(_BEFORE_HEADER).rstrip(_AFTER_HEADER)


def _columns(rows: Sequence[Row], extract: Extract) -> list[int]:
    """The columns shown: those in use, or those about the cited ones."""
    used = sorted({column for row in rows for column in row.cells})
    if len(used) <= MOST_COLUMNS:
        return used
    cited = {place.column for place in extract.cited}
    first = next((index for index, column in enumerate(used) if column in cited), 0)
    start = max(0, min(first - MOST_COLUMNS // 3, len(used) - MOST_COLUMNS))
    return used[start : start + MOST_COLUMNS]


def _body(rows: Sequence[Row], columns: Sequence[int], extract: Extract, *, lined: bool) -> Iterator[str]:
    """The rows, and a row of headers wherever other headers begin."""
    heads: dict[int, str] = {}
    for index, row in enumerate(rows):
        if any(cell.header and heads.get(column) != cell.header for column, cell in row.cells.items()):
            heads = _heads(rows[index:])
            titles = "".join(f"<th>{escape(heads.get(column, ''))}</th>" for column in columns)
            yield f'<tr class="heads">{_CORNER if lined else ""}{titles}</tr>'
        line = f'<th class="line">{row.number}</th>' if lined else ""
        cells = "".join(_cells(row, columns, extract))
        yield f'<tr id="p{row.paragraphs[0]}">{line}{cells}</tr>'
        yield from (f'<tr id="p{number}"></tr>' for number in row.paragraphs[1:])


def _heads(rows: Sequence[Row]) -> dict[int, str]:
    """The headers in force from the first of these rows, for as long as none of them changes."""
    heads: dict[int, str] = {}
    for row in rows:
        own = {column: cell.header for column, cell in row.cells.items() if cell.header}
        if any(heads.get(column, header) != header for column, header in own.items()):
            break
        heads.update(own)
    return heads


def _cells(row: Row, columns: Sequence[int], extract: Extract) -> Iterator[str]:
    alone = len(row.cells) == 1
    for index, column in enumerate(columns):
        cell = row.cells.get(column)
        if cell is None:
            yield "<td></td>"
            continue
        cited = any(extract.span is not None and extract.span.touches(place) for place in cell.places)
        text = "\n".join(written(marked_stretch(extract.text, each, extract.span)) for each in cell.places)
        # A title or a note over a table is as wide as the table.
        wide = f' colspan="{len(columns) - index}"' if alone and not cell.header else ""
        yield f"<td{wide}{_CITED if cited else ''}>{text}</td>"
        if wide:
            return


def _letters(columns: Sequence[int]) -> str:
    letters = "".join(f"<th>{column_letters(column)}</th>" for column in columns)
    return f"<tr>{_CORNER}{letters}</tr>"


def _name(block: Block) -> str:
    """What a reader calls the whole table."""
    sheet = block.sheet
    if sheet is None or sheet.area is None:
        return ""
    if sheet.kind == "slide":
        return sheet.area
    return (describe([Place(sheet.kind, 0, 0, area=sheet.area)]) or "").strip()


def _hidden(rows: Sequence[Row], columns: Sequence[int]) -> str:
    hidden = len({column for row in rows for column in row.cells} - set(columns))
    return f'<p class="note">另有 {hidden} 列未显示，请下载原文件查看。</p>' if hidden else ""

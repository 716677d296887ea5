"""Tables of a page: those that hold values, and those that only arrange what is on it.

May import the core.
"""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from ingest.formats.grid import TableCell, TableRow, read_rows
from ingest.formats.projection import Spot, Value

# What no table of values has in its cells.
_STRUCTURE = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "nav")
# A cell of a layout table holds whole paragraphs: it is this long, and most of its table.
_LONG = 400
# No more columns or rows are spanned by a cell, nor more cells by all that reach into later rows.
_MOST_SPANNED = 200
_MOST_REACHING = 1_000_000
_MOST_COLUMNS = 1_000
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_COLONS = ("：", ":")


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds values: several rows and columns, no parts of a page, no long text."""
    if table.get("role") == "presentation" or next(table.iterdescendants(*_STRUCTURE), None) is not None:
        return False
    rows = [[cell_text(cell) for cell in _cells(row)] for row in _rows(table)]
    columns = max(map(len, rows), default=0)
    if not 2 <= columns <= _MOST_COLUMNS or (len(rows) < 2 and not rows[0][0].endswith(_COLONS)):
        return False
    lengths = [len(text) for row in rows for text in row]
    return max(lengths) < _LONG or 2 * max(lengths) < sum(lengths)


def read_table(table: HtmlElement, area: str) -> list[TableRow]:
    """The rows of a table, each value below its header and at its cell; its caption first."""
    grid = _grid(table, area)
    first = next((index for index, row in enumerate(grid) if _inked(row) > 1), 0)
    end = next((index for index in range(len(grid), first, -1) if _inked(grid[index - 1]) > 1), len(grid))
    inner = grid[first:end]
    rows = _form(inner) if _is_form(inner) else read_rows(inner, headers=max(0, _declared(table) - first))
    rows = [*_remarks(grid[:first]), *rows, *_remarks(grid[end:])]
    caption = table.find("caption")
    if caption is None:
        return rows
    return [TableRow(0, (Value(cell_text(caption)),), caption=True), *rows]


def _inked(row: Sequence[TableCell]) -> int:
    return sum(bool(cell.text) for cell in row)


def _remarks(rows: Sequence[Sequence[TableCell]]) -> Iterator[TableRow]:
    """Rows of one value, above a table or below it: its name, its unit, what is noted on it."""
    for number, row in enumerate(rows, 1):
        yield TableRow(number, tuple(Value(cell.text, "", cell.spot) for cell in row), caption=True)


def cell_text(element: HtmlElement) -> str:
    """The text of a cell, the paragraphs in it on lines of their own."""
    pieces = []
    for each in element.iter():
        if each.tag in ("br", "p", "div", "li"):
            pieces.append("\n")
        if each.tag not in ("script", "style"):
            pieces.append(_BLANKS.sub(" ", each.text or ""))
        if each is not element:
            pieces.append(_BLANKS.sub(" ", each.tail or ""))
    return "\n".join(line for line in map(str.strip, "".join(pieces).split("\n")) if line)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for each in table:
        if each.tag == "tr":
            yield each
        elif each.tag in ("thead", "tbody", "tfoot"):
            yield from each.iterchildren("tr")


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    yield from row.iterchildren("td", "th")


def _declared(table: HtmlElement) -> int:
    """How many rows at the top are said to be headers: in `thead`, or made of header cells alone."""
    count = 0
    for row in _rows(table):
        if row.getparent().tag != "thead" and any(cell.tag == "td" for cell in _cells(row)):
            break
        count += 1
    return count


def _grid(table: HtmlElement, area: str) -> list[list[TableCell]]:
    """Rows of cells; one that covers several rows is the same object in each."""
    grid: list[list[TableCell]] = []
    reaching: list[tuple[TableCell, int]] = []
    reached = 0
    for number, row in enumerate(_rows(table), 1):
        if reached > _MOST_REACHING:
            reaching = []
        taken = {column for cell, _ in reaching for column in range(cell.column, cell.column + cell.columns)}
        reached += len(taken)
        line = list(reaching)
        column = 1
        for element in _cells(row):
            while column in taken:
                column += 1
            spot = Spot("table", area=area, row=number, column=column)
            columns = _span(element, "colspan")
            cell = TableCell(cell_text(element), column, columns, _is_strong(element), spot)
            line.append((cell, _span(element, "rowspan")))
            column += columns
        line.sort(key=lambda entry: entry[0].column)
        grid.append([cell for cell, _ in line])
        reaching = [(cell, rows - 1) for cell, rows in line if rows > 1]
    return grid


def _span(cell: HtmlElement, name: str) -> int:
    text = cell.get(name, "").strip()
    return max(1, min(int(text), _MOST_SPANNED)) if text.isdecimal() and len(text) < 6 else 1


def _is_strong(cell: HtmlElement) -> bool:
    if cell.tag == "th":
        return True
    bold = "".join("".join(each.itertext()) for each in cell.iter("b", "strong"))
    return bool(bold.strip()) and "".join(bold.split()) == "".join("".join(cell.itertext()).split())


def _is_form(grid: Sequence[Sequence[TableCell]]) -> bool:
    """Whether names and values stand side by side: 索引号：… 发布日期：…"""
    rows = [[cell for cell in row if cell.text] for row in grid]
    named = [_names(row[0]) and not any(map(_names, row[1::2])) for row in rows if len(row) > 1]
    return bool(named) and all(named)


def _names(cell: TableCell) -> bool:
    return cell.strong or cell.text.endswith(_COLONS)


def _form(grid: Sequence[Sequence[TableCell]]) -> list[TableRow]:
    """A form's rows: each value has the name at its left as its header."""
    return [TableRow(number, tuple(_named(row))) for number, row in enumerate(grid, 1)]


def _named(row: Sequence[TableCell]) -> Iterator[Value]:
    header = ""
    for cell in row:
        if not header and _names(cell) and cell is not row[-1]:
            header = cell.text
        else:
            yield Value(cell.text, header, cell.spot)
            header = ""

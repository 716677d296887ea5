"""Tables without rules down: between rules across (三线表), or without any, below a row of headers.

Imports nothing of ours but the page, what is printed on it, and what headers are called.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.formats.grid import is_common_header
from ingest.formats.pdf.alignment import (
    Band,
    Row,
    Span,
    find_columns,
    fits,
    is_prose,
    lines_up,
    part_line,
    read_bands,
    split_rows,
)
from ingest.formats.pdf.horizontals import between_rules
from ingest.formats.pdf.lines import Line
from ingest.formats.pdf.page import Page, Table
from ingest.formats.pdf.sheet import Sheet, draw_table, is_figure, is_label, names, simple_header

# A page with more lines is no page of text.
_MOST_LINES = 2000
# Ems of white between columns, and between the baselines of two rows at most; other sizes are other print.
_WHITE, _FAR, _OTHER_SIZE = 0.4, 3.5, 0.15
# Headers and rows make a table from so many rows on, of two columns or of more.
_FEWEST_OF_TWO, _FEWEST = 3, 2
# So much of a column of figures is figures, of the cells of a table no more are sentences or named within.
_FIGURES, _FEW = 0.8, 0.2
# The cells of a table without rules are no longer (characters).
_LONGEST = 40
_SENTENCE, _LEADER, _PAGES = (
    re.compile(r"[。；！？：]|:\s"),
    re.compile(r"[.．…·⋯]{3,}"),
    re.compile(r"页[码次]?$"),
)
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
# A table that goes on over the page has no more than so many bands of print below it, or above.
_FURNITURE, _TRIES = 3, 4


def read_unruled(pages: Sequence[Page]) -> list[Page]:
    """The pages with their tables without rules down among their tables, the lines of these taken out."""
    read: list[Page] = []
    before: Sheet | None = None
    for page in pages:
        sheets = [] if page.scanned or len(page.lines) > _MOST_LINES else _find(page, before)
        read.append(_with_tables(page, sheets))
        before = _last(page, sheets)
    return read


def _find(page: Page, before: Sheet | None) -> list[Sheet]:
    """The tables of a page; `before` is the one that ends the page before it."""
    wholes = {part: line for line in page.lines for part in part_line(line)}
    sheets = list(between_rules(page, list(wholes)))
    if sheets and before is not None and sheets[0].header.texts == before.header.texts:
        sheets[0] = replace(sheets[0], goes_on=True)
    taken = {line for sheet in sheets for line in sheet.lines}
    sheets += _borderless(read_bands(line for line in wholes if line not in taken), before)
    return [sheet for sheet in sheets if _is_whole(sheet, wholes)]


def _is_whole(sheet: Sheet, wholes: Mapping[Line, Line]) -> bool:
    """Whether no line of the page stands partly in a table."""
    inside = set(sheet.lines)
    touched = {wholes[part] for part in inside}
    return all(part in inside for line in touched for part in part_line(line))


def _with_tables(page: Page, sheets: Sequence[Sheet]) -> Page:
    if not sheets:
        return page
    inside = {line for sheet in sheets for line in sheet.lines}
    taken = {line for line in page.lines if part_line(line)[0] in inside}
    tables: list[Table] = [*page.tables, *map(draw_table, sheets)]
    lines = tuple(line for line in page.lines if line not in taken)
    return replace(page, lines=lines, tables=tuple(sorted(tables, key=lambda table: table.top)))


def _last(page: Page, sheets: Sequence[Sheet]) -> Sheet | None:
    """The table that nothing but the foot of the page stands below."""
    if not sheets:
        return None
    last = max(sheets, key=lambda sheet: sheet.bottom)
    below = read_bands(line for line in page.lines if line.y > last.bottom)
    return last if len(below) < _FURNITURE else None


def _borderless(bands: Sequence[Band], before: Sheet | None) -> Iterator[Sheet]:
    start = tries = 0
    while start < len(bands):
        sheet, end = _read_from(bands, start, before if start < _FURNITURE else None)
        if sheet is not None:
            yield sheet
            start, tries, before = end, 0, None
        elif end > start + _TRIES and tries == _TRIES:
            start, tries = end, 0
        else:
            start, tries = start + 1, min(tries + 1, _TRIES)


def _read_from(bands: Sequence[Band], start: int, before: Sheet | None) -> tuple[Sheet | None, int]:
    """The table that begins at a band, and the band after it, or up to which there is none."""
    sheet = _go_on(bands[start:], before) if before is not None else None
    if sheet is None:
        sheet, read = _begin(bands[start:])
        if sheet is None:
            return None, start + read
    return sheet, start + sheet.depth + sum(len(row.bands) for row in sheet.rows)


def _go_on(bands: Sequence[Band], before: Sheet) -> Sheet | None:
    """More rows of the table before, with its header again or without."""
    again = bands[0].texts == before.header.texts
    header = bands[0] if again else before.header
    columns, body = _collect(header, bands[1:] if again else bands, None)
    rows = _rows(body, columns)
    if not rows or not _is_regular(rows if again else [*before.rows, *rows], columns):
        return None
    headings = simple_header(header, columns) if again else ()
    return Sheet(headings, header, columns, tuple(rows), goes_on=True)


def _begin(bands: Sequence[Band]) -> tuple[Sheet | None, int]:
    """The table below the first band, if that is its header, and how many bands were looked at."""
    header = bands[0]
    if len(header.lines) < 2 or not all(is_label(line.text) for line in header.lines):
        return None, 0
    columns, body = _collect(header, bands[1:], header.y)
    rows = _rows(body, columns)
    if rows and _is_regular(rows, columns) and _is_table(header, rows, columns):
        return Sheet(simple_header(header, columns), header, columns, tuple(rows)), 0
    return None, 1 + len(body)


def _collect(header: Band, bands: Sequence[Band], y: float | None) -> tuple[tuple[Span, ...], list[Band]]:
    """The columns below a header, and the bands that stand in them, the first not far below `y`."""
    body: list[Band] = []
    columns: tuple[Span, ...] = tuple((line.left, line.right) for line in header.lines)
    size = header.lines[0].size
    for band in bands:
        alike = all(abs(line.size - size) <= _OTHER_SIZE * size for line in band.lines)
        if not alike or (y is not None and band.y - y > _FAR * size):
            break
        wider = find_columns([*body, band], header, _WHITE * size)
        if len(wider) < 2 or not all(fits(each, wider) for each in (header, band)):
            break
        columns, y = wider, band.y
        body.append(band)
    return columns, body


def _rows(body: Sequence[Band], columns: Sequence[Span]) -> list[Row]:
    """The rows of the bands below a header; what stands at their end but makes no row is left out."""
    for end in range(len(body), max(0, len(body) - _TRIES), -1):
        if end and (rows := split_rows(body[:end], columns)):
            return rows
    return []


def _is_regular(rows: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Whether short cells line up in every column, the first and nearly all others filled."""
    cells = [cell for row in rows for cell in row.cells if cell]
    texts = ["".join(line.text for line in cell) for cell in cells]
    places = range(len(columns))
    return (
        all(row.cells[0] for row in rows)
        and len(cells) >= (1 - _FEW) * len(rows) * len(columns)
        and all(lines_up(rows, column) and not is_prose(rows, column) for column in places)
        and max(map(len, texts)) <= _LONGEST
        and sum(_SENTENCE.search(text) is not None for text in texts) <= _FEW * len(texts)
        and not any(_LEADER.search(text) for text in texts)
    )


def _is_table(header: Band, rows: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Whether a band is a header of what stands below it: by its print, its words, or the figures below."""
    texts = names(header.lines, columns)
    if len(rows) < (_FEWEST_OF_TWO if len(texts) == 2 else _FEWEST) or len(set(texts)) < len(texts):
        return False
    if any(is_figure(text) and _YEAR.fullmatch(text) is None for text in texts):
        return False
    if is_figure(texts[0]) or any(map(_PAGES.search, texts)):
        return False
    common = sum(map(is_common_header, texts))
    if all(line.bold for line in header.lines) and not all(_is_bold(cell) for cell in rows[0].cells):
        return True
    if len(texts) == 2:
        return common == 2
    return 2 * common > len(texts) or any(_holds_figures(rows, column) for column in range(1, len(texts)))


def _is_bold(cell: Sequence[Line]) -> bool:
    return all(line.bold for line in cell)


def _holds_figures(rows: Sequence[Row], column: int) -> bool:
    cells = [row.cells[column] for row in rows if row.cells[column]]
    return sum(is_figure(cell[0].text) for cell in cells) >= _FIGURES * len(rows)

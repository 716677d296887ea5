"""Tables of a specimen as an Excel file, written by openpyxl, and as CSV.

May import the evaluation.
"""

import csv
import re
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ui.bench.formats.specimens import Heading, Specimen, Table, cell_spans

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})*\.\d{2}")
_SHARE = re.compile(r"\d{1,3}\.\d%")


def write(specimen: Specimen) -> bytes:
    """A sheet for each heading, else one; above its table the title, if any, over all columns."""
    book = Workbook()
    sheet = book.active
    row = 1
    if not any(isinstance(part, Heading) for part in specimen.parts) and specimen.title:
        row = _line(sheet, row, specimen.title, _width(specimen), bold=True)
    for part in specimen.parts:
        if isinstance(part, Heading):
            sheet = book.create_sheet(part.text) if sheet.max_row > 1 else _named(sheet, part.text)
            row = 1
        elif isinstance(part, Table):
            row = _table(sheet, row, part)
        else:
            row = _line(sheet, row, part.text, _width(specimen))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_csv(specimen: Specimen, *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The header and the rows of the first table; merged cells are empty below the first."""
    table = next(part for part in specimen.parts if isinstance(part, Table))
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter).writerows((*table.header, *table.rows))
    return stream.getvalue().encode(encoding)


def _named(sheet: Worksheet, name: str) -> Worksheet:
    sheet.title = name
    return sheet


def _width(specimen: Specimen) -> int:
    return next((len(part.labels) for part in specimen.parts if isinstance(part, Table)), 1)


def _line(sheet: Worksheet, row: int, text: str, width: int, *, bold: bool = False) -> int:
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = Font(bold=bold), Alignment(horizontal="center" if bold else "left")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    return row + 1


def _table(sheet: Worksheet, top: int, table: Table) -> int:
    line = Side(style="thin")
    rows = (*table.header, *table.rows)
    for place, row in enumerate(rows, top):
        for column, value in enumerate(row, 1):
            typed, code = _typed(value)
            cell = sheet.cell(place, column, typed)
            cell.number_format = code
            cell.border = Border(line, line, line, line)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    depth = len(table.header)
    _merge(sheet, top, cell_spans(table.header, across=True))
    _merge(sheet, top + depth, cell_spans(table.rows, across=False))
    for column, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = 2.2 * width
    for place, row in enumerate(rows, top):
        lines = max(-(-len(value) // width) for value, width in zip(row, table.widths, strict=True))
        sheet.row_dimensions[place].height = 16 * lines
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return top + len(rows)


def _typed(value: str) -> tuple[int | float | date | str | None, str]:
    """A value as a spreadsheet holds it, and the number format that shows it as it was."""
    if _DATE.fullmatch(value):
        return date.fromisoformat(value), "yyyy-mm-dd"
    if _AMOUNT.fullmatch(value):
        return float(value.replace(",", "")), "#,##0.00"
    if _SHARE.fullmatch(value):
        return round(float(value[:-1]) / 100, 4), "0.0%"
    return (int(value), "General") if value.isdecimal() else (value or None, "General")


def _merge(sheet: Worksheet, top: int, spans: dict[tuple[int, int], tuple[int, int]]) -> None:
    for (place, column), (down, right) in spans.items():
        if (down, right) != (1, 1):
            sheet.merge_cells(
                start_row=top + place,
                start_column=column + 1,
                end_row=top + place + down - 1,
                end_column=column + right,
            )

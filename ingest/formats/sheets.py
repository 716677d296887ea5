"""Excel workbooks: every sheet, hidden ones too, each row readable on its own.

May import the core.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.datetime import from_excel

from ingest.formats.figures import CHINESE_DATES, display
from ingest.formats.headers import Row, fill
from ingest.formats.package import Package
from ingest.formats.projection import MAX_CHARACTERS, Projection, Spot
from ingest.formats.sheetparts import Remark, merged, remarks, sheet_parts
from ingest.formats.tables import TableWriter, has_title
from ingest.loaded import Loaded
from rag.errors import UnreadableFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Names that programs give to sheets say nothing of them.
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表|表格)\s*\d*(?:\s*\(\d+\))?", re.IGNORECASE)
# Rows walked over in all sheets, most of them empty; a sheet has at most 1,048,576.
_MAX_ROWS = 8_000_000
_MAX_SHEETS = 1_000
# Cells with something in them; half a kilobyte goes with each.
_MAX_CELLS = 700_000
_ESCAPED = re.compile(r"_x00[01][0-9A-F]_")

Cells = dict[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: its name, its rows, and the comments and text boxes on it."""

    name: str
    rows: Sequence[Row]
    remarks: Sequence[Remark]


def load(raw: bytes, source: str) -> Loaded:
    """Read a workbook. Raises UnreadableFile.

    Values are written as their number formats show them. A formula is read as the value the program
    that saved the file found for it; one that was never calculated, and an error (#N/A), is left out.
    """
    package = Package(raw, source)
    package.refuse_doctypes()
    projection = Projection(source)
    parts = sheet_parts(package)
    with _opened(raw, source) as book:
        sheets = [_complete(package, parts.get(name), name, cells) for name, cells in _sheets(book, source)]
    sheets = [sheet for sheet in sheets if sheet.rows or sheet.remarks]
    for sheet in sheets:
        _write(projection, sheet, alone=len(sheets) == 1)
    return projection.finish(MEDIA_TYPE)


def _complete(package: Package, part: str | None, name: str, cells: Cells) -> Sheet:
    if part is None:
        return Sheet(name, fill(cells, []), [])
    return Sheet(name, fill(cells, merged(package, part)), remarks(package, part))


def _write(projection: Projection, sheet: Sheet, *, alone: bool) -> None:
    """One sheet: its name if that tells anything, its rows, what is noted on its cells."""

    def spot(row: int, column: int) -> Spot:
        return Spot("sheet", area=sheet.name, row=row, column=column)

    titled = alone and (has_title(sheet.rows) or bool(_DEFAULT_NAME.fullmatch(sheet.name.strip())))
    if not titled:
        projection.paragraph(sheet.name, Spot("sheet", area=sheet.name), role="heading", level=1)
    TableWriter(projection, spot, level=1 if titled else 2).write(sheet.rows, titled=titled)
    for remark in sheet.remarks:
        projection.paragraph(remark.text, spot(remark.row, remark.column), role="note")


@contextmanager
def _opened(raw: bytes, source: str) -> Iterator[Workbook]:
    """The workbook, read row by row; whatever goes wrong in reading it is told in our words."""
    try:
        with warnings.catch_warnings():
            # It warns of what it cannot write back, and nothing is written here.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            yield book
            book.close()
    except UnreadableFile:
        raise
    # The library has no errors of its own: damaged files raise whatever they happen to break.
    except Exception as error:
        raise UnreadableFile(
            f"{source!r} 不是完好的 Excel 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 再收入。"
        ) from error


def _sheets(book: Workbook, source: str) -> Iterator[tuple[str, Cells]]:
    """Every sheet's name and cells, within bounds for all of them together."""
    walked = count = filled = length = 0
    if len(book.worksheets) > _MAX_SHEETS:
        raise _too_much(source)
    for sheet in book.worksheets:
        cells: Cells = {}
        # What a sheet says of its size may be the whole grid, or wrong.
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            walked += 1
            count += len(row)
            for cell in row:
                text = "" if cell.value is None else _show(cell, book.epoch)
                if text:
                    filled += 1
                    length += len(text)
                    cells.setdefault(cell.row, {})[cell.column] = text
            if walked > _MAX_ROWS or count > _MAX_ROWS or filled > _MAX_CELLS or length > MAX_CHARACTERS:
                raise _too_much(source)
        yield sheet.title, cells


def _show(cell: ReadOnlyCell, epoch: datetime) -> str:
    """A cell's value as its number format shows it; nothing for an error."""
    value = cell.value
    if cell.data_type == "e":
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub("", value).strip()
    code = str(cell.number_format)
    chinese = CHINESE_DATES.get(cell.style_array.numFmtId)
    if chinese and isinstance(value, (int, float)):
        code, value = chinese, from_excel(value, epoch)
    return display(value, code)


def _too_much(source: str) -> UnreadableFile:
    return UnreadableFile(
        f"{source!r} 的表、行或单元格太多"
        f"（上限 {_MAX_SHEETS} 张表、{_MAX_CELLS} 个有内容的格、{MAX_CHARACTERS} 字）。"
        "请拆分成几个文件再收入。"
    )

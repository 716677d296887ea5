"""CSV and its kin: values parted by commas, tabs, semicolons or vertical bars.

May import the core.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import PurePath

from ingest.decode import decode
from ingest.formats.headers import Row
from ingest.formats.projection import MAX_PLACES, Projection, Spot
from ingest.formats.tables import TableWriter
from ingest.loaded import Loaded
from rag.errors import UnreadableFile

_TABS = frozenset({".tsv", ".tab"})
_DELIMITERS = ",\t;|"
# Rows read to tell by which mark they are parted.
_SAMPLE_ROWS = 50
# Excel allows 32,767 characters in a cell; more is a quote that was never closed.
_FIELD_LENGTH = 100_000


def load(raw: bytes, source: str) -> Loaded:
    """Read rows of values of any charset. Raises UnreadableFile."""
    text = decode(raw, source)
    is_tabbed = PurePath(source).suffix.lower() in _TABS
    rows = list(_rows(text, "\t" if is_tabbed else _delimiter(text), source))
    projection = Projection(source)
    width = max((len(row.values) for row in rows), default=0)
    TableWriter(projection, lambda row, column: Spot("sheet", row=row, column=column)).write(
        rows, titled=width > 1
    )
    return projection.finish("text/tab-separated-values" if is_tabbed else "text/csv")


def _rows(text: str, delimiter: str, source: str) -> Iterator[Row]:
    """The rows that hold something; a row is numbered as a spreadsheet would number it."""
    cells = 0
    try:
        for number, fields in enumerate(_read(text, delimiter), 1):
            cells += len(fields)
            if cells > MAX_PLACES:
                raise UnreadableFile(f"{source!r} 的单元格超过上限 {MAX_PLACES} 个。请拆分成几个文件再收入。")
            values = {column: value for column, field in enumerate(fields, 1) if (value := field.strip())}
            if values:
                yield Row(number, values, {})
    except csv.Error as error:
        raise UnreadableFile(
            f"{source!r} 不是完好的 CSV：{error}（也许有引号没有闭合）。请用表格软件另存为 .xlsx 再收入。"
        ) from error


def _read(text: str, delimiter: str) -> Iterator[list[str]]:
    limit = csv.field_size_limit(_FIELD_LENGTH)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str) -> str:
    """The mark that parts the first rows into the same number of values, and into the most."""

    def regularity(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(fields) for fields in islice(_read(text, delimiter), _SAMPLE_ROWS) if fields]
        except csv.Error:
            return 0.0, 0
        common = max(set(widths), key=widths.count)
        return (widths.count(common) / len(widths), common) if common > 1 else (0.0, 0)

    return max(_DELIMITERS, key=regularity)

"""Rows of a sheet or a CSV file: which are title, header, values, group and note; how they are written.

May import the core.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ingest.formats.headers import Row, find_header, heads, is_label, is_number
from ingest.formats.projection import Projection, Spot, Value

_TITLE_LENGTH = 60
_CLOSED = ("。", "；", "：", ":", "，")
_NOTE = re.compile(
    r"[（(*※]*\s*(?:备\s*注|附\s*注|注\s*释|注|说\s*明|填表说明|(?:数据|资料)?来源)\s*\d*\s*[：:]|[*※]"
)
_ATTACHMENT = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十]*\s*[：:]?")
# What stands alone below a table and is longer than this is said of the table.
_REMARK_LENGTH = 20


class TableWriter:
    """Writes the rows of a sheet into a projection; `level` is that of the headings it may need."""

    def __init__(self, projection: Projection, spot: Callable[[int, int], Spot], *, level: int = 1) -> None:
        """`spot` says where a cell (row, column, both from 1) stands."""
        self._projection = projection
        self._spot = spot
        self._level = level

    def write(self, rows: Sequence[Row], *, titled: bool) -> None:
        """Write all rows. If `titled`, the first line that could be a title is that of the file."""
        header: Sequence[Row] = ()
        groups = list(_groups(rows))
        for number, group in enumerate(groups, 1):
            above = _count_above(group)
            table = group[above:]
            leads = bool(table) or number < len(groups)
            titled = self._above(group[:above], titled=titled, leads=leads)
            own = find_header(table)
            # Tables go on below an empty row, unless something is said in between.
            body = table[len(own) :]
            if number > 1:
                self._idle(own, body)
            header = own or (header if not above else ())
            self._body(body, header)

    def _above(self, rows: Sequence[Row], *, titled: bool, leads: bool) -> bool:
        """Write what stands above a table, or alone; whether the file's title is still to come."""
        for row in rows:
            for column, text in row.values.items():
                spot = self._spot(row.number, column)
                if not leads or len(row.values) > 1 or not _is_title(text):
                    self._projection.paragraph(text, spot, role="note" if _NOTE.match(text) else "text")
                    continue
                leads = False
                if titled:
                    self._projection.paragraph(text, spot, role="title")
                else:
                    self._projection.paragraph(text, spot, role="heading", level=self._level)
                titled = False
        return titled

    def _idle(self, header: Sequence[Row], body: Sequence[Row]) -> None:
        """Write the labels of a later header that head nothing: they may be values after all."""
        headed = {column for row in body for column in row.values}
        for row in header:
            idle = [
                Value(text, "", self._spot(row.number, left))
                for left, text in row.values.items()
                if headed.isdisjoint(range(left, row.wide.get(left, left) + 1))
            ]
            if idle:
                self._projection.row(idle)

    def _body(self, rows: Sequence[Row], header: Sequence[Row]) -> None:
        labels = heads(header)
        columns = labels.keys() | {column for row in rows for column in row.values}
        for row, following in pairwise((*rows, None)):
            if row is None or any(row.values == each.values for each in header):
                continue
            if len(row.values) > 1 or not self._remark(row, following, len(columns)):
                self._projection.row(
                    [
                        Value(text, labels.get(column, ""), self._spot(row.number, column))
                        for column, text in row.values.items()
                    ]
                )

    def _remark(self, row: Row, following: Row | None, width: int) -> bool:
        """Write a value that stands alone in its row, if it is a note or the name of a group."""
        ((column, text),) = row.values.items()
        spot = self._spot(row.number, column)
        if _NOTE.match(text) or (following is None and width > 2 and len(text) > _REMARK_LENGTH):
            self._projection.paragraph(text, spot, role="note")
        elif width > 2 and _names_group(row, column, following):
            self._projection.paragraph(text, spot, role="heading", level=self._level + 1)
        else:
            return False
        return True


def has_title(rows: Sequence[Row]) -> bool:
    """Whether a table's first lines name it."""
    first = next(_groups(rows), ())
    above = first[: _count_above(first)]
    return len(rows) > len(above) and any(
        len(row.values) == 1 and _is_title(text) for row in above for text in row.values.values()
    )


def _groups(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Runs of rows without an empty one between them."""
    start = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index].number > rows[index - 1].number + 1:
            yield rows[start:index]
            start = index


def _count_above(rows: Sequence[Row]) -> int:
    """How many rows at the top stand outside the table: one value each, or `名称：值` throughout."""
    if len({column for row in rows for column in row.values}) == 1:
        return len(rows)
    outside = (len(row.values) == 1 or all(_is_pair(text) for text in row.values.values()) for row in rows)
    return next((index for index, is_outside in enumerate(outside) if not is_outside), len(rows))


def _is_pair(text: str) -> bool:
    name, colon, _ = text.replace(":", "：").partition("：")
    return bool(colon) and is_label(name)


def _is_title(text: str) -> bool:
    return (
        len(text) <= _TITLE_LENGTH
        and not text.endswith(_CLOSED)
        and not is_number(text)
        and not (_NOTE.match(text) or _ATTACHMENT.fullmatch(text) or _is_pair(text.strip("（）()")))
    )


def _names_group(row: Row, column: int, following: Row | None) -> bool:
    """A label across the table or at its left, above rows of values."""
    text = row.values[column]
    if following is None or len(following.values) < 2 or not is_label(text):
        return False
    return column in row.wide or following.values.get(column, text) != text

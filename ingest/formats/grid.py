"""Tables that merge and style their cells (Word, slides) as rows that read alone, values below headers.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.projection import Projection, Spot, Value

# Longer is no header, and no header has a sentence's end in it.
_LONGEST_HEADER = 24
_SENTENCE = re.compile(r"[。；！？]|[：:]\s*$")
_FIGURE = re.compile(r"[-+−]?[\d０-９.,，％%/\s]+(?:万?亿?[元人个项户吨]|万|亿)?$")
# What the columns of Chinese office tables are called.
_COMMON = re.compile(
    r"(?:序号|编号|代码|项目|内容|名称|姓名|性别|职[务称]|单位|部门|机构|处室|科室|时[间限]|日期|年[度份]|期限|进度|"
    r"指标|目标|任务|事项|工作|措施|要求|标准|依据|类[别型]|分类|等级|金额|数[量值额]|合计|总[数计额]|比例|占比|"
    r"增[长幅速]|单价|面积|人数|责任人|负责人|联系人|领导|电话|地[址点区]|区域|备注|说明|结果|情况|来源|方式|问题)"
    r"(?:[（(].{1,8}[）)])?\s*$"
)
# Headers fill no more rows than this, and a table without other signs of one has at least this size.
_MOST_HEADER_ROWS = 4
_LEAST_SIZE = 3


@dataclass(frozen=True, slots=True, eq=False)
class TableCell:
    """One cell: its text, first column (counted from 1), columns covered, and where it stands.

    A cell that covers several rows is the same object in each of them. `strong` says that it looks
    like a header: bold, shaded, or so styled.
    """

    text: str
    column: int
    columns: int = 1
    strong: bool = False
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of data with its headers; `number` is its place among all rows, counted from 1.

    A "caption" is the single cell over the whole width that stands above the table.
    """

    number: int
    values: tuple[Value, ...]
    caption: bool = False

    def write(self, projection: Projection) -> None:
        """Add the row to a text: a caption as a note."""
        if self.caption:
            for value in self.values:
                projection.paragraph(value.text, value.spot, role="note")
        else:
            projection.row(self.values)


def read_rows(rows: Sequence[Sequence[TableCell]], *, headers: int = 0) -> list[TableRow]:
    """The rows to be read, in order; those that hold the headers only where no data follow.

    `headers` is how many rows from the top the file itself says to be headers; 0 if it does not say.
    """
    inked = [(number, row) for number, row in enumerate(rows, 1) if _has_own_ink(rows, number - 1)]
    width = max((cell.column + cell.columns - 1 for _, row in inked for cell in row), default=0)
    above = _count_captions([row for _, row in inked], width)
    body = [row for _, row in inked[above:]]
    declared = sum(number <= headers for number, _ in inked[above:])
    depth = declared or _guess_headers(body)
    depth = depth if depth < len(body) else 0
    names = _name_columns(body[:depth])
    read = [TableRow(number, _values(row, {}), caption=True) for number, row in inked[:above]]
    return read + [TableRow(number, _values(row, names)) for number, row in inked[above + depth :]]


def is_common_header(text: str) -> bool:
    """Whether a text is what the columns of office tables are called."""
    return _COMMON.search(text.strip()) is not None


def _has_own_ink(rows: Sequence[Sequence[TableCell]], index: int) -> bool:
    """Whether a row holds more than what cells from above reach down into it."""
    above = {id(cell) for cell in rows[index - 1]} if index else set()
    return any(cell.text.strip() and id(cell) not in above for cell in rows[index])


def _count_captions(rows: Sequence[Sequence[TableCell]], width: int) -> int:
    count = 0
    while count + 1 < len(rows) and width > 1 and _fills(rows[count], width):
        count += 1
    return count


def _fills(row: Sequence[TableCell], width: int) -> bool:
    return len(row) == 1 and row[0].columns == width


def _values(row: Sequence[TableCell], names: dict[int, str]) -> tuple[Value, ...]:
    return tuple(Value(cell.text, _name(cell, names), cell.spot) for cell in row)


def _name(cell: TableCell, names: dict[int, str]) -> str:
    """The header above a cell; none above one that covers columns of several headers."""
    if cell.columns == 1 or not names:
        return names.get(cell.column, "")
    covered = {names.get(column, "") for column in range(cell.column, cell.column + cell.columns)}
    return covered.pop() if len(covered) == 1 else ""


def _name_columns(rows: Sequence[Sequence[TableCell]]) -> dict[int, str]:
    """Column to header; where headers stand in several rows, from the top down: 投资/一季度."""
    names: dict[int, list[str]] = {}
    for row in rows:
        for cell in row:
            text = cell.text.strip()
            for column in range(cell.column, cell.column + cell.columns):
                above = names.setdefault(column, [])
                if text and text not in above:
                    above.append(text)
    return {column: "/".join(texts) for column, texts in names.items()}


def _guess_headers(rows: Sequence[Sequence[TableCell]]) -> int:
    """How many rows at the top look like headers."""
    if len(rows) < 2 or not _are_labels(rows[0]) or not _stand_out(rows):
        return 0
    depth = 1
    while depth < min(len(rows), _MOST_HEADER_ROWS) and _reaches_down(rows[0], rows[depth]):
        depth += 1
    grouped = any(cell.columns > 1 for cell in rows[0])
    return 2 if depth == 1 and grouped and len(rows) > 2 and _are_labels(rows[1]) else depth


def _reaches_down(above: Sequence[TableCell], below: Sequence[TableCell]) -> bool:
    return bool({id(cell) for cell in above} & {id(cell) for cell in below})


def _are_labels(row: Sequence[TableCell]) -> bool:
    """Short names, all different, none missing but at the corner."""
    texts = [cell.text.strip() for cell in row]
    named = [text for text in texts if text]
    if len(named) < 2 or len(set(named)) < len(named) or not all(texts[1:]):
        return False
    return all(len(text) <= _LONGEST_HEADER and not _SENTENCE.search(text) for text in named)


def _stand_out(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether the first row differs from those below: in print, in words, or in figures."""
    first, second = rows[0], rows[1]
    strong = [cell.strong for cell in first if cell.text.strip()]
    if any(strong) and not all(cell.strong for cell in second):
        return all(strong)
    texts = [cell.text.strip() for cell in first]
    figures = sum(_FIGURE.match(text) is not None for text in texts)
    if sum(_COMMON.search(text) is not None for text in texts) * 2 > len(texts):
        return True
    if figures * 2 > len(texts):
        return False
    below = sum(_FIGURE.match(cell.text.strip()) is not None for cell in second)
    return below > figures or min(len(rows), len(first)) >= _LEAST_SIZE

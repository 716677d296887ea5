"""The header of a table: which rows it takes, and what stands above each column.

May import the core.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

# A label is a few words; what is longer or holds a sentence is a value.
_LABEL_LENGTH = 40
_SENTENCE = re.compile(r"[。；！？!?]|[：:]$")
_NUMBER = re.compile(
    r"[-+−(（]?[¥￥$]?\d[\d,，]*(?:\.\d+)?(?:[Ee][-+]?\d+)?[)）]?\s*[%％‰]?[元人个项户家亩吨万亿]*"
)
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_DEPTH = 3
# Merged cells are spelt out in no more rows than this; only areas that overlap could need it.
_MAX_COPIES = 2_000_000


_EMPTY: Mapping[int, str] = {}
_NARROW: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class Span:
    """An area of merged cells, its edges inclusive, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its number from 1, and its values by column from 1, empty ones left out.

    A value of merged cells stands in each row they span, in their first column; `wide` holds the
    last column of those that span several.
    """

    number: int
    values: Mapping[int, str]
    wide: Mapping[int, int]


def fill(cells: Mapping[int, Mapping[int, str]], spans: Iterable[Span]) -> list[Row]:
    """The rows that hold something, in order, from cells by row and column; merged cells spelt out."""
    numbers = sorted(cells)
    values: dict[int, dict[int, str]] = {}
    wide: dict[int, dict[int, int]] = {}
    copies = 0
    for span in spans:
        text = cells.get(span.top, _EMPTY).get(span.left)
        first, end = bisect_left(numbers, span.top), bisect_left(numbers, span.bottom + 1)
        copies += end - first
        if text is None or copies > _MAX_COPIES:
            continue
        for number in numbers[first:end]:
            values.setdefault(number, dict(cells[number]))[span.left] = text
            if span.right > span.left:
                wide.setdefault(number, {})[span.left] = span.right
    for number, row in values.items():
        values[number] = dict(sorted(row.items()))
    return [Row(number, values.get(number, cells[number]), wide.get(number, _NARROW)) for number in numbers]


def is_number(text: str) -> bool:
    """Whether a value is a figure, perhaps with its unit, or a date."""
    return bool(_NUMBER.fullmatch(text) or _DATE.fullmatch(text))


def is_label(text: str) -> bool:
    """Whether a value could name others: a few words, or a year."""
    if len(text) > _LABEL_LENGTH or _SENTENCE.search(text):
        return False
    return not is_number(text) or bool(_YEAR.fullmatch(text))


def find_header(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows at the top of a table that name its columns; none if the first row holds values."""
    if len(rows) < 2 or not _names(rows[0]):
        return ()
    header = [_spread(rows[0], rows[1])]
    for row, below in zip(rows[1:_MAX_DEPTH], rows[2:], strict=False):
        if not _divides(header[-1], row):
            break
        header.append(_spread(row, below))
    return header


def heads(header: Sequence[Row]) -> dict[int, str]:
    """What stands above each column, from the top down: 投资额/2024年."""
    labels: dict[int, list[str]] = {}
    for row in header:
        reached = 0
        for left, text in row.values.items():
            right = row.wide.get(left, left)
            for column in range(max(left, reached + 1), right + 1):
                above = labels.setdefault(column, [])
                if text not in above[-1:]:
                    above.append(text)
            reached = max(reached, right)
    return {column: "/".join(above) for column, above in labels.items()}


def _names(row: Row) -> bool:
    """Whether a row's values name columns: several, all labels, not all years, hardly two alike."""
    texts = list(row.values.values())
    return (
        len(texts) > 1
        and all(map(is_label, texts))
        and not all(map(is_number, texts))
        and 2 * len(set(texts)) > len(texts)
    )


def _divides(upper: Row, row: Row) -> bool:
    """Whether a row names the columns below a label that spans several of them."""
    divided = any(
        left in row.values and any(left < column <= right for column in row.values)
        for left, right in upper.wide.items()
    )
    return divided and all(map(is_label, row.values.values()))


def _spread(upper: Row, lower: Row) -> Row:
    """A row of labels of which some span the empty cells at their right, as CSV leaves merged ones.

    That they do shows in the row below: it has values there, and none below the first label.
    """
    columns = list(upper.values)
    if upper.wide or not lower.values or columns[0] in lower.values:
        return upper
    ends = [*(column - 1 for column in columns[1:]), max(lower.values)]
    wide = {
        left: end
        for left, end in zip(columns, ends, strict=True)
        if end > left and all(column in lower.values for column in range(left, end + 1))
    }
    return replace(upper, wide=wide)

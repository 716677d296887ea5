"""What a made file says: its parts as written, and the paragraphs that a reader should find in it.

May import the evaluation. Nothing here knows how a file is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from eval.fidelity import Known

# After these a row goes on without a mark of its own.
_CLOSED = ("；", "。", "！", "？")
# No column of a table is narrower or wider, in characters.
NARROWEST, WIDEST = 4, 24


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of `level` 1.. that stands by itself."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `label` is the heading run into it (第三条), which goes on to hold what follows.

    `note` is a footnote called at the paragraph's end; `item` its number in a list that numbers itself.
    A line set in the `align` "center" or "right" is no body text but who writes, to whom, and when.
    """

    text: str
    label: str = ""
    note: str = ""
    item: int = 0
    align: Literal["", "center", "right"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the rows of its header, and its rows; all as wide as one another.

    In a header of two rows an empty cell belongs to the one left of it, or below, to the one above.
    Where a row's first cells are empty, those above reach down over it (merged cells).
    """

    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """One header for each column: 篇幅 above 章数 and 条数 makes 篇幅/章数, 篇幅/条数."""
        columns = range(len(self.header[0]))
        return tuple("/".join(filter(None, self._levels(column))) for column in columns)

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide each column should be, in characters."""
        longest = (max(map(len, values)) for values in zip(*self.header, *self.rows, strict=True))
        return tuple(min(WIDEST, max(NARROWEST, length)) for length in longest)

    def _levels(self, column: int) -> Iterator[str]:
        """The headers above a column, from the top down; one above reaches right over named columns."""
        for row in self.header[:-1]:
            yield row[column] or (_left(row, column) if self.header[-1][column] else "")
        yield self.header[-1][column]

    @property
    def filled(self) -> tuple[tuple[str, ...], ...]:
        """The rows with the values of merged cells in each of the rows they reach over."""
        rows: list[tuple[str, ...]] = []
        for row in self.rows:
            rows.append(tuple(value or rows[-1][column] for column, value in enumerate(row)))
        return tuple(rows)


def _left(row: Sequence[str], column: int) -> str:
    """The nearest value at or left of a column."""
    return next((row[place] for place in range(column, -1, -1) if row[place]), "")


Part = Heading | Text | Table


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document before any program has written it: a name for its files, a title, its parts.

    The first `above` of the parts stand above the title.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    above: int = 0

    def until(self, characters: int) -> "Specimen":
        """The same, cut off after the part with which it reaches so many characters."""
        length, parts = 0, []
        for part in self.parts:
            parts.append(part)
            length += len(part.text) if not isinstance(part, Table) else sum(map(len, row_texts(part)))
            if length >= characters:
                break
        return replace(self, parts=tuple(parts))


def known(specimen: Specimen, *, hashes: bool = False) -> tuple[Known, ...]:
    """The paragraphs of a specimen in order: title, headings, texts, rows; a note after its paragraph.

    In Markdown the `hashes` of title and headings are characters of the text.
    """
    title = [Known("title", f"{'# ' * hashes}{specimen.title}", ())] if specimen.title else []
    above, below = split_head(specimen)
    lines = (*_known_parts(above), *title, *_known_parts(below))
    return tuple(_hashed(each) if hashes and each.kind == "heading" else each for each in lines)


def split_head(specimen: Specimen) -> tuple[Sequence[Part], Sequence[Part]]:
    """What stands above the title, and what below."""
    return specimen.parts[: specimen.above], specimen.parts[specimen.above :]


def _hashed(heading: Known) -> Known:
    """A Markdown heading: one hash more than there are headings above it, and one for the title."""
    return replace(heading, text=f"{'#' * (len(heading.section) + 2)} {heading.text}")


def _known_parts(parts: Sequence[Part]) -> Iterator[Known]:
    above: list[Heading] = []
    label: tuple[str, ...] = ()
    for part in parts:
        path = (*(heading.text for heading in above), *label)
        if isinstance(part, Heading):
            above, label = [heading for heading in above if heading.level < part.level], ()
            yield Known("heading", part.text, tuple(heading.text for heading in above))
            above.append(part)
        elif isinstance(part, Table):
            yield from (Known("row", row, path) for row in row_texts(part))
        else:
            if part.label:
                path, label = (*path[: len(above)], part.label), (part.label,)
            yield from _known_text(part, path)


def _known_text(part: Text, path: tuple[str, ...]) -> Iterator[Known]:
    number = f"{part.item}." if part.item else ""
    yield Known("line" if part.align else "body", number + part.text, path)
    if part.note:
        yield Known("note", part.note, path)


def row_texts(table: Table) -> list[str]:
    """Each row as `表头：值；表头：值`, empty cells left out."""
    return [_row_text(table.labels, row) for row in table.filled]


def _row_text(labels: Sequence[str], row: Sequence[str]) -> str:
    written = ""
    for label, value in zip(labels, row, strict=True):
        if value:
            mark = "；" if written and not written.endswith(_CLOSED) else ""
            written += f"{mark}{label}：{value}"
    return written


def cell_spans(rows: Sequence[Sequence[str]], *, across: bool) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell with a value, by row and column, how many rows and columns it reaches over.

    Empty cells below belong to it; `across`, in a header, those at its right that have one below too.

    >>> cell_spans([("名称", "篇幅", ""), ("", "章", "条")], across=True)
    {(0, 0): (2, 1), (0, 1): (1, 2), (1, 1): (1, 1), (1, 2): (1, 1)}
    """
    spans = {}
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if value:
                down = _empty(other[column] for other in rows[place + 1 :])
                right = _empty(row[column + 1 :]) if across else 0
                spans[place, column] = (1 + down, 1 + right)
    return spans


def _empty(values: Iterable[str]) -> int:
    """How many empty ones come first."""
    return sum(1 for _ in takewhile(lambda value: not value, values))

"""What the paragraphs of a document are parts of: prose one by one, rows of a table or sheet together.

May import the records of `rag`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.datatypes import Paragraph, Place, PlaceKind
from ui.original.extract import Extract

_IN_ROWS = ("row", "task")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which sheet or table: what kind of place, on which slide, under which name."""

    kind: PlaceKind
    page: int | None
    area: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that stand together; in no `sheet` they are prose."""

    sheet: Sheet | None
    paragraphs: Sequence[Paragraph]


def read_blocks(paragraphs: Sequence[Paragraph], extract: Extract) -> Iterator[Block]:
    """The blocks of these paragraphs, in order."""
    for sheet, group in groupby(paragraphs, key=lambda each: _sheet(each, extract)):
        yield Block(sheet, tuple(group))


def first_place(paragraph: Paragraph, extract: Extract) -> Place | None:
    """Where a paragraph begins; `None` in plain text."""
    return next(iter(extract.places_of(paragraph)), None)


def _sheet(paragraph: Paragraph, extract: Extract) -> Sheet | None:
    """What a paragraph is a row of: all of a spreadsheet is cells, elsewhere only what was read as rows."""
    place = first_place(paragraph, extract)
    if place is None or place.row is None or place.column is None:
        return None
    if place.kind != "sheet" and paragraph.attributes.kind not in _IN_ROWS:
        return None
    return Sheet(place.kind, place.page, place.area)

"""What a loader makes of a file: its text, and all that its format knows of that text.

May import the core.
"""

from dataclasses import dataclass
from typing import Literal

from rag.datatypes import Place

Role = Literal["title", "heading", "text", "item", "row", "note"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a row: the header above it (empty where there is none), and its span in the text."""

    header: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Element:
    """A stretch of a loaded text that its format shows to be one thing.

    A "title" names the whole document, a "heading" of `level` 1..9 a part of it; "text" is a whole
    paragraph, "item" one of a list (its number or bullet written out), "row" a row of a table written
    `表头：值；表头：值` with its `cells`, "note" a footnote, caption or speaker's note. Line breaks
    inside a paragraph are layout. Elements do not overlap, are in reading order, and hold every
    character of ink.
    """

    role: Role
    start: int
    end: int
    level: int | None = None
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's text, and what its format knows of it.

    Offsets of elements and places point into `text`. Without `elements` the text is lines whose
    paragraphs have yet to be found; `markdown` says whether Markdown marks mean something in them, and
    `rows` which of them are rows of tables. `places` say where the text stands in a file that is not
    itself text; sorted, not overlapping.
    """

    text: str
    media_type: str
    markdown: bool = False
    elements: tuple[Element, ...] = ()
    places: tuple[Place, ...] = ()
    rows: tuple[Element, ...] = ()

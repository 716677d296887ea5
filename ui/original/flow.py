"""Documents that run on without pages: paragraphs, tables and sheets one below the other.

May import the records of `rag`.
"""

from collections.abc import Iterator, Sequence

from rag.datatypes import Paragraph
from ui.original.blocks import Block, first_place, read_blocks
from ui.original.extract import Extract
from ui.original.grid import render_grid
from ui.original.prose import render_paragraph


def render_flow(paragraphs: Sequence[Paragraph], extract: Extract) -> str:
    """These paragraphs in order, rows of a table as a table."""
    return "\n".join(_flow(paragraphs, extract))


def _flow(paragraphs: Sequence[Paragraph], extract: Extract) -> Iterator[str]:
    before: Block | None = None
    for block in read_blocks(paragraphs, extract):
        if block.sheet is None:
            yield from (render_paragraph(each, extract) for each in block.paragraphs)
        else:
            yield render_grid(block, extract, caption=not _heads(before, block, extract))
        before = block


def _heads(before: Block | None, block: Block, extract: Extract) -> bool:
    """Whether the paragraph before a sheet is its name, which need not be told twice."""
    if before is None or before.sheet is not None or block.sheet is None:
        return False
    place = first_place(before.paragraphs[-1], extract)
    return place is not None and place.kind == "sheet" and place.area == block.sheet.area

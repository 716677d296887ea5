"""Which blocks are the title of a document, and the headlines that stand with it.

May import the core.
"""

from collections.abc import Sequence

from ingest.blocks import Block
from ingest.marks import Mark, label
from ingest.title import choose_title, is_headline
from rag.chinese import squeeze

# The title may be said again this many blocks below.
_NEAR = 8


def head_length(blocks: Sequence[Block]) -> int:
    """How many blocks stand above the first paragraph."""
    return next((index for index, block in enumerate(blocks) if block.mark is not Mark.TITLE), len(blocks))


def find_titles(blocks: Sequence[Block]) -> list[int]:
    """Positions of the title, first, and of the headlines beside it; empty where the text has none."""
    head = head_length(blocks)
    title = _marked_title(blocks)
    if title is None:
        title = choose_title([block.text for block in blocks[:head]])
    if title is None:
        return []
    beside = [index for index in range(head) if index != title and is_headline(blocks[index].text)]
    below = range(title + 1, min(len(blocks), title + _NEAR))
    return [title, *beside, *(index for index in below if _name(blocks[index]) == _name(blocks[title]))]


def _marked_title(blocks: Sequence[Block]) -> int | None:
    """The first Markdown heading, if none stands higher than it."""
    levels = {index: block.level for index, block in enumerate(blocks) if block.level is not None}
    first = min(levels, default=None)
    return first if first is not None and levels[first] == min(levels.values()) else None


def _name(block: Block) -> str:
    return squeeze(label(block.text))

"""Which blocks are the title of a document, and the headlines that stand with it.

May import the core.
"""

from collections.abc import Sequence

from ingest.blocks import Block
from ingest.marks import Mark, label
from ingest.signature import read_signature
from ingest.title import choose_title, is_headline
from rag.language.chinese import squeeze

# The title may be said again this many blocks below.
_NEAR = 8


def head_length(blocks: Sequence[Block]) -> int:
    """How many blocks stand above the first paragraph; notes and dates among the titles count too."""
    length = 0
    for index, block in enumerate(blocks):
        if block.mark is Mark.TITLE:
            length = index + 1
        elif block.mark not in (Mark.NOTE, Mark.ASIDE, Mark.DATE):
            break
    return length


def find_titles(blocks: Sequence[Block]) -> list[int]:
    """Positions of the title, first, and of the headlines beside it; empty where the text has none."""
    head = head_length(blocks)
    title = _marked_title(blocks, head)
    if title is None:
        named = [index for index in range(head) if blocks[index].mark is Mark.TITLE]
        choice = choose_title([blocks[index].text for index in named])
        title = None if choice is None else named[choice]
    if title is None:
        return []
    beside = [
        index
        for index in range(head)
        if index != title and blocks[index].mark is Mark.TITLE and _is_beside(blocks[index].text)
    ]
    below = range(title + 1, min(len(blocks), title + _NEAR))
    return [title, *beside, *(index for index in below if _says_again(blocks[index], blocks[title]))]


def _marked_title(blocks: Sequence[Block], head: int) -> int | None:
    """The first heading that has a level, if none stands higher than it.

    Not one with a number, nor one among equals where unmarked lines stand above it.
    """
    levels = {index: block.level for index, block in enumerate(blocks) if block.level is not None}
    first = min(levels, default=None)
    if first is None or blocks[first].numeral is not None or levels[first] != min(levels.values()):
        return None
    alone = first < head or head == 0 or list(levels.values()).count(levels[first]) == 1
    return first if alone else None


def _is_beside(text: str) -> bool:
    """A headline, rather than a caption, a by-line or the speaker's office and name."""
    speaker = read_signature(text)
    return is_headline(text) and (speaker is None or speaker.person is None)


def _says_again(block: Block, title: Block) -> bool:
    same_length = len(block.text) <= 2 * len(title.text)
    return same_length and squeeze(label(block.text)) == squeeze(label(title.text))

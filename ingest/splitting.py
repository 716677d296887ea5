"""Bounds paragraphs: one too long to be read as one is parted at the ends of sentences.

May import the core.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.blocks import Block
from ingest.marks import Mark
from rag.language.chinese import sentences

# Real paragraphs end far below this; what does not is a file without line breaks.
LONGEST_PARAGRAPH = 3000
_INK = re.compile(r"\S+")


def split_long(block: Block, raw: str) -> Iterator[Block]:
    """The block itself, or its parts in order; the first keeps its number."""
    if len(block.text) <= LONGEST_PARAGRAPH:
        yield block
        return
    pieces = [block.text[start:end] for start, end in _parts(block.text)]
    for place, (text, (start, end)) in enumerate(zip(pieces, _raw_spans(block, pieces, raw), strict=True)):
        last = place == len(pieces) - 1
        part = replace(
            block,
            text=text,
            start=start,
            end=block.end if last else end,
            trail=block.trail if last else "",
        )
        yield part if place == 0 else replace(part, numeral=None, mark=Mark.PLAIN, level=None)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Spans of whole sentences as long as allowed; a longer sentence is cut."""
    first = last = 0
    for start, end in sentences(text):
        if end - first > LONGEST_PARAGRAPH and last > first:
            yield first, last
            first = start
        while end - first > LONGEST_PARAGRAPH:
            yield first, first + LONGEST_PARAGRAPH
            first += LONGEST_PARAGRAPH
        last = end
    if last > first:
        yield first, last


def _raw_spans(block: Block, pieces: list[str], raw: str) -> Iterator[tuple[int, int]]:
    """Where each piece stands in the raw text, found by counting ink in one pass."""
    runs = _INK.finditer(raw, block.start, block.end)
    position = stop = block.start
    for piece in pieces:
        missing = sum(map(len, piece.split()))
        start = None
        while missing:
            if position == stop:
                position, stop = next(runs).span()
            start = position if start is None else start
            taken = min(missing, stop - position)
            position += taken
            missing -= taken
        yield (position if start is None else start), position

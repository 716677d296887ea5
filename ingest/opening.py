"""Which paragraphs open a section by their own first sentence: the run-in headings of official texts.

May import the core.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ingest.blocks import Block
from ingest.marks import Mark
from ingest.nesting import Listing, Nesting
from ingest.outline import Heading, run_in, spoken_run_in, whole_sentence


def find_openings(
    blocks: Sequence[Block], headings: Mapping[int, Heading], nesting: Nesting, tasks: Collection[int]
) -> dict[int, Heading]:
    """What the sections that paragraphs open are called, and how deep they stand, by position."""
    openings: dict[int, Heading] = {}
    for listing in nesting.listings:
        named = _headed(blocks, headings, listing)
        for index in listing.items:
            if blocks[index].mark is not Mark.PLAIN or index in headings or index in tasks:
                continue
            opening = spoken_run_in(blocks[index]) if listing.spoken else run_in(blocks[index])
            opening = opening or (whole_sentence(blocks[index]) if named else None)
            if opening:
                openings[index] = Heading(listing.rank, opening)
    return openings


def _headed(blocks: Sequence[Block], headings: Mapping[int, Heading], listing: Listing) -> bool:
    """Whether items that are one sentence head the paragraphs below them, as most of the list shows."""
    followed = [
        index + 1 < len(blocks) and blocks[index + 1].numeral is None and index + 1 not in headings
        for index in _but_last(listing)
    ]
    return bool(followed) and 2 * sum(followed) >= len(followed)


def _but_last(listing: Listing) -> Iterator[int]:
    yield from listing.items[:-1]

"""What the items of a list stand under: the sentence that leads to them, 有下列情形之一的，应当认定为工伤：.

May import the core. An item alone says half of what it means (醉酒或者吸毒的).
"""

import re
from collections.abc import Collection, Sequence

from ingest.blocks import Block
from ingest.marks import Mark, label
from ingest.nesting import Listing, Nesting

# Of a longer paragraph the last sentence leads, and one longer than this leads to more than a list.
LONGEST = 100
# A list with more blocks between its first and its last item is a document's own structure.
FARTHEST = 60

_LEADS = re.compile(r"[：:]$")
_LAST = re.compile(r"[^。；]+$")


def find_leads(blocks: Sequence[Block], headings: Collection[int], nesting: Nesting) -> dict[int, str]:
    """The lead of each block that stands in a list, by position; the lists of headings have none."""
    leads: dict[int, str] = {}
    for listing in nesting.listings:
        first, last = listing.items[0], listing.items[-1]
        lead = _lead(blocks, first)
        if lead and last - first <= FARTHEST and not _heads(listing, headings):
            leads |= dict.fromkeys(range(first, last + 1), lead)
    return leads


def _lead(blocks: Sequence[Block], first: int) -> str:
    """What the paragraph above the first item says at its end, "" where it leads to nothing."""
    if first == 0 or blocks[first].mark is not Mark.PLAIN or blocks[first - 1].mark is not Mark.PLAIN:
        return ""
    above = blocks[first - 1]
    said = label(above.text[above.numeral.end if above.numeral else 0 :])
    match = _LAST.search(_LEADS.sub("", said)) if _LEADS.search(above.text) else None
    return match[0].strip() if match and len(match[0]) <= LONGEST else ""


def _heads(listing: Listing, headings: Collection[int]) -> bool:
    return any(index in headings for index in listing.items)

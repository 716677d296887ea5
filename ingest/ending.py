"""Where sections end without a heading that says so: after a list, at 特此通知, at a speech's last call.

May import the core.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from ingest.blocks import Block
from ingest.marks import Mark
from ingest.nesting import STEP, Listing, Nesting
from ingest.numbering import Style
from ingest.outline import Heading

# From so many items on, each a paragraph, what follows the last has its own place.
_CLEARLY_A_LIST = 4
# The call that closes a speech runs over no more paragraphs.
_LONGEST_CALL = 3
_FORMULA = re.compile(
    r"(?:特此(?:通知|公告|通告|通报|批复|函|报告|说明|证明|决定|令)|此(?:复|令|函|致)|专此|妥否|当否|以上(?:请示|意见|报告|通知|方案|几点|各点|要求|事项)"
    r"[^。]{0,12}[，,]?(?:请|如无|妥否|当否|是否|已经|望))"
)
# Lines that close a decision whose points are numbered: they belong to none of its points.
_IN_FORCE = re.compile(
    r"(?:本(?:决定|决议|通知|意见|通告|公告|方案|办法|规定)自[^。]{2,30}(?:施行|执行|实施|生效|起效|有效)|本(?:通知|意见|方案|办法)有效期"
    r"|《[^》]{2,60}》根据本决定|此外，对|根据本决定)"
)
_ADDRESS = re.compile(
    r"(?:各位(?:代表|委员|同志|领导|来宾|嘉宾|朋友|乡亲)|同志们|朋友们|女士们|先生们|同胞们)[^。]{0,12}[，、,！!：:]"
)


def find_endings(
    blocks: Sequence[Block], headings: Mapping[int, Heading], nesting: Nesting
) -> dict[int, int]:
    """Positions from which on all sections of the given rank or deeper are closed."""
    endings: dict[int, int] = {}
    for listing in nesting.listings:
        after = listing.items[-1] + 1
        if _is_plain_list(listing) and after < len(blocks) and _is_free(blocks[after], after, headings):
            endings[after] = listing.rank
    for index in _calls(blocks, headings, nesting):
        endings[index] = 0
    for index, block in enumerate(blocks):
        if _is_free(block, index, headings) and _FORMULA.match(block.text):
            endings[index] = 0
    return endings


def closes_points(block: Block) -> bool:
    """Whether a paragraph says from when on, or to what effect, all points above it hold."""
    return block.mark is Mark.PLAIN and block.numeral is None and _IN_FORCE.match(block.text) is not None


def _is_plain_list(listing: Listing) -> bool:
    """Every item is one paragraph, and there are enough of them to see that."""
    items = listing.items
    single = items[-1] - items[0] == len(items) - 1
    return listing.rank > STEP * Style.ARTICLE and len(items) >= _CLEARLY_A_LIST and single


def _is_free(block: Block, index: int, headings: AbstractSet[int] | Mapping[int, Heading]) -> bool:
    return block.mark is Mark.PLAIN and block.numeral is None and index not in headings


def _calls(blocks: Sequence[Block], headings: Mapping[int, Heading], nesting: Nesting) -> list[int]:
    """The address that opens the last call of a speech: 各位代表！让我们…！"""
    last = len(blocks)
    while last and blocks[last - 1].mark in (Mark.NOTE, Mark.DATE, Mark.SIGNATURE, Mark.ASIDE):
        last -= 1
    if not last or not blocks[last - 1].text.endswith(("！", "!", "谢谢。", "谢谢大家。")):
        return []
    for index in range(last - 1, max(0, last - _LONGEST_CALL) - 1, -1):
        if not _is_free(blocks[index], index, headings) or index in nesting.ranks:
            return []
        if _ADDRESS.match(blocks[index].text):
            return [index]
    return []

"""Which blocks are headings, what they are called in a section path, and how deep they stand.

May import the core.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.lines import ends_sentence, ink_width
from ingest.marks import Mark, label
from ingest.numbering import Numeral, Style, read_numeral
from ingest.spacing import clean_label

# Ranks of what has no number: the name of an annex is above all numbers, a free heading below all.
ANNEX_RANK = -20
_MARKDOWN_BASE = -10
_ARROW_RANK = -1
FREE_RANK = 50
# Nothing longer is a heading, numbered or not.
_LONGEST_NUMBERED = 60
_LONGEST_FREE = 40
_LONGEST_RUN_IN = 50
_RUN_IN = re.compile(rf"[^。！？；\n]{{2,{_LONGEST_RUN_IN}}}。(?=\S)|[^。！？；，：\n]{{2,20}}：(?=\S)")
_NOT_A_HEADING = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月|[\d\W]+$|[（(\-—－─|“”《]|https?:|.*(?:通过|批准|公布|施行|修正|修订)$"
)
_ANNEX = re.compile(r"附\s*件|附\s*录|附\s*表")
# As many characters in common as make two headings of one mould.
_MOULD = 4


def rank_of(block: Block) -> int:
    """How deep a heading stands: the smaller, the further out."""
    if block.level is not None:
        return _MARKDOWN_BASE + block.level
    if block.mark is Mark.HEADING:
        return _ARROW_RANK
    return FREE_RANK if block.numeral is None else int(block.numeral.style)


def heading_label(block: Block) -> str:
    """The heading as it reads in a section path."""
    return label(block.text)


def run_in(block: Block) -> str | None:
    """The heading that opens a numbered paragraph: its first sentence, or 第X条 alone."""
    if block.numeral is None:
        return None
    if block.numeral.style is Style.ARTICLE:
        return block.text[: block.numeral.end]
    match = _RUN_IN.match(block.text, block.numeral.end)
    return block.text[: match.end() - 1] if match and not block.fields else None


def find_headings(blocks: Sequence[Block]) -> dict[int, Block]:
    """Blocks that are headings, by position; one that has lost its number is given it back."""
    headings = {index: block for index, block in enumerate(blocks) if _is_numbered(block)}
    for index in _list_items(blocks, headings):
        del headings[index]
    headings |= _unnumbered(blocks, headings)
    headings |= {index: block for index, block in enumerate(blocks) if block.mark is Mark.HEADING}
    return headings


def _is_numbered(block: Block) -> bool:
    """A number and a name, no sentence: 一、总体要求. 第X条 numbers text, unless it names itself."""
    if block.mark is not Mark.PLAIN or block.numeral is None or block.fields:
        return False
    if len(block.text) > _LONGEST_NUMBERED or re.search("[。；]", block.text):
        return False
    return not block.terminal or (block.text.endswith(("：", ":")) and len(block.text) <= 25)


def _list_items(blocks: Sequence[Block], headings: dict[int, Block]) -> set[int]:
    """Numbered lines that count on with nothing between are a list or a table of contents."""
    items: set[int] = set()
    for index in sorted(headings):
        counted_on = index - 1 in items and _counts_on(blocks[index - 1], blocks[index])
        if counted_on or (index + 1 in headings and _counts_on(blocks[index], blocks[index + 1])):
            items.add(index)
    return items


def _counts_on(first: Block, second: Block) -> bool:
    return (
        first.numeral is not None
        and second.numeral is not None
        and first.numeral.style is second.numeral.style
        and first.numeral.ordinal + 1 == second.numeral.ordinal
    )


def _unnumbered(blocks: Sequence[Block], headings: dict[int, Block]) -> dict[int, Block]:
    numbered = sorted(headings)
    found: dict[int, Block] = {}
    for index, block in enumerate(blocks):
        if not _may_be_free(blocks, index):
            continue
        place = bisect(numbered, index)
        near = [headings[i] for i in numbered[max(0, place - 1) : place + 1]]
        lost = _lost_numeral(block, near, is_first=place == 0)
        found[index] = replace(block, numeral=lost) if lost else block
    return found


def _may_be_free(blocks: Sequence[Block], index: int) -> bool:
    """A short line without end, between the end of a sentence (or a heading) and more text."""
    block = blocks[index]
    if (
        block.mark is not Mark.PLAIN
        or block.numeral is not None
        or block.terminal
        or index + 1 == len(blocks)
    ):
        return False
    if not 2 <= ink_width(block.text) <= _LONGEST_FREE or _NOT_A_HEADING.match(block.text):
        return False
    after = blocks[index + 1]
    return after.mark in (Mark.PLAIN, Mark.HEADING) and (
        after.terminal or after.numeral is not None or after.mark is Mark.HEADING
    )


def _lost_numeral(block: Block, near: Sequence[Block], *, is_first: bool) -> Numeral | None:
    """The number missing here: the headings around are of its mould, and count n before, n + 2 after."""
    numerals = [heading.numeral for heading in near if heading.numeral is not None]
    if not numerals or not any(_one_mould(block.text, heading.text) for heading in near):
        return None
    first, last = numerals[0], numerals[-1]
    if len(numerals) == 2 and (first.style is not last.style or last.ordinal - first.ordinal != 2):
        return None
    return Numeral(first.style, first.ordinal + (-1 if is_first else 1), 0)


def _one_mould(text: str, heading: str) -> bool:
    numeral = read_numeral(heading)
    bare = heading[numeral.end :] if numeral else heading
    return text[-_MOULD:] == bare[-_MOULD:] and abs(len(text) - len(bare)) <= _MOULD


def is_annex(block: Block, *, after_closing: bool) -> bool:
    """Whether a free heading begins a new part: an annex, or what follows the signed letter."""
    return block.numeral is None and block.level is None and (after_closing or bool(_ANNEX.match(block.text)))


def is_sentence(text: str) -> bool:
    """Running text, rather than a label."""
    return ends_sentence(text) and ink_width(clean_label(text)) >= 15

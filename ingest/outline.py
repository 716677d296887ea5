"""Which blocks are headings, what they are called in a section path, and how deep they stand.

May import the core.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.lines import ends_sentence, ink_width
from ingest.marks import Mark, label
from ingest.numbering import Numeral, Style, read_numeral

# Ranks, outermost first: an annex, Markdown's hashes, arrows, official numbers, free headings.
ANNEX_RANK = -20
_MARKDOWN_BASE = -10
_ARROW_RANK = -1
_FREE_RANK = 100
# Official styles are this far apart, so that a free heading above one of them fits between.
_STEP = 2
# Nothing longer is a heading, numbered or free, or the opening sentence that serves as one.
_LONGEST_NUMBERED, _LONGEST_FREE, _LONGEST_RUN_IN = 60, 40, 50
# ... or a heading that ends in a colon, or that names an article.
_LONGEST_INTRODUCTION = 25
_SENTENCE = re.compile("[。；]")
_RUN_IN = re.compile(rf"[^。！？；\n]{{2,{_LONGEST_RUN_IN}}}。(?=\S)|[^。！？；，：\n]{{2,20}}：(?=\S)")
_NOT_FREE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月|[\d\W]+$|[（(\-—－─|“”《]|https?:|.*(?:通过|批准|公布|施行|修正|修订)$"
)
_ANNEX = re.compile(r"附\s*[件录表](?:\s*[\d一二三四五六七八九十]{1,2})?(?:\s|$)")
# As many characters in common at the end make two headings of one mould.
_MOULD = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading is called in a section path, and how deep it stands: the smaller, the further out."""

    rank: int
    label: str


def find_headings(blocks: Sequence[Block]) -> dict[int, Heading]:
    """Blocks that are headings, by position; one that has lost its number stands where it would."""
    numbered = {index: numeral for index, block in enumerate(blocks) if (numeral := _heading_numeral(block))}
    for index in _list_items(blocks, numbered) | {i for i in numbered if not _has_content(blocks, i)}:
        del numbered[index]
    ranks = {index: rank_of(numeral) for index, numeral in numbered.items()}
    ranks |= _free_ranks(blocks, numbered)
    ranks |= {index: _marked_rank(block) for index, block in enumerate(blocks) if block.mark is Mark.HEADING}
    return {index: Heading(rank, label(blocks[index].text).rstrip("：:")) for index, rank in ranks.items()}


def rank_of(numeral: Numeral) -> int:
    """How deep what is numbered so stands."""
    return _STEP * int(numeral.style)


def is_annex(heading: Heading) -> bool:
    """Whether a heading says that it begins an annex."""
    return _ANNEX.match(heading.label) is not None


def is_free(heading: Heading) -> bool:
    """Whether a heading has neither a number nor a mark."""
    return heading.rank > 0 and (heading.rank == _FREE_RANK or heading.rank % _STEP != 0)


def run_in(block: Block) -> str | None:
    """The heading that opens a numbered paragraph: its first sentence, or 第X条 alone."""
    if block.numeral is None or block.fields:
        return None
    if block.numeral.style is Style.ARTICLE:
        return label(block.text[: block.numeral.end])
    match = _RUN_IN.match(block.text, block.numeral.end)
    return label(block.text[: match.end() - 1]) if match else None


def is_sentence(text: str) -> bool:
    """Running text, rather than a label."""
    return ends_sentence(text) and ink_width(text[: 4 * _LONGEST_FREE]) >= 15


def counts_on(first: Block, second: Block) -> bool:
    """Whether the second block has the number after the first one's."""
    return (
        first.numeral is not None
        and second.numeral is not None
        and first.numeral.style is second.numeral.style
        and first.numeral.ordinal + 1 == second.numeral.ordinal
    )


def _has_content(blocks: Sequence[Block], index: int) -> bool:
    """A heading has something below it."""
    return index + 1 < len(blocks) and blocks[index + 1].mark not in (Mark.NOTE, Mark.DATE)


def _heading_numeral(block: Block) -> Numeral | None:
    """The number of a block that is a number and a name, no sentence: 一、总体要求."""
    if block.mark is not Mark.PLAIN or block.numeral is None or block.fields:
        return None
    if len(block.text) > _LONGEST_NUMBERED or _SENTENCE.search(block.text):
        return None
    short = len(block.text) <= _LONGEST_INTRODUCTION
    if block.numeral.style is Style.ARTICLE:
        return block.numeral if short and not block.terminal else None
    introduces = short and block.text.endswith(("：", ":"))
    return block.numeral if introduces or not block.terminal else None


def _list_items(blocks: Sequence[Block], numbered: dict[int, Numeral]) -> set[int]:
    """Numbered lines that count on with nothing between are a list or a table of contents."""
    items: set[int] = set()
    for index in sorted(numbered):
        counted_on = index - 1 in items and counts_on(blocks[index - 1], blocks[index])
        if counted_on or (index + 1 in numbered and counts_on(blocks[index], blocks[index + 1])):
            items.add(index)
    return items


def _marked_rank(block: Block) -> int:
    return _ARROW_RANK if block.level is None else _MARKDOWN_BASE + block.level


def _free_ranks(blocks: Sequence[Block], numbered: dict[int, Numeral]) -> dict[int, int]:
    """Short lines without a number that head what follows, and how deep each stands."""
    order = sorted(numbered)
    ranks: dict[int, int] = {}
    for index in range(len(blocks)):
        if not _may_be_free(blocks, index):
            continue
        place = bisect(order, index)
        near = [(numbered[i], blocks[i].text) for i in order[max(0, place - 1) : place + 1]]
        lost = _lost_style(blocks[index].text, near)
        ranks[index] = _STEP * int(lost) if lost is not None else _free_rank(blocks, index)
    return ranks


def _may_be_free(blocks: Sequence[Block], index: int) -> bool:
    """A short line without end, not the last, with text or another heading below."""
    block = blocks[index]
    if (
        block.mark is not Mark.PLAIN
        or block.numeral is not None
        or block.terminal
        or index + 1 == len(blocks)
    ):
        return False
    if len(block.text) > 2 * _LONGEST_FREE or not 2 <= ink_width(block.text) <= _LONGEST_FREE:
        return False
    below = blocks[index + 1]
    if _NOT_FREE.match(block.text) or below.mark not in (Mark.PLAIN, Mark.HEADING):
        return False
    return below.terminal or below.numeral is not None or below.mark is Mark.HEADING


def _free_rank(blocks: Sequence[Block], index: int) -> int:
    """Above the numbers that begin right below, else below all numbers."""
    below = blocks[index + 1 : index + 3]
    first = next((block.numeral for block in below if block.numeral is not None), None)
    return rank_of(first) - 1 if first is not None and first.ordinal == 1 else _FREE_RANK


def _lost_style(text: str, near: Sequence[tuple[Numeral, str]]) -> Style | None:
    """The style of the number missing here: headings of its mould around it leave one number out."""
    if not any(_one_mould(text, heading) for _, heading in near):
        return None
    first, last = near[0][0], near[-1][0]
    if first is not last and (first.style is not last.style or last.ordinal - first.ordinal != 2):
        return None
    return first.style


def _one_mould(text: str, heading: str) -> bool:
    numeral = read_numeral(heading)
    bare = heading[numeral.end :] if numeral else heading
    return text[-_MOULD:] == bare[-_MOULD:] and abs(len(text) - len(bare)) <= _MOULD

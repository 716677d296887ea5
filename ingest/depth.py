"""How deep headings stand that have no number, or that have a level as well: marked ones, free ones.

May import the core.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence

from ingest.blocks import Block
from ingest.marks import Mark
from ingest.nesting import STEP, Nesting
from ingest.numbering import Style, read_numeral

# Ranks, outermost first: an annex, an article of a page, levels, arrows, official numbers (from 0 on), free.
ANNEX_RANK, HEADLINE_RANK = -40, -30
_LEVEL_BASE = -20
_ARROW_RANK = -1
FREE_RANK = 200
# As many characters in common at the end make two headings of one mould.
_MOULD = 4


def marked_ranks(blocks: Sequence[Block], nesting: Nesting) -> dict[int, int]:
    """Ranks of the headings that a format marks, by position: by level, or by number where levels err."""
    marked = [index for index, block in enumerate(blocks) if block.mark is Mark.HEADING]
    if _levels_agree(blocks, marked):
        return {index: _level_rank(blocks[index]) for index in marked}
    by_level: dict[int, list[int]] = {}
    for index in marked:
        level = blocks[index].level
        if index in nesting.ranks and level is not None:
            by_level.setdefault(level, []).append(nesting.ranks[index])
    return {
        index: nesting.ranks[index] if index in nesting.ranks else _among(blocks[index], by_level)
        for index in marked
    }


def _levels_agree(blocks: Sequence[Block], marked: Sequence[int]) -> bool:
    """Each style of number has a level of its own, and no number of a marked style goes without mark."""
    styles: dict[Style, int | None] = {}
    for index in marked:
        numeral, level = blocks[index].numeral, blocks[index].level
        if numeral is not None and styles.setdefault(numeral.style, level) != level:
            return False
    if len(set(styles.values())) < len(styles):
        return False
    return not any(_goes_on_unmarked(blocks, style) for style in styles)


def _goes_on_unmarked(blocks: Sequence[Block], style: Style) -> bool:
    """A plain paragraph has the number that a marked heading of the style should have had."""
    last = plain = 0
    for block in blocks:
        numeral = block.numeral
        if numeral is None or numeral.style is not style:
            continue
        if block.mark is Mark.HEADING:
            last, plain = numeral.ordinal, 0
        elif last and numeral.ordinal == last + 1 and plain != last:
            return True
        else:
            plain = numeral.ordinal
    return False


def _level_rank(block: Block) -> int:
    return _ARROW_RANK if block.level is None else _LEVEL_BASE + block.level


def _among(block: Block, by_level: Mapping[int, Sequence[int]]) -> int:
    """A heading without a number stands with the numbered ones of its level, else between levels."""
    if block.level is None or not by_level:
        return _level_rank(block)
    if block.level in by_level:
        return min(by_level[block.level])
    below = [level for level in by_level if level > block.level]
    if below:
        return min(by_level[min(below)]) - (min(below) - block.level)
    return max(by_level[max(by_level)]) + block.level - max(by_level)


def free_ranks(
    blocks: Sequence[Block], free: Sequence[int], numbered: Sequence[int], nesting: Nesting
) -> dict[int, int]:
    """Ranks of the headings that have neither number nor mark, by position.

    In the place of a number lost among its siblings; else above the numbers that begin right below
    it; else below all numbers. `numbered` are the positions of the headings that have one.
    """
    lost = _lost_chapters(blocks, free, nesting)
    return {
        index: lost[index] if index in lost else _free_rank(blocks, index, numbered, nesting)
        for index in free
    }


def _lost_chapters(blocks: Sequence[Block], free: Sequence[int], nesting: Nesting) -> dict[int, int]:
    """Between 第三章 and 第五章 stands one heading without a number: it is the fourth."""
    ranks: dict[int, int] = {}
    for rank in (STEP * style for style in (Style.PART, Style.CHAPTER, Style.SECTION)):
        places = [index for index, own in nesting.ranks.items() if own == rank]
        for first, last in zip(places, places[1:], strict=False):
            between = free[bisect(free, first) : bisect(free, last)]
            missing = _ordinal(blocks[last]) - _ordinal(blocks[first]) - 1
            if missing > 0 and missing == len(between):
                ranks |= dict.fromkeys(between, rank)
    return ranks


def _ordinal(block: Block) -> int:
    return block.numeral.ordinal if block.numeral else 0


def _free_rank(blocks: Sequence[Block], index: int, numbered: Sequence[int], nesting: Nesting) -> int:
    place = bisect(numbered, index)
    near = numbered[max(0, place - 1) : place + 1]
    if _has_lost_number(blocks, index, near):
        return nesting.ranks[near[0]]
    for below in range(index + 1, min(len(blocks), index + 3)):
        if below in nesting.ranks:
            heads = _ordinal(blocks[below]) == 1 or below == index + 1
            return nesting.ranks[below] - 1 if heads else FREE_RANK
    outermost = min((nesting.ranks[other] for other in numbered), default=None)
    opens = place < len(numbered) and _ordinal(blocks[numbered[place]]) == 1
    if outermost is not None and opens and nesting.ranks[numbered[place]] == outermost:
        return outermost - 1
    return FREE_RANK


def _has_lost_number(blocks: Sequence[Block], index: int, near: Sequence[int]) -> bool:
    """Headings of its mould around it leave one number out."""
    if not any(_one_mould(blocks[index].text, blocks[other].text) for other in near):
        return False
    first, last = blocks[near[0]].numeral, blocks[near[-1]].numeral
    if first is None or last is None or first is last:
        return True
    return first.style is last.style and last.ordinal - first.ordinal == 2


def _one_mould(text: str, heading: str) -> bool:
    numeral = read_numeral(heading)
    bare = heading[numeral.end :] if numeral else heading
    return text[-_MOULD:] == bare[-_MOULD:] and abs(len(text) - len(bare)) <= _MOULD

"""Which blocks are headings, what they are called in a section path, and how deep they stand.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.depth import free_ranks, marked_ranks
from ingest.lines import ends_sentence, ink_width
from ingest.marks import Mark, label
from ingest.nesting import Nesting
from ingest.numbering import Numeral, Style
from rag.language.chinese import squeeze

# Nothing longer is a heading, numbered or free, or the opening sentence that serves as one.
_LONGEST_CHAPTER, _LONGEST_NUMBERED, _LONGEST_FREE, _LONGEST_RUN_IN = 100, 60, 40, 50
# ... or a heading that ends in a colon, or that names an article.
_LONGEST_INTRODUCTION = 25
# A paragraph as long as this that does not end goes on below: what follows it is no heading.
_LONG_CLAUSE = 40
_SENTENCE = re.compile("[。；]")
_COMMA = re.compile("[，。；、]")
_OPEN_END = ("，", "、", "《", "“", "（")
_RUN_IN = re.compile(rf"[^。！？；\n]{{2,{_LONGEST_RUN_IN}}}。(?=\S)|[^。！？；，：\n]{{2,20}}：(?=\S)")
_WHOLE = re.compile(rf"[^。！？；\n]{{2,{_LONGEST_NUMBERED}}}。$")
_NOT_FREE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月|现在，|.*[＝=×÷≤≥]|.*(?:应当|不得|可以|必须|。)|[\d\W]+$|[（(\-—－─|“”《]|https?:|.*\d{7}|.*(?:通过|批准|公布|施行|修正|修订)[）)]?$"
)
_ANNEX = re.compile(r"附\s*[件录表](?:\s*[\d一二三四五六七八九十]{1,2})?(?:\s|$|[:：])")
# A line that is nothing but the label of an annex, or that names the annex which begins there.
_ANNEX_LINE = re.compile(r"附\s*[件录表]\s*[\d一二三四五六七八九十]{0,3}$")
_ANNEX_TITLE = re.compile(r"附\s*[件录表]\s*[\d一二三四五六七八九十]{1,3}\s*[:：][^。；]{2,40}$")
_CONTENTS = re.compile(r"目\s*[录次]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading is called in a section path, and how deep it stands: the smaller, the further out.

    `free` says that it has neither a number nor a mark.
    """

    rank: int
    label: str
    free: bool = False


def find_headings(blocks: Sequence[Block], nesting: Nesting) -> dict[int, Heading]:
    """Blocks that are headings, by position; one that has lost its number stands where it would."""
    listed = _contents(blocks)
    numbered = {
        index: numeral
        for index, block in enumerate(blocks)
        if index not in listed and (numeral := _heading_numeral(block))
    }
    for index in _list_items(blocks, numbered) | {i for i in numbered if not _has_content(blocks, i)}:
        del numbered[index]
    free = [index for index in range(len(blocks)) if index not in listed and _may_be_free(blocks, index)]
    ranks = {index: nesting.ranks[index] for index in numbered}
    ranks |= free_ranks(blocks, free, list(numbered), nesting)
    ranks |= marked_ranks(blocks, nesting)
    unmarked = frozenset(free)
    return {
        index: Heading(rank, label(blocks[index].text).rstrip("：:"), free=index in unmarked)
        for index, rank in ranks.items()
    }


def is_annex(heading: Heading) -> bool:
    """Whether a heading says that it begins an annex."""
    return _ANNEX.match(heading.label) is not None


def run_in(block: Block) -> str | None:
    """The heading that opens a numbered paragraph: its first sentence, or 第X条 alone."""
    if block.numeral is None or block.fields:
        return None
    if block.numeral.style is Style.ARTICLE:
        return label(block.text[: block.numeral.end])
    match = _RUN_IN.match(block.text, block.numeral.end)
    return label(block.text[: match.end() - 1]) if match else None


def spoken_run_in(block: Block) -> str | None:
    """The first sentence of a point counted in words: 一是提高站位。…"""
    match = _RUN_IN.match(block.text)
    return label(block.text[: match.end() - 1]) if match else None


def whole_sentence(block: Block) -> str | None:
    """A numbered paragraph that is one short sentence, without its end."""
    if block.numeral is None or block.fields or _WHOLE.match(block.text, block.numeral.end) is None:
        return None
    return label(block.text[:-1])


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


def _contents(blocks: Sequence[Block]) -> frozenset[int]:
    """The entries of a table of contents: numbered lines under 目录, until the first comes again."""
    for index, block in enumerate(blocks[:-1]):
        if len(block.text) > 8 or not _CONTENTS.search(label(block.text)):
            continue
        first = squeeze(blocks[index + 1].text)
        for end in range(index + 2, len(blocks)):
            if blocks[end].terminal or blocks[end].mark is Mark.HEADING:
                break
            if squeeze(blocks[end].text) == first:
                return frozenset(range(index + 1, end))
    return frozenset()


def _has_content(blocks: Sequence[Block], index: int) -> bool:
    """A heading has something below it."""
    return index + 1 < len(blocks) and blocks[index + 1].mark not in (Mark.NOTE, Mark.DATE)


def _heading_numeral(block: Block) -> Numeral | None:
    """The number of a block that is a number and a name, no sentence: 一、总体要求."""
    if block.mark is not Mark.PLAIN or block.numeral is None or block.fields:
        return None
    longest = _LONGEST_CHAPTER if block.numeral.style < Style.ARTICLE else _LONGEST_NUMBERED
    if len(block.text) > longest or _SENTENCE.search(block.text):
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


def _may_be_free(blocks: Sequence[Block], index: int) -> bool:
    """A short line without end, not the last, with text or another heading below."""
    block = blocks[index]
    if _begins_annex(blocks, index):
        return True
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
    titles_annex = index > 0 and _ANNEX_LINE.match(blocks[index - 1].text) is not None
    if (_NOT_FREE.match(block.text) and not titles_annex) or below.mark not in (Mark.PLAIN, Mark.HEADING):
        return False
    if index and _is_open(blocks[index - 1]):
        return False
    return titles_annex or _runs(below) or below.numeral is not None or below.mark is Mark.HEADING


def _begins_annex(blocks: Sequence[Block], index: int) -> bool:
    """附件1 above its title, or 附件1：… above its text; in a list of annexes another one follows."""
    block = blocks[index]
    if block.mark not in (Mark.PLAIN, Mark.NOTE) or index + 1 == len(blocks):
        return False
    line = _ANNEX_LINE.match(block.text) or _ANNEX_TITLE.match(block.text)
    return line is not None and blocks[index + 1].mark in (Mark.PLAIN, Mark.HEADING, Mark.ROW)


def _runs(block: Block) -> bool:
    """Running text, its end whole or broken off."""
    return block.terminal or (len(block.text) > _LONG_CLAUSE and "。" in block.text)


def _is_open(block: Block) -> bool:
    """Running text that stops in mid-sentence."""
    if block.mark not in (Mark.PLAIN, Mark.NOTE) or block.terminal:
        return False
    long = len(block.text) > _LONG_CLAUSE and _COMMA.search(block.text) is not None
    return long or block.text.endswith(_OPEN_END)

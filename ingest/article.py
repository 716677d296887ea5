"""A newspaper page as articles: which headlines begin one, and which article a 紧接1版 goes on with.

May import the core.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.blocks import Block
from ingest.lines import ink_width
from ingest.marks import Mark, label
from ingest.press import (
    Jump,
    closing_jump,
    is_byline,
    is_imprint,
    opening_jump,
    opens_report,
    read_edition,
    read_jump,
)
from ingest.title import choose_title
from rag.datatypes import Place
from rag.language.chinese import bigrams, squeeze

# 引题, headline and 副题 take no more lines than this, and none is wider.
_MOST_LINES, _WIDEST = 5, 45.0
# Two names of one article share so many of their pairs of characters.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """The articles of a document that has several, by the positions of their first blocks.

    `headlines` names each by its main line, `beside` are the lines that stand with it (引题, 副题),
    `starts` the first lines of all; `continued` gives for the first block of a continuation the block
    where its article breaks off.
    """

    headlines: Mapping[int, str] = field(default_factory=dict)
    beside: frozenset[int] = frozenset()
    starts: frozenset[int] = frozenset()
    continued: Mapping[int, int] = field(default_factory=dict)

    def is_headline(self, index: int) -> bool:
        """Whether a block is a line of a headline."""
        return index in self.headlines or index in self.beside


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines above an article: blocks `start` to `stop`, and the one that names it."""

    start: int
    stop: int
    main: int


def find_articles(blocks: Sequence[Block], places: Sequence[Place] = ()) -> Page:
    """The articles of a page; none where the text is one article or no newspaper page."""
    heads = _heads(blocks) if any(map(_is_press, blocks)) else []
    if len(heads) < 2:
        return Page()
    headlines = {head.main: label(blocks[head.main].text) for head in heads}
    beside = {index for head in heads for index in range(head.start, head.stop) if index != head.main}
    starts = frozenset(head.start for head in heads)
    return Page(headlines, frozenset(beside), starts, _continued(blocks, heads, places))


def _is_press(block: Block) -> bool:
    """What only newspapers print."""
    if block.mark is Mark.ASIDE:
        return is_byline(block.text) or is_imprint(block.text) or read_jump(block.text) is not None
    return block.mark is Mark.PLAIN and opens_report(block.text)


def _heads(blocks: Sequence[Block]) -> list[_Head]:
    """Headlines above a by-line, the words a report begins with, or a note; then others of their level."""
    heads: dict[int, _Head] = {}
    for index in range(1, len(blocks)):
        if _begins_article(blocks, index) and (head := _head_above(blocks, index)) is not None:
            heads[head.start] = head
    levels = {blocks[head.main].level for head in heads.values()} - {None}
    if len(heads) > 1 and levels:
        for index, block in enumerate(blocks):
            if block.mark is Mark.HEADING and block.level in levels and block.numeral is None:
                head = _head_above(blocks, _end_of_labels(blocks, index))
                if head is not None:
                    heads.setdefault(head.start, head)
    return [heads[start] for start in sorted(heads)]


def _begins_article(blocks: Sequence[Block], index: int) -> bool:
    """Whether what stands above the block may be a headline."""
    block = blocks[index]
    if block.mark is Mark.ASIDE:
        jump = read_jump(block.text)
        return is_byline(block.text) or (jump is not None and not jump.onward)
    if block.mark is not Mark.PLAIN or _is_label(block):
        return False
    if opens_report(block.text) or opening_jump(block.text) is not None:
        return True
    return _ends_article(blocks, _label_start(blocks, index) - 1)


def _ends_article(blocks: Sequence[Block], index: int) -> bool:
    """A note that the article goes on elsewhere, or who wrote it, stands at its end."""
    if index < 1:
        return False
    block = blocks[index]
    if block.mark is Mark.ASIDE:
        jump = read_jump(block.text)
        return jump.onward if jump else is_byline(block.text) and not _is_label(blocks[index - 1])
    return closing_jump(block.text) is not None


def _head_above(blocks: Sequence[Block], index: int) -> _Head | None:
    start = _label_start(blocks, index)
    if start == index:
        return None
    levels = [blocks[place].level or 0 for place in range(start, index)]
    top = [place for place, level in enumerate(levels, start) if level == min(levels)]
    choice = choose_title([label(blocks[place].text) for place in top])
    return _Head(start, index, top[choice or 0])


def _label_start(blocks: Sequence[Block], index: int) -> int:
    start = index
    while start > 0 and index - start < _MOST_LINES and _is_label(blocks[start - 1]):
        start -= 1
    return start


def _end_of_labels(blocks: Sequence[Block], index: int) -> int:
    while index < len(blocks) and _is_label(blocks[index]):
        index += 1
    return index


def _is_label(block: Block) -> bool:
    """A line that may be part of a headline."""
    if block.mark in (Mark.HEADING, Mark.TITLE):
        return block.numeral is None
    open_ended = not block.terminal or block.text.endswith(("！", "？", "!", "?"))
    plain = block.mark in (Mark.PLAIN, Mark.SIGNATURE) and block.numeral is None
    return plain and open_ended and ink_width(block.text) <= _WIDEST and not opens_report(block.text)


def _continued(blocks: Sequence[Block], heads: Sequence[_Head], places: Sequence[Place]) -> dict[int, int]:
    """Each continuation with the block where its article breaks off."""
    known = _Known(blocks, heads, _pages(blocks, places))
    open_jumps: dict[int, Jump] = {}
    continued: dict[int, int] = {}
    for index, block in enumerate(blocks):
        jump = read_jump(block.text) if block.mark is Mark.ASIDE else None
        jump = jump or opening_jump(block.text) or closing_jump(block.text)
        if jump is None:
            continue
        if jump.onward:
            open_jumps[index] = jump
            continue
        source = _source(index, jump, open_jumps, known)
        if source is not None:
            del open_jumps[source]
            head = known.head_of(index)
            continued[head.start if head else index] = source
    return continued


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the page when a continuation looks for its beginning."""

    blocks: Sequence[Block]
    heads: Sequence[_Head]
    pages: Sequence[str | None]

    def names_before(self, index: int, jump: Jump) -> list[str]:
        """What the article that holds a block is called: the lines above it, or the name the note gives."""
        head = next((head for head in reversed(self.heads) if head.stop <= index), None)
        return [*filter(None, [jump.name]), *self._lines(head)]

    def names_above(self, index: int, jump: Jump) -> list[str]:
        """What a continuation is called that begins with the block."""
        return [*filter(None, [jump.name]), *self._lines(self.head_of(index))]

    def head_of(self, index: int) -> _Head | None:
        """The headline right above the block."""
        return next((head for head in self.heads if head.stop == index), None)

    def _lines(self, head: _Head | None) -> list[str]:
        return [label(block.text) for block in self.blocks[head.start : head.stop]] if head else []


def _source(index: int, back: Jump, jumps: Mapping[int, Jump], known: _Known) -> int | None:
    """The open jump that the note answers: of its name, else of its pages, else the only one left."""
    names, page = known.names_above(index, back), known.pages[index]
    fitting = [
        place
        for place, jump in jumps.items()
        if page in (None, jump.sheet) and known.pages[place] in (None, back.sheet)
    ]
    for candidates in (fitting, list(jumps)):
        named = [
            place
            for place in candidates
            if any(_alike(mine, other) for mine in names for other in known.names_before(place, jumps[place]))
        ]
        if len(named) == 1:
            return named[0]
    return fitting[0] if len(fitting) == 1 else None


def _alike(first: str, second: str) -> bool:
    one, other = squeeze(first), squeeze(second)
    if one in other or other in one:
        return True
    mine, theirs = set(bigrams(one)), set(bigrams(other))
    return len(mine & theirs) >= _ALIKE * max(1, min(len(mine), len(theirs)))


def _pages(blocks: Sequence[Block], places: Sequence[Place]) -> list[str | None]:
    """The page of each block: as a line above it says, else where it stands in a file of several pages."""
    sheets = len({place.page for place in places}) > 1
    pages: list[str | None] = []
    current: str | None = None
    place = 0
    for block in blocks:
        edition = read_edition(block.text) if block.mark is Mark.ASIDE else None
        current = edition or current
        while place + 1 < len(places) and places[place].end <= block.start:
            place += 1
        own = places[place].page if sheets and place < len(places) else None
        pages.append(current or (str(own) if own is not None else None))
    return pages

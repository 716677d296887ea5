"""What a document's blocks are to each other: title, sections, tasks, signatures and who speaks where.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block, read_blocks
from ingest.closing import Closing, find_bylines, find_closings
from ingest.marks import Mark, is_distribution, label
from ingest.numbering import read_numeral
from ingest.outline import Heading, find_headings, is_annex, is_free, outermost, rank_of, run_in
from ingest.signature import is_unit
from ingest.splitting import split_long
from ingest.task import find_leader
from ingest.tasklist import Assignment, assign_units, merge_fields
from ingest.title import choose_title, is_headline
from rag.chinese import squeeze
from rag.datatypes import Attributes, ParagraphKind, Task

# Share of the headings of one rank that must be units for that rank to name departments.
_MOSTLY = 0.7
# The title may be said again this many blocks below.
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph without its document: what `rag.datatypes.Paragraph` adds is id and number."""

    text: str
    start: int
    end: int
    section: tuple[str, ...]
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Structure:
    """The paragraphs of a document in order, its title if it has one, and who signed the whole."""

    pieces: tuple[Piece, ...]
    title: str | None
    head: tuple[str, ...]
    issuer: str | None
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    """An open heading: how deep, what it is called, whom it names."""

    rank: int
    label: str
    unit: str | None = None
    leader: tuple[str, str] | None = None


def build(text: str, *, markdown: bool) -> Structure:
    """Read the structure of a raw text."""
    read = merge_fields(read_blocks(text, markdown=markdown))
    blocks = [part for block in read for part in split_long(block, text)]
    head = _head_length(blocks)
    titles = _find_titles(blocks, head)
    headings = {index: heading for index, heading in find_headings(blocks).items() if index not in titles}
    closings = find_closings(blocks, head)
    walk = _Walk(blocks, titles, headings, closings)
    return Structure(
        pieces=tuple(walk.piece(index) for index in range(len(blocks))),
        title=label(blocks[min(titles, key=lambda i: titles[i])].text) if titles else None,
        head=tuple(block.text for block in blocks[:head]),
        issuer=next((closing.signature.unit for closing in closings if closing.whole), None),
        dates=tuple(block.text for block in blocks if block.mark is Mark.DATE),
    )


def _head_length(blocks: Sequence[Block]) -> int:
    return next((index for index, block in enumerate(blocks) if not _is_head(block)), len(blocks))


def _is_head(block: Block) -> bool:
    return block.mark is Mark.TITLE


def _find_titles(blocks: Sequence[Block], head: int) -> dict[int, int]:
    """Positions of the lines that are the title (0), or headlines beside it (1 and on)."""
    marked = next((index for index, block in enumerate(blocks) if block.level is not None), None)
    if marked is not None and all(block.level is None for block in blocks[:marked]):
        chosen: int | None = marked if blocks[marked].level == min(_levels(blocks)) else None
    else:
        chosen = None
    if chosen is None:
        chosen = choose_title([block.text for block in blocks[:head]])
    if chosen is None:
        return {}
    others = [i for i in range(head) if i != chosen and is_headline(blocks[i].text)]
    again = [i for i in range(chosen + 1, min(len(blocks), chosen + _NEAR)) if _repeats(blocks, chosen, i)]
    return {chosen: 0} | dict.fromkeys((*others, *again), 1)


def _repeats(blocks: Sequence[Block], title: int, index: int) -> bool:
    return squeeze(label(blocks[index].text)) == squeeze(label(blocks[title].text))


def _levels(blocks: Sequence[Block]) -> list[int]:
    return [block.level for block in blocks if block.level is not None]


class _Walk:
    """One pass over the blocks in order, with the open headings at hand."""

    def __init__(
        self,
        blocks: Sequence[Block],
        titles: dict[int, int],
        headings: dict[int, Heading],
        closings: Sequence[Closing],
    ) -> None:
        self._blocks = blocks
        self._titles = titles
        self._headings = headings
        self._tasks = assign_units(blocks, headings)
        self._bylines = find_bylines(blocks, closings)
        self._units = _unit_ranks(headings)
        self._closing_at = _spread(closings, len(blocks))
        self._open: list[_Section] = []
        self._closed = False

    def piece(self, index: int) -> Piece:
        """The paragraph at `index`; to be asked for in order, once each."""
        block, closing = self._blocks[index], self._closing_at[index]
        kind = self._kind(index)
        section = self._section(index, block, closing)
        attributes = self._attributes(index, kind, closing)
        if closing is not None and closing.last == index:
            self._open, self._closed = [], closing.whole
        return Piece(block.full_text, block.start, block.end, section, attributes)

    def _kind(self, index: int) -> ParagraphKind:
        if index in self._titles:
            return "title"
        if index in self._headings or index in self._bylines:
            return "heading"
        if index in self._tasks:
            return "task"
        closing = self._closing_at[index]
        if closing is not None and (closing.last == index or self._is_date_of(index)):
            return "signature"
        return "signature" if self._is_date_of(index) else "body"

    def _is_date_of(self, index: int) -> bool:
        """A date right under the signature of the whole."""
        before = self._closing_at[index - 1] if index else None
        return self._blocks[index].mark is Mark.DATE and before is not None and before.whole

    def _section(self, index: int, block: Block, closing: Closing | None) -> tuple[str, ...]:
        outer = (closing.signature.label,) if closing is not None and not closing.whole else ()
        if closing is not None and closing.last == index:
            return outer
        if index in self._titles:
            self._open = []
            return ()
        if block.mark is Mark.NOTE and is_distribution(block.text):
            self._open = []
        return outer + self._path(index, block)

    def _path(self, index: int, block: Block) -> tuple[str, ...]:
        """The open headings above a block; the block opens and closes headings by what it is."""
        if index in self._bylines:
            signature = self._bylines[index]
            self._push(_Section(outermost(Heading(0, "")).rank, signature.label, signature.unit))
            return ()
        if index in self._headings:
            return self._enter(self._headings[index])
        if block.numeral is not None and block.mark is Mark.PLAIN:
            rank = rank_of(block.numeral)
            self._close(rank)
            opening = None if index in self._tasks else run_in(block)
            if opening:
                self._push(_Section(rank, opening, None, find_leader(opening)))
        return tuple(section.label for section in self._open)

    def _enter(self, heading: Heading) -> tuple[str, ...]:
        """Open a heading; the path above it. What follows the signed letter is a part of its own."""
        if is_annex(heading) or (self._closed and is_free(heading)):
            heading = outermost(heading)
        self._closed = False
        self._close(heading.rank)
        above = tuple(section.label for section in self._open)
        unit = heading.label if heading.rank in self._units and is_unit(heading.label) else None
        self._open.append(_Section(heading.rank, heading.label, unit, find_leader(heading.label)))
        return above

    def _push(self, section: _Section) -> None:
        self._close(section.rank)
        self._open.append(section)

    def _close(self, rank: int) -> None:
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()

    def _attributes(self, index: int, kind: ParagraphKind, closing: Closing | None) -> Attributes:
        if kind == "title":
            return Attributes(kind=kind)
        leader = next((section.leader for section in reversed(self._open) if section.leader), None)
        person, post = leader if leader is not None else (None, None)
        assignment = self._tasks.get(index)
        if assignment is not None:
            leader = assignment.leader or leader
            person, post = (leader[0], leader[1] or None) if leader else (None, None)
            task = _task(assignment, leader)
            return Attributes(kind, assignment.units[0], person, post, task)
        signature = closing.signature if closing is not None else None
        if signature is None and self._is_date_of(index):
            before = self._closing_at[index - 1]
            signature = before.signature if before is not None else None
        if signature is not None:
            return Attributes(kind, signature.unit, signature.person, signature.post)
        unit = next((section.unit for section in reversed(self._open) if section.unit), None)
        return Attributes(kind, unit, person, post)


def _task(assignment: Assignment, leader: tuple[str, str] | None) -> Task:
    return Task(
        number=assignment.number,
        text=assignment.text,
        lead_units=assignment.units,
        leader="".join(leader) if leader else None,
    )


def _spread(closings: Sequence[Closing], length: int) -> list[Closing | None]:
    """The closing that each block belongs to."""
    spread: list[Closing | None] = [None] * length
    for closing in closings:
        for index in range(closing.first, closing.last + 1):
            spread[index] = closing
    return spread


def _unit_ranks(headings: dict[int, Heading]) -> frozenset[int]:
    """Ranks at which headings are names of units: most of them, and more than one."""
    units: dict[int, list[bool]] = {}
    for heading in headings.values():
        named = read_numeral(heading.label) is None and is_unit(heading.label)
        units.setdefault(heading.rank, []).append(named)
    return frozenset(
        rank for rank, named in units.items() if sum(named) > 1 and sum(named) >= _MOSTLY * len(named)
    )

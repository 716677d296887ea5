"""The path of headings above each block, and whom those headings name.

May import the core.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.closing import Closing
from ingest.marks import Mark, is_distribution
from ingest.numbering import read_numeral
from ingest.outline import ANNEX_RANK, Heading, is_annex, is_free, rank_of, run_in
from ingest.roles import Roles
from ingest.signature import is_unit
from ingest.task import Leader, find_leader

# Share of the headings of one rank that must be units for that rank to name departments.
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: the labels above it, outermost first, the unit and the leader they name."""

    path: tuple[str, ...]
    unit: str | None = None
    leader: Leader | None = None


def trace_sections(roles: Roles) -> Iterator[Place]:
    """The place of each block, in order."""
    tracer = _Tracer(roles)
    for index in range(len(roles.blocks)):
        yield tracer.place(index)


@dataclass(frozen=True, slots=True)
class _Section:
    """An open heading."""

    rank: int
    label: str
    unit: str | None = None
    leader: Leader | None = None


class _Tracer:
    """The headings open at one point of the text."""

    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self._unit_ranks = _unit_ranks(roles.headings.values())
        self._open: list[_Section] = []
        self._letter_closed = False

    def place(self, index: int) -> Place:
        """The place of the block at `index`, to be asked for in order; opens and closes what it must."""
        closing = self._roles.closings[index]
        signed = closing is not None and index >= closing.signed
        above = () if signed else self._above(index)
        if signed:
            self._open, self._letter_closed = [], bool(closing and closing.whole)
        return Place(
            _signer(closing) + above,
            unit=next((section.unit for section in reversed(self._open) if section.unit), None),
            leader=next((section.leader for section in reversed(self._open) if section.leader), None),
        )

    def _above(self, index: int) -> tuple[str, ...]:
        """The open labels above a block, its own left out unless it is a heading run into its text."""
        block, roles = self._roles.blocks[index], self._roles
        if index in roles.titles or (block.mark is Mark.NOTE and is_distribution(block.text)):
            self._open = []
        elif index in roles.bylines:
            signature = roles.bylines[index]
            return self._enter(_Section(ANNEX_RANK, signature.label, signature.unit))
        elif index in roles.headings:
            return self._enter(self._section(roles.headings[index]))
        elif block.numeral is not None and block.mark is Mark.PLAIN:
            self._number(block, is_task=index in roles.tasks)
        return self._path()

    def _section(self, heading: Heading) -> _Section:
        """What follows the signed letter is a part of its own, as an annex is."""
        outermost = is_annex(heading) or (self._letter_closed and is_free(heading))
        self._letter_closed = False
        names_unit = heading.rank in self._unit_ranks and is_unit(heading.label)
        return _Section(
            rank=ANNEX_RANK if outermost else heading.rank,
            label=heading.label,
            unit=heading.label if names_unit else None,
            leader=find_leader(heading.label),
        )

    def _number(self, block: Block, *, is_task: bool) -> None:
        """A numbered paragraph closes its siblings, and opens a section by its first sentence."""
        if block.numeral is None:
            return
        rank = rank_of(block.numeral)
        self._close(rank)
        opening = None if is_task else run_in(block)
        if opening:
            self._open.append(_Section(rank, opening, None, find_leader(opening)))

    def _enter(self, section: _Section) -> tuple[str, ...]:
        self._close(section.rank)
        above = self._path()
        self._open.append(section)
        return above

    def _close(self, rank: int) -> None:
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()

    def _path(self) -> tuple[str, ...]:
        return tuple(section.label for section in self._open)


def _signer(closing: Closing | None) -> tuple[str, ...]:
    """Who signs a part stands above all of it; who signs the whole need not be repeated."""
    return (closing.signature.label,) if closing is not None and not closing.whole else ()


def _unit_ranks(headings: Iterable[Heading]) -> frozenset[int]:
    """Ranks at which headings are names of units: most of them, and more than one."""
    named: dict[int, list[bool]] = {}
    for heading in headings:
        unit = read_numeral(heading.label) is None and is_unit(heading.label)
        named.setdefault(heading.rank, []).append(unit)
    return frozenset(
        rank for rank, units in named.items() if sum(units) > 1 and sum(units) >= _MOSTLY * len(units)
    )

"""The path of headings above each block, the sentence that leads to its list, and whom the headings name.

May import the core.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.closing import Closing
from ingest.depth import ANNEX_RANK, HEADLINE_RANK
from ingest.ending import closes_points, find_endings
from ingest.leads import find_leads
from ingest.marks import Mark, is_distribution
from ingest.nesting import STEP, Nesting
from ingest.numbering import Style, read_numeral
from ingest.opening import find_openings
from ingest.outline import Heading, is_annex
from ingest.press import is_imprint
from ingest.roles import Roles
from ingest.signature import is_unit
from ingest.task import Leader, find_leader

# Share of the headings of one rank that must be units for that rank to name departments.
_MOSTLY = 0.7
_ARTICLE_RANK = STEP * Style.ARTICLE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: the labels above it, outermost first, the unit and the leader they name.

    The last of them is, for an item of a list, the sentence that leads to it.
    """

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
    """An open heading, with the unit and the leader that it or one above it names.

    `point` says that it is a numbered paragraph, which opened it by itself.
    """

    rank: int
    label: str
    unit: str | None = None
    leader: Leader | None = None
    point: bool = False


class _Tracer:
    """The headings open at one point of the text."""

    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self._unit_ranks = _unit_ranks(roles.headings.values(), roles.nesting)
        self._openings = find_openings(roles.blocks, roles.headings, roles.nesting, roles.tasks)
        self._endings = find_endings(roles.blocks, roles.headings, roles.nesting)
        self._leads = find_leads(roles.blocks, roles.headings.keys() | self._openings.keys(), roles.nesting)
        self._open: list[_Section] = []
        self._letter_closed = False
        self._annex: int | None = None
        self._breaks = frozenset(roles.page.continued.values())
        self._broken_off: dict[int, list[_Section]] = {}

    def place(self, index: int) -> Place:
        """The place of the block at `index`, to be asked for in order; opens and closes what it must."""
        closing = self._roles.closings[index]
        signed = closing is not None and index >= closing.signed
        if signed:
            self._close(HEADLINE_RANK + 1)
            self._letter_closed = bool(closing and closing.whole)
        above = self._path() if signed else self._above(index)
        if index in self._breaks:
            self._broken_off[index] = list(self._open)
        lead = self._leads.get(index, "")
        return Place(
            _signer(closing) + above + ((lead,) if lead and lead not in above else ()),
            unit=self._open[-1].unit if self._open else None,
            leader=self._open[-1].leader if self._open else None,
        )

    def _above(self, index: int) -> tuple[str, ...]:
        """The open labels above a block, its own left out unless it is a heading run into its text."""
        block, page = self._roles.blocks[index], self._roles.page
        if index in self._endings:
            self._close(self._endings[index])
        if index in page.continued:
            self._open = self._broken_off.get(page.continued[index], [])
        elif page.is_headline(index):
            return self._headline(index)
        elif page.headlines and block.mark is Mark.ASIDE and is_imprint(block.text):
            return ()
        elif index in self._roles.titles or (block.mark is Mark.NOTE and is_distribution(block.text)):
            self._open = []
        else:
            section = self._heading(index)
            if section is not None:
                return self._enter(section)
            self._number(index)
        return self._path()

    def _heading(self, index: int) -> _Section | None:
        """The section that a block heads, with nothing of its own below the heading."""
        roles = self._roles
        if index in roles.bylines:
            signature = roles.bylines[index]
            rank = HEADLINE_RANK + 1 if roles.page.headlines else ANNEX_RANK
            return _Section(rank, signature.label, signature.unit)
        return self._section(index) if index in roles.headings else None

    def _headline(self, index: int) -> tuple[str, ...]:
        """An article begins with its headline; the lines beside it open nothing."""
        page = self._roles.page
        if index in page.starts:
            self._open = []
        if index in page.headlines:
            self._open = [_Section(HEADLINE_RANK, page.headlines[index])]
        return ()

    def _section(self, index: int) -> _Section:
        """What follows the signed letter is a part of its own, as an annex is; its title stands below it."""
        heading = self._roles.headings[index]
        outermost = is_annex(heading) or (self._letter_closed and heading.free)
        titles_annex = heading.free and not is_annex(heading) and index - 1 == self._annex
        self._letter_closed = False
        self._annex = index if is_annex(heading) else None
        names_unit = heading.rank in self._unit_ranks and is_unit(heading.label)
        return _Section(
            rank=ANNEX_RANK + titles_annex if outermost or titles_annex else heading.rank,
            label=heading.label,
            unit=heading.label if names_unit else None,
            leader=find_leader(heading.label),
        )

    def _number(self, index: int) -> None:
        """A numbered paragraph closes its siblings, and opens a section by its first sentence.

        Not inside 第X条, whose items are parts of one rule.
        """
        opening = self._openings.get(index)
        rank = opening.rank if opening else self._roles.nesting.ranks.get(index)
        if rank is None:
            if closes_points(self._roles.blocks[index]):
                self._open = [section for section in self._open if not section.point]
            return
        self._close(rank)
        if opening and not any(section.rank == _ARTICLE_RANK for section in self._open):
            leader = find_leader(opening.label)
            self._push(_Section(rank, opening.label, None, leader, point=rank != _ARTICLE_RANK))

    def _enter(self, section: _Section) -> tuple[str, ...]:
        self._close(section.rank)
        above = self._path()
        self._push(section)
        return above

    def _push(self, section: _Section) -> None:
        outer = self._open[-1] if self._open else section
        unit, leader = section.unit or outer.unit, section.leader or outer.leader
        if (unit, leader) != (section.unit, section.leader):
            section = replace(section, unit=unit, leader=leader)
        self._open.append(section)

    def _close(self, rank: int) -> None:
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()

    def _path(self) -> tuple[str, ...]:
        return tuple(section.label for section in self._open)


def _signer(closing: Closing | None) -> tuple[str, ...]:
    """Who signs a part stands above all of it; who signs the whole need not be repeated."""
    return (closing.signature.label,) if closing is not None and not closing.whole else ()


def _unit_ranks(headings: Iterable[Heading], nesting: Nesting) -> frozenset[int]:
    """Ranks at which headings are names of units: most of them, and more than one; never in a law."""
    if nesting.has_articles:
        return frozenset()
    named: dict[int, list[bool]] = {}
    for heading in headings:
        unit = read_numeral(heading.label) is None and is_unit(heading.label)
        named.setdefault(heading.rank, []).append(unit)
    return frozenset(
        rank for rank, units in named.items() if sum(units) > 1 and sum(units) >= _MOSTLY * len(units)
    )

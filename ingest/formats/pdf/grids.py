"""Tables drawn with rules: which rules make one grid, and the cells between them.

Imports nothing of ours but the rules.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.pdf.strokes import Rule

# Points: rules so near one another are one, ends so near a rule touch it.
_SAME, _TOUCH = 2.5, 4.0
# A page has no more crossings of rules, a table no more squares; more are a chart or squared paper.
_MOST_CROSSINGS, _MOST_SQUARES = 200_000, 6_000


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a grid in the reading frame: where it begins, counted from 0, and how much it spans."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the places of its rules, and its cells in reading order.

    `owners` says which cell takes up each square between neighbouring rules, row by row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    fields: tuple[Field, ...]
    owners: tuple[int, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def field_at(self, x: float, y: float) -> Field | None:
        """The cell at a point of the page."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if not (0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1):
            return None
        return self.fields[self.owners[row * (len(self.xs) - 1) + column]]


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The ruled tables of a page, of at least two columns and two rows or a row of three cells."""
    across = unite([rule for rule in rules if rule.across])
    down = unite([rule for rule in rules if not rule.across])
    grids = []
    if len(across) * len(down) > _MOST_CROSSINGS:
        return []
    for rows, columns in _groups(across, down):
        if len(rows) > 1 and len(columns) > 1 and len(rows) * len(columns) <= _MOST_SQUARES:
            grid = _grid(rows, columns)
            if len(grid.xs) > 2 and len(grid.fields) > 2:
                grids.append(grid)
    return grids


def unite(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line, and both edges of a thin shape, as one rule each."""
    united: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.at, rule.start)):
        index = len(united) - 1
        while index >= 0 and rule.at - united[index].at <= _SAME and not _overlaps(rule, united[index]):
            index -= 1
        if index >= 0 and rule.at - united[index].at <= _SAME:
            other = united[index]
            start, end = min(rule.start, other.start), max(rule.end, other.end)
            united[index] = Rule(rule.across, other.at, start, end)
        else:
            united.append(rule)
    return united


def _overlaps(rule: Rule, other: Rule) -> bool:
    return rule.start <= other.end + _TOUCH and rule.end >= other.start - _TOUCH


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch one another, directly or through others."""
    waiting = set(range(len(down)))
    free = set(range(len(across)))
    groups = []
    while waiting:
        rows: set[int] = set()
        columns = [waiting.pop()]
        for column in columns:
            touched = {row for row in free if _crosses(across[row], down[column])}
            free -= touched
            rows |= touched
            linked = {each for each in waiting if any(_crosses(across[row], down[each]) for row in touched)}
            waiting -= linked
            columns.extend(linked)
        groups.append(([across[row] for row in rows], [down[column] for column in columns]))
    return groups


def _crosses(across: Rule, down: Rule) -> bool:
    return (
        across.start - _TOUCH <= down.at <= across.end + _TOUCH
        and down.start - _TOUCH <= across.at <= down.end + _TOUCH
    )


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid:
    """Cells between rules; where a rule is missing between two, they are one."""
    ys = _stops([rule.at for rule in across])
    xs = _stops([rule.at for rule in down] + [x for rule in across for x in (rule.start, rule.end)])
    owners: dict[tuple[int, int], int] = {}
    fields: list[Field] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) not in owners:
                columns = _reach(down, xs, column, (ys[row] + ys[row + 1]) / 2)
                rows = _reach(across, ys, row, (xs[column] + xs[column + 1]) / 2)
                spot = [(r, c) for r in range(row, row + rows) for c in range(column, column + columns)]
                owners |= dict.fromkeys(spot, len(fields))
                bounds = (xs[column], ys[row], xs[column + columns], ys[row + rows])
                fields.append(Field(row, column, rows, columns, *bounds))
    squares = ((row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1))
    return Grid(tuple(xs), tuple(ys), tuple(fields), tuple(owners[square] for square in squares))


def _stops(places: Sequence[float]) -> list[float]:
    stops: list[float] = []
    for place in sorted(places):
        if not stops or place - stops[-1] > _TOUCH:
            stops.append(place)
    return stops


def _reach(rules: Sequence[Rule], stops: Sequence[float], start: int, level: float) -> int:
    """How many stretches a cell takes up before the next rule at `level`."""
    for end in range(start + 1, len(stops) - 1):
        if any(abs(rule.at - stops[end]) <= _TOUCH and rule.start <= level <= rule.end for rule in rules):
            return end - start
    return len(stops) - 1 - start

"""Print that lines up: lines on one baseline, the columns they stand in, the rows they make.

Imports nothing of ours but the lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.formats.pdf.lines import Line, same_row

# Left, right: a stretch across the page, in points.
Span = tuple[float, float]
# Shares of an em by which edges that line up may differ; ems from which a column may be one of prose.
_SAME_EDGE, _WIDE = 0.35, 8.0
# So many cells of a column line up; of prose, such a share of lines (and so many) end so near the right edge.
_MOSTLY, _FULL, _FULL_SHARE, _FEWEST_LINES = 0.8, 1.0, 0.5, 4
# Ems between what stands in one cell on one baseline, and between the characters of a spaced word (金　额).
_PARTED, _SPACED = 0.8, 2.5
# Lines of one cell are nearer than lines of two rows, by this factor at least.
_NEARER = 1.15


@dataclass(frozen=True, slots=True)
class Band:
    """The lines on one baseline, from left to right."""

    lines: tuple[Line, ...]

    @property
    def y(self) -> float:
        """The baseline, in points from the top of the page."""
        return self.lines[0].y

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of its lines without blanks."""
        return tuple("".join(line.text.split()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its bands, and its lines column by column."""

    bands: tuple[Band, ...]
    cells: tuple[tuple[Line, ...], ...]

    @property
    def inked(self) -> int:
        """How many of its columns hold print."""
        return sum(map(bool, self.cells))


def part_line(line: Line) -> list[Line]:
    """A line as several, parted at its gaps; whole where it has raised print, or something was left out."""
    if line.raised or line.pieces or not line.gaps:
        return [line]
    starts = [(0, line.left), *((gap.offset, gap.right) for gap in line.gaps)]
    ends = [*((gap.offset, gap.left) for gap in line.gaps), (len(line.text), line.right)]
    return [
        replace(line, text=line.text[start:end].strip(), left=left, right=right, start=None, gaps=())
        for (start, left), (end, right) in zip(starts, ends, strict=True)
    ]


def read_bands(lines: Iterable[Line]) -> list[Band]:
    """Lines by baseline, from top to bottom."""
    bands: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.y):
        if bands and same_row(bands[-1][0], line):
            bands[-1].append(line)
        else:
            bands.append([line])
    return [Band(tuple(sorted(band, key=lambda line: line.left))) for band in bands]


def find_columns(bands: Sequence[Band], header: Band, gap: float) -> tuple[Span, ...]:
    """The columns below a header; white of `gap` points or more runs between them from top to bottom.

    What stands below no header goes with the nearer one beside it, where no band has print in both.
    """
    spans: list[Span] = []
    for left, right in sorted((line.left, line.right) for band in (header, *bands) for line in band.lines):
        if spans and left - spans[-1][1] < gap:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    while (bare := next((span for span in spans if not _holds(header, span)), None)) is not None:
        place = spans.index(bare)
        near = [index for index in (place - 1, place) if 0 <= index < len(spans) - 1]
        near = [
            index for index in near if not any(_in_both(band, *spans[index : index + 2]) for band in bands)
        ]
        if not near:
            return ()
        index = min(near, key=lambda index: spans[index + 1][0] - spans[index][1])
        spans[index : index + 2] = [(spans[index][0], spans[index + 1][1])]
    return tuple(spans)


def covered(line: Line, columns: Sequence[Span]) -> list[int]:
    """The columns over which a line stands."""
    return [index for index, (left, right) in enumerate(columns) if line.left < right and line.right > left]


def fits(band: Band, columns: Sequence[Span]) -> bool:
    """Whether each line of a band stands in one column, and what stands in one is near together."""
    homes = [covered(line, columns) for line in band.lines]
    pairs = zip(homes, homes[1:], band.lines, band.lines[1:], strict=False)
    return all(len(home) == 1 for home in homes) and not any(
        home == other and after.left - line.right > _space(line, after) * line.size
        for home, other, line, after in pairs
    )


def by_column(lines: Iterable[Line], columns: Sequence[Span]) -> tuple[tuple[Line, ...], ...]:
    """Lines by the column they stand in, each from top to bottom."""
    cells: list[list[Line]] = [[] for _ in columns]
    for line in lines:
        cells[covered(line, columns)[0]].append(line)
    return tuple(map(tuple, cells))


def make_row(bands: Sequence[Band], columns: Sequence[Span]) -> Row:
    """Bands as one row."""
    return Row(tuple(bands), by_column((line for band in bands for line in band.lines), columns))


def split_rows(bands: Sequence[Band], columns: Sequence[Span]) -> list[Row]:
    """Bands as rows: each its own, or those of one clearly nearer one another; none if it cannot be told."""
    each = [make_row([band], columns) for band in bands]
    if all(row.inked > 1 and row.cells[0] for row in each):
        return each
    gaps = [below.y - above.y for above, below in zip(bands, bands[1:], strict=False)]
    steps = sorted(gaps)
    jump = max(range(len(steps) - 1), key=lambda step: steps[step + 1] / max(steps[step], 1.0), default=None)
    if jump is None or steps[jump + 1] < _NEARER * steps[jump]:
        return each if all(row.inked > 1 for row in each) else []
    groups: list[list[Band]] = [[bands[0]]]
    for gap, band in zip(gaps, bands[1:], strict=True):
        if gap > steps[jump]:
            groups.append([])
        groups[-1].append(band)
    rows = [make_row(group, columns) for group in groups]
    return rows if all(row.inked > 1 for row in rows) else []


def lines_up(rows: Sequence[Row], column: int) -> bool:
    """Whether the cells of a column begin, end or have their middles one below the other."""
    cells = [row.cells[column] for row in rows if row.cells[column]]
    if not cells:
        return False
    near = _SAME_EDGE * cells[0][0].size
    lefts = [min(line.left for line in cell) for cell in cells]
    rights = [max(line.right for line in cell) for cell in cells]
    middles = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
    return any(
        sum(abs(edge - median(edges)) <= near for edge in edges) >= _MOSTLY * len(cells)
        for edges in (lefts, rights, middles)
    )


def is_prose(rows: Sequence[Row], column: int) -> bool:
    """Whether most lines of a wide column fill it, as those of running text do."""
    lines = [line for row in rows for line in row.cells[column]]
    if not lines or median(line.width / line.size for line in lines) < _WIDE:
        return False
    right = max(line.right for line in lines)
    full = sum(right - line.right <= _FULL * line.size for line in lines)
    return full >= max(_FEWEST_LINES, _FULL_SHARE * len(lines))


def _space(line: Line, after: Line) -> float:
    """Ems that may lie between two stretches of one cell; more between the characters of a spaced word."""
    return (
        _SPACED
        if max(len(line.text), len(after.text)) == 1 and line.text + after.text > "\u2e80"
        else _PARTED
    )


def _holds(band: Band, span: Span) -> bool:
    return any(covered(line, [span]) for line in band.lines)


def _in_both(band: Band, one: Span, other: Span) -> bool:
    return _holds(band, one) and _holds(band, other)

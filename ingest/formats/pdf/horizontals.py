"""Tables between rules across: at the top, below the header, at the bottom, perhaps between rows (三线表).

Imports nothing of ours but the page and what is printed on it.
"""

from collections.abc import Iterator, Sequence

from ingest.formats.pdf.alignment import (
    Band,
    Row,
    Span,
    covered,
    find_columns,
    fits,
    is_prose,
    make_row,
    read_bands,
    split_rows,
)
from ingest.formats.pdf.grids import unite
from ingest.formats.pdf.lines import Line
from ingest.formats.pdf.page import Page
from ingest.formats.pdf.sheet import Heading, Sheet, is_figure, is_label, names
from ingest.formats.pdf.strokes import Rule

# Points by which the ends of a table's rules differ; ems of white between columns, and of a rule, at least.
_SAME_END, _WHITE, _SHORTEST = 4.0, 0.4, 8.0
# A header has no more bands; a page with more rules is squared paper.
_MOST_HEADERS, _MOST_RULES = 4, 400


def between_rules(page: Page, lines: Sequence[Line]) -> Iterator[Sheet]:
    """The tables between rules across, outside those with rules down; `lines` parted where columns may be."""
    rules = unite([rule for rule in page.rules if rule.across and not _in_table(rule, page)])
    if len(rules) > _MOST_RULES:
        return
    for group in _alike(rules):
        start = 0
        while start + 2 < len(group):
            sheet, end = _read_from(group[start:], rules, lines)
            if sheet is not None:
                yield sheet
            start += end if sheet is not None else 1


def _in_table(rule: Rule, page: Page) -> bool:
    return any(
        table.top - 1 <= rule.at <= table.bottom + 1 and rule.start <= table.right and rule.end >= table.left
        for table in page.tables
    )


def _alike(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules from the same left to the same right, from top to bottom."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        for group in groups:
            if max(abs(rule.start - group[0].start), abs(rule.end - group[0].end)) <= _SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 2]


def _read_from(
    group: Sequence[Rule], rules: Sequence[Rule], lines: Sequence[Line]
) -> tuple[Sheet | None, int]:
    """The table whose first rule is the first of a group, and how many of its rules are the table's."""
    header = read_bands(_zone(group[0], group[1], lines))
    if not 0 < len(header) <= _MOST_HEADERS:
        return None, 1
    size = header[0].lines[0].size
    if group[0].end - group[0].start < _SHORTEST * size:
        return None, 1
    inner = [rule for rule in rules if group[0].at < rule.at < group[1].at]
    heads = _group_heads(header, inner)
    named = Band(
        tuple(sorted((line for band in header for line in band.lines if line not in heads), key=_left))
    )
    if len(named.lines) < 2 or not all(is_label(line.text) for band in header for line in band.lines):
        return None, 1
    zones, columns = _zones(group, named, lines)
    rows = _rows(zones, columns)
    headings = _headings(named, heads, columns) if rows else ()
    if not headings or not _is_table(named, rows, columns):
        return None, 1
    last = group[len(zones) + 1]
    edges = (group[0].start, group[0].at, group[0].end, last.at)
    return Sheet(headings, _whole(header), columns, tuple(rows), edges), len(zones) + 1


def _zones(
    group: Sequence[Rule], named: Band, lines: Sequence[Line]
) -> tuple[list[list[Band]], tuple[Span, ...]]:
    """The bands between the rules below a header, as far down as they stand in columns, and these columns."""
    zones: list[list[Band]] = []
    columns: tuple[Span, ...] = ()
    gap = _WHITE * named.lines[0].size
    for upper, lower in zip(group[1:], group[2:], strict=False):
        zone = read_bands(_zone(upper, lower, lines))
        bands = [band for each in (*zones, zone) for band in each]
        wider = find_columns(bands, named, gap)
        if not zone or len(wider) < 2 or not all(fits(band, wider) for band in bands):
            break
        columns = wider
        zones.append(zone)
    return zones, columns


def _zone(upper: Rule, lower: Rule, lines: Sequence[Line]) -> list[Line]:
    """The lines between two rules."""
    return [
        line
        for line in lines
        if upper.at < line.y - line.size / 3 < lower.at and line.left < upper.end and line.right > upper.start
    ]


def _left(line: Line) -> float:
    return line.left


def _whole(bands: Sequence[Band]) -> Band:
    return Band(tuple(line for band in bands for line in band.lines))


def _group_heads(header: Sequence[Band], inner: Sequence[Rule]) -> dict[Line, Span]:
    """Headers of several columns with the stretch they cover: the shorter rule's, or the headers', below."""
    heads: dict[Line, Span] = {}
    for index, band in enumerate(header):
        under = [line for lower in header[index + 1 :] for line in lower.lines]
        for line in band.lines:
            ruled = [
                rule
                for rule in inner
                if rule.at > line.y and rule.start < line.right and rule.end > line.left
            ]
            below = [each for each in under if each.left < line.right and each.right > line.left]
            if ruled and below:
                rule = min(ruled, key=lambda rule: rule.at)
                heads[line] = (rule.start, rule.end)
            elif len(below) > 1 and len({each.y for each in below}) == 1:
                heads[line] = (min(each.left for each in below), max(each.right for each in below))
    return heads


def _headings(named: Band, heads: dict[Line, Span], columns: Sequence[Span]) -> tuple[Heading, ...]:
    """The cells of a header, one row or two; none where a line stands above no column."""
    lines: list[list[Line]] = [[] for _ in columns]
    for line in sorted(named.lines, key=lambda line: line.y):
        home = covered(line, columns)
        if len(home) != 1:
            return ()
        lines[home[0]].append(line)
    if not heads:
        return tuple(Heading(tuple(each), column, 0) for column, each in enumerate(lines))
    above: list[Heading] = []
    for line, span in heads.items():
        under = [
            column for column, (left, right) in enumerate(columns) if span[0] < (left + right) / 2 < span[1]
        ]
        if len(under) < 2 or any(each.column <= under[0] < each.column + each.columns for each in above):
            return ()
        above.append(Heading((line,), under[0], 0, len(under)))
    below = {column for each in above for column in range(each.column, each.column + each.columns)}
    single = [
        Heading(tuple(each), column, 1 if column in below else 0, rows=1 if column in below else 2)
        for column, each in enumerate(lines)
    ]
    return (*above, *single)


def _rows(zones: Sequence[Sequence[Band]], columns: Sequence[Span]) -> list[Row]:
    """A row for each zone where all rows are ruled; else the rows of each zone."""
    whole = [make_row(zone, columns) for zone in zones]
    if len(zones) > 1 and all(_is_one(zone, columns) for zone in zones):
        return whole if all(row.inked > 1 for row in whole) else []
    rows: list[Row] = []
    for zone in zones:
        split = split_rows(zone, columns)
        if not split:
            return []
        rows += split
    return rows


def _is_one(zone: Sequence[Band], columns: Sequence[Span]) -> bool:
    """Whether the bands between two rules may be one row: no more than one holds the first column."""
    return sum(covered(line, columns)[0] == 0 for band in zone for line in band.lines) <= 1 or len(zone) == 1


def _is_table(named: Band, rows: Sequence[Row], columns: Sequence[Span]) -> bool:
    """Whether names, not figures, stand above columns that are not all running text."""
    texts = names(named.lines, columns)
    if len(set(texts)) < len(texts) or all(map(is_figure, texts)):
        return False
    return len(rows) > 1 and not all(is_prose(rows, column) for column in range(len(columns)))

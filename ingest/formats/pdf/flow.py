"""The flow of print through a document: columns in reading order, each with its edges and footnotes.

May import the core.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from ingest.formats.pdf.columns import Bar, read_order
from ingest.formats.pdf.lines import Line, Piece, join_row, same_row
from ingest.formats.pdf.page import Page, Table

# Shares of an em. Edges so near one another are one edge; ...
_SAME_EDGE = 0.35
# ... a column with fewer lines takes its edges from a longer one that it fits into by this much.
_FEW, _FITS = 6, 1.2
# The right edge is the outermost at which this share of the lines end.
_ENOUGH = 0.2
# Print outside tables is the body unless it is less than this share of what is in them.
_LITTLE = 0.15
# Footnotes are set in print of at most this share of the body's.
_SMALL = 0.92
NOTE_MARK = re.compile(r"[①-⑳]|[\[［〔]\d{1,3}[\]］〕]|\d{1,3}(?!\d|[.．年月日%％])|[*＊†‡]|注[：:\d]")
# A rule above footnotes is at most so wide a share of the page, and so many ems above them.
_RULE_WIDTH, _RULE_ABOVE = 0.6, 2.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column of print: its page, its edges (points), what stands in it, the footnotes at its foot.

    `remarks` are what else is to be said of the page when it ends.
    """

    page: int
    left: float
    right: float
    entries: tuple[Line | Table, ...] = ()
    notes: tuple[Line, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def lines(self) -> list[Line]:
        """Those outside tables and footnotes."""
        return [entry for entry in self.entries if isinstance(entry, Line)]


def body_size(pages: Sequence[Page]) -> float:
    """The em of most of the document's print, in points; of its tables only where there is little else."""
    printed = _sizes(line for page in pages for line in page.lines)
    ruled = _sizes(
        line for page in pages for table in page.tables for cell in table.cells for line in cell.lines
    )
    if printed.total() < _LITTLE * ruled.total():
        printed = ruled
    return printed.most_common(1)[0][0] if printed else 10.0


def _sizes(lines: Iterable[Line]) -> Counter[float]:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes


def read_columns(pages: Sequence[Page], body: float) -> list[Column]:
    """All columns of a document in reading order; the footnotes of a page with its last one."""
    columns = [column for page in pages for column in _columns(page, body)]
    return [_widen(column, columns, body) for column in columns]


def _columns(page: Page, body: float) -> list[Column]:
    printed: list[Line | Table] = [*page.lines, *page.tables]
    parts = [_split_notes(_rows(items), page, body) for items in read_order(printed, _bars(page))]
    notes = tuple(note for _, notes in parts for note in notes)
    marks = {match.group() for note in notes if (match := NOTE_MARK.match(note.text))}
    columns = []
    for entries, _ in parts:
        if entries:
            left, right = _edges(entries, body)
            unmarked = tuple(_unmarked(entry, marks) for entry in entries)
            columns.append(Column(page.number, left, right, unmarked))
    remarks = tuple(filter(None, (page.askew, page.remark)))
    if notes or remarks:
        last = columns.pop() if columns else Column(page.number, 0.0, page.frame.width)
        columns.append(replace(last, notes=notes, remarks=remarks))
    return columns


def _bars(page: Page) -> list[Bar]:
    """The rules drawn across a page, but those of tables."""
    return [
        Bar(rule.at, rule.start, rule.end)
        for rule in page.rules
        if rule.across
        and not any(
            table.top - 1 <= rule.at <= table.bottom + 1 and table.left - 1 <= rule.start
            for table in page.tables
        )
    ]


def _rows(items: Sequence[Line | Table]) -> list[Line | Table]:
    """What stands on one baseline of a column as one line."""
    rows: list[Line | Table] = []
    row: list[Line] = []
    for item in sorted(items, key=lambda item: item.y if isinstance(item, Line) else item.top):
        if row and (isinstance(item, Table) or not same_row(row[-1], item)):
            rows.append(join_row(sorted(row, key=lambda line: line.left)))
            row = []
        if isinstance(item, Table):
            rows.append(item)
        else:
            row.append(item)
    return [*rows, join_row(sorted(row, key=lambda line: line.left))] if row else rows


def _split_notes(
    rows: Sequence[Line | Table], page: Page, body: float
) -> tuple[list[Line | Table], list[Line]]:
    """The column, and the print at its foot: small or under a short rule, and begun by a note's mark."""
    for index, row in enumerate(rows):
        if isinstance(row, Line) and NOTE_MARK.match(row.text) and _under_rule(row, page):
            rest = [each for each in rows[index:] if isinstance(each, Line)]
            if index and len(rest) == len(rows) - index:
                return list(rows[:index]), rest
    start = len(rows)
    notes: list[Line] = []
    while start and isinstance(row := rows[start - 1], Line) and row.size <= _SMALL * body:
        notes.insert(0, row)
        start -= 1
    for index, line in enumerate(notes):
        if NOTE_MARK.match(line.text) or _under_rule(line, page):
            return [*rows[:start], *notes[:index]], notes[index:]
    return list(rows), []


def _unmarked(entry: Line | Table, marks: Set[str]) -> Line | Table:
    """A line without the small raised marks that call the footnotes of its page."""
    if isinstance(entry, Table) or not entry.raised or entry.pieces:
        return entry
    pieces: list[Piece] = []
    text, end, left = "", 0, entry.left
    for start, mark in entry.raised:
        if entry.text[start : mark.end].strip() in marks:
            text += entry.text[end:start]
            pieces.append(Piece(len(text), left, mark.left))
            end, left = mark.end, mark.right
    if not end or not (text + entry.text[end:]).strip():
        return entry
    text += entry.text[end:]
    return replace(entry, text=text, raised=(), pieces=(*pieces, Piece(len(text), left, entry.right)))


def _under_rule(line: Line, page: Page) -> bool:
    return any(
        rule.across
        and rule.end - rule.start <= _RULE_WIDTH * page.frame.width
        and 0 <= line.top - rule.at <= _RULE_ABOVE * line.size
        and rule.start <= line.right
        and rule.end >= line.left
        for rule in page.rules
    )


def _edges(entries: Sequence[Line | Table], body: float) -> tuple[float, float]:
    """The outermost places at which enough of the lines begin and end; punctuation may hang beyond."""
    lines = [entry for entry in entries if isinstance(entry, Line)] or entries
    near = _SAME_EDGE * body
    left = min(_shared([line.left for line in lines], near, 2))
    return left, max(_shared([line.right for line in lines], near, max(2, round(_ENOUGH * len(lines)))))


def _shared(edges: Sequence[float], near: float, enough: int) -> Sequence[float]:
    """Edges that so many lines have, or two, or else all."""
    counts = [sum(abs(edge - other) <= near for other in edges) for edge in edges]
    for least in (enough, 2):
        if shared := [edge for edge, count in zip(edges, counts, strict=True) if count >= least]:
            return shared
    return edges


def _widen(column: Column, columns: Sequence[Column], body: float) -> Column:
    """The edges of a column of a few lines, from the narrowest long column that it fits into."""
    if len(column.lines) >= _FEW or not column.entries:
        return column
    slack = _FITS * body
    homes = [
        (other.right - other.left, other.left, other.right)
        for other in columns
        if len(other.lines) >= _FEW
        and other.left - slack <= column.left
        and column.right <= other.right + slack
    ]
    if not homes:
        return column
    _, left, right = min(homes)
    return replace(column, left=left, right=right)

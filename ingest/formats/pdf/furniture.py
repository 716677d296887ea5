"""What stands on a page for the sake of the page: running heads and feet, page numbers.

May import the core.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.formats.pdf.lines import Line, same_row
from ingest.formats.pdf.page import Page

# Rows looked at from either edge of a page, and the share of its height they stand in.
_ROWS, _EDGE = 4, 0.16
# A row repeats where it stands within so many points of the same height, with the same words.
_SAME_HEIGHT = 4.0
# It is furniture when on so many pages; on both of two, or two of three, as well.
_ENOUGH = 3
# A bare number is a page's when so many of its ems lie between it and the print.
_APART = 1.3
# Rows of one head or foot are no further apart than so many ems.
_TOGETHER = 3.0
_DIGITS = re.compile(r"\d+")
_NUMBER = r"(?:\d{1,4}|[ivxlIVXL]{1,6})"
_DASH = r"[-—–－―─·•|~]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}{_NUMBER}{_DASH}|第{_NUMBER}页|第{_NUMBER}页[,，/|·]?[（(]?共{_NUMBER}页[）)]?|共{_NUMBER}页[,，]?第{_NUMBER}页"
    rf"|{_NUMBER}/{_NUMBER}|[Pp]age{_NUMBER}(?:of{_NUMBER})?"
)
_BARE = re.compile(r"[\divxlIVXL]+")


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines on one baseline at an edge of a page: its words without blanks and figures."""

    page: int
    upper: bool
    height: float
    lines: tuple[Line, ...]
    written: str

    @property
    def words(self) -> str:
        return _DIGITS.sub("#", self.written)


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without the rows at their edges that repeat from page to page, or number the page."""
    edges = [row for page in pages for upper in (True, False) for row in _edge(page, upper=upper)]
    repeated = _repeated(edges, len(pages))
    marks = Counter(_DIGITS.sub("#", page.askew) for page in pages)
    return [
        _strip(page if marks[_DIGITS.sub("#", page.askew)] < 2 else replace(page, askew=""), repeated)
        for page in pages
    ]


def _edge(page: Page, *, upper: bool) -> Iterable[_Row]:
    """Rows of an edge, outermost first; none beyond a table."""
    lines = sorted(page.lines, key=lambda line: line.y, reverse=not upper)
    rows: list[list[Line]] = []
    for line in lines:
        height = line.y if upper else page.frame.height - line.y
        if height > _EDGE * page.frame.height or _behind_table(line, page, upper=upper):
            break
        if rows and same_row(rows[-1][0], line):
            rows[-1].append(line)
        elif len(rows) == _ROWS:
            break
        else:
            rows.append([line])
    for row in rows:
        height = row[0].y if upper else page.frame.height - row[0].y
        row.sort(key=lambda line: line.left)
        written = re.sub(r"\s", "", "".join(line.text for line in row))
        yield _Row(page.number, upper, height, tuple(row), written)


def _behind_table(line: Line, page: Page, *, upper: bool) -> bool:
    return any(table.top < line.y if upper else table.bottom > line.y for table in page.tables)


def _repeated(rows: Sequence[_Row], pages: int) -> set[_Row]:
    """Rows whose words stand at the same height of enough pages."""
    alike: dict[tuple[bool, str], list[_Row]] = defaultdict(list)
    for row in rows:
        alike[row.upper, row.words].append(row)
    enough = 2 if pages <= _ENOUGH else _ENOUGH
    found: set[_Row] = set()
    for group in alike.values():
        for row in group:
            near = {other.page for other in group if abs(other.height - row.height) <= _SAME_HEIGHT}
            if len(near) >= enough:
                found.add(row)
    return found


def _strip(page: Page, repeated: set[_Row]) -> Page:
    gone: set[Line] = set()
    for upper in (True, False):
        rows = list(_edge(page, upper=upper))
        for index, row in enumerate(rows):
            if index and abs(row.height - rows[index - 1].height) > _TOGETHER * row.lines[0].size:
                break
            if row not in repeated and not _numbers_page(row, page) and not _repeats_title(row, page):
                break
            gone.update(row.lines)
    return replace(page, lines=tuple(line for line in page.lines if line not in gone)) if gone else page


def _numbers_page(row: _Row, page: Page) -> bool:
    """A page number by its shape; a bare one stands clearly apart from the print."""
    if _PAGE_NUMBER.fullmatch(row.written) is None:
        return False
    if _BARE.fullmatch(row.written) is None:
        return True
    line = row.lines[0]
    others = [other.y for other in page.lines if other not in row.lines]
    others += [table.bottom if not row.upper else table.top for table in page.tables]
    nearest = min((abs(y - line.y) for y in others), default=0.0)
    return nearest >= _APART * line.size + line.size


def _repeats_title(row: _Row, page: Page) -> bool:
    """A running head says in small print what the page itself says in large."""
    return row.upper and any(
        line.size > row.lines[0].size and "".join(line.text.split()) == row.written for line in page.lines
    )

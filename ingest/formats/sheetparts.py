"""What the parts of a workbook tell beside its cells: merged areas, comments, text boxes.

May import the core.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from ingest.formats.headers import Span
from ingest.formats.package import Package

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Rows come along only to be let go.
_AREAS = ("{*}row", "{*}mergeCell")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a cell or the text of a box over it; row and column counted from 1."""

    row: int
    column: int
    text: str


def sheet_parts(package: Package) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    workbook = package.related("", "officeDocument") or ""
    root = package.xml(workbook)
    relations = package.relations(workbook)
    return {
        each.get("name", ""): relations[each.get(_ID, "")].target
        for each in (() if root is None else root.iter("{*}sheet"))
        if each.get(_ID, "") in relations
    }


def merged(package: Package, part: str) -> list[Span]:
    """The merged areas of a sheet, from the top; of those that overlap, the first."""
    spans = [
        span
        for _, element in etree.iterparse(
            BytesIO(package.read(part) or b""), tag=_AREAS, resolve_entities=False, no_network=True
        )
        for span in _released(element)
    ]
    spans.sort(key=lambda span: (span.top, span.left))
    return spans


def _released(element: etree._Element) -> list[Span]:
    """The area that an element names, if any; the element itself is let go."""
    area = _area(element.get("ref", ""))
    element.clear()
    return area


def remarks(package: Package, part: str) -> list[Remark]:
    """The comments and the text boxes of a sheet, by the cells they stand at."""
    found: list[Remark] = []
    for relation in package.relations(part).values():
        if relation.kind in ("comments", "drawing"):
            root = package.xml(relation.target)
            read = _comments if relation.kind == "comments" else _boxes
            found.extend(() if root is None else read(root))
    return sorted(found, key=lambda remark: (remark.row, remark.column))


def _comments(root: etree._Element) -> Iterator[Remark]:
    for comment in root.iter("{*}comment"):
        for area in _area(comment.get("ref", "")):
            text = "".join(run.text or "" for run in comment.iter("{*}t"))
            yield Remark(area.top, area.left, text)


def _boxes(root: etree._Element) -> Iterator[Remark]:
    for anchor in root.iterchildren("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor"):
        lines = ("".join(run.text or "" for run in line.iter("{*}t")) for line in anchor.iter("{*}p"))
        text = "\n".join(filter(None, lines))
        if text:
            row, column = (anchor.findtext(f"{{*}}from/{{*}}{name}", "0") for name in ("row", "col"))
            yield Remark(int(row) + 1, int(column) + 1, text)


def _area(reference: str) -> list[Span]:
    match = _AREA.fullmatch(reference)
    if match is None:
        return []
    left, top, right, bottom = match.groups()
    span = Span(int(top), _column(left), int(bottom or top), _column(right or left))
    return [span]


def _column(letters: str) -> int:
    """A column's number from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number

"""What is drawn on a page beside its print: the straight rules that part it, and how much images cover.

Imports nothing of ours but the frame of the page.
"""

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw_api

from ingest.formats.pdf.frame import Frame

# A page with more drawn on it is a map or a chart: it is read without tables.
MOST_OBJECTS, MOST_SEGMENTS = 50_000, 40_000
# A rule is no thicker, no shorter (points); what leans more than this is a slanting line.
_THICKEST, _SHORTEST, _LEAN = 3.0, 5.0, 0.7


class Rule(NamedTuple):
    """A straight line across (`at` is its height) or down a page, in the reading frame."""

    across: bool
    at: float
    start: float
    end: float


class Drawing(NamedTuple):
    """The rules of a page, and the share of it under images (0..1, overlaps counted twice)."""

    rules: list[Rule]
    image_share: float


def read_drawing(page: pdfium.PdfPage, frame: Frame) -> Drawing:
    """Read a page's rules and images; none where the page holds an absurd number of drawn objects."""
    count = raw_api.FPDFPage_CountObjects(page)
    if count > MOST_OBJECTS:
        return Drawing([], 0.0)
    rules: list[Rule] = []
    covered = 0.0
    segments = 0
    for index in range(count):
        drawn = raw_api.FPDFPage_GetObject(page, index)
        kind = raw_api.FPDFPageObj_GetType(drawn)
        if kind == raw_api.FPDF_PAGEOBJ_IMAGE:
            left, top, right, bottom = _bounds(drawn, frame)
            covered += max(0.0, right - left) * max(0.0, bottom - top)
        elif kind == raw_api.FPDF_PAGEOBJ_PATH and segments <= MOST_SEGMENTS:
            segments += raw_api.FPDFPath_CountSegments(drawn)
            rules.extend(_rules(drawn, frame))
    whole = max(frame.width * frame.height, 1.0)
    return Drawing(rules if segments <= MOST_SEGMENTS else [], min(1.0, covered / whole))


def _bounds(drawn: object, frame: Frame) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw_api.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    x0, y0 = frame.place(left.value, bottom.value)
    x1, y1 = frame.place(right.value, top.value)
    return (
        max(0.0, min(x0, x1)),
        max(0.0, min(y0, y1)),
        min(frame.width, max(x0, x1)),
        min(frame.height, max(y0, y1)),
    )


def _rules(drawn: object, frame: Frame) -> Iterator[Rule]:
    """A thin shape is one rule; of other shapes, the straight edges that are drawn."""
    left, top, right, bottom = _bounds(drawn, frame)
    if bottom - top <= _THICKEST:
        if right - left >= _SHORTEST:
            yield Rule(True, (top + bottom) / 2, left, right)
    elif right - left <= _THICKEST:
        if bottom - top >= _SHORTEST:
            yield Rule(False, (left + right) / 2, top, bottom)
    elif _is_stroked(drawn):
        yield from _edges(drawn, frame)


def _is_stroked(drawn: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw_api.FPDFPath_GetDrawMode(drawn, fill, stroke)
    return bool(stroke.value)


def _edges(drawn: object, frame: Frame) -> Iterator[Rule]:
    matrix = raw_api.FS_MATRIX()
    raw_api.FPDFPageObj_GetMatrix(drawn, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for index in range(min(raw_api.FPDFPath_CountSegments(drawn), MOST_SEGMENTS)):
        segment = raw_api.FPDFPath_GetPathSegment(drawn, index)
        raw_api.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.place(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw_api.FPDFPathSegment_GetType(segment)
        if kind == raw_api.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw_api.FPDF_SEGMENT_LINETO and last is not None:
            yield from _edge(last, point)
        if raw_api.FPDFPathSegment_GetClose(segment) and first is not None:
            yield from _edge(point, first)
        last = point


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = one, other
    if abs(y1 - y0) <= _LEAN and abs(x1 - x0) >= _SHORTEST:
        yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    elif abs(x1 - x0) <= _LEAN and abs(y1 - y0) >= _SHORTEST:
        yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))

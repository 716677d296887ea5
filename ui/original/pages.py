"""Printed pages: the picture of each with boxes over the cited lines, its text beside it.

May import the records of `rag` and the addresses.
"""

from collections.abc import Sequence
from html import escape

from rag.datatypes import Box, Paragraph
from ui.links import page_picture_url
from ui.original.extract import Extract
from ui.original.flow import render_flow

# Pictures wide enough for a screen's column at twice its density, and for a phone.
_WIDE, _NARROW = 1600, 800
_SIZES = "(max-width: 60rem) 100vw, 46rem"
# Boxes are drawn in ten-thousandths of the page.
_UNIT = 10_000
# A box hugs its letters; the mark is a little larger, in shares of the page.
_MARGIN = 0.002

Size = tuple[float, float]


def render_pages(extract: Extract, sizes: Sequence[Size]) -> str:
    """The pages of the extract, of which `sizes` has the width and height of all there are."""
    boxes: dict[int, list[Box]] = {}
    for place in extract.cited:
        if place.page is not None and place.box is not None:
            boxes.setdefault(place.page, []).append(place.box)
    by_page = _by_page(extract.paragraphs)
    first = 1 if extract.first == 1 else min(by_page)
    last = len(sizes) if extract.last == extract.stored.paragraphs else max(by_page)
    return "\n".join(
        _page(number, sizes[number - 1], boxes.get(number, ()), by_page.get(number, ()), extract)
        for number in range(first, min(last, len(sizes)) + 1)
    )


def _by_page(paragraphs: Sequence[Paragraph]) -> dict[int, list[Paragraph]]:
    """Paragraphs by the page on which they begin."""
    pages: dict[int, list[Paragraph]] = {}
    number = 1
    for paragraph in paragraphs:
        number = paragraph.page or number
        pages.setdefault(number, []).append(paragraph)
    return pages


def _page(
    number: int, size: Size, boxes: Sequence[Box], paragraphs: Sequence[Paragraph], extract: Extract
) -> str:
    marks = "".join(_rectangle(box) for box in boxes)
    overlay = (
        f'<svg viewBox="0 0 {_UNIT} {_UNIT}" preserveAspectRatio="none" role="img" '
        f'aria-label="引用的文字">{marks}</svg>'
        if marks
        else ""
    )
    return (
        f'<section class="page" id="page-{number}"><figure><figcaption>第 {number} 页</figcaption>'
        f'<div class="print">{_picture(extract.stored.id, number, size, lazy=not marks)}{overlay}</div>'
        f'</figure><div class="text">{render_flow(paragraphs, extract)}</div></section>'
    )


def _picture(document_id: str, number: int, size: Size, *, lazy: bool) -> str:
    """The picture takes up its room before it is there, so that nothing moves when it comes."""
    wide, narrow = (escape(page_picture_url(document_id, number, width)) for width in (_WIDE, _NARROW))
    height = max(1, round(_WIDE * size[1] / max(size[0], 1.0)))
    return (
        f'<img src="{wide}" srcset="{narrow} {_NARROW}w, {wide} {_WIDE}w" sizes="{_SIZES}" '
        f'width="{_WIDE}" height="{height}" loading="{"lazy" if lazy else "eager"}" decoding="async" '
        f'alt="第 {number} 页">'
    )


def _rectangle(box: Box) -> str:
    left, top = max(0.0, box.left - _MARGIN), max(0.0, box.top - _MARGIN)
    right, bottom = min(1.0, box.right + _MARGIN), min(1.0, box.bottom + _MARGIN)
    return (
        f'<rect x="{left * _UNIT:.0f}" y="{top * _UNIT:.0f}" '
        f'width="{(right - left) * _UNIT:.0f}" height="{(bottom - top) * _UNIT:.0f}"/>'
    )

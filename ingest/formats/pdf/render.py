"""Pictures of the pages of a PDF, for showing where a citation stands.

May import the core.
"""

import io
import math

import pypdfium2 as pdfium

from ingest.formats.pdf.document import open_document
from rag.errors import UnreadableFile

# Widest picture, and most pixels of one: a tall strip of a page gets narrower instead.
WIDEST, MOST_PIXELS = 4000, 30_000_000
_NAME = "文件"


def render_page(raw: bytes, page: int, *, width: int) -> bytes:
    """One page (from 1) as PNG, `width` pixels wide or as near as bounds allow.

    Raises UnreadableFile for bytes that are no PDF and for a page that is not there.
    """
    with open_document(raw, _NAME) as document:
        if not 1 <= page <= len(document):
            raise UnreadableFile(f"没有第 {page} 页：这份文件共 {len(document)} 页。")
        printed = document[page - 1]
        try:
            bitmap = printed.render(scale=_scale(printed.get_size(), width))
            try:
                return _png(bitmap)
            finally:
                bitmap.close()
        finally:
            printed.close()


def page_sizes(raw: bytes) -> list[tuple[float, float]]:
    """Width and height of every page as displayed, in points. Raises UnreadableFile."""
    with open_document(raw, _NAME) as document:
        return [document.get_page_size(index) for index in range(len(document))]


def _scale(size: tuple[float, float], width: int) -> float:
    """Pixels to a point."""
    across, down = max(size[0], 1.0), max(size[1], 1.0)
    scale = min(max(width, 1), WIDEST) / across
    return min(scale, math.sqrt(MOST_PIXELS / (across * down)), math.sqrt(MOST_PIXELS) / max(across, down))


def _png(bitmap: pdfium.PdfBitmap) -> bytes:
    buffer = io.BytesIO()
    bitmap.to_pil().save(buffer, format="PNG")
    return buffer.getvalue()

"""Scanned pages: rendered, and read by OCR where it is installed; said to be unread where it is not.

May import the core.
"""

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from ingest.formats.pdf import ocr
from ingest.formats.pdf.frame import Frame
from ingest.formats.pdf.page import Page
from rag.errors import UnreadableFile

# Pixels a point of the page is rendered to (200 dpi).
_SCALE = 200 / 72


def read_scans(document: pdfium.PdfDocument, pages: Sequence[Page], source: str) -> list[Page]:
    """The pages, the scanned ones read by OCR.

    Without OCR they bear a remark; a file with no other pages raises UnreadableFile.
    """
    if not any(page.scanned for page in pages):
        return list(pages)
    if not ocr.is_installed():
        if not any(page.lines or page.tables for page in pages):
            raise UnreadableFile(f"{source!r} 是扫描件，{ocr.MISSING}。")
        return [_unread(page) if page.scanned else page for page in pages]
    return [_read(document, page) if page.scanned else page for page in pages]


def _unread(page: Page) -> Page:
    return replace(page, remark=f"（第 {page.number} 页是扫描图像，未识别文字：{ocr.MISSING}）")


def _read(document: pdfium.PdfDocument, page: Page) -> Page:
    printed = document[page.number - 1]
    try:
        width, height = printed.get_size()
        scale = min(_SCALE, ocr.LONGEST_SIDE / max(width, height, 1.0))
        bitmap = printed.render(scale=scale)
        try:
            lines = ocr.read_image(bitmap.to_pil(), scale)
        finally:
            bitmap.close()
    finally:
        printed.close()
    return replace(page, frame=Frame(0.0, 0.0, width, height), lines=lines)

"""Opening a PDF: what is refused and why, and that every handle is closed again.

May import the core; the only module beside `render` and `page` that holds PDFium documents.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw_api

from rag.errors import UnreadableFile

# No book has more; a file that claims more is broken or hostile.
MOST_PAGES = 5000
_PASSWORD, _SECURITY = raw_api.FPDF_ERR_PASSWORD, raw_api.FPDF_ERR_SECURITY


@contextmanager
def open_document(raw: bytes, source: str) -> Iterator[pdfium.PdfDocument]:
    """A PDF open for reading, closed at the end. Raises UnreadableFile, also for PDFium's errors within.

    A file that opens with the empty password is read; `source` names the file in messages.
    """
    try:
        with pdfium.PdfDocument(raw) as document:
            count = len(document)
            if count > MOST_PAGES:
                raise UnreadableFile(f"{source!r} 有 {count} 页，超过上限 {MOST_PAGES} 页。请拆分后再收入。")
            if count == 0:
                raise UnreadableFile(f"{source!r} 里没有页面。请确认文件完整，或重新导出。")
            yield document
    except pdfium.PdfiumError as error:
        raise UnreadableFile(_reason(error, source)) from error


def _reason(error: pdfium.PdfiumError, source: str) -> str:
    if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
        return f"{source!r} 已加密，需要密码才能打开。请先去掉密码，再收入。"
    return f"{source!r} 不是完整的 PDF，可能已损坏或被截断（{error}）。请重新下载或导出。"

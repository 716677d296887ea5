"""Reading a PDF: pages, tables, furniture off, columns, paragraphs, roles, projection.

May import the core.
"""

from collections.abc import Sequence

from ingest.formats.pdf.document import open_document
from ingest.formats.pdf.flow import body_size, read_columns
from ingest.formats.pdf.furniture import without_furniture
from ingest.formats.pdf.page import Page, read_page
from ingest.formats.pdf.paragraphs import read_passages
from ingest.formats.pdf.projection import MEDIA_TYPE, Writer, write
from ingest.formats.pdf.roles import name_entries
from ingest.formats.pdf.scan import read_scans
from ingest.formats.pdf.setting import read_setting
from ingest.formats.pdf.unruled import read_unruled
from ingest.loaded import Loaded
from rag.errors import UnreadableFile


def load(raw: bytes, source: str) -> Loaded:
    """Read a PDF through its text layer, its scanned pages through OCR.

    Every printed line has its place: the page and its box. A damaged page
    costs that page: a note says so. Raises UnreadableFile for an encrypted or damaged file, and for one
    without any text.
    """
    with open_document(raw, source) as document:
        read = [read_page(document, number) for number in range(1, len(document) + 1)]
        if all(page.damaged for page in read):
            raise UnreadableFile(f"{source!r} 的每一页都已损坏，未能读出。请重新下载或导出。")
        pages = read_scans(document, read, source)
    return project(pages, source, MEDIA_TYPE)


def project(pages: Sequence[Page], source: str, media_type: str) -> Loaded:
    """The text of pages that have been read, with its elements and places."""
    writer = Writer({page.number: page.frame for page in pages})
    bare = without_furniture(read_unruled(pages))
    body = body_size(bare)
    columns = read_columns(bare, body)
    setting = read_setting(columns, body)
    write(name_entries(list(read_passages(columns, setting)), setting), writer)
    loaded = writer.loaded(media_type)
    if not loaded.text:
        raise UnreadableFile(f"{source!r} 里没有文字。请确认文件完整，或另存为有文字层的 PDF。")
    return loaded

"""Word files (.docx, .docm) through their XML; macros are never run, headers and comments not read.

May import the core.
"""

from functools import partial

from lxml import etree

from ingest.formats.graphics import Graphics
from ingest.formats.package import Package
from ingest.formats.projection import Projection
from ingest.formats.word.body import BodyReader, Parts
from ingest.formats.word.names import W
from ingest.formats.word.notes import Notes
from ingest.formats.word.numbering import Numbering
from ingest.formats.word.paragraphs import ParagraphReader
from ingest.formats.word.styles import Styles
from ingest.loaded import Loaded
from rag.errors import UnreadableFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def load(raw: bytes, source: str) -> Loaded:
    """Read a Word file: paragraphs, tables, notes and text boxes in order. Raises UnreadableFile."""
    package = Package(raw, source)
    main = package.related("", "officeDocument") or "word/document.xml"
    root = package.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise UnreadableFile(f"{source!r} 不是 Word 文档，或缺少正文。请用 Word 或 WPS 另存为 .docx 再收入。")
    projection = Projection(source)
    BodyReader(_read_parts(package, main), projection).read(body)
    return projection.finish(MEDIA_TYPE)


def _read_parts(package: Package, main: str) -> Parts:
    targets = {each.kind: each.target for each in reversed(package.relations(main).values())}

    def part(kind: str) -> etree._Element | None:
        return package.xml(targets[kind]) if kind in targets else None

    styles = Styles(part("styles"))
    return Parts(
        styles=styles,
        paragraphs=ParagraphReader(styles, Numbering(part("numbering"))),
        notes=Notes(part("footnotes"), part("endnotes")),
        graphic=partial(Graphics(package).take, main),
    )

"""Slides (.pptx, .pptm) through their XML, hidden ones and speaker's notes too; macros are never run.

May import the core.
"""

from collections.abc import Iterator

from lxml import etree

from ingest.formats.package import Package
from ingest.formats.projection import Projection
from ingest.formats.slides.names import P, R
from ingest.formats.slides.slide import SlideReader
from ingest.loaded import Loaded
from rag.errors import UnreadableFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def load(raw: bytes, source: str) -> Loaded:
    """Read slides one after another, each with its notes. Raises UnreadableFile."""
    package = Package(raw, source)
    main = package.related("", "officeDocument") or "ppt/presentation.xml"
    root = package.xml(main)
    if root is None or root.tag != f"{P}presentation":
        raise UnreadableFile(
            f"{source!r} 不是幻灯片，或缺少正文。请用 PowerPoint 或 WPS 另存为 .pptx 再收入。"
        )
    projection = Projection(source)
    reader = SlideReader(package, projection)
    for page, part in enumerate(_parts(package, main, root), 1):
        reader.read(part, page)
    return projection.finish(MEDIA_TYPE)


def _parts(package: Package, main: str, root: etree._Element) -> Iterator[str]:
    """The slides in their order, each once."""
    relations = package.relations(main)
    seen: set[str] = set()
    for each in root.iterfind(f"{P}sldIdLst/{P}sldId"):
        relation = relations.get(each.get(f"{R}id", ""))
        if relation is not None and relation.target not in seen:
            seen.add(relation.target)
            yield relation.target

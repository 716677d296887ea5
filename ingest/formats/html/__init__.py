"""Web pages: their main text in order, without what stands around it.

May import the core.
"""

from ingest.formats.html.blocks import Block, read_blocks
from ingest.formats.html.main import is_title, main_blocks, page_title
from ingest.formats.html.page import read_page
from ingest.formats.projection import Projection
from ingest.loaded import Loaded


def load(raw: bytes, source: str) -> Loaded:
    """Read a page of any charset. Raises UnreadableFile."""
    root = read_page(raw, source)
    blocks = main_blocks(root, read_blocks(root))
    title = page_title(root)
    titles = [block for block in blocks if is_title(block, title)]
    projection = Projection(source)
    # Several headings of the first level are the parts of a page, as in a newspaper.
    if len(titles) != 1 and blocks:
        projection.paragraph(title, role="title")
    for block in blocks:
        _write(projection, block, titled=len(titles) == 1 and block is titles[0])
    return projection.finish("text/html")


def _write(projection: Projection, block: Block, *, titled: bool) -> None:
    if titled:
        projection.paragraph(block.text, role="title")
    elif block.role == "row":
        projection.row(block.values)
    else:
        projection.paragraph(block.text, role=block.role, level=block.level)

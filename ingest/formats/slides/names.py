"""The vocabulary of the XML of slides that several modules read by.

May import the core.
"""

from lxml import etree

from ingest.formats.package import read_whole

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARAGRAPH, TABLE, TEXT = f"{A}p", f"{A}tbl", f"{A}t"


def whole(element: etree._Element | None, name: str, default: int = 0) -> int:
    """An attribute that is a whole number; `default` where it is missing or none."""
    written = None if element is None else read_whole(element.get(name))
    return default if written is None else written


def switch(element: etree._Element | None, name: str) -> bool:
    """An attribute that is a switch; off where it is missing."""
    return element is not None and element.get(name, "0") in ("1", "true")

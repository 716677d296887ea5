"""The vocabulary of Word's XML that several modules read by.

May import the core.
"""

from collections.abc import Iterator
from functools import cache

from lxml import etree

from ingest.formats.package import read_whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VALUE = f"{W}val"
PARAGRAPH, TABLE, TEXT, BOX = f"{W}p", f"{W}tbl", f"{W}t", f"{W}txbxContent"
ALTERNATIVES = f"{MC}AlternateContent"
# Text that was struck out or moved away while changes were tracked.
STRUCK = frozenset({f"{W}del", f"{W}moveFrom"})
_OFF = ("0", "false", "off", "none")


def value(element: etree._Element | None, path: str) -> str | None:
    """The `w:val` of a descendant by its path of names without prefix; `None` if it is not there."""
    found = find(element, path)
    return None if found is None else found.get(VALUE, "")


def number(element: etree._Element | None, path: str) -> int | None:
    """The same as a number; `None` if it is not one."""
    return read_whole(value(element, path))


def is_on(element: etree._Element | None) -> bool:
    """Whether an element that is a switch (`w:b`) is there and on."""
    return element is not None and element.get(VALUE, "1") not in _OFF


def find(element: etree._Element | None, path: str) -> etree._Element | None:
    """The first descendant by its path of names without prefix: "pPr/numPr"."""
    for tag in _tags(path):
        if element is None:
            return None
        element = next(element.iterchildren(tag), None)
    return element


@cache
def _tags(path: str) -> tuple[str, ...]:
    return tuple(f"{W}{name}" for name in path.split("/"))


def choose(alternatives: etree._Element) -> etree._Element | None:
    """The one of several renderings of the same thing that holds its text."""
    renderings = [*alternatives.findall(f"{MC}Choice"), *alternatives.findall(f"{MC}Fallback")]
    texts = (each for each in renderings if next(each.iter(TEXT), None) is not None)
    return next(texts, renderings[0] if renderings else None)


def blocks(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables in a body, cell, box or note, in order, whatever wraps them."""
    for child in container:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag == ALTERNATIVES:
            chosen = choose(child)
            yield from () if chosen is None else blocks(chosen)
        elif child.tag not in STRUCK:
            yield from blocks(child)


def style_id(element: etree._Element, path: str) -> str | None:
    """The id of the style that an element has: "pPr/pStyle", "rPr/rStyle", "tblPr/tblStyle"."""
    return value(element, path) or None

"""The footnotes and endnotes of a Word file, given out where the text refers to them.

May import the core.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.formats.projection import Spot
from ingest.formats.word.inline import NoteKind, NoteMark
from ingest.formats.word.names import PARAGRAPH, W, blocks

# Lines that part the notes from the text are kept among them.
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")


@dataclass(frozen=True, slots=True)
class Note:
    """The paragraphs of a note, and where it stands: by its number in its file."""

    paragraphs: tuple[etree._Element, ...]
    spot: Spot


class Notes:
    """Finds each note once, in the order of the references, which is how Word numbers them."""

    def __init__(self, footnotes: etree._Element | None, endnotes: etree._Element | None) -> None:
        """Roots of the two parts; a file may have none."""
        self._notes = dict((*_read("footnote", footnotes), *_read("endnote", endnotes)))
        self._numbers: Counter[NoteKind] = Counter()

    def take(self, mark: NoteMark) -> Note | None:
        """The note referred to; `None` if there is no such note, or it was taken before."""
        element = self._notes.pop(mark, None)
        if element is None:
            return None
        self._numbers[mark.kind] += 1
        number = str(self._numbers[mark.kind])
        area = number if mark.kind == "footnote" else f"尾注 {number}"
        return Note(tuple(_paragraphs(element)), Spot("footnote", area=area))


def _read(kind: NoteKind, root: etree._Element | None) -> Iterator[tuple[NoteMark, etree._Element]]:
    for element in () if root is None else root.findall(f"{W}{kind}"):
        if element.get(f"{W}type") not in _NO_NOTES:
            yield NoteMark(kind, element.get(f"{W}id", "")), element


def _paragraphs(container: etree._Element) -> Iterator[etree._Element]:
    """All paragraphs of a note, those in its tables too."""
    for block in blocks(container):
        if block.tag == PARAGRAPH:
            yield block
        else:
            yield from _paragraphs(block)

"""What stands in one paragraph of a Word file: its text, the notes it refers to, the boxes tied to it.

May import nothing of ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from ingest.formats.symbols import read_symbol
from ingest.formats.word.names import (
    ALTERNATIVES,
    BOX,
    PARAGRAPH,
    STRUCK,
    TEXT,
    VALUE,
    W,
    choose,
    is_on,
)
from ingest.formats.word.styles import Styles

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RUN_PROPERTIES, _RUN_STYLE, _BOLD, _VANISH = f"{W}rPr", f"{W}rStyle", f"{W}b", f"{W}vanish"
NoteKind = Literal["footnote", "endnote"]


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference to a note by its id in the file."""

    kind: NoteKind
    id: str


@dataclass(frozen=True, slots=True)
class Inline:
    """The content of a paragraph, in order; `bold` says that all of its ink is bold.

    `boxes` are text boxes, whose content is paragraphs and tables; `graphics` are the charts and
    diagrams shown here, by the relation that leads to their part.
    """

    text: str
    notes: tuple[NoteMark, ...]
    boxes: tuple[etree._Element, ...]
    graphics: tuple[str, ...]
    bold: bool


class InlineReader:
    """Reads paragraphs one by one, each in one walk over its XML.

    Results of fields are read, not their instructions; what was inserted while changes were tracked,
    not what was deleted; hidden text is not. What is not known is walked through, so that no text in
    an unknown wrapper is lost.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._begin()

    def read(self, paragraph: etree._Element, *, bold: bool = False) -> Inline:
        """The content of a `w:p` whose style is `bold` or not."""
        self._begin()
        self._base_bold = bold
        self._walk(paragraph)
        text = "".join(self._parts)
        return Inline(
            text=text,
            notes=tuple(self._notes),
            boxes=tuple(self._boxes),
            graphics=tuple(self._graphics),
            bold=self._all_bold and bool(text.strip()),
        )

    def _begin(self) -> None:
        self._parts: list[str] = []
        self._notes: list[NoteMark] = []
        self._boxes: list[etree._Element] = []
        self._graphics: list[str] = []
        # Whether the result of each open field has begun; one left open ends with its paragraph.
        self._fields: list[bool] = []
        # Hidden text, and what the author set in place of a note's number.
        self._muted = False
        self._base_bold = self._bold = False
        self._all_bold = True

    def _walk(self, element: etree._Element) -> None:
        for child in element:
            read = _READERS.get(child.tag)
            if read is not None:
                read(self, child)
            elif child.tag not in _SKIPPED:
                self._walk(child)

    def _put(self, text: str) -> None:
        if not self._muted and all(self._fields):
            self._parts.append(text)
            if not self._bold and text.strip():
                self._all_bold = False

    def _run(self, run: etree._Element) -> None:
        self._bold = self._base_bold
        for child in next(run.iterchildren(_RUN_PROPERTIES), ()):
            if child.tag == _VANISH:
                self._muted = is_on(child)
            elif child.tag == _BOLD:
                self._bold = is_on(child)
            elif child.tag == _RUN_STYLE:
                self._bold = self._bold or self._styles.look(child.get(VALUE)).bold
        self._walk(run)
        self._muted = False

    def _text(self, element: etree._Element) -> None:
        self._put(element.text or "")

    def _tab(self, _: etree._Element) -> None:
        self._put("\t")

    def _break(self, element: etree._Element) -> None:
        if element.get(f"{W}type", "textWrapping") == "textWrapping":
            self._put("\n")

    def _hyphen(self, _: etree._Element) -> None:
        self._put("-")

    def _symbol(self, element: etree._Element) -> None:
        code = element.get(f"{W}char", "")
        try:
            self._put(read_symbol(int(code, 16), element.get(f"{W}font", "")))
        except ValueError:
            return

    def _field(self, element: etree._Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, element: etree._Element) -> None:
        kind: NoteKind = "endnote" if element.tag == f"{W}endnoteReference" else "footnote"
        self._notes.append(NoteMark(kind, element.get(f"{W}id", "")))
        self._muted = self._muted or element.get(f"{W}customMarkFollows") is not None

    def _box(self, element: etree._Element) -> None:
        self._boxes.append(element)

    def _graphic(self, element: etree._Element) -> None:
        self._graphics.extend(
            value for name, value in element.attrib.items() if name.endswith(("}id", "}dm"))
        )

    def _alternatives(self, element: etree._Element) -> None:
        chosen = choose(element)
        if chosen is not None:
            self._walk(chosen)

    def _fraction(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == f"{_M}den":
                self._put("/")
            self._walk(child)


_READERS: dict[str, Callable[[InlineReader, etree._Element], None]] = {
    f"{W}r": InlineReader._run,
    TEXT: InlineReader._text,
    f"{_M}t": InlineReader._text,
    f"{_M}f": InlineReader._fraction,
    f"{W}tab": InlineReader._tab,
    f"{W}ptab": InlineReader._tab,
    f"{W}br": InlineReader._break,
    f"{W}cr": InlineReader._break,
    f"{W}noBreakHyphen": InlineReader._hyphen,
    f"{W}sym": InlineReader._symbol,
    f"{W}fldChar": InlineReader._field,
    f"{W}footnoteReference": InlineReader._note,
    f"{W}endnoteReference": InlineReader._note,
    BOX: InlineReader._box,
    f"{_C}chart": InlineReader._graphic,
    f"{_DGM}relIds": InlineReader._graphic,
    ALTERNATIVES: InlineReader._alternatives,
}
# Properties hold no text, and what reads out a ruby sign is not part of the sentence.
_SKIPPED = STRUCK | {
    *(
        f"{W}{name}"
        for name in ("pPr", "rPr", "sdtPr", "tblPr", "rt", "instrText", "delText", "delInstrText")
    ),
    f"{_M}rPr",
    f"{_M}ctrlPr",
    PARAGRAPH,
}

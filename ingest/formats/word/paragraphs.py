"""One paragraph of a Word file as a reader sees it: its number written out, and what its style makes it.

May import the core.
"""

from dataclasses import dataclass, replace

from lxml import etree

from ingest.formats.word.inline import Inline, InlineReader
from ingest.formats.word.names import PARAGRAPH, VALUE, W, find, number
from ingest.formats.word.numbering import Label, Numbering
from ingest.formats.word.styles import Look, Numbered, Styles
from ingest.loaded import Role

# Nothing longer is a heading, whatever its style says.
_LONGEST_HEADING = 120
_PROPERTIES, _END = f"{W}pPr", f"{W}rPr"
_STYLE, _NUMBERED, _OUTLINE = f"{W}pStyle", f"{W}numPr", f"{W}outlineLvl"
_FRAME, _DROP_CAP = f"{W}framePr", f"{W}dropCap"
# The next level is that of body text.
_OUTLINES = tuple("012345678")


@dataclass(frozen=True, slots=True)
class Properties:
    """What a paragraph says of itself: `level` is that of a heading, `has_level` if it says so at all.

    It `runs_on` into the next if its end was deleted, or if it is the big first letter of the next.
    """

    style: str | None
    numbered: Numbered | None
    level: int | None
    has_level: bool
    runs_on: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph's text with its number, what it is, and what hangs on it."""

    text: str
    role: Role
    level: int | None
    inline: Inline


class ParagraphReader:
    """Reads the paragraphs of a file in reading order, each once, for their numbers count on."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._inline = InlineReader(styles)
        self._carried: Inline | None = None

    def read(self, paragraph: etree._Element) -> Text | None:
        """A `w:p`; `None` for one that runs into the next."""
        properties = read_properties(paragraph)
        look = self._styles.look(properties.style)
        inline = self._join(self._inline.read(paragraph, bold=look.bold))
        if properties.runs_on and _has_next(paragraph):
            self._carried = inline
            return None
        label = self._label(properties, look)
        level = _level(properties, look, inline.text)
        text = label.text + inline.text if label is not None and inline.text.strip() else inline.text
        return Text(text, _role(look, level, label), level, inline)

    def plain(self, paragraph: etree._Element) -> str:
        """The text alone of a paragraph that stands outside the order: that of a note."""
        return self._inline.read(paragraph).text

    def _join(self, inline: Inline) -> Inline:
        before, self._carried = self._carried, None
        if before is None:
            return inline
        return replace(
            inline,
            text=before.text + inline.text,
            notes=before.notes + inline.notes,
            boxes=before.boxes + inline.boxes,
            graphics=before.graphics + inline.graphics,
        )

    def _label(self, properties: Properties, look: Look) -> Label | None:
        own = properties.numbered
        if own is not None and own.list_id is not None:
            return self._numbering.label(own, None)
        if look.numbered.list_id is None:
            return None
        level = look.numbered.level if own is None or own.level is None else own.level
        return self._numbering.label(Numbered(look.numbered.list_id, level), look.numbering_style)


def read_properties(paragraph: etree._Element) -> Properties:
    """What the properties of a `w:p` say, in one walk over them."""
    style, numbered, outline, runs_on = None, None, None, False
    for child in next(paragraph.iterchildren(_PROPERTIES), ()):
        if child.tag == _STYLE:
            style = child.get(VALUE)
        elif child.tag == _NUMBERED:
            numbered = Numbered(number(child, "numId"), number(child, "ilvl"))
        elif child.tag == _OUTLINE:
            outline = child.get(VALUE, "")
        elif child.tag == _END:
            runs_on = runs_on or find(child, "del") is not None
        elif child.tag == _FRAME:
            runs_on = runs_on or child.get(_DROP_CAP, "none") != "none"
    level = int(outline) + 1 if outline in _OUTLINES else None
    return Properties(style, numbered, level, outline is not None, runs_on)


def _has_next(paragraph: etree._Element) -> bool:
    following = paragraph.getnext()
    return following is not None and following.tag == PARAGRAPH


def _level(properties: Properties, look: Look, text: str) -> int | None:
    if len(text) > _LONGEST_HEADING:
        return None
    return properties.level if properties.has_level else look.level


def _role(look: Look, level: int | None, label: Label | None) -> Role:
    if look.is_title:
        return "title"
    if level is not None:
        return "heading"
    if look.is_caption:
        return "note"
    listed = label is not None and label.is_bullet
    return "item" if listed or look.is_contents else "text"

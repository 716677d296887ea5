"""One paragraph of a Word file as a reader sees it: its number written out, and what its style makes it.

May import the core.
"""

from dataclasses import dataclass, replace

from lxml import etree

from ingest.formats.word.inline import Inline, InlineReader
from ingest.formats.word.names import PARAGRAPH, find, number, style_id
from ingest.formats.word.numbering import Label, Numbering
from ingest.formats.word.styles import Numbered, Styles, read_numbered
from ingest.loaded import Role

# Nothing longer is a heading, whatever its style says.
_LONGEST_HEADING = 120
_BODY_LEVEL = 9


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
        """A `w:p`; `None` for one that runs into the next, its end having been deleted."""
        inline = self._join(self._inline.read(paragraph))
        following = paragraph.getnext()
        runs_on = following is not None and following.tag == PARAGRAPH
        if runs_on and find(paragraph, "pPr/rPr/del") is not None:
            self._carried = inline
            return None
        style = style_id(paragraph, "pPr/pStyle")
        label = self._label(paragraph, style)
        level = self._level(paragraph, style, inline.text)
        text = label.text + inline.text if label is not None and inline.text.strip() else inline.text
        return Text(text, self._role(style, level, label), level, inline)

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

    def _label(self, paragraph: etree._Element, style: str | None) -> Label | None:
        own = read_numbered(find(paragraph, "pPr"))
        named_by, inherited = self._styles.numbered(style)
        if own is None or own.list_id is None:
            level = own.level if own is not None and own.level is not None else inherited.level
            return self._numbering.label(Numbered(inherited.list_id, level), named_by)
        return self._numbering.label(own, None)

    def _level(self, paragraph: etree._Element, style: str | None, text: str) -> int | None:
        if len(text) > _LONGEST_HEADING:
            return None
        outline = number(paragraph, "pPr/outlineLvl")
        if outline is not None:
            return outline + 1 if 0 <= outline < _BODY_LEVEL else None
        return self._styles.heading_level(style)

    def _role(self, style: str | None, level: int | None, label: Label | None) -> Role:
        if self._styles.is_title(style):
            return "title"
        if level is not None:
            return "heading"
        if self._styles.is_caption(style):
            return "note"
        listed = label is not None and label.is_bullet
        return "item" if listed or self._styles.is_contents(style) else "text"

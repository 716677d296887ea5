"""The styles of a Word file: which are headings, how deep, which number their paragraphs, which are bold.

May import the core.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.formats.word.names import W, find, number, switch, value

# Whatever the language of the program, files name built-in styles in English; other programs do not.
_HEADING = re.compile(r"(?:heading|标题|標題|überschrift|titre|見出し)\s*([1-9])$", re.IGNORECASE)
_TITLES = ("title", "文档标题", "标题", "大标题", "主标题")
_CAPTIONS = ("caption", "题注", "題註", "illustration", "table", "drawing")
_CONTENTS = re.compile(r"(?:toc|目录|contents|table of figures|图表目录)\s*\d?$", re.IGNORECASE)
_BODY_LEVEL = 9
# Styles are based on one another; no chain is longer, and a loop ends here.
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a style or paragraph says of its numbering; `None` where it leaves it open."""

    list_id: int | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    """One style as the file has it, what it inherits aside."""

    id: str
    name: str
    base: str | None
    outline: int | None
    bold: bool | None
    numbered: Numbered | None
    heads_rows: bool


class Styles:
    """The styles of a file by id, asked with what they inherit."""

    def __init__(self, root: etree._Element | None) -> None:
        """`root` is the styles part; a file may have none."""
        self._styles: dict[str, Style] = {}
        self._defaults: dict[str, str] = {}
        for element in () if root is None else root.iter(f"{W}style"):
            style = _read_style(element)
            self._styles.setdefault(style.id, style)
            if element.get(f"{W}default") in ("1", "true", "on"):
                self._defaults.setdefault(element.get(f"{W}type", ""), style.id)

    def heading_level(self, style_id: str | None) -> int | None:
        """1 to 9 for the style of a heading."""
        for style in self._chain(style_id):
            match = _HEADING.match(style.name)
            if match is not None:
                return int(match.group(1))
            if style.outline is not None:
                return style.outline + 1 if style.outline < _BODY_LEVEL else None
        return None

    def is_title(self, style_id: str | None) -> bool:
        """Whether its paragraphs name the whole document."""
        return any(style.name in _TITLES for style in self._chain(style_id))

    def is_caption(self, style_id: str | None) -> bool:
        """Whether its paragraphs name a table or a picture."""
        return any(style.name in _CAPTIONS for style in self._chain(style_id))

    def is_contents(self, style_id: str | None) -> bool:
        """Whether its paragraphs are lines of a table of contents."""
        return any(_CONTENTS.match(style.name) for style in self._chain(style_id))

    def bold(self, style_id: str | None) -> bool:
        """Whether its text is bold."""
        return next((style.bold for style in self._chain(style_id) if style.bold is not None), False)

    def numbered(self, style_id: str | None) -> tuple[str | None, Numbered]:
        """Its numbering, and the style in the chain that says so."""
        levels = []
        for style in self._chain(style_id or self._defaults.get("paragraph")):
            if style.numbered is not None:
                levels.append(style.numbered.level)
                if style.numbered.list_id is not None:
                    level = next((level for level in levels if level is not None), None)
                    return style.id, Numbered(style.numbered.list_id, level)
        return None, Numbered(None, None)

    def heads_rows(self, style_id: str | None) -> bool:
        """Whether a table's style sets off its first row."""
        return any(style.heads_rows for style in self._chain(style_id))

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id) if style_id else None
            if style is None:
                return
            yield style
            style_id = style.base


def _read_style(element: etree._Element) -> Style:
    return Style(
        id=element.get(f"{W}styleId", ""),
        name=(value(element, "name") or "").strip().lower(),
        base=value(element, "basedOn"),
        outline=number(element, "pPr/outlineLvl"),
        bold=switch(find(element, "rPr"), "b"),
        numbered=read_numbered(find(element, "pPr")),
        heads_rows=any(
            each.get(f"{W}type") == "firstRow" and len(each) > 0 for each in element.iter(f"{W}tblStylePr")
        ),
    )


def read_numbered(properties: etree._Element | None) -> Numbered | None:
    """What the properties of a paragraph or style say of its numbering; list 0 takes it away."""
    if find(properties, "numPr") is None:
        return None
    return Numbered(number(properties, "numPr/numId"), number(properties, "numPr/ilvl"))

"""The styles of a Word file: which are headings, how deep, which number their paragraphs, which are bold.

May import the core.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.formats.word.names import W, find, is_on, number, value

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


@dataclass(frozen=True, slots=True)
class Look:
    """What a style makes of its paragraphs and runs, all that it inherits included.

    `level` is 1 to 9 for a heading; `numbering_style` names the style that says `numbered`.
    """

    level: int | None = None
    is_title: bool = False
    is_caption: bool = False
    is_contents: bool = False
    bold: bool = False
    heads_rows: bool = False
    numbered: Numbered = Numbered(None, None)
    numbering_style: str | None = None


class Styles:
    """The styles of a file by id, asked with what they inherit."""

    def __init__(self, root: etree._Element | None) -> None:
        """`root` is the styles part; a file may have none."""
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        self._looks: dict[str | None, Look] = {}
        for element in () if root is None else root.iter(f"{W}style"):
            style = _read_style(element)
            self._styles.setdefault(style.id, style)
            if element.get(f"{W}default") in ("1", "true", "on") and element.get(f"{W}type") == "paragraph":
                self._default = style.id

    def look(self, style_id: str | None) -> Look:
        """What a style comes to; nothing special for an unknown one."""
        if style_id not in self._looks:
            self._looks[style_id] = _combine(tuple(self._chain(style_id or self._default)))
        return self._looks[style_id]

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id) if style_id else None
            if style is None:
                return
            yield style
            style_id = style.base


def _combine(chain: Sequence[Style]) -> Look:
    """What the style at the head of a chain of bases comes to."""
    numbering_style, numbered = _numbered(chain)
    return Look(
        level=_level(chain),
        is_title=any(style.name in _TITLES for style in chain),
        is_caption=any(style.name in _CAPTIONS for style in chain),
        is_contents=any(_CONTENTS.match(style.name) for style in chain),
        bold=next((style.bold for style in chain if style.bold is not None), False),
        heads_rows=any(style.heads_rows for style in chain),
        numbered=numbered,
        numbering_style=numbering_style,
    )


def _level(chain: Sequence[Style]) -> int | None:
    for style in chain:
        match = _HEADING.match(style.name)
        if match is not None:
            return int(match.group(1))
        if style.outline is not None:
            return style.outline + 1 if 0 <= style.outline < _BODY_LEVEL else None
    return None


def _numbered(chain: Sequence[Style]) -> tuple[str | None, Numbered]:
    level = None
    for style in chain:
        if style.numbered is not None:
            level = style.numbered.level if level is None else level
            if style.numbered.list_id is not None:
                return style.id, Numbered(style.numbered.list_id, level)
    return None, Numbered(None, None)


def _read_style(element: etree._Element) -> Style:
    bold = find(element, "rPr/b")
    return Style(
        id=element.get(f"{W}styleId", ""),
        name=(value(element, "name") or "").strip().lower(),
        base=value(element, "basedOn"),
        outline=number(element, "pPr/outlineLvl"),
        bold=None if bold is None else is_on(bold),
        numbered=_read_numbered(find(element, "pPr")),
        heads_rows=any(
            each.get(f"{W}type") == "firstRow" and len(each) > 0 for each in element.iter(f"{W}tblStylePr")
        ),
    )


def _read_numbered(properties: etree._Element | None) -> Numbered | None:
    """What the properties of a style say of its numbering; list 0 takes it away."""
    if find(properties, "numPr") is None:
        return None
    return Numbered(number(properties, "numPr/numId"), number(properties, "numPr/ilvl"))

"""The numbers that Word puts before paragraphs by itself, written out: 第三章, （二）, 1.2, •.

May import the core.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.formats.numerals import write_number
from ingest.formats.package import read_whole
from ingest.formats.symbols import read_bullet
from ingest.formats.word.names import W, find, is_on, number, value
from ingest.formats.word.styles import Numbered

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
# After these no blank is needed before the text; after these there is one even if it has no width.
_CLOSED = ("、", "）", "】", "．", "：", "。", "》")
_OPEN = ("编", "篇", "章", "节", "条", "款", "项")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `text` holds %1 to %9 where the numbers of levels stand.

    `restart` is the level (from 1) whose numbers begin this one anew; `None` any above it, 0 none.
    """

    start: int = 1
    style: str = "decimal"
    text: str = ""
    blank: bool = True
    legal: bool = False
    restart: int | None = None
    paragraph_style: str | None = None
    font: str = ""

    @property
    def is_bullet(self) -> bool:
        """Whether it is the same sign for each paragraph."""
        return self.style == "bullet" or (self.style == "none" and not self.text)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The levels of a list, from 0; paragraphs of all lists with the same `key` count on together."""

    key: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """A number or bullet as written before its paragraph, with the blank that follows it, if any."""

    text: str
    is_bullet: bool


class Numbering:
    """Counts the paragraphs of a file's lists; they must be asked for in reading order, each once."""

    def __init__(self, root: etree._Element | None) -> None:
        """`root` is the numbering part; a file may have none."""
        self._schemes: dict[int, Scheme] = {} if root is None else dict(_read_schemes(root))
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, numbered: Numbered, style_id: str | None) -> Label | None:
        """The next number of a list; `style_id` is the style that names the list, if a style does.

        `None` for a paragraph that has none.
        """
        scheme = self._schemes.get(numbered.list_id) if numbered.list_id else None
        if scheme is None or numbered.list_id is None:
            return None
        depth = _depth(scheme, numbered, style_id)
        level = scheme.levels.get(depth)
        if level is None:
            return None
        counts = self._count(scheme, numbered.list_id, depth)
        if level.is_bullet:
            bullet = read_bullet(level.text, level.font)
            return Label(f"{bullet} ", is_bullet=True) if bullet else None
        text = _write(level, scheme, counts)
        parted = text.endswith(_OPEN) or (level.blank and not text.endswith(_CLOSED))
        return Label(f"{text} " if parted else text, is_bullet=False) if text else None

    def _count(self, scheme: Scheme, list_id: int, depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(scheme.key, {})
        start = scheme.starts.get(depth)
        if start is not None and (list_id, depth) not in self._begun:
            counts[depth] = start
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = scheme.levels[depth].start
        self._begun.add((list_id, depth))
        for above in range(depth):
            if above not in counts and above in scheme.levels:
                counts[above] = scheme.levels[above].start
        for below in [each for each in counts if each > depth]:
            restart = scheme.levels[below].restart if below in scheme.levels else None
            if restart is None or depth < restart:
                del counts[below]
        return counts


def _depth(scheme: Scheme, numbered: Numbered, style_id: str | None) -> int:
    if style_id is not None:
        for depth, level in scheme.levels.items():
            if level.paragraph_style == style_id:
                return depth
    return numbered.level or 0


def _write(level: Level, scheme: Scheme, counts: Mapping[int, int]) -> str:
    def written(match: re.Match[str]) -> str:
        depth = int(match.group(1)) - 1
        named = scheme.levels.get(depth)
        if named is None or depth not in counts:
            return ""
        return write_number(counts[depth], "decimal" if level.legal else named.style)

    return _PLACEHOLDER.sub(written, level.text).strip()


def _read_schemes(root: etree._Element) -> Iterator[tuple[int, Scheme]]:
    abstract = {each.get(f"{W}abstractNumId", ""): each for each in root.findall(f"{W}abstractNum")}
    by_style = {value(each, "styleLink"): key for key, each in abstract.items()}
    for element in root.findall(f"{W}num"):
        key = value(element, "abstractNumId") or ""
        link = value(abstract.get(key), "numStyleLink")
        key = by_style.get(link, key) if link else key
        list_id = read_whole(element.get(f"{W}numId"))
        if key in abstract and list_id is not None:
            yield list_id, _override(Scheme(key, _read_levels(abstract[key])), element)


def _override(scheme: Scheme, element: etree._Element) -> Scheme:
    """A list that begins anew, or numbers some levels otherwise than those it counts on with."""
    starts: dict[int, int] = {}
    levels = dict(scheme.levels)
    for each in element.findall(f"{W}lvlOverride"):
        levels |= _read_levels(each)
        depth, start = read_whole(each.get(f"{W}ilvl")), number(each, "startOverride")
        if depth is not None and start is not None:
            starts[depth] = start
    return replace(scheme, levels=levels, starts=starts)


def _read_levels(element: etree._Element) -> dict[int, Level]:
    levels = ((read_whole(each.get(f"{W}ilvl")), each) for each in element.findall(f"{W}lvl"))
    return {depth: _read_level(each) for depth, each in levels if depth is not None and 0 <= depth < _LEVELS}


def _read_level(element: etree._Element) -> Level:
    start, font = number(element, "start"), find(element, "rPr/rFonts")
    return Level(
        start=1 if start is None else start,
        style=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        blank=value(element, "suff") != "nothing",
        legal=is_on(find(element, "isLgl")),
        restart=number(element, "lvlRestart"),
        paragraph_style=value(element, "pStyle"),
        font="" if font is None else font.get(f"{W}ascii") or font.get(f"{W}hAnsi", ""),
    )

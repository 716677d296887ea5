"""The paragraphs, headings, items and rows of a page in reading order, whatever they belong to.

May import the core.
"""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from ingest.formats.html.listing import Listing, is_marked
from ingest.formats.html.tabular import is_data, read_table
from ingest.formats.projection import Value
from ingest.loaded import Role

# What a browser does not show, or what only works a form.
_UNSEEN = frozenset(
    "head script style noscript template iframe object embed applet svg canvas audio video map button "
    "select textarea input datalist rt rp meta link title base frameset".split()
)
_BLOCKS = frozenset(
    "html body main article section div header footer nav aside p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd "
    "menu dir blockquote pre xmp listing figure figcaption table caption thead tbody tfoot tr td th "
    "form fieldset legend details summary address center hgroup search option".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTES = frozenset({"figcaption", "caption"})
_PREFORMATTED = frozenset({"pre", "xmp", "listing"})
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# LibreOffice writes page headers and footers so, and footnotes.
_PRINTED_MARGIN = ("header", "footer")
_FOOTNOTE = re.compile(r"(?:sd)?(?:foot|end)note[-_]?\d+|_?(?:ftn|edn)\d+")
# A line break that is written, as against one in the source.
_BREAK = "\u2028"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3001-\u303f“”‘’…—]"
_WRAP = re.compile(rf"(?<={_WIDE})[ \t]*\r?\n[ \t\r\n]*(?={_WIDE})")
# Lines are paragraphs where a blank line, an indent or the end of a sentence is between them.
_PARAGRAPH = re.compile(rf"{_BREAK}[\s\u3000]*{_BREAK}|{_BREAK}[ \xa0\u3000]{{2,}}|(?<=[。！？；：]){_BREAK}")
_LINK_FILE = re.compile(r"\.(?:docx?|wps|xlsx?|et|pptx?|pdf|ofd|zip|rar|txt|csv)(?:[?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or row of a page.

    `place` is the container it stands in, `anchors` how many links to other pages begin in it, `links`
    how many of its characters are theirs; a row has its `values`.
    """

    role: Role
    text: str
    place: int
    level: int | None = None
    links: int = 0
    anchors: int = 0
    values: tuple[Value, ...] = ()


@dataclass(slots=True)
class Container:
    """An element that holds blocks: its element, the container around it, its blocks (end exclusive)."""

    element: HtmlElement
    parent: int
    first: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a page shows: its blocks and the containers they stand in, both in order."""

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)


def read_blocks(root: HtmlElement) -> Outline:
    """Everything that a page shows."""
    reader = _Reader()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            continue
        if event == "end":
            reader.end(element)
        elif not reader.start(element):
            walk.skip_subtree()
    return reader.outline


class _Reader:
    """Gathers text until a block begins or ends."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._open: list[int] = []
        self._roles: list[tuple[Role, int | None]] = [("text", None)]
        self._lists: list[Listing] = []
        self._skipped: HtmlElement | None = None
        self._pieces: list[str] = []
        self._links = self._begun = self._anchors = self._preformatted = self._tables = 0
        self._mark = ""

    def start(self, element: HtmlElement) -> bool:
        """Whether to go into an element."""
        tag = element.tag
        if tag in _UNSEEN or _is_hidden(element):
            self._skipped = element
            return False
        if tag == "br":
            self._pieces.append(_BREAK)
        elif tag == "hr":
            self._flush()
        elif tag in _BLOCKS:
            self._enter(element)
            if tag == "table" and is_data(element):
                self._table(element)
                self._skipped = element
                return False
        if tag == "a" and _leads_away(element):
            self._anchors += 1
            self._begun += 1
        self._preformatted += tag in _PREFORMATTED
        self._add(element.text)
        return True

    def end(self, element: HtmlElement) -> None:
        tag = element.tag
        entered = self._skipped is not element
        self._skipped = None
        if entered:
            self._anchors -= tag == "a" and _leads_away(element)
            self._preformatted -= tag in _PREFORMATTED
        if self._open and self.outline.containers[self._open[-1]].element is element:
            self._leave(element)
        if self._open:
            self._add(element.tail)

    def _enter(self, element: HtmlElement) -> None:
        self._flush()
        parent = self._open[-1] if self._open else -1
        self._open.append(len(self.outline.containers))
        self.outline.containers.append(Container(element, parent, len(self.outline.blocks)))
        self._roles.append(_role(element) or self._roles[-1])
        if element.tag in ("ol", "ul"):
            self._lists.append(Listing(element))
        elif element.tag == "li" and self._lists:
            self._mark = self._lists[-1].mark(element)

    def _leave(self, element: HtmlElement) -> None:
        self._flush()
        self.outline.containers[self._open.pop()].end = len(self.outline.blocks)
        self._roles.pop()
        if element.tag in ("ol", "ul"):
            self._lists.pop()
        elif element.tag == "li":
            self._mark = ""

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text.replace("\n", _BREAK) if self._preformatted else text)
            self._links += len(text.strip()) if self._anchors else 0

    def _flush(self) -> None:
        """Make what was gathered a block, or several where blank lines or indents part them."""
        gathered, links, anchors = "".join(self._pieces), self._links, self._begun
        self._pieces, self._links, self._begun = [], 0, 0
        if not gathered.strip():
            return
        role, level = self._roles[-1]
        for part in _PARAGRAPH.split(_BLANKS.sub(" ", _WRAP.sub("", gathered))):
            text = "\n".join(line.strip() for line in part.split(_BREAK)).strip()
            if text:
                marked = text if is_marked(text) else self._mark + text
                self._mark = ""
                block = Block(role, marked, self._open[-1], level, min(links, len(text)), anchors)
                self.outline.blocks.append(block)
                links = max(0, links - len(text))
                anchors = 0

    def _table(self, element: HtmlElement) -> None:
        self._tables += 1
        for row in read_table(element, str(self._tables)):
            text = "\n".join(value.text for value in row.values)
            role: Role = "note" if row.caption else "row"
            self.outline.blocks.append(Block(role, text, self._open[-1], values=row.values))


def _role(element: HtmlElement) -> tuple[Role, int | None] | None:
    """What an element makes of the text in it; nothing of its own for most."""
    tag = element.tag
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if tag == "li":
        return "item", None
    if tag in _NOTES or _FOOTNOTE.fullmatch(element.get("id", "")):
        return "note", None
    return None


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    return (
        element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
        or (element.tag == "div" and element.get("title") in _PRINTED_MARGIN)
    )


def _leads_away(element: HtmlElement) -> bool:
    """Whether a link goes to another page, rather than to a place in this one or to a file with it."""
    target = element.get("href")
    return bool(target) and not target.startswith("#") and not _LINK_FILE.search(target)

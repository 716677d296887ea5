"""The text of an answer as HTML: markers as links, doubts beside their sentences, tables as tables.

May import the records of `rag` and the words of checking. Every character from outside is escaped here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from rag.answers import Claim
from ui.checking import doubt

# What HTML, Markdown or a template could read as markup; as numeric references they are plain characters.
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_MARKER = re.compile(r"\[(\d{1,4})\]")
_MARKERS = re.compile(r"(?:\[\d{1,4}\])*")
# A header, the line under it, and the rows, as Markdown writes them, with the empty line that ends them.
_TABLE = re.compile(r"^\|.*\|[ \t]*\n\|[ \t:|-]*-[ \t:|-]*\|?[ \t]*(?:\n\|.*)*\n{0,2}", re.MULTILINE)
_RULER = 1


def literal(text: str) -> str:
    """Text that shows as itself in HTML, in Markdown and in a template."""
    lines = (_SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", line.strip()) for line in text.split("\n"))
    return "<br>".join(lines)


def link(address: str, label: str, name: str) -> str:
    """A link that opens beside the page; `name` is its class."""
    return f'<a class="{name}" href="{escape(address)}" target="_blank" rel="noopener">{literal(label)}</a>'


def told(text: str, addresses: Mapping[int, str], claims: Sequence[Claim] = ()) -> str:
    """The text; `addresses` are those of the citations by number, others stay as they are written."""
    additions = sorted([*_links(text, addresses), *_doubts(text, claims)], key=lambda addition: addition[:2])

    def part(start: int, end: int) -> str:
        pieces: list[str] = []
        last = start
        for begin, stop, markup in additions:
            if start <= begin and stop <= end and begin >= last and (stop > start or begin > start):
                pieces += (literal(text[last:begin]), markup)
                last = stop
        return "".join((*pieces, literal(text[last:end])))

    pieces: list[str] = []
    last = 0
    for table in _TABLE.finditer(text):
        pieces.append(part(last, table.start()))
        rows = [row for place, row in enumerate(_lines(text, *table.span())) if place != _RULER]
        head, *body = (_cells(text, *row) for row in rows)
        pieces.append(_row("th", [part(*cell) for cell in head], "<table>"))
        pieces += (_row("td", [part(*cell) for cell in cells]) for cells in body)
        pieces.append("</table>")
        last = table.end()
    return "".join((*pieces, part(last, len(text))))


def _row(tag: str, cells: Sequence[str], before: str = "") -> str:
    return f"{before}<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in re.compile(r"[^\n]+").finditer(text, start, end):
        yield line.span()


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the cells of a row."""
    return [cell.span() for cell in re.compile(r"[^|]+").finditer(text, start, end) if cell[0].strip()]


def _links(text: str, addresses: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    for marker in _MARKER.finditer(text):
        address = addresses.get(int(marker[1]))
        if address is not None:
            yield *marker.span(), link(address, marker[1], "cite")


def _doubts(text: str, claims: Sequence[Claim]) -> Iterator[tuple[int, int, str]]:
    """After each sentence that is not supported, and its markers, what is wrong with it."""
    last = 0
    for claim in claims:
        start = text.find(claim.text, last)
        if start < 0:
            continue
        markers = _MARKERS.match(text, start + len(claim.text))
        last = markers.end() if markers else start + len(claim.text)
        if not claim.supported:
            yield last, last, f'<span class="doubt">⚠ {literal(doubt(claim))}</span>'

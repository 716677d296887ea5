"""Small units to embed: a sentence or two of one paragraph, with a line that says where it stands.

May import the core.
"""

import re
from collections.abc import Iterator

from rag.datatypes import Chunk, Paragraph
from rag.language.chinese import sentences, simplify

# A unit is closed once it has this many characters, and never grows beyond the most.
_ENOUGH, _MOST = 60, 120
# A sentence longer than this is cut, at commas where it has them.
_LONGEST = 200
# A unit shorter than this joins its neighbour, even if both together are long.
_TOO_SHORT = 25
# Before 一是, 二是 ... a new unit begins if the one before has this much.
_ITEM_ENOUGH = 30
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}(?:是|要)|第[一二三四五六七八九十]{1,2}[，、]|[（(]?\d{1,2}[）).．、]|[①-⑳]"
)
_COMMA = re.compile("[，,、：:]")
# The context line: all of it, one heading of it, and the least that is left worth saying of the title.
_CONTEXT, _ENTRY, _TITLE, _SHORTEST_TITLE = 60, 18, 24, 8
_MARK = " > "
# A heading with no larger share of characters than this that the title lacks repeats the title.
_NEW = 0.1
# 某某办公室关于印发…的通知: what it is about says more than who issued it.
_ABOUT = re.compile(r"[^《》]{2,40}?关于(?:印发|转发|公布|发布)?(?=.{6})")

Span = tuple[int, int]


def cut(paragraph: Paragraph, title: str) -> tuple[Chunk, ...]:
    """The units of one paragraph, in order; together they hold all of its characters of ink."""
    context = context_line(paragraph, title)
    return tuple(
        Chunk(
            id=f"{paragraph.document_id}:{paragraph.number}:{place}",
            document_id=paragraph.document_id,
            first=paragraph.number,
            last=paragraph.number,
            # Questions are simplified before they are embedded; what they are to meet must be too.
            text=simplify(
                f"{context}\n{paragraph.text[start:end]}" if context else paragraph.text[start:end]
            ),
            shown=paragraph.text[start:end],
        )
        for place, (start, end) in enumerate(unit_spans(paragraph))
    )


def context_line(paragraph: Paragraph, title: str) -> str:
    """Title > innermost headings > who is responsible, short enough not to drown the unit."""
    if paragraph.attributes.kind == "title":
        return ""
    entries = [entry[:_ENTRY] for entry in paragraph.section[-2:] if not _repeats(entry, title)]
    who = _responsible(paragraph, title)
    if who:
        entries.append(who[:_ENTRY])
    room = _CONTEXT - sum(len(entry) + len(_MARK) for entry in entries)
    if room >= _SHORTEST_TITLE:
        entries.insert(0, _ABOUT.sub("", title, count=1)[: min(room, _TITLE)])
    return _MARK.join(entries)


def _repeats(entry: str, title: str) -> bool:
    """Whether a heading says nothing that the title has not said: the annex named like its letter."""
    return len(set(entry) - set(title)) <= _NEW * len(set(entry))


def _responsible(paragraph: Paragraph, title: str) -> str:
    """Department and person, unless the path, the title or the unit itself names them."""
    attributes = paragraph.attributes
    said = "".join(paragraph.section) + title
    if len(paragraph.text) <= _LONGEST:
        said += paragraph.text
    names = (attributes.department, attributes.person)
    return " ".join(name for name in names if name and name not in said)


def unit_spans(paragraph: Paragraph) -> list[Span]:
    """Spans of the units in the paragraph's text."""
    text = paragraph.text
    if paragraph.attributes.kind in ("title", "heading", "signature"):
        return [(0, len(text))] if len(text) <= _LONGEST else _grouped(text, list(_pieces(text)))
    spans = _grouped(text, list(_pieces(text)))
    if paragraph.attributes.kind == "task":
        return _with_fields(text, spans)
    return spans


def _pieces(text: str) -> Iterator[Span]:
    for start, end in sentences(text):
        if end - start <= _LONGEST:
            yield start, end
        else:
            yield from _clauses(text, start, end)


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence too long for one unit, cut after commas, or anywhere where it has none."""
    while end - start > _LONGEST:
        commas = [match.end() for match in _COMMA.finditer(text, start + _ENOUGH // 2, start + _MOST)]
        stop = commas[-1] if commas else start + _MOST
        yield start, stop
        start = stop
    if start < end:
        yield start, end


def _grouped(text: str, pieces: list[Span]) -> list[Span]:
    """Neighbouring pieces together until there is enough, a new item apart."""
    units: list[Span] = []
    for start, end in pieces:
        if units and _fits(text, units[-1], start, end):
            units[-1] = (units[-1][0], end)
        else:
            units.append((start, end))
    if (
        len(units) > 1
        and units[-1][1] - units[-1][0] < _TOO_SHORT
        and _ITEM.match(text, units[-1][0]) is None
    ):
        units[-2:] = [(units[-2][0], units[-1][1])]
    return units


def _fits(text: str, unit: Span, start: int, end: int) -> bool:
    length = unit[1] - unit[0]
    if length >= _ITEM_ENOUGH and _ITEM.match(text, start):
        return False
    return length < _ENOUGH and end - unit[0] <= (_MOST if length >= _TOO_SHORT else _LONGEST)


def _with_fields(text: str, units: list[Span]) -> list[Span]:
    """A task keeps its 牵头单位：… in the unit of its last sentence; a short task is one unit."""
    if len(text) <= _LONGEST:
        return [(units[0][0], units[-1][1])]
    newline = text.rfind("\n", 0, text.find("单位"))
    return _merged(units, after=newline) if newline >= 0 else units


def _merged(units: list[Span], *, after: int) -> list[Span]:
    """Units that begin after a place are one with the unit that goes before it."""
    before = [unit for unit in units if unit[0] <= after]
    return [*before[:-1], (before[-1][0], units[-1][1])]

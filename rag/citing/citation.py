"""From markers to citations: which exact characters of its paragraph each sentence of an answer rests on.

May import the core. Markers have been cleaned (`rag.markers`) before they come here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answers import Citation
from rag.citing.alignment import locate
from rag.citing.pinpoint import Span, pinpoint
from rag.datatypes import Hit
from rag.language.chinese import sentences
from rag.markers import strip, used
from rag.ports import ParagraphSource

# A row of a table begins with it, and each of its cells.
_CELL = "|"
_MARKED = re.compile(r".*?(?:\[\d+\])+|.+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CitedText:
    """An answer text whose `[n]` are the numbers of its citations."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    handle: int
    start: int
    end: int


def cite(
    text: str,
    hits: Sequence[Hit],
    source: ParagraphSource,
    *,
    whole: bool = False,
    spans: Mapping[int, Span] | None = None,
) -> CitedText:
    """Turn each handle `[n]` of a text (for `hits[n - 1]`) into a citation of the span that supports it.

    A marker speaks for all of its line since the marker before it; the span is the smallest that
    supports that, or the `whole` sentence, task or row. The same span cited twice is one citation;
    numbers run 1.. in order of use. `spans` are those to quote whatever the text says, by handle.
    """
    fixed = spans or {}
    places: list[_Place] = []
    pieces = []
    for stretch in stretches(text):
        plain = strip(stretch)
        numbers = []
        for handle in used(stretch):
            span = fixed.get(handle) or pinpoint(plain, hits[handle - 1], whole=whole)
            place = _Place(handle, *span)
            if place not in places:
                places.append(place)
            numbers.append(places.index(place) + 1)
        body = plain.rstrip()
        blank = plain[len(body) :]
        pieces.append(body + "".join(f"[{number}]" for number in dict.fromkeys(numbers)) + blank)
    cited = {hits[place.handle - 1].paragraph.document_id for place in places}
    raw = {document_id: source.text(document_id) for document_id in cited}
    citations = tuple(
        _citation(number, place, hits[place.handle - 1], raw, source)
        for number, place in enumerate(places, 1)
    )
    return CitedText("".join(pieces), citations)


def stretches(text: str) -> list[str]:
    """The text cut after the markers of each sentence, at line breaks, and in tables after each marker.

    Sentences without a marker go with the next of their line that has one. Joined they are the text.
    """
    found: list[str] = []
    is_open = False
    for sentence in marked_sentences(text):
        head = sentence[: len(sentence) - len(sentence.lstrip())]
        pieces = _MARKED.findall(sentence) if sentence.lstrip().startswith(_CELL) else [sentence]
        if is_open and "\n" not in head:
            pieces[0] = found.pop() + pieces[0]
        found += pieces
        is_open = not used(found[-1])
    return found


def marked_sentences(text: str) -> list[str]:
    """The text cut into sentences, each with the markers that follow its stop; joined they are the text."""
    pieces: list[str] = []
    position = 0
    for start, end in sentences(text):
        piece = text[start:end]
        gap = text[position:start]
        marker_end = _leading_markers(piece)
        if pieces and marker_end:
            pieces[-1] += gap + piece[:marker_end]
            gap, piece = "", piece[marker_end:]
        if piece:
            pieces.append(gap + piece)
        position = end
    if pieces:
        pieces[-1] += text[position:]
    return pieces


def _leading_markers(piece: str) -> int:
    """Length of the run of markers a piece begins with, blanks between them included."""
    position = 0
    while position < len(piece):
        closing = piece.find("]", position)
        if piece[position] != "[" or closing < 0 or not piece[position + 1 : closing].isdecimal():
            break
        position = closing + 1
    return position


def _citation(
    number: int, place: _Place, hit: Hit, raw: Mapping[str, str], source: ParagraphSource
) -> Citation:
    paragraph = hit.paragraph
    start, end = locate(paragraph, raw[paragraph.document_id], place.start, place.end)
    places = tuple(source.places(paragraph.document_id, start, end))
    return Citation(
        number=number,
        document_id=paragraph.document_id,
        title=hit.title,
        section=paragraph.section,
        paragraph=paragraph.number,
        page=places[0].page if places else paragraph.page,
        start=start,
        end=end,
        quote=paragraph.text[place.start : place.end],
        places=places,
    )

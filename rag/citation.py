"""From markers to citations: which exact characters of its paragraph each sentence of an answer rests on.

May import the core. Markers have been cleaned (`rag.markers`) before they come here.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.alignment import locate
from rag.answers import Citation
from rag.chinese import bigrams, normalise, sentences
from rag.datatypes import Hit
from rag.evidence import units
from rag.markers import strip, used
from rag.ports import ParagraphSource


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


def cite(text: str, hits: Sequence[Hit], source: ParagraphSource) -> CitedText:
    """Turn each handle `[n]` of a text (for `hits[n - 1]`) into a citation of the span that supports it.

    The span is the unit of the paragraph (sentence or task) that shares most with the sentence the
    marker stands in. The same span cited twice is one citation; numbers run 1.. in order of use.
    """
    places: list[_Place] = []
    pieces = []
    for sentence in marked_sentences(text):
        plain = strip(sentence)
        numbers = []
        for handle in used(sentence):
            place = _Place(handle, *supporting_span(plain, hits[handle - 1]))
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


def supporting_span(sentence: str, hit: Hit) -> tuple[int, int]:
    """The unit of the hit's paragraph sharing most bigrams with the sentence, the first of equals."""
    wanted = set(bigrams(normalise(sentence)))
    spans = units(hit.paragraph) or [(0, len(hit.paragraph.text))]

    def shared(span: tuple[int, int]) -> float:
        held = set(bigrams(normalise(hit.paragraph.text[span[0] : span[1]])))
        return len(wanted & held) / math.sqrt(len(held) + 4)

    return max(spans, key=lambda span: (shared(span), -span[0]))


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

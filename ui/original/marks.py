"""Which characters of what is shown are cited, and how they are written as HTML.

May import the records of `rag`.
"""

from dataclasses import dataclass
from html import escape

from rag.datatypes import Paragraph, Place
from rag.language.chinese import is_blank


@dataclass(frozen=True, slots=True)
class Span:
    """The cited characters, as offsets into the document's raw text."""

    start: int
    end: int

    def touches(self, place: Place) -> bool:
        """Whether any character of a place is cited."""
        return self.start < place.end and place.start < self.end


Pieces = list[tuple[str, bool]]


def marked(paragraph: Paragraph, raw: str, span: Span | None) -> Pieces:
    """The paragraph's text in pieces, each with whether it is cited.

    Clean and raw text hold the same non-blank characters in the same order, so a raw offset becomes
    a clean one by counting them.
    """
    text = paragraph.text
    if span is None or span.end <= paragraph.start or span.start >= paragraph.end:
        return [(text, False)]
    before = _inked(raw[paragraph.start : max(span.start, paragraph.start)])
    within = _inked(raw[max(span.start, paragraph.start) : min(span.end, paragraph.end)])
    if not within:
        return [(text, False)]
    inked = [at for at, sign in enumerate(text) if not is_blank(sign)]
    start, end = inked[before], inked[before + within - 1] + 1
    return _inked_pieces([(text[:start], False), (text[start:end], True), (text[end:], False)])


def marked_stretch(raw: str, place: Place, span: Span | None) -> Pieces:
    """The characters of a place in pieces, each with whether it is cited."""
    if span is None or not span.touches(place):
        return [(raw[place.start : place.end], False)]
    start, end = max(span.start, place.start), min(span.end, place.end)
    return _inked_pieces(
        [(raw[place.start : start], False), (raw[start:end], True), (raw[end : place.end], False)]
    )


def written(pieces: Pieces) -> str:
    """Pieces as HTML, the cited ones marked."""
    return "".join(f"<mark>{escape(text)}</mark>" if cited else escape(text) for text, cited in pieces)


def _inked_pieces(pieces: Pieces) -> Pieces:
    return [(text, cited) for text, cited in pieces if text]


def _inked(text: str) -> int:
    return sum(not is_blank(sign) for sign in text)

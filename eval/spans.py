"""Places in a document counted in non-blank characters, so that line breaks never matter.

May import `rag`; never a sibling room.
"""

from bisect import bisect_left
from dataclasses import dataclass

from rag.language.chinese import is_blank, squeeze


@dataclass(frozen=True, slots=True)
class Span:
    """Non-blank characters `start` up to `end` of a document."""

    document_id: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """How many characters it holds."""
        return self.end - self.start

    def shared(self, other: "Span") -> int:
        """How many characters two spans have in common.

        >>> Span("a", 0, 10).shared(Span("a", 6, 20)), Span("a", 0, 10).shared(Span("b", 0, 10))
        (4, 0)
        """
        if self.document_id != other.document_id:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Ruler:
    """Measures one raw text in non-blank characters.

    >>> ruler = Ruler("d", "区教 育 局")
    >>> ruler.find("教育局"), ruler.span(1, 4)
    ((Span(document_id='d', start=1, end=4),), Span(document_id='d', start=1, end=3))
    """

    def __init__(self, document_id: str, raw: str) -> None:
        self._document_id = document_id
        self._ink = [offset for offset, character in enumerate(raw) if not is_blank(character)]
        self._squeezed = squeeze(raw)

    def span(self, start: int, end: int) -> Span:
        """The span of raw offsets `start` up to `end`."""
        return Span(self._document_id, bisect_left(self._ink, start), bisect_left(self._ink, end))

    def find(self, quote: str) -> tuple[Span, ...]:
        """Every place where the quote stands, blanks ignored."""
        wanted = squeeze(quote)
        spans = []
        start = self._squeezed.find(wanted) if wanted else -1
        while start >= 0:
            spans.append(Span(self._document_id, start, start + len(wanted)))
            start = self._squeezed.find(wanted, start + 1)
        return tuple(spans)

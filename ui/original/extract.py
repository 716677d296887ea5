"""What of a document is shown at once: all of it, or so much around a paragraph.

May import the records and ports of `rag`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rag.datatypes import Paragraph, Place, StoredDocument
from rag.ports import ParagraphSource
from ui.original.marks import Span

# More makes a page slow to open on a phone; what is left out is a link away.
MOST_PARAGRAPHS = 600
MOST_CHARACTERS = 200_000
# So much of it stands before the paragraph that was asked for.
_BEFORE = 1 / 3


@dataclass(frozen=True, slots=True)
class Extract:
    """A run of a document's paragraphs, where they stand in its file, and what of them is cited.

    `text` is the whole document's, for offsets point into it.
    """

    stored: StoredDocument
    text: str
    paragraphs: Sequence[Paragraph]
    places: Sequence[Place]
    span: Span | None

    @property
    def first(self) -> int:
        """Number of the first paragraph shown."""
        return self.paragraphs[0].number

    @property
    def last(self) -> int:
        """Number of the last paragraph shown."""
        return self.paragraphs[-1].number

    @property
    def whole(self) -> bool:
        """Whether nothing of the document is left out."""
        return len(self.paragraphs) == self.stored.paragraphs

    @property
    def cited(self) -> list[Place]:
        """The places of the cited characters."""
        return [place for place in self.places if self.span is not None and self.span.touches(place)]

    def places_of(self, paragraph: Paragraph) -> Sequence[Place]:
        """Where a paragraph's characters stand."""
        first = bisect_right(self.places, paragraph.start, key=lambda place: place.end)
        last = bisect_left(self.places, paragraph.end, key=lambda place: place.start)
        return self.places[first:last]


def read_extract(
    source: ParagraphSource, document_id: str, span: Span | None, around: int | None = None
) -> Extract:
    """The document, or what stands around paragraph `around`, else around the cited characters.

    Raises DocumentNotFound.
    """
    stored, text = source.document(document_id), source.text(document_id)
    middle = around or (1 if span is None else _number_at(source, stored, span.start))
    paragraphs = _run(source, stored, min(max(middle, 1), stored.paragraphs))
    places = source.places(document_id, paragraphs[0].start, paragraphs[-1].end) if paragraphs else []
    return Extract(stored, text, paragraphs, places, span)


def _number_at(source: ParagraphSource, stored: StoredDocument, offset: int) -> int:
    """Number of the paragraph that holds a character, or of the last one before it."""

    def start(number: int) -> int:
        key = (stored.id, number)
        return source.fetch([key])[key].start

    return max(1, bisect_right(range(1, stored.paragraphs + 1), offset, key=start))


def _run(source: ParagraphSource, stored: StoredDocument, middle: int) -> list[Paragraph]:
    """The paragraphs around one, as many as are shown at once."""
    first = max(1, min(middle - int(MOST_PARAGRAPHS * _BEFORE), stored.paragraphs - MOST_PARAGRAPHS + 1))
    numbers = range(first, min(first + MOST_PARAGRAPHS, stored.paragraphs + 1))
    paragraphs = list(source.fetch([(stored.id, number) for number in numbers]).values())
    if sum(len(each.text) for each in paragraphs) <= MOST_CHARACTERS:
        return paragraphs
    before = [each for each in paragraphs if each.number < middle]
    kept = list(_within(reversed(before), int(MOST_CHARACTERS * _BEFORE)))[::-1]
    room = MOST_CHARACTERS - sum(len(each.text) for each in kept)
    return kept + list(_within((each for each in paragraphs if each.number >= middle), room, least=1))


def _within(paragraphs: Iterator[Paragraph], room: int, *, least: int = 0) -> Iterator[Paragraph]:
    """Paragraphs for as long as there is room for their characters, but `least` in any case."""
    used = 0

    def fits(numbered: tuple[int, Paragraph]) -> bool:
        nonlocal used
        used += len(numbered[1].text)
        return used <= room or numbered[0] < least

    return (paragraph for _, paragraph in takewhile(fits, enumerate(paragraphs)))

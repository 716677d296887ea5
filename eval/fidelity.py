"""How exactly a document's text was read: wrong characters, paragraphs, heading paths, citations.

Pure functions of known and extracted paragraphs. May import `rag`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from eval.inkline import Inkline
from rag.citing.alignment import locate
from rag.datatypes import Document, Paragraph
from rag.language.chinese import squeeze

KnownKind = Literal["title", "heading", "body", "row", "note", "line"]
# Marks that call a footnote and stand before it: Word keeps them out of the text, print has them in it.
_NOTE_MARK = re.compile(r"[①-⑳]|\[\d{1,2}\]")
_NOT_NAME = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A paragraph that a document is known to hold, and the headings it is known to stand under.

    A "line" is neither heading nor body: a signature, a date, the number of the document.
    """

    kind: KnownKind
    text: str
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share, 1 of nothing: there was nothing to get wrong."""
        return self.right / self.of if self.of else 1.0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.of + other.of)


_NONE = Share(0, 0)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How a document was read, or several. `errors` are wrong characters of `characters` known ones.

    `titles` counts documents with the known title, of those that have one; `found` boundaries found of
    those known (recall), `true` of those read (precision); `paths` known body paragraphs and rows
    under the right headings; `trips` spans cited exactly.
    """

    characters: int = 0
    errors: int = 0
    titles: Share = _NONE
    found: Share = _NONE
    true: Share = _NONE
    paths: Share = _NONE
    trips: Share = _NONE

    @property
    def error_rate(self) -> float:
        """Wrong characters for each known one."""
        return self.errors / self.characters if self.characters else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the precision and recall of boundaries."""
        return f1(self.true.value, self.found.value)

    def __add__(self, other: "Fidelity") -> "Fidelity":
        """Two documents as one: counts are added, so that long documents weigh more."""
        return Fidelity(
            self.characters + other.characters,
            self.errors + other.errors,
            self.titles + other.titles,
            self.found + other.found,
            self.true + other.true,
            self.paths + other.paths,
            self.trips + other.trips,
        )


def f1(precision: float, recall: float) -> float:
    """2PR / (P + R), van Rijsbergen's F with equal weights (Information Retrieval, 1979, ch. 7).

    >>> f1(1.0, 0.5), f1(0.0, 0.0)
    (0.6666666666666666, 0.0)
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure(known: Sequence[Known], document: Document, paragraphs: Sequence[Paragraph]) -> Fidelity:
    """Compare the paragraphs read from a file with those it is known to hold.

    Notes are compared apart from the body, as a multiset: whether a footnote stands below its
    paragraph or at the foot of its page is the format's choice. One that is missing counts with all
    its characters, one that is too many stays in the body; its own number may stand before it or not.
    Only characters of ink count.
    """
    body = [each for each in known if each.kind != "note"]
    notes = Counter(ink(each.text) for each in known if each.kind == "note")
    read = []
    for paragraph in paragraphs:
        text = ink(paragraph.text)
        note = text if text in notes else text.lstrip("0123456789")
        if notes[note] > 0:
            notes[note] -= 1
        else:
            read.append(paragraph)
    titles = [name(each.text) for each in known if each.kind == "title"]
    line = align(body, read)
    found, true = boundaries(line)
    return Fidelity(
        characters=sum(len(ink(each.text)) for each in known),
        errors=line.distance + sum(len(text) * count for text, count in notes.items()),
        titles=Share(sum(each == name(document.title) for each in titles), len(titles)),
        found=found,
        true=true,
        paths=right_paths(body, read, line, document.title),
        trips=round_trips(document.text, paragraphs),
    )


def ink(text: str) -> str:
    """The characters that count: no blanks, and no marks that call a footnote (①, [1]).

    >>> ink("区教 育 局①"), ink("[2] 见附件。")
    ('区教育局', '见附件。')
    """
    return _NOTE_MARK.sub("", squeeze(text))


def align(known: Sequence[Known], read: Sequence[Paragraph]) -> Inkline:
    """Both sequences of paragraphs as one line of ink each, side by side."""
    return Inkline(read=[ink(each.text) for each in read], known=[ink(each.text) for each in known])


def boundaries(line: Inkline) -> tuple[Share, Share]:
    """Known boundaries found (recall), and read ones that are true (precision), each matched once.

    A boundary is the number of characters of ink before it, as in the evaluation of segmentation
    by borders (Fournier, Evaluating Text Segmentation using Boundary Edit Distance, ACL 2013, with
    no transposition forgiven).
    """
    known, read = Counter(line.boundaries), Counter(line.read_boundaries)
    matched = (known & read).total()
    return Share(matched, known.total()), Share(matched, read.total())


def right_paths(known: Sequence[Known], read: Sequence[Paragraph], line: Inkline, title: str) -> Share:
    """Known paragraphs and rows of which the paragraph that holds most has the known headings above.

    Labels are compared without blanks, punctuation and differences of width. The title counts on
    neither side, nor does a label that only opens a paragraph (a heading run into its text) unless
    the known headings have it too.
    """
    titles = {name(title), *(name(each.text) for each in known if each.kind == "title")}
    named = {name(label) for each in known for label in each.section}
    whole = {name(each.text) for each in read}
    right = of = 0
    for each, holder in zip(known, line.holders(), strict=True):
        if each.kind in ("body", "row"):
            wanted = [label for label in map(name, each.section) if label not in titles]
            labels = map(name, read[holder].section) if holder is not None else ()
            counted = [label for label in labels if label not in titles and label in named | whole]
            right += holder is not None and counted == wanted
            of += 1
    return Share(right, of)


def name(label: str) -> str:
    """A heading as it is compared.

    >>> name("（一） 总体 要求"), name("▶ 区民政局")
    ('一总体要求', '区民政局')
    """
    return _NOT_NAME.sub("", unicodedata.normalize("NFKC", label))


def round_trips(raw: str, paragraphs: Sequence[Paragraph], *, spans: int = 3, seed: int = 0) -> Share:
    """Quotes whose characters of ink are those of the raw span that they are located at.

    Each whole paragraph, and `spans` random spans of each through `rag.citing.alignment.locate`.
    """
    chance = Random(seed)  # noqa: S311
    right = of = 0
    for paragraph in paragraphs:
        right += squeeze(raw[paragraph.start : paragraph.end]) == squeeze(paragraph.text)
        for start, end in _spans(paragraph, spans, chance):
            first, last = locate(paragraph, raw, start, end)
            right += squeeze(raw[first:last]) == squeeze(paragraph.text[start:end])
        of += 1 + spans
    return Share(right, of)


def _spans(paragraph: Paragraph, count: int, chance: Random) -> Iterator[tuple[int, int]]:
    for _ in range(count):
        start = chance.randrange(len(paragraph.text))
        yield start, chance.randint(start + 1, len(paragraph.text))

"""The records of an answer: what is said, what it rests on, why nothing is said; frozen and typed.

May import the other records.
"""

from dataclasses import dataclass
from typing import Literal

from rag.datatypes import Hit, Place

RefusalReason = Literal["no_evidence", "weak_evidence", "empty_library"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer to the exact characters an answer rests on.

    `raw[start:end]` of the document, blanks removed, equals `quote`, blanks removed; `places` say
    where those characters stand in a file that is not itself text.
    """

    number: int
    document_id: str
    title: str
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    end: int
    quote: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, markers off, and how it was checked against what it cites.

    `numbers` are those of its citations; `missing` lists the figures, names and the like that the
    cited text does not hold, as written. `supported` without numbers never happens.
    """

    text: str
    numbers: tuple[int, ...]
    supported: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, as a code for programs and a sentence for people."""

    reason: RefusalReason
    message: str


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds spent: finding, answering, all together."""

    retrieve: float = 0.0
    answer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back for a question.

    `answered` means at least one citation, and every `[n]` in `text` has its citation. A refusal is
    an ordinary value: `refusal` is set and `citations` point at the nearest paragraphs that `text`
    names. `answerer` is "extractive" or the model's name; `confidence` is 0..1. `claims` are the
    sentences of an answer in order, none of a refusal; `coverage` is the share of them, 0..1, that
    carry a citation which supports them.
    """

    question: str
    standalone_question: str
    text: str
    short_answer: str | None = None
    citations: tuple[Citation, ...] = ()
    answered: bool = False
    refusal: Refusal | None = None
    confidence: float = 0.0
    answerer: str = "extractive"
    timings: Timings = Timings()
    claims: tuple[Claim, ...] = ()

    @property
    def coverage(self) -> float:
        """Share of the claims that are supported; 0 where nothing is claimed."""
        return sum(claim.supported for claim in self.claims) / len(self.claims) if self.claims else 0.0


@dataclass(frozen=True, slots=True)
class Retrieved:
    """First event of a streamed answer: what was found."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of answer text, in order."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """Last event of a streamed answer: the whole of it. Its text replaces the deltas shown so far."""

    answer: Answer


AnswerEvent = Retrieved | Delta | Done

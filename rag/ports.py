"""What the core needs from the outside, as Protocols of one to a few methods.

Concrete classes live in the other rooms and are picked in `ui/compose.py` alone.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import (
    Closeness,
    Evidence,
    Excerpt,
    FieldScores,
    Hit,
    Match,
    Paragraph,
    ParsedDocument,
    Place,
    Question,
    Reading,
    StoredDocument,
    Task,
    Turn,
)

Vector = NDArray[np.float32]
PutOutcome = Literal["added", "replaced", "unchanged"]


class Embedder(Protocol):
    """Turns text into unit vectors that are near when the meaning is near."""

    @property
    def name(self) -> str:
        """Fingerprint of the model; a library built under another name must be rebuilt."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> Vector:
        """Rows of shape (len(texts), dimension), L2-normalised; zero rows for empty texts."""
        ...

    def embed_query(self, text: str) -> Vector:
        """One vector of shape (dimension,), L2-normalised."""
        ...


class Searcher(Protocol):
    """One index: finds paragraphs for a query text."""

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        """Best `limit` paragraphs, best first, one match per paragraph; empty scope means all."""
        ...


class MeaningSearcher(Searcher, Protocol):
    """An index of meanings that can tell how near any paragraph is, found by it or by others."""

    def closeness(self, query: str, keys: Sequence[tuple[str, int]]) -> list[Closeness]:
        """How near to a query paragraphs are, by (document id, number), in the order given.

        Costs time linear in the units of these paragraphs, whatever the size of the library.
        """
        ...


class FieldSearcher(Searcher, Protocol):
    """An index of words that can tell what each field of a paragraph adds to its score."""

    def fields(self, query: str, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], FieldScores]:
        """Scores, field by field, of paragraphs by (document id, number), found by it or by others.

        A paragraph that shares no word scores 0 in every field. Costs about as much as one search,
        however many paragraphs are asked for.
        """
        ...


class ParagraphSource(Protocol):
    """Reads what the catalogue keeps; unknown or invisible paragraphs are simply not returned."""

    def document(self, document_id: str) -> StoredDocument:
        """One document. Raises DocumentNotFound."""
        ...

    def documents(self, *, offset: int = 0, limit: int | None = None) -> list[StoredDocument]:
        """Documents in order of ingestion, newest last."""
        ...

    def text(self, document_id: str) -> str:
        """The decoded raw text that offsets point into. Raises DocumentNotFound."""
        ...

    def paragraphs(self, document_id: str) -> list[Paragraph]:
        """All paragraphs of a document in order. Raises DocumentNotFound."""
        ...

    def fetch(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Paragraph]:
        """Paragraphs by (document id, number), in one read; missing keys are left out."""
        ...

    def places(self, document_id: str, start: int, end: int) -> list[Place]:
        """Where the characters `start` to `end` of a text stand in its file; empty for plain text."""
        ...

    def titles(self, document_ids: Sequence[str]) -> dict[str, str]:
        """Titles by document id; unknown ids are left out."""
        ...

    def headed(
        self, section: str, *, document_ids: frozenset[str] = frozenset(), limit: int
    ) -> list[tuple[str, int]]:
        """Paragraphs by (document id, number) under a heading that holds these words, in order.

        `section` is normalised. Costs time linear in the paragraphs of the documents named.
        """
        ...

    def revision(self) -> int:
        """Grows with every visible change."""
        ...

    def tasks(self, *, unit: str | None = None, leader: str | None = None) -> list[tuple[str, int, Task]]:
        """Task records as (document id, paragraph number, task), filtered by exact unit or leader."""
        ...


class DocumentWriter(Protocol):
    """Keeps parsed documents; each becomes visible, or replaces its older self, in one step."""

    def put(self, parsed: ParsedDocument) -> PutOutcome:
        """Store one document under its id and source; the same bytes and source again change nothing."""
        ...

    def put_all(self, parsed: Sequence[ParsedDocument]) -> list[PutOutcome]:
        """Store several, each visible in one step, for less than one by one; outcomes in their order."""
        ...

    def is_current(self, source: str, document_id: str, parser: str) -> bool:
        """Whether the source names this very document already, as read by this version of the parser."""
        ...

    def sources_under(self, prefix: str) -> list[str]:
        """Every source that begins so, in order."""
        ...

    def remove_sources(self, sources: Sequence[str]) -> None:
        """Forget these sources, in one step, and the documents that no other source names."""
        ...


class WordStatistics(Protocol):
    """How rare each word is in the library."""

    def idf(self, words: Sequence[str]) -> list[float]:
        """Inverse document frequency per word, `ln(1 + (N - n + 0.5) / (n + 0.5))` (BM25's)."""
        ...


class Retriever(Protocol):
    """Finds the paragraphs a question may be answered from."""

    def retrieve(
        self, question: Question, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[Hit, ...]:
        """Best `limit` paragraphs, sorted."""
        ...


class Reranker(Protocol):
    """Reads a question together with each of a few paragraphs and says how well it answers.

    Scores need be comparable within one call only: ranking standardises them over the paragraphs
    read and weighs them as one more feature beside the others.
    """

    @property
    def name(self) -> str:
        """The model's name, as told to people."""
        ...

    def rerank(self, query: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        """A score for each text, higher is better, in the order given; any length of text is taken.

        Each comes with what stands above it (title, headings, who is in charge) before it.

        Raises OutOfTime when its budget is spent before all are read, ModelUnavailable when its model
        cannot be loaded.
        """
        ...


class SpanReader(Protocol):
    """Reads a question together with excerpts and marks where in each the answer stands."""

    def read(self, query: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """The most likely span of each text, in their order, never in a heading. Raises ModelUnavailable."""
        ...


class Rewriter(Protocol):
    """Makes a follow-up readable without its conversation, knowing what the rules made of it."""

    def rewrite(self, question: Question, history: Sequence[Turn]) -> str:
        """The standalone question; the rules' own where there is no better. Never fails."""
        ...


class Answerer(Protocol):
    """Writes an answer from numbered evidence, piece by piece."""

    @property
    def name(self) -> str:
        """ "extractive", or the model's name."""
        ...

    def stream(
        self, question: Question, evidence: Evidence, *, started: float | None = None
    ) -> Iterator[str]:
        """Pieces of answer text in order, in which `[n]` stands for `evidence.hits[n - 1]`.

        A deadline counts from `started`, a `perf_counter` reading in seconds, else from now. Raises
        AnswererFailed when no usable answer can be had.
        """
        ...

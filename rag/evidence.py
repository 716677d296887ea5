"""Reading the paragraphs found: which of their sentences may answer the question, best first.

May import the core. A learned reader can take this place behind the same call.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.chinese import sentences
from rag.coverage import Coverage
from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question
from rag.expected import holds_expected
from rag.ports import Embedder, WordStatistics
from rag.question import focus_terms

# Passages read at most for one question: bounds the embedding work on the path of an answer.
MAX_PASSAGES = 48


@dataclass(frozen=True, slots=True)
class PassageWeights:
    """Weights of a passage's score, fitted by `python -m eval.fit` on CMRC2018 train.

    `paragraph` is paid for each unit of score that the passage's paragraph lies behind the best one.
    """

    coverage: float = 1.0
    similarity: float = 0.5
    fits: float = 0.2
    paragraph: float = 0.15


class EvidenceReader:
    """Scores the sentences of the best paragraphs by words, meaning and the kind of thing asked for."""

    def __init__(
        self, embedder: Embedder, statistics: WordStatistics, *, weights: PassageWeights | None = None
    ) -> None:
        self._embedder = embedder
        self._statistics = statistics
        self._weights = weights or PassageWeights()

    def read(self, question: Question, hits: Sequence[Hit]) -> Evidence:
        """All sentences of the hits (at most MAX_PASSAGES), scored; ties in the order of the hits."""
        passages = [
            Passage(handle=handle, start=start, end=end, text=hit.paragraph.text[start:end])
            for handle, hit in enumerate(hits, 1)
            for start, end in units(hit.paragraph)
        ][:MAX_PASSAGES]
        if not passages:
            return Evidence(tuple(hits))
        coverage = Coverage.of(focus_terms(question.query), self._statistics)
        similarities = self._similarities(question.query, [passage.text for passage in passages])
        scored = [
            self._score(
                replace(
                    passage,
                    coverage=coverage.share(f"{context(hit.paragraph)}\n{passage.text}"),
                    similarity=similarity,
                    fits=holds_expected(question, passage.text, hit.paragraph),
                ),
                behind=hits[0].score - hit.score,
            )
            for passage, similarity in zip(passages, similarities, strict=True)
            for hit in (hits[passage.handle - 1],)
        ]
        scored.sort(key=lambda passage: (-passage.score, passage.handle, passage.start))
        everything = "\n".join(f"{context(hit.paragraph)}\n{hit.paragraph.text}" for hit in hits)
        return Evidence(tuple(hits), tuple(scored), coverage.heaviest_missing(everything))

    def _similarities(self, query: str, texts: Sequence[str]) -> list[float]:
        vectors = self._embedder.embed_documents(texts)
        return [float(value) for value in vectors @ self._embedder.embed_query(query)]

    def _score(self, passage: Passage, *, behind: float) -> Passage:
        weights = self._weights
        score = (
            weights.coverage * passage.coverage
            + weights.similarity * passage.similarity
            + weights.fits * passage.fits
            - weights.paragraph * behind
        )
        return replace(passage, score=score)


def units(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans that are read one by one: a task whole with its lead unit, otherwise sentences."""
    if paragraph.attributes.task is not None:
        return [(0, len(paragraph.text))]
    return sentences(paragraph.text)


def context(paragraph: Paragraph) -> str:
    """The headings and the signature a paragraph stands under."""
    signed = (paragraph.attributes.department, paragraph.attributes.person)
    return "\n".join((*paragraph.section, *(part for part in signed if part)))

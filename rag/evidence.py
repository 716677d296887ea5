"""Reading the paragraphs found: which of their sentences may answer the question, best first.

May import the core. A learned reader can take this place behind the same call.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.chinese import sentences
from rag.constraints import agreement
from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question
from rag.expected import holds_expected
from rag.overlap import Matcher
from rag.ports import Embedder

# Passages read at most for one question: bounds the embedding work on the path of an answer.
MAX_PASSAGES = 48


@dataclass(frozen=True, slots=True)
class PassageWeights:
    """Weights of a passage's score, fitted by `rag fit` on CMRC2018 train.

    `agreement`, which is not fitted, puts sentences of another year than the question names last;
    `paragraph` is paid for each unit of score that the passage's paragraph lies behind the best one.
    """

    coverage: float = 0.412
    likeness: float = 2.235
    figures: float = 2.717
    similarity: float = 7.851
    fits: float = 2.202
    agreement: float = 2.0
    paragraph: float = 1.031


class EvidenceReader:
    """Scores the sentences of the best paragraphs by words, meaning and the kind of thing asked for."""

    def __init__(
        self, embedder: Embedder, matcher: Matcher, *, weights: PassageWeights | None = None
    ) -> None:
        self._embedder = embedder
        self._matcher = matcher
        self._weights = weights or PassageWeights()

    def read(self, question: Question, hits: Sequence[Hit]) -> Evidence:
        """All sentences of the hits (at most MAX_PASSAGES), scored; ties in the order of the hits."""
        passages = [
            Passage(handle=handle, start=start, end=end, text=hit.paragraph.text[start:end])
            for handle, hit in enumerate(hits, 1)
            if may_answer(question, hit.paragraph)
            for start, end in units(hit.paragraph)
        ][:MAX_PASSAGES]
        if not passages:
            return Evidence(tuple(hits))
        similarities = self._similarities(question.query, [passage.text for passage in passages])
        told = [in_context(hits[passage.handle - 1], passage.text) for passage in passages]
        everything = tuple(piece for hit in hits for piece in in_context(hit, hit.paragraph.text))
        *overlaps, whole = self._matcher.overlaps(question.query, [*told, everything])
        scored = [
            self._score(
                replace(
                    passage,
                    coverage=overlap.coverage,
                    likeness=overlap.likeness,
                    figures=overlap.figures,
                    similarity=similarity,
                    fits=holds_expected(question, passage.text, hits[passage.handle - 1].paragraph),
                ),
                behind=hits[0].score - hits[passage.handle - 1].score,
                agrees=agreement(question, hits[passage.handle - 1], passage.text),
            )
            for passage, overlap, similarity in zip(passages, overlaps, similarities, strict=True)
        ]
        scored.sort(key=lambda passage: (-passage.score, passage.handle, passage.start))
        return Evidence(tuple(hits), tuple(scored), whole.missing)

    def _similarities(self, query: str, texts: Sequence[str]) -> list[float]:
        vectors = self._embedder.embed_documents(texts)
        return [float(value) for value in np.vecdot(vectors, self._embedder.embed_query(query))]

    def _score(self, passage: Passage, *, behind: float, agrees: float) -> Passage:
        weights = self._weights
        score = (
            weights.coverage * passage.coverage
            + weights.likeness * passage.likeness
            + weights.figures * passage.figures
            + weights.similarity * passage.similarity
            + weights.fits * passage.fits
            + weights.agreement * agrees
            - weights.paragraph * behind
        )
        return replace(passage, score=score)


def may_answer(question: Question, paragraph: Paragraph) -> bool:
    """Headings announce and signatures close; only a signature can answer, when it is who or when."""
    kind = paragraph.attributes.kind
    if kind == "signature":
        return question.kind in ("person", "date")
    return kind not in ("heading", "title")


def units(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans that are read one by one: a task with its lead unit or a row of a table whole, else sentences."""
    if paragraph.attributes.task is not None or paragraph.attributes.kind == "row":
        return [(0, len(paragraph.text))]
    return sentences(paragraph.text)


def context(hit: Hit) -> str:
    """What a reader knows of a paragraph before reading it: title, year, headings, who signed, who leads."""
    attributes = hit.paragraph.attributes
    known = (attributes.department, attributes.post, attributes.person)
    task = attributes.task
    led = (task.leader or "", *task.lead_units) if task else ()
    year = (f"{hit.year}年",) if hit.year and str(hit.year) not in hit.title else ()
    return "\n".join((hit.title, *year, *hit.paragraph.section, *(part for part in known if part), *led))


def in_context(hit: Hit, text: str) -> tuple[str, str]:
    """A text of a hit's paragraph with its context before it, as they are compared with a question."""
    return context(hit), text

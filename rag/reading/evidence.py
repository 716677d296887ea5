"""Reading the paragraphs found: which of their sentences may answer the question, best first.

May import the core. All sentences are compared with the question by words, meaning and the kind of thing
asked for; the stretches that look best are then read closely by a learned reader, which marks where the
answer stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.datatypes import Evidence, Excerpt, Hit, Paragraph, Passage, Question, Reading
from rag.documents.constraints import agreement
from rag.language.chinese import normalise, sentences
from rag.language.wordings import expanded, reworded
from rag.matching.expected import TYPED, holds_expected, leads_to_cases
from rag.matching.measured import KNOWN, elsewhere, told, unsaid
from rag.matching.overlap import Matcher
from rag.ports import Embedder, SpanReader
from rag.reading.windows import Window, windows

# Passages read at most for one question: bounds the embedding work on the path of an answer.
MAX_PASSAGES = 48
# Stretches that the reader looks at closely: on CMRC2018 train hardly an answer stands outside them.
MAX_WINDOWS = 5
# Characters of a title and of a heading that the reader sees; what a long lead says stands at its end.
_TITLE = 40
# A file that is called by a number (00017) says nothing by it.
_SAYS = re.compile(r"[\u4e00-\u9fff]|[^\W\d_]{3}")
# Of the first so many sentences one that leads to the list asked for, and of the first few one that holds the
# kind of thing asked for, goes before a sentence that is better by no more.
LOOKED_AT, NEAR = 6, 2.0
NEXT, CLOSE = 3, 1.0
# The longest sentence whose words count as said in the next one too: 不办理登记的，责令改正；逾期不办理的，…
_LEAD = 80
# A near miss is told by the words that it shares with the text: a question that shares fewer may be asked
# in everyday words, and that the text has others says nothing, unless the reader too sees nothing there.
_SHARED = 0.1
_BLIND = -0.5
# Log odds beyond which a reader is as sure as it can be.
SURE = 15.0


@dataclass(frozen=True, slots=True)
class PassageWeights:
    """Weights of a passage's score, fitted by `rag fit` on CMRC2018 train.

    `agreement`, which is not fitted, puts sentences of another year than the question names last; `read`
    is the weight under which most best passages answer, there and on the development questions;
    `paragraph` is paid for each unit of score that the passage's paragraph lies behind the best one.
    """

    coverage: float = 0.412
    likeness: float = 2.235
    figures: float = 2.717
    similarity: float = 7.851
    fits: float = 2.202
    agreement: float = 2.0
    paragraph: float = 1.031
    read: float = 4.0


class EvidenceReader:
    """Scores the sentences of the best paragraphs, and has the best of them read."""

    def __init__(
        self,
        embedder: Embedder,
        matcher: Matcher,
        span_reader: SpanReader | None = None,
        *,
        weights: PassageWeights | None = None,
    ) -> None:
        """Without a `span_reader` the passages are ordered by what they share with the question alone."""
        self._embedder = embedder
        self._matcher = matcher
        self._span_reader = span_reader
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
        compared = self._compared(question, hits, passages)
        scored = self._in_order(question, hits, compared)
        if self._span_reader is not None:
            scored = self._in_order(question, hits, _marked(self._span_reader, question, hits, scored))
        if question.kind == "number":
            scored = [*self._measured(question, hits, scored[:LOOKED_AT]), *scored[LOOKED_AT:]]
        return Evidence(tuple(hits), tuple(_fitting_first(question, hits, scored)))

    def _measured(
        self, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]
    ) -> list[Passage]:
        """The passages with what they do not say of what is measured and where, if a figure of it at all."""
        plain = expanded(question.query) == question.query
        measured = []
        for passage in passages:
            hit = hits[passage.handle - 1]
            above, text = map(normalise, in_context(hit, passage.text))
            around = "\n".join((above, normalise(_before(hit.paragraph, passage)), *_places(question, hit)))
            missed = elsewhere(question.query, f"{around}\n{normalise(hit.paragraph.text)}")
            if passage.coverage >= _SHARED or (plain and passage.read < _BLIND):
                query = reworded(question.query, f"{around}\n{text}")
                missed += unsaid(query, text, around, self._matcher.alike)
            tells = passage.fits and bool(told(question.query, text))
            measured.append(replace(passage, fits=tells, unsaid=missed))
        return measured

    def _compared(
        self, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]
    ) -> list[Passage]:
        """The passages with what they share with the question."""
        similarities = self._similarities(expanded(question.query), [passage.text for passage in passages])
        told = [in_context(hits[passage.handle - 1], passage.text) for passage in passages]
        overlaps = self._matcher.overlaps(question.query, told)
        return [
            replace(
                passage,
                coverage=overlap.coverage,
                likeness=overlap.likeness,
                figures=overlap.figures,
                missing=overlap.missing,
                similarity=similarity,
                fits=holds_expected(question, passage.text, hits[passage.handle - 1].paragraph),
            )
            for passage, overlap, similarity in zip(passages, overlaps, similarities, strict=True)
        ]

    def _similarities(self, query: str, texts: Sequence[str]) -> list[float]:
        vectors = self._embedder.embed_documents(texts)
        return [float(value) for value in np.vecdot(vectors, self._embedder.embed_query(query))]

    def _in_order(
        self, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]
    ) -> list[Passage]:
        """The passages scored, best first."""
        scored = [
            replace(
                passage,
                score=self._score(
                    passage,
                    behind=hits[0].score - hits[passage.handle - 1].score,
                    agrees=agreement(question, hits[passage.handle - 1], passage.text),
                ),
            )
            for passage in passages
        ]
        return sorted(scored, key=lambda passage: (-passage.score, passage.handle, passage.start))

    def _score(self, passage: Passage, *, behind: float, agrees: float) -> float:
        weights = self._weights
        return (
            weights.coverage * passage.coverage
            + weights.likeness * passage.likeness
            + weights.figures * passage.figures
            + weights.similarity * passage.similarity
            + weights.fits * passage.fits
            + weights.agreement * agrees
            - weights.paragraph * behind
            + weights.read * passage.read
        )


def _fitting_first(question: Question, hits: Sequence[Hit], passages: list[Passage]) -> list[Passage]:
    """Where a number, a date or somebody is asked for, what holds one and is about as good goes first.

    So does, where cases or papers are asked for, the sentence that leads to their list.
    """
    best = passages[0]
    if question.kind == "list":
        near = [one for one in passages[:LOOKED_AT] if best.score - one.score <= NEAR]
        fitting = [one for one in near if leads_to_cases(question.query, one.text)]
    elif question.kind == "number" and tells_no_figure(best):
        near = [one for one in passages[:LOOKED_AT] if best.score - one.score <= NEAR]
        agrees = [agreement(question, hits[one.handle - 1], one.text) for one in near]
        fitting = [
            one
            for one, agreed in zip(near, agrees, strict=True)
            if one.fits and not one.unsaid and one.coverage >= _SHARED and agreed >= agrees[0]
        ]
    elif question.kind in TYPED and not best.fits:
        fitting = [one for one in passages[1:NEXT] if one.fits and best.score - one.score <= CLOSE]
    else:
        fitting = []
    return [*fitting[:1], *(one for one in passages if one not in fitting[:1])]


def tells_no_figure(passage: Passage) -> bool:
    """Whether a passage tells no figure of what is measured, where the reader is not sure of one."""
    return passage.read < KNOWN and bool(passage.unsaid or not passage.fits)


def _before(paragraph: Paragraph, passage: Passage) -> str:
    """The sentence before a passage, where it is short enough to be what the passage goes on from."""
    before = [span for span in units(paragraph) if span[1] <= passage.start][-1:]
    return "".join(paragraph.text[start:end] for start, end in before if end - start <= _LEAD)


def _places(question: Question, hit: Hit) -> Iterator[str]:
    """What the places are called that a question names and a document is of."""
    for place in question.aim.places:
        if hit.paragraph.document_id in place.documents:
            yield from place.spellings


def _marked(
    reader: SpanReader, question: Question, hits: Sequence[Hit], passages: Sequence[Passage]
) -> list[Passage]:
    """The passages, those in which the reader marks an answer with where and how likely."""
    closely = windows(passages, MAX_WINDOWS)
    excerpts = [_excerpt(hits[window.handle - 1], window) for window in closely]
    readings = [reader.read(reworded(question.query, one.text), [one])[0] for one in excerpts]
    marks = sorted(zip(closely, readings, strict=True), key=lambda mark: -mark[1].likely)
    return [
        next(
            (
                _with_mark(passage, window.start, reading)
                for window, reading in marks
                if window.handle == passage.handle
                and passage.start <= window.start + reading.start < passage.end
                and reading.end > reading.start
            ),
            passage,
        )
        for passage in passages
    ]


def _excerpt(hit: Hit, window: Window) -> Excerpt:
    """A window under its title, year and headings, the outermost and the nearest; numbers say nothing."""
    above = (*hit.paragraph.section[:1], *hit.paragraph.section[-1:])
    known = (hit.title[:_TITLE], *_year(hit), *(heading[-_TITLE:] for heading in above))
    heading = "，".join(dict.fromkeys(part for part in known if _SAYS.search(part)))
    return Excerpt(hit.paragraph.text[window.start : window.end], heading)


def _with_mark(passage: Passage, offset: int, reading: Reading) -> Passage:
    read = max(-1.0, min(1.0, reading.likely / SURE))
    return replace(passage, read=read, span=(offset + reading.start, offset + reading.end))


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
    return "\n".join(
        (hit.title, *_year(hit), *hit.paragraph.section, *(part for part in known if part), *led)
    )


def _year(hit: Hit) -> tuple[str, ...]:
    """The year of the document, where its title does not say it."""
    return (f"{hit.year}年",) if hit.year and str(hit.year) not in hit.title else ()


def in_context(hit: Hit, text: str) -> tuple[str, str]:
    """A text of a hit's paragraph with its context before it, as they are compared with a question."""
    return context(hit), text

"""The HTTP contract's bodies: what comes in becomes an Inquiry, records become what goes out.

May import the records of `rag`; names and nesting are fixed, other systems are built on them.
"""

from pathlib import PurePath
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from rag.datatypes import Answer, Citation, Hit, Inquiry, Paragraph, StoredDocument, Turn
from ui.jobs import Job, JobStatus
from ui.links import original_url

MOST_HITS = 100
MOST_TURNS = 1000
MOST_DOCUMENTS = 1000


class Body(BaseModel):
    """What every body shares: no silent conversion of types, no change once read."""

    model_config = ConfigDict(strict=True, frozen=True)


class TurnBody(Body):
    """One earlier message."""

    role: Literal["user", "assistant"]
    content: str


class SearchRequest(Body):
    """A question and where to look; an absent or empty scope is the whole library."""

    question: str
    document_ids: Annotated[list[str], Field(max_length=MOST_DOCUMENTS)] | None = None
    top_k: Annotated[int, Field(ge=1, le=MOST_HITS)] | None = None

    def inquiry(self) -> Inquiry:
        """The same as the core's record."""
        return Inquiry(
            question=self.question, document_ids=frozenset(self.document_ids or ()), top_k=self.top_k
        )


class AskRequest(SearchRequest):
    """A question in its conversation; `stream` asks for server-sent events."""

    history: Annotated[list[TurnBody], Field(max_length=MOST_TURNS)] | None = None
    stream: bool = False

    def inquiry(self) -> Inquiry:
        """The same as the core's record."""
        return Inquiry(
            question=self.question,
            history=tuple(Turn(turn.role, turn.content) for turn in self.history or ()),
            document_ids=frozenset(self.document_ids or ()),
            top_k=self.top_k,
        )


class CitationBody(Body):
    """A numbered pointer to exact characters; `url` opens the original with them marked."""

    number: int
    document_id: str
    title: str
    section: list[str]
    paragraph: int
    page: int | None
    start: int
    end: int
    quote: str
    url: str

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """The citation as shown."""
        return cls(
            number=citation.number,
            document_id=citation.document_id,
            title=citation.title,
            section=list(citation.section),
            paragraph=citation.paragraph,
            page=citation.page,
            start=citation.start,
            end=citation.end,
            quote=citation.quote,
            url=original_url(citation),
        )


class RefusalBody(Body):
    """Why there is no answer."""

    reason: str
    message: str


class ElapsedBody(Body):
    """Milliseconds spent."""

    retrieve: float
    answer: float
    total: float


class AnswerBody(Body):
    """What comes back for a question."""

    question: str
    standalone_question: str
    answered: bool
    answer: str
    short_answer: str | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    refusal: RefusalBody | None
    citations: list[CitationBody]
    answerer: str
    elapsed_ms: ElapsedBody

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The answer as shown."""
        refusal, spent = answer.refusal, answer.timings
        return cls(
            question=answer.question,
            standalone_question=answer.standalone_question,
            answered=answer.answered,
            answer=answer.text,
            short_answer=answer.short_answer,
            confidence=float(answer.confidence),
            refusal=RefusalBody(reason=refusal.reason, message=refusal.message) if refusal else None,
            citations=[CitationBody.of(citation) for citation in answer.citations],
            answerer=answer.answerer,
            elapsed_ms=ElapsedBody(
                retrieve=round(spent.retrieve, 1), answer=round(spent.answer, 1), total=round(spent.total, 1)
            ),
        )


class HitBody(Body):
    """A paragraph found."""

    document_id: str
    title: str
    section: list[str]
    paragraph: int
    page: int | None
    start: int
    end: int
    text: str
    score: float

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """The hit as shown."""
        found = hit.paragraph
        return cls(
            document_id=found.document_id,
            title=hit.title,
            section=list(found.section),
            paragraph=found.number,
            page=found.page,
            start=found.start,
            end=found.end,
            text=found.text,
            score=float(hit.score),
        )


class HitsBody(Body):
    """Paragraphs found, best first."""

    hits: list[HitBody]

    @classmethod
    def of(cls, hits: tuple[Hit, ...]) -> Self:
        """The hits as shown."""
        return cls(hits=[HitBody.of(hit) for hit in hits])


class DeltaBody(Body):
    """A piece of answer text."""

    text: str


class DocumentBody(Body):
    """A document without its text; `source` is a file name, never a path."""

    id: str
    title: str
    source: str
    media_type: str
    paragraphs: int
    chunks: int
    ingested_at: str
    status: str

    @classmethod
    def of(cls, stored: StoredDocument) -> Self:
        """The document as shown."""
        return cls(
            id=stored.id,
            title=stored.title,
            source=PurePath(stored.source).name,
            media_type=stored.media_type,
            paragraphs=stored.paragraphs,
            chunks=stored.chunks,
            ingested_at=stored.ingested_at,
            status=stored.status,
        )


class DocumentsBody(Body):
    """A stretch of the list of documents; `total` counts all."""

    total: int
    documents: list[DocumentBody]


class ParagraphBody(Body):
    """A paragraph as stored."""

    number: int
    text: str
    section: list[str]
    page: int | None
    start: int
    end: int

    @classmethod
    def of(cls, paragraph: Paragraph) -> Self:
        """The paragraph as shown."""
        return cls(
            number=paragraph.number,
            text=paragraph.text,
            section=list(paragraph.section),
            page=paragraph.page,
            start=paragraph.start,
            end=paragraph.end,
        )


class ParagraphsBody(Body):
    """A stretch of a document's paragraphs; `total` counts all."""

    total: int
    paragraphs: list[ParagraphBody]


class QueuedBody(Body):
    """An upload waiting its turn."""

    job_id: str
    document_id: str
    filename: str


class QueuedJobsBody(Body):
    """One entry per uploaded file."""

    jobs: list[QueuedBody]

    @classmethod
    def of(cls, jobs: list[Job]) -> Self:
        """The jobs as accepted."""
        return cls(
            jobs=[
                QueuedBody(job_id=job.id, document_id=job.document_id, filename=job.filename) for job in jobs
            ]
        )


class JobBody(Body):
    """How far an upload has come."""

    job_id: str
    document_id: str
    status: JobStatus
    progress: Annotated[float, Field(ge=0, le=1)]
    error: str | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """The job as it stands."""
        return cls(
            job_id=job.id,
            document_id=job.document_id,
            status=job.status,
            progress=job.progress,
            error=job.error,
        )

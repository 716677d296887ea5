"""The HTTP contract's bodies for what the library holds: documents, paragraphs, jobs on their way in.

May import the records; names and nesting are fixed, other systems are built on them.
"""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Annotated, Self

from pydantic import Field

from rag.datatypes import Paragraph, StoredDocument
from ui.contract import Body
from vectorstore.jobs import Job, JobStatus


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
    def of(cls, jobs: Sequence[Job]) -> Self:
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

"""The HTTP contract's bodies for what the library holds: documents, paragraphs, jobs on their way in.

May import the records; names and nesting are fixed, other systems are built on them.
"""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Annotated, Generic, Self, TypeVar

from pydantic import AfterValidator, ConfigDict, Field

from rag.datatypes import Paragraph, StoredDocument
from ui.contract import Body
from vectorstore.jobs import Job, JobStatus

R = TypeVar("R")


def _file_name(source: str) -> str:
    return PurePath(source).name


class RecordBody(Body, Generic[R]):
    """A body that shows a record's fields under their own names."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, record: R) -> Self:
        """The record as shown."""
        return cls.model_validate(record)


class DocumentBody(RecordBody[StoredDocument]):
    """A document without its text; `source` is a file name, never a path."""

    id: str
    title: str
    source: Annotated[str, AfterValidator(_file_name)]
    media_type: str
    paragraphs: int
    chunks: int
    ingested_at: str
    status: str


class DocumentsBody(Body):
    """A stretch of the list of documents; `total` counts all."""

    total: int
    documents: list[DocumentBody]


class ParagraphBody(RecordBody[Paragraph]):
    """A paragraph as stored."""

    number: int
    text: str
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int


class ParagraphsBody(Body):
    """A stretch of a document's paragraphs; `total` counts all."""

    total: int
    paragraphs: list[ParagraphBody]


class QueuedBody(RecordBody[Job]):
    """An upload waiting its turn."""

    job_id: Annotated[str, Field(validation_alias="id")]
    document_id: str
    filename: str


class QueuedJobsBody(Body):
    """One entry per uploaded file."""

    jobs: list[QueuedBody]

    @classmethod
    def of(cls, jobs: Sequence[Job]) -> Self:
        """The jobs as accepted."""
        return cls(jobs=[QueuedBody.of(job) for job in jobs])


class JobBody(RecordBody[Job]):
    """How far an upload has come."""

    job_id: Annotated[str, Field(validation_alias="id")]
    document_id: str
    status: JobStatus
    progress: Annotated[float, Field(ge=0, le=1)]
    error: str | None

"""Uploads waiting to be stored: a bounded queue and the one thread that works it off.

May import the errors. Kept in memory: what was not stored when the server ends is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import BinaryIO, Literal
from uuid import uuid4

from rag.errors import InvalidRequest, RagError, ServiceError
from ui.faults import foreseen

JobStatus = Literal["queued", "running", "done", "failed"]
Progress = Callable[[float], None]

MOST_WAITING = 200
MOST_REMEMBERED = 1000
_OVER = ("done", "failed")


class JobNotFound(InvalidRequest):
    """No job has the given id, or it has been forgotten."""

    def __init__(self, job_id: str) -> None:
        """Name the id that was asked for (its first 80 characters)."""
        super().__init__(
            f"没有这个任务：{job_id[:80]!r}。只保留最近 {MOST_REMEMBERED} 个，重启后清空；请查看文件列表。"
        )


class QueueFull(ServiceError):
    """Too many uploads are waiting."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as received: its display name, the id of its bytes, and the bytes, spooled."""

    filename: str
    document_id: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Job:
    """How far an upload has come."""

    id: str
    document_id: str
    filename: str
    status: JobStatus = "queued"
    progress: float = 0.0
    error: str | None = None


class JobQueue:
    """Stores uploads one after another in the order they came, in a thread of its own."""

    def __init__(self, store: Callable[[Upload, Progress], None]) -> None:
        """`store` does the work of one upload and raises RagError when it cannot be done."""
        self._store = store
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._waiting: SimpleQueue[tuple[str, Upload] | None] = SimpleQueue()
        self._closing = Event()
        self._worker = Thread(target=self._work, name="ingest")

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def close(self) -> None:
        """Finish the upload in hand and drop those that wait."""
        self._closing.set()
        self._waiting.put(None)
        self._worker.join()

    def submit(self, uploads: list[Upload]) -> list[Job]:
        """Queue uploads, all or none. Raises QueueFull."""
        jobs = [Job(uuid4().hex, upload.document_id, upload.filename) for upload in uploads]
        with self._lock:
            waiting = sum(job.status not in _OVER for job in self._jobs.values())
            if waiting + len(jobs) > MOST_WAITING:
                raise QueueFull(f"还有 {waiting} 个文件等待入库，上限 {MOST_WAITING} 个，请稍后再上传。")
            self._jobs.update({job.id: job for job in jobs})
            self._forget()
        for job, upload in zip(jobs, uploads, strict=True):
            self._waiting.put((job.id, upload))
        return jobs

    def job(self, job_id: str) -> Job:
        """One job as it stands. Raises JobNotFound."""
        with self._lock:
            if job_id not in self._jobs:
                raise JobNotFound(job_id)
            return self._jobs[job_id]

    def _work(self) -> None:
        while (next_up := self._waiting.get()) is not None:
            job_id, upload = next_up
            with upload.content:
                if not self._closing.is_set():
                    self._run(job_id, upload)

    def _run(self, job_id: str, upload: Upload) -> None:
        self._update(job_id, status="running")
        try:
            with foreseen():
                self._store(upload, lambda share: self._update(job_id, status="running", progress=share))
        except RagError as error:
            self._update(job_id, status="failed", error=str(error))
        else:
            self._update(job_id, status="done", progress=1.0)

    def _update(
        self, job_id: str, *, status: JobStatus, progress: float | None = None, error: str | None = None
    ) -> None:
        with self._lock:
            job = self._jobs[job_id]
            share = job.progress if progress is None else progress
            self._jobs[job_id] = replace(job, status=status, progress=share, error=error)

    def _forget(self) -> None:
        """Drop the oldest finished jobs above the limit."""
        finished = [job.id for job in self._jobs.values() if job.status in _OVER]
        for job_id in finished[: max(0, len(self._jobs) - MOST_REMEMBERED)]:
            del self._jobs[job_id]

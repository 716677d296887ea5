"""Accepted files on their way into the library: a bounded queue and the one thread that works it off.

May import the store of jobs, the spool and the errors. What was accepted outlives the server.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Event, RLock, Thread
from typing import BinaryIO, Self
from uuid import uuid4

from rag.errors import InvalidRequest, RagError
from ui.faults import foreseen
from ui.spool import Spool
from vectorstore.jobs import INCOMING, Job, JobStore
from vectorstore.library import CATALOGUE_FILE

_log = logging.getLogger(__name__)

Progress = Callable[[float], None]
# Takes the bytes of one file and its name into the library; raises RagError when that cannot be done.
Store = Callable[[bytes, str, Progress], None]

MOST_WAITING = 200
MOST_REMEMBERED = 1000
_OVER = ("done", "failed")


class JobNotFound(InvalidRequest):
    """No job has the given id, or it has been forgotten."""

    def __init__(self, job_id: str) -> None:
        """Name the id that was asked for (its first 80 characters)."""
        super().__init__(
            f"没有这个任务：{job_id[:80]!r}。已结束的任务只保留最近 {MOST_REMEMBERED} 个，请查看文件列表。"
        )


class JobUnderWay(InvalidRequest):
    """A document cannot be removed while it is being stored."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as received: its display name and its bytes."""

    filename: str
    content: BinaryIO


class JobQueue:
    """Stores uploads one after another in the order they came, in a thread of its own.

    An upload is on disk, and noted as a job, before `submit` returns; a job that was not over when
    the server ended is taken up again at `start`. Storing a file twice changes nothing.
    """

    def __init__(self, jobs: JobStore, spool: Spool, store: Store) -> None:
        self._jobs = jobs
        self._spool = spool
        self._store = store
        self._running: Job | None = None
        self._lock = RLock()
        self._waiting: SimpleQueue[str | None] = SimpleQueue()
        self._closing = Event()
        self._worker = Thread(target=self._work, name="ingest")

    @classmethod
    def open(cls, home: Path, store: Store) -> Self:
        """The queue of the library in a folder."""
        return cls(JobStore.open(home / CATALOGUE_FILE), Spool(home / INCOMING), store)

    def start(self) -> None:
        """Take up what was left, and begin to work."""
        left = [job.id for job in self._jobs.waiting()]
        self._spool.sweep(left)
        for job_id in left:
            self._waiting.put(job_id)
        self._worker.start()

    def close(self) -> None:
        """Finish the file in hand; those that wait are taken up at the next start."""
        self._closing.set()
        self._waiting.put(None)
        self._worker.join()
        self._jobs.close()

    def submit(self, uploads: Sequence[Upload]) -> list[Job]:
        """Accept uploads, all or none. Raises QueueFull, NoSpace."""
        ids = [uuid4().hex for _ in uploads]
        try:
            jobs = [
                Job(job_id, self._spool.keep(job_id, upload.content), upload.filename)
                for job_id, upload in zip(ids, uploads, strict=True)
            ]
            self._jobs.add(jobs, most_waiting=MOST_WAITING)
        except BaseException:
            for job_id in ids:
                self._spool.drop(job_id)
            raise
        for job in jobs:
            self._waiting.put(job.id)
        return jobs

    def job(self, job_id: str) -> Job:
        """One job as it stands. Raises JobNotFound."""
        with self._lock:
            if self._running is not None and self._running.id == job_id:
                return self._running
            job = self._jobs.job(job_id)
        if job is None:
            raise JobNotFound(job_id)
        return job

    def cancel(self, document_id: str) -> bool:
        """Give up the waiting jobs of a document that is to be removed; whether there were any.

        Raises JobUnderWay when one of them is being stored right now.
        """
        with self._lock:
            if self._running is not None and self._running.document_id == document_id:
                raise JobUnderWay(f"文件 {self._running.filename!r} 正在入库，请等它结束再删除。")
            waiting = [job for job in self._jobs.waiting() if job.document_id == document_id]
            for job in waiting:
                self._finish(replace(job, status="failed", error="入库之前已被删除。"))
        return bool(waiting)

    def _work(self) -> None:
        while (job_id := self._waiting.get()) is not None and not self._closing.is_set():
            try:
                with foreseen():
                    self._serve(job_id)
            # How the job ended could not be noted, so it is taken up again at the next start.
            except RagError:
                _log.exception("job %s could not be noted", job_id)

    def _serve(self, job_id: str) -> None:
        """Store a job's file, unless the job was given up meanwhile."""
        with self._lock:
            job = self._jobs.job(job_id)
            if job is None or job.status in _OVER:
                return
            self._running = replace(job, status="running")
        try:
            ended = self._outcome(job)
            # What fails because the server ends has not failed.
            if ended.status == "done" or not self._closing.is_set():
                self._finish(ended)
        finally:
            with self._lock:
                self._running = None

    def _outcome(self, job: Job) -> Job:
        """Do the work of a job, and say how it ended."""
        try:
            with foreseen():
                self._store(self._spool.read(job.id), job.filename, self._advance)
        except RagError as error:
            with self._lock:
                return replace(self._running or job, status="failed", error=str(error))
        return replace(job, status="done", progress=1.0)

    def _finish(self, job: Job) -> None:
        """Note how a job ended, then let go of its bytes."""
        self._jobs.finish(job, remembered=MOST_REMEMBERED)
        self._spool.drop(job.id)

    def _advance(self, share: float) -> None:
        with self._lock:
            if self._running is not None:
                self._running = replace(self._running, progress=share)

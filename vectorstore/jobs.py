"""Files on their way into the library: which were accepted, and what became of each.

Imports the errors of `rag`, and its neighbours that hold the tables and the connections.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from rag.errors import ServiceError
from vectorstore import schema
from vectorstore.connections import Connections

# The folder in the library's home where accepted files wait.
INCOMING = "incoming"

JobStatus = Literal["queued", "running", "done", "failed"]


class QueueFull(ServiceError):
    """Too many files are waiting."""


@dataclass(frozen=True, slots=True)
class Job:
    """How far an accepted file has come; `progress` is 0..1, `error` says why it failed."""

    id: str
    document_id: str
    filename: str
    status: JobStatus = "queued"
    progress: float = 0.0
    error: str | None = None


class JobStore:
    """Jobs beside the documents in the catalogue's file; what it has taken note of survives a power cut.

    Any thread may use it. A job under way is kept as queued: that is what it is after a crash.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the jobs kept in a catalogue's file. Raises ServiceError, LibraryDamaged."""
        store = cls(Connections(path, writable=True, durable=True))
        try:
            with store._connections.writing() as connection:
                connection.execute(schema.JOBS)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    def add(self, jobs: Sequence[Job], *, most_waiting: int) -> None:
        """Take note of jobs, all or none. Raises QueueFull."""
        with self._connections.writing() as connection:
            waiting = _count(connection)
            if waiting + len(jobs) > most_waiting:
                raise QueueFull(f"还有 {waiting} 个文件等待入库，上限 {most_waiting} 个，请稍后再上传。")
            connection.executemany(
                "INSERT INTO jobs (id, document_id, filename, status, progress) "
                "VALUES (?, ?, ?, 'queued', 0)",
                [(job.id, job.document_id, job.filename) for job in jobs],
            )

    def job(self, job_id: str) -> Job | None:
        """One job as kept, if it is."""
        if not job_id.isprintable():
            return None
        with self._connections.reading() as connection:
            row = connection.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
        return None if row is None else _job(row)

    def waiting(self) -> list[Job]:
        """Jobs that are not over, in the order they came."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM jobs WHERE status = 'queued' ORDER BY position"
            ).fetchall()
        return [_job(row) for row in rows]

    def finish(self, job: Job, *, remembered: int) -> None:
        """Keep how a job ended, and forget the oldest that ended beyond the newest `remembered`."""
        with self._connections.writing() as connection:
            connection.execute(
                "UPDATE jobs SET status = ?, progress = ?, error = ? WHERE id = ?",
                (job.status, job.progress, job.error, job.id),
            )
            connection.execute(
                "DELETE FROM jobs WHERE position IN (SELECT position FROM jobs WHERE status <> 'queued' "
                "ORDER BY position DESC LIMIT -1 OFFSET ?)",
                (remembered,),
            )


def _count(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM jobs WHERE status = 'queued'").fetchone()
    return int(count)


def _job(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        document_id=row["document_id"],
        filename=row["filename"],
        status=row["status"],
        progress=row["progress"],
        error=row["error"],
    )

"""SQLite connections: one writer, as many readers as threads ask at once, every error translated.

Imports the errors of `rag`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, RLock

from rag.errors import LibraryDamaged, RagError, ServiceError

# A sheet of 100,000 rows is written in one transaction, for which an upload that has arrived must wait.
_BUSY_SECONDS = 60.0
# A vector takes a kilobyte, of which pages of the usual four hold three and waste the rest; pages that
# become free can be given back. Both must be set before the file has content, and not again.
_LAYOUT = ("page_size = 8192", "auto_vacuum = INCREMENTAL")
# Pages are read where the system has them, not copied: a question reads a thousand vectors from all over.
# What of a file lies further back is read the usual way.
_MAPPED = "mmap_size = 2147418112"
_SETTINGS = ("journal_mode = WAL", "journal_size_limit = 16777216", "cache_size = -8192")


class Connections:
    """Connections to one database file, handed out to one thread at a time and kept for the next."""

    def __init__(self, path: Path, *, writable: bool, durable: bool = False) -> None:
        """`durable` waits for the disk with every transaction, so that a power cut takes none back."""
        self.path = path
        self.writable = writable
        self._synchronous = "FULL" if durable else "NORMAL"
        self._idle: list[sqlite3.Connection] = []
        self._guard = Lock()
        self._writing = RLock()
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one read transaction: all its statements see the same state."""
        with translated(self.path):
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.rollback()
                self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one write transaction: all of it is kept, or none."""
        with self._writing, translated(self.path):
            connection = self._take()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.commit()
            finally:
                connection.rollback()
                self._give_back(connection)

    def shrink(self) -> None:
        """Give the disk back the pages that are free, and what the log holds of them."""
        with self._writing, translated(self.path):
            connection = self._take()
            try:
                for statement in ("PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    connection.execute(statement).fetchall()
            finally:
                self._give_back(connection)

    def close(self) -> None:
        """Close what is idle now and the rest when it comes back."""
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._guard:
            if self._closed:
                raise ServiceError(f"文件库 {self.path} 已经关闭，请重新打开。")
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._guard:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        mode = "rwc" if self.writable else "ro"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA {_MAPPED}").fetchall()
            if self.writable:
                is_new = connection.execute("PRAGMA page_count").fetchone()[0] == 0
                for setting in (*(_LAYOUT if is_new else ()), *_SETTINGS):
                    connection.execute(f"PRAGMA {setting}").fetchall()
                connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours: a file that is no database is damage, the rest a failed service."""
    try:
        yield
    except RagError:
        raise
    except sqlite3.OperationalError as error:
        raise ServiceError(
            f"读写文件库 {path} 失败：{error}。请检查磁盘空间和文件夹权限，或是否有别的程序占用。"
        ) from error
    except sqlite3.Error as error:
        raise LibraryDamaged(
            f"文件库 {path} 无法使用：{error}。请从备份恢复，或换一个 RAG_HOME 用 `rag ingest` 重新导入。"
        ) from error

"""One writer at a time: a lock on a file in the library's folder, released by the system at death.

Imports the errors of `rag`.
"""

import fcntl
import os
from datetime import datetime
from pathlib import Path
from typing import Self

from rag.errors import LibraryLocked, ServiceError

LOCK_FILE = "writer.lock"


class WriterLock:
    """Holds the right to write to a library; the file says who holds it and since when."""

    def __init__(self, home: Path, descriptor: int) -> None:
        self.home = home
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, home: Path) -> Self:
        """Take the lock, making the folder if need be, or raise LibraryLocked at once, naming the holder."""
        path = home / LOCK_FILE
        try:
            home.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ServiceError(
                f"无法写入文件库文件夹 {home}：{error.strerror}。请检查权限，或用 RAG_HOME 换一个文件夹。"
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _holder(descriptor)
            os.close(descriptor)
            raise LibraryLocked(
                f"文件库 {home} 正被{holder}写入，同一时间只能有一个写入者。"
                "请等它结束或先停止它；若它是 `rag serve`，请通过它的页面或接口导入和删除文件。"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {datetime.now():%Y-%m-%d %H:%M:%S}".encode(), 0)
        return cls(home, descriptor)

    @classmethod
    def demand(cls, home: Path) -> None:
        """Raise LibraryLocked if another process holds the lock now; make nothing."""
        if (home / LOCK_FILE).exists():
            cls.acquire(home).release()

    def release(self) -> None:
        """Let the next writer in. Releasing twice does nothing more."""
        # The file stays: removing it would let two writers lock two files of one name.
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.ftruncate(descriptor, 0)
            os.close(descriptor)


def _holder(descriptor: int) -> str:
    """Who holds the lock, as a phrase; the holder may not have signed yet."""
    pid, _, since = os.pread(descriptor, 100, 0).decode("ascii", "replace").partition(" ")
    return f"进程 {pid}（自 {since} 起）" if pid.isdigit() and since else "另一个进程"

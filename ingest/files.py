"""Files on disk: found in order, each once; read whole, as they were at one moment.

May import the errors of `rag`.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from ingest.naming import is_hidden, printable, source_of
from rag.errors import UnreadableFile

_READINGS = 3
_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Entry:
    """What was found under a name: a file to read, or the reason why it cannot be."""

    path: Path
    reason: str | None = None


def find(paths: Iterable[Path], root: Path | None = None) -> Iterator[Entry]:
    """Files named, and files under folders named, each once: sorted, hidden ones left out.

    Links to folders are not followed; a link that leads out of its folder (or `root`, that holds
    all of them), or a folder that cannot be listed, is found with the reason.
    """
    seen: set[str] = set()
    for path in paths:
        for entry in walk(path, root or path) if os.path.isdir(path) else (Entry(path),):
            # A link that is not followed stands for itself.
            file = os.path.abspath(entry.path) if entry.reason else os.path.realpath(entry.path)
            if file not in seen:
                seen.add(file)
                yield entry


def walk(folder: Path, root: Path) -> Iterator[Entry]:
    """Everything below a folder that is meant to be read, in order; links may lead anywhere in `root`."""
    top = os.path.realpath(root)
    waiting = [folder]
    while waiting:
        folders = []
        for entry in _list(waiting.pop()):
            if entry.reason is None and entry.path.is_symlink() and not is_inside(entry.path, top):
                yield Entry(entry.path, f"链接 {printable(entry.path.as_posix())!r} 指向文件夹之外，没有读。")
            elif entry.reason is not None or not os.path.isdir(entry.path):
                yield entry
            elif not entry.path.is_symlink():
                folders.append(entry.path)
        waiting += reversed(folders)


def is_inside(path: Path, top: str) -> bool:
    """Whether a path, links followed, lies below a folder that is given without links."""
    return os.path.commonpath((os.path.realpath(path), top)) == top


def read(path: Path, max_bytes: int) -> bytes:
    """The bytes of a regular file, none of them written while it was read.

    Raises UnreadableFile; one byte over the limit is enough to refuse it.
    """
    for reading in range(_READINGS):
        if reading:
            sleep(_PAUSE)
        raw = _read_once(path, max_bytes)
        if raw is not None:
            return raw
    raise UnreadableFile(
        f"文件 {source_of(path)!r} 正在被改动，读了 {_READINGS} 次都不一样。请写完后再收入。"
    )


def mark(path: Path) -> tuple[int, int, int]:
    """What changes when a file does: its place on the disk, size and time. Raises UnreadableFile."""
    try:
        return _mark(path.stat())
    except OSError as error:
        raise _unreadable(source_of(path), error) from error


def _list(folder: Path) -> list[Entry]:
    try:
        names = sorted(name for name in os.listdir(folder) if not is_hidden(name))
    except OSError as error:
        name = source_of(folder)
        return [Entry(folder, f"打不开文件夹 {name!r}：{error.strerror}，里面的文件没有读。请检查权限。")]
    return [Entry(folder / name) for name in names]


def _read_once(path: Path, max_bytes: int) -> bytes | None:
    """The bytes, or `None` if they changed meanwhile."""
    name = source_of(path)
    try:
        if not os.path.isfile(path):
            raise _no_file(name)
        # Should the file become a pipe in between, opening it must not wait for a writer.
        with open(path, "rb", opener=_open_at_once) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise _no_file(name)
            if before.st_size > max_bytes:
                raise _too_large(name, before.st_size, max_bytes)
            raw = file.read(max_bytes + 1)
        after = path.stat()
    except OSError as error:
        raise _unreadable(name, error) from error
    if len(raw) > max_bytes:
        raise _too_large(name, len(raw), max_bytes)
    return raw if _mark(before) == _mark(after) and len(raw) == after.st_size else None


def _no_file(name: str) -> UnreadableFile:
    return UnreadableFile(f"没有这个文件，或它不是普通文件：{name!r}。请检查路径。")


def _unreadable(name: str, error: OSError) -> UnreadableFile:
    return UnreadableFile(f"读不了文件 {name!r}：{error.strerror}。请检查权限后重试。")


def _too_large(name: str, size: int, max_bytes: int) -> UnreadableFile:
    return UnreadableFile(
        f"文件 {name!r} 有 {size} 字节，超过上限 {max_bytes} 字节。请拆分文件，或调大 RAG_FILE_BYTES。"
    )


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)


def _mark(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns

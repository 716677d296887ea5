"""What is inside a zip, read in memory within bounds; names are shown and never become paths.

May import the errors of `rag`. Runs in a process of its own, as the zip may be made to do harm.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from ingest.naming import INSIDE, is_hidden, member_name
from ingest.sniffing import sniff
from rag.errors import UnreadableFile

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNICODE_PATH = 0x7075
# Text shrinks to a tenth, drawings to a fiftieth; beyond this the archive is a bomb.
_RATIO = 100
_RATIO_FROM = 64 * 2**20
_MOST_UNREAD = 100
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be taken in: bytes of a file; of an archive, all levels together, members and bytes."""

    file_bytes: int = 50 * 2**20
    archive_files: int = 10_000
    archive_bytes: int = 4 * 2**30
    archive_depth: int = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A file to take in: its source, and its bytes or the reason why there are none."""

    source: str
    raw: bytes | None = field(repr=False)
    reason: str | None = None


def is_archive(raw: bytes, source: str) -> bool:
    """Whether the bytes are an archive of files, not an office file."""
    try:
        return raw.startswith(_MAGIC) and sniff(raw, source) == ".zip"
    except UnreadableFile:
        return False


def expand(origin: bytes | str, source: str, bounds: Bounds) -> Iterator[Found]:
    """The files in an archive, given as bytes or as a path, in its order; archives in it expanded too.

    A member is known as `source!/folder/name`. What cannot be read has a reason; one whose source is
    the archive's own says that the rest of it was not read.
    """
    try:
        with BytesIO(origin) if isinstance(origin, bytes) else open(origin, "rb") as file:
            yield from _Expansion(bounds, _size(file)).files(file, source, depth=1)
    except _Exhausted as error:
        yield Found(source, None, str(error))
    except OSError as error:
        yield Found(source, None, f"读不了压缩包 {source!r}：{error.strerror}。请检查权限后重试。")


class _Exhausted(Exception):
    """The archive as a whole holds more than it may."""


class _Expansion:
    """One archive being read, with what has been read of it so far."""

    def __init__(self, bounds: Bounds, size: int) -> None:
        self._bounds = bounds
        self._allowed = min(bounds.archive_bytes, max(_RATIO_FROM, _RATIO * size))
        self._members = 0
        self._unread = 0
        self._bytes = 0

    def files(self, file: BinaryIO, source: str, *, depth: int) -> Iterator[Found]:
        """The files of an archive at a depth, 1 being the outermost."""
        try:
            archive = zipfile.ZipFile(file)
        except (*_BROKEN, NotImplementedError):
            yield Found(source, None, f"压缩包 {source!r} 已损坏，打不开。请重新压缩或重新下载后再收入。")
            return
        taken: set[str] = set()
        before = self._members
        for member in archive.infolist():
            name = member_name(_decoded(member))
            if member.is_dir() or any(map(is_hidden, name.split("/"))):
                continue
            self._count(source)
            inside = f"{source}{INSIDE}{_unique(name, taken)}"
            yield from self._member(archive, member, inside, depth)
        if self._members == before:
            yield Found(source, None, f"压缩包 {source!r} 里没有文件。")

    def _member(
        self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str, depth: int
    ) -> Iterator[Found]:
        try:
            raw = self._read(archive, member, source)
        except UnreadableFile as error:
            yield self._refused(source, str(error))
            return
        if not is_archive(raw, source):
            yield Found(source, raw)
        elif depth >= self._bounds.archive_depth:
            reason = f"{source!r} 套了超过 {self._bounds.archive_depth} 层压缩包。请先解压再收入。"
            yield self._refused(source, reason)
        else:
            yield from self.files(BytesIO(raw), source, depth=depth + 1)

    def _read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str) -> bytes:
        """The member's bytes; whatever it declares, one over the bound is enough to refuse it."""
        most = self._bounds.file_bytes
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableFile(f"{source!r} 有密码保护。请用密码解压后再收入。")
        if member.file_size > most:
            raise _too_large(source, member.file_size, most)
        try:
            with archive.open(member) as content:
                raw = content.read(most + 1)
        except NotImplementedError as error:
            raise UnreadableFile(f"{source!r} 的压缩方法不支持。请用普通 zip 方式重新压缩。") from error
        except _BROKEN as error:
            raise UnreadableFile(f"{source!r} 在压缩包中已损坏。请重新压缩后再收入。") from error
        self._bytes += len(raw)
        if self._bytes > self._allowed:
            raise _Exhausted(
                f"压缩包 {source.partition(INSIDE)[0]!r} 解开后超过 {self._allowed} 字节，疑为压缩炸弹，"
                "其余部分未读。请解压后收入文件夹。"
            )
        if len(raw) > most:
            raise _too_large(source, len(raw), most)
        return raw

    def _refused(self, source: str, reason: str) -> Found:
        """A member that cannot be read; an archive of nothing but such is not worth telling them all."""
        self._unread += 1
        if self._unread > _MOST_UNREAD:
            raise _Exhausted(
                f"压缩包 {source.partition(INSIDE)[0]!r} 中已有 {_MOST_UNREAD} 个文件读不出，其余部分未读。"
                "请解压后收入文件夹。"
            )
        return Found(source, None, reason)

    def _count(self, source: str) -> None:
        self._members += 1
        if self._members > self._bounds.archive_files:
            raise _Exhausted(
                f"压缩包 {source.partition(INSIDE)[0]!r} 中的文件超过 {self._bounds.archive_files} 个，"
                "其余部分未读。请解压后收入文件夹，或调大 RAG_ARCHIVE_FILES。"
            )


def _too_large(source: str, size: int, most: int) -> UnreadableFile:
    return UnreadableFile(
        f"{source!r} 解开后有 {size} 字节以上，超过上限 {most} 字节。请拆分文件，或调大 RAG_FILE_BYTES。"
    )


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _unique(name: str, taken: set[str]) -> str:
    """The name, or the first of `name~2.txt`, `name~3.txt`... that no member before has."""
    stem, dot, suffix = name.rpartition(".")
    chosen, number = name, 1
    while chosen in taken:
        number += 1
        chosen = f"{stem}~{number}.{suffix}" if dot else f"{name}~{number}"
    taken.add(chosen)
    return chosen


def _decoded(member: zipfile.ZipInfo) -> str:
    """The member's name: marked as UTF-8, given as such beside it, or of a system in China."""
    if member.flag_bits & _UTF8:
        return member.filename
    raw = member.orig_filename.encode("cp437", "replace")
    beside = _unicode_path(member.extra)
    for charset, name in (("utf-8", beside), ("utf-8", raw), ("gb18030", raw)):
        try:
            if name:
                return name.decode(charset)
        except UnicodeDecodeError:
            continue
    return member.filename


def _unicode_path(extra: bytes) -> bytes:
    """The name in Info-ZIP's field for it: version and checksum (5 bytes), then UTF-8; empty if none."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = (int.from_bytes(extra[place + i : place + i + 2], "little") for i in (0, 2))
        if kind == _UNICODE_PATH:
            return extra[place + 9 : place + 4 + size]
        place += 4 + size
    return b""

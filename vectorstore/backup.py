"""A library as one file: written while the library is in use, put back in one step.

Imports the errors of `rag`, and its neighbours in this room.

    manifest.json     what is inside, and the hash of the catalogue
    catalogue.db      the catalogue as of one moment; both indexes are built from it
    incoming/<id>     uploads that were accepted and not taken in yet
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import error as ZlibError

from pydantic import TypeAdapter

from rag.errors import LibraryDamaged, ServiceError, UnreadableFile
from vectorstore import repair, schema
from vectorstore.catalogue import Catalogue
from vectorstore.connections import translated
from vectorstore.durability import flush
from vectorstore.jobs import INCOMING
from vectorstore.library import CATALOGUE_FILE
from vectorstore.lock import WriterLock

FORMAT = 1
_MANIFEST = "manifest.json"
_LONGEST_MANIFEST = 10_000
# Vectors do not shrink and text shrinks well even so; higher levels take several times as long.
_LEVEL = 1
_BLOCK = 1 << 20
_UPLOAD = re.compile(rf"{INCOMING}/[0-9a-f]{{32}}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: `made_at` is ISO 8601 in UTC, `sha256` that of the catalogue."""

    format: int
    schema: int
    documents: int
    made_at: str
    sha256: str


def back_up(home: Path, file: Path) -> Manifest:
    """Write the library in a folder to one file, which appears whole or not at all.

    The library may be read and written meanwhile; the backup holds one moment of it. Raises
    LibraryDamaged when there is no library or its catalogue is not sound, ServiceError when the file
    cannot be written.
    """
    if not (home / CATALOGUE_FILE).is_file():
        raise LibraryDamaged(f"文件夹 {home} 中没有文件库，没有可备份的内容。请检查 RAG_HOME。")
    with _disk(file), TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as temporary:
        copy, uploads, made = (Path(temporary, name) for name in (CATALOGUE_FILE, INCOMING, "backup"))
        # An upload goes into the catalogue only once its file is there, and out of it before its file
        # goes: what is kept on both sides of the snapshot lacks none that the snapshot names.
        _keep_uploads(home, uploads)
        _snapshot(home / CATALOGUE_FILE, copy)
        _keep_uploads(home, uploads)
        manifest = _describe(copy)
        with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest)))
            archive.write(copy, CATALOGUE_FILE)
            for upload in sorted(uploads.iterdir()):
                archive.write(upload, f"{INCOMING}/{upload.name}")
        flush(made)
        os.replace(made, file)
        flush(file.parent)
    return manifest


def restore(home: Path, file: Path) -> Manifest:
    """Make the library in a folder what a backup holds, in one step.

    Both indexes are built beside the old ones first; until the step, and when it fails or is killed
    before, the library is what it was. Processes that only read go on, and see the change. Raises
    UnreadableFile when the file is no sound backup, LibraryLocked when another process writes,
    LibraryMismatch when the backup was made by another version of the program.
    """
    with _lock(home), TemporaryDirectory(prefix="restore-", dir=home) as temporary:
        copy, uploads = Path(temporary, CATALOGUE_FILE), Path(temporary, INCOMING)
        with _opened(file) as archive:
            manifest = _unpack(archive, copy, uploads)
        _index(home, copy)
        _bring_uploads(home, uploads)
        _replace(home / CATALOGUE_FILE, copy)
    return manifest


def _snapshot(catalogue: Path, copy: Path) -> None:
    """The catalogue as of now, checked."""
    with (
        translated(catalogue),
        closing(sqlite3.connect(f"{catalogue.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        # One file, without the log that a live catalogue has beside it.
        target.execute("PRAGMA journal_mode = DELETE")
        faults = target.execute("PRAGMA quick_check").fetchone()[0]
        if faults != "ok":
            raise LibraryDamaged(f"文件库 {catalogue} 已损坏，没有备份：{faults}。请从以前的备份恢复。")


def _describe(copy: Path) -> Manifest:
    with closing(sqlite3.connect(copy)) as connection:
        documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        version = connection.execute("SELECT schema FROM meta").fetchone()[0]
    with copy.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Manifest(FORMAT, version, documents, datetime.now(UTC).isoformat(timespec="seconds"), digest)


def _keep_uploads(home: Path, folder: Path) -> None:
    """Copy the uploads that wait; one that is taken in meanwhile is in the catalogue."""
    folder.mkdir(exist_ok=True)
    for waiting in (home / INCOMING).glob("*"):
        if _UPLOAD.fullmatch(f"{INCOMING}/{waiting.name}") and not (folder / waiting.name).exists():
            try:
                shutil.copyfile(waiting, folder / waiting.name)
            except FileNotFoundError:
                (folder / waiting.name).unlink(missing_ok=True)


@contextmanager
def _lock(home: Path) -> Iterator[None]:
    lock = WriterLock.acquire(home)
    try:
        for left in home.glob("restore-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


@contextmanager
def _opened(file: Path) -> Iterator[ZipFile]:
    """The backup as an archive; whatever is wrong with it becomes UnreadableFile."""
    try:
        with ZipFile(file) as archive:
            yield archive
    except FileNotFoundError as error:
        raise UnreadableFile(f"没有这个备份文件：{file.as_posix()!r}。请检查路径。") from error
    except (BadZipFile, ZlibError, EOFError, KeyError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(
            f"{file.as_posix()!r} 不是完好的备份文件（{error}）。请换一个由 `rag backup` 写成的文件。"
        ) from error


def _unpack(archive: ZipFile, copy: Path, uploads: Path) -> Manifest:
    """Write out the catalogue and the uploads; nothing else in the archive is looked at."""
    with archive.open(_MANIFEST) as stream:
        manifest = TypeAdapter(Manifest).validate_json(stream.read(_LONGEST_MANIFEST), extra="forbid")
    if manifest.format != FORMAT:
        raise ValueError(f"备份格式 {manifest.format}，本程序使用格式 {FORMAT}")
    if _extract(archive, CATALOGUE_FILE, copy) != manifest.sha256:
        raise ValueError("目录与其校验值不符")
    uploads.mkdir()
    for name in filter(_UPLOAD.fullmatch, archive.namelist()):
        _extract(archive, name, uploads / Path(name).name)
    return manifest


def _extract(archive: ZipFile, name: str, target: Path) -> str:
    """Write one member to a file of our own naming; the SHA-256 of its bytes."""
    digest = hashlib.sha256()
    with archive.open(name) as stream, target.open("xb") as written:
        while block := stream.read(_BLOCK):
            digest.update(block)
            written.write(block)
    return digest.hexdigest()


def _index(home: Path, copy: Path) -> None:
    """Build both indexes of the catalogue to be, beside those in use, from the vectors it keeps."""
    with ExitStack() as undo:
        catalogue = Catalogue.open(copy, writable=True)
        undo.callback(catalogue.close)
        undo.callback(repair.renew_dense(home, catalogue).close)
        undo.callback(repair.renew_lexical(home, catalogue).close)


def _bring_uploads(home: Path, uploads: Path) -> None:
    (home / INCOMING).mkdir(exist_ok=True)
    for upload in uploads.iterdir():
        flush(upload)
        os.replace(upload, home / INCOMING / upload.name)
    flush(home / INCOMING)


def _replace(live: Path, copy: Path) -> None:
    """Put the content of one catalogue in place of another's, in one transaction of SQLite."""
    with translated(live), closing(sqlite3.connect(copy)) as source:
        if not _is_catalogue(live):
            _move_in(live, copy)
            return
        with closing(sqlite3.connect(live)) as target:
            revision = target.execute("SELECT revision FROM meta").fetchone()[0]
            # Processes that read follow a growing revision.
            source.execute("UPDATE meta SET revision = max(revision, ?) + 1", (revision,))
            source.commit()
            target.execute("PRAGMA synchronous = FULL")
            source.backup(target)


def _is_catalogue(live: Path) -> bool:
    """Whether there is a catalogue that SQLite can write over."""
    if not live.is_file():
        return False
    try:
        with closing(sqlite3.connect(live)) as connection:
            return bool(connection.execute("SELECT schema FROM meta").fetchone()[0] <= schema.VERSION)
    except sqlite3.DatabaseError:
        return False


def _move_in(live: Path, copy: Path) -> None:
    """Where there is no catalogue, or only the ruins of one, the file itself is put in its place."""
    for ruin in (live, Path(f"{live}-wal"), Path(f"{live}-shm")):
        ruin.unlink(missing_ok=True)
    flush(copy)
    os.replace(copy, live)
    flush(live.parent)


@contextmanager
def _disk(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ServiceError(
            f"写不了备份文件 {file.as_posix()!r}：{error.strerror}。请检查磁盘空间、路径和权限。"
        ) from error

"""From files to stored documents: found, opened, parsed in other processes, stored in batches.

May import the core. One bad file never stops the rest, and what has not changed is not read again.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ingest.archive import Bounds, Found, expand, is_archive
from ingest.files import Entry, find, mark, read
from ingest.intake import Intake, Listener
from ingest.isolation import Isolated
from ingest.naming import printable, source_of
from ingest.parsing import PARSER, document_id, parse
from ingest.report import FileResult, Outcome, Progress, Report
from rag.errors import RagError, UnreadableFile
from rag.ports import DocumentWriter

__all__ = [
    "PARSER",
    "Bounds",
    "FileResult",
    "Listener",
    "Outcome",
    "Progress",
    "Report",
    "document_id",
    "ingest",
    "ingest_bytes",
    "ingest_entries",
    "parse",
]

_SILENT = Listener()


def ingest(
    paths: Sequence[Path],
    writer: DocumentWriter,
    isolated: Isolated,
    *,
    bounds: Bounds,
    listener: Listener = _SILENT,
) -> Report:
    """Take in files, folders and archives; whatever becomes of a file is told to the listener at once.

    When the listener says stop, what was stored stays. Raises ServiceError if the library cannot be
    written.
    """
    return ingest_entries(list(find(paths)), writer, isolated, bounds=bounds, listener=listener)


def ingest_entries(
    entries: Sequence[Entry],
    writer: DocumentWriter,
    isolated: Isolated,
    *,
    bounds: Bounds,
    listener: Listener = _SILENT,
) -> Report:
    """`ingest`, of what has been found already."""
    with Intake(writer, isolated, listener) as intake:
        intake.expect(len(entries))
        for entry in entries:
            if intake.stopped:
                break
            _take_all(_open(entry, isolated, bounds), intake)
        return intake.finish()


def ingest_bytes(
    raw: bytes,
    source: str,
    writer: DocumentWriter,
    isolated: Isolated,
    *,
    bounds: Bounds,
    listener: Listener = _SILENT,
) -> Report:
    """Take in one file that is not on disk, an archive with all its members."""
    with Intake(writer, isolated, listener) as intake:
        intake.expect(1)
        _take_all(_unpack(raw, source, isolated, bounds), intake)
        return intake.finish()


def _take_all(contents: Iterable[Found], intake: Intake) -> None:
    """Take in what one file holds; it was counted as one before it was known how many it holds."""
    for number, found in enumerate(contents):
        if intake.stopped:
            break
        intake.expect(1 if number else 0)
        intake.take(found)


def _open(entry: Entry, isolated: Isolated, bounds: Bounds) -> Iterator[Found]:
    """What an entry holds: itself, the members of an archive, or the reason why nothing."""
    if entry.reason is not None:
        yield Found(printable(os.path.abspath(entry.path)), None, entry.reason)
        return
    source = source_of(entry.path)
    try:
        if _is_large_archive(entry.path, bounds):
            yield from _expand_large(entry.path, source, isolated, bounds)
        else:
            yield from _unpack(read(entry.path, bounds.file_bytes), source, isolated, bounds)
    except UnreadableFile as error:
        yield Found(source, None, str(error))


def _unpack(raw: bytes, source: str, isolated: Isolated, bounds: Bounds) -> Iterator[Found]:
    if is_archive(raw, source):
        yield from _expand(raw, source, isolated, bounds)
    else:
        yield Found(source, raw)


def _expand(origin: bytes | str, source: str, isolated: Isolated, bounds: Bounds) -> Iterator[Found]:
    try:
        yield from isolated.stream(expand, origin, source, bounds, source=source)
    except RagError as error:
        yield Found(source, None, str(error))


def _is_large_archive(path: Path, bounds: Bounds) -> bool:
    """Whether a file is an archive too large to be read whole, which is read from the disk."""
    named = path.suffix.lower() == ".zip" and os.path.isfile(path)
    return named and os.path.getsize(path) > bounds.file_bytes


def _expand_large(path: Path, source: str, isolated: Isolated, bounds: Bounds) -> Iterator[Found]:
    before = mark(path)
    yield from _expand(os.path.realpath(path), source, isolated, bounds)
    if mark(path) != before:
        yield Found(source, None, f"压缩包 {source!r} 在读取时被改动。请写完后再收入一次。")

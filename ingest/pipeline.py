"""From files to stored documents: read, parse, put; one bad file never stops the rest.

May import the core.
"""

import hashlib
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from ingest.chunking import cut
from ingest.loading import load
from ingest.metadata import read_metadata
from ingest.structure import Structure, build
from rag.datatypes import Document, Paragraph, ParsedDocument, Place
from rag.errors import UnreadableFile
from rag.ports import DocumentWriter

Outcome = Literal["added", "replaced", "unchanged", "failed"]
# Grows with every change to what is read out of a file: documents read by another version are read again.
PARSER = "2"
_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; `reason` says why it failed, `document_id` what it is stored as."""

    path: str
    outcome: Outcome
    document_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every file, in the order they were read."""

    results: tuple[FileResult, ...]

    def count(self, outcome: Outcome) -> int:
        """How many files ended so."""
        return sum(result.outcome == outcome for result in self.results)

    @property
    def failed(self) -> tuple[FileResult, ...]:
        """The files that could not be taken in, with their reasons."""
        return tuple(result for result in self.results if result.outcome == "failed")


def document_id(raw: bytes) -> str:
    """The id that a file's bytes give its document, known before anything is read out of them."""
    return hashlib.sha256(raw).hexdigest()[:_ID_LENGTH]


def parse(raw: bytes, source: str) -> ParsedDocument:
    """All that a file's bytes hold, ready to be stored.

    `source` is where they came from; its suffix chooses the loader, and it is never opened. Raises
    UnreadableFile for bytes of no known kind, binary content and empty files.
    """
    loaded = load(raw, source)
    structure = build(loaded)
    document = Document(
        id=document_id(raw),
        title=structure.title or PurePath(source).stem,
        source=source,
        media_type=loaded.media_type,
        text=loaded.text,
        metadata=read_metadata(structure, loaded.text),
    )
    paragraphs = _number(structure, document.id, loaded.places)
    chunks = tuple(chunk for paragraph in paragraphs for chunk in cut(paragraph, document.title))
    return ParsedDocument(document, paragraphs, chunks, raw, loaded.places, PARSER)


def ingest(
    paths: Sequence[Path],
    writer: DocumentWriter,
    *,
    max_bytes: int,
    report: Callable[[FileResult], None] | None = None,
) -> Report:
    """Take in files and folders; `report` hears of each file as it is done."""
    results = []
    for path in _files(paths):
        result = _take_in(path, writer, max_bytes)
        if report is not None:
            report(result)
        results.append(result)
    return Report(tuple(results))


def _number(structure: Structure, document_id: str, places: Sequence[Place]) -> tuple[Paragraph, ...]:
    ends = [place.end for place in places]

    def page(start: int) -> int | None:
        index = bisect_right(ends, start)
        return places[index].page if index < len(places) else None

    return tuple(
        Paragraph(
            document_id=document_id,
            number=number,
            text=piece.text,
            start=piece.start,
            end=piece.end,
            page=page(piece.start),
            section=piece.section,
            attributes=piece.attributes,
        )
        for number, piece in enumerate(structure.pieces, 1)
    )


def _take_in(path: Path, writer: DocumentWriter, max_bytes: int) -> FileResult:
    source = path.resolve().as_posix()
    try:
        parsed = parse(_read(path, max_bytes), source)
    except UnreadableFile as error:
        return FileResult(source, "failed", reason=str(error))
    return FileResult(source, writer.put(parsed), document_id=parsed.document.id)


def _read(path: Path, max_bytes: int) -> bytes:
    """The bytes of a regular file; one byte over the limit is enough to refuse it."""
    try:
        if not path.is_file():
            raise UnreadableFile(f"没有这个文件，或它不是普通文件：{path.as_posix()!r}。请检查路径。")
        size = path.stat().st_size
        if size <= max_bytes:
            with path.open("rb") as file:
                raw = file.read(max_bytes + 1)
            size = max(size, len(raw))
    except OSError as error:
        raise UnreadableFile(
            f"读不了文件 {path.as_posix()!r}：{error.strerror}。请检查权限后重试。"
        ) from error
    if size > max_bytes:
        raise UnreadableFile(
            f"文件 {path.as_posix()!r} 有 {size} 字节，超过上限 {max_bytes} 字节。"
            "请拆分文件，或调大 RAG_FILE_BYTES。"
        )
    return raw


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Files named, and files under folders named, each once: sorted, hidden ones left out."""
    seen: set[Path] = set()
    for path in paths:
        for file in _walk(path) if path.is_dir() else (path,):
            resolved = file.resolve()
            if resolved not in seen:
                seen.add(resolved)
                yield file


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder; links to folders are not followed, nor links to files outside it."""
    root = folder.resolve()
    for directory, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            file = Path(directory, name)
            if not name.startswith(".") and file.resolve().is_relative_to(root):
                yield file

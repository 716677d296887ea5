"""From a file's bytes to all that is stored of it; pure, so that any process can do it.

May import the core. Light to import: every worker process does.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from ingest.chunking import cut
from ingest.loaded import Loaded
from ingest.loading import load
from ingest.metadata import read_metadata
from ingest.structure import Structure, build
from rag.datatypes import Document, Paragraph, ParsedDocument, Place
from rag.errors import UnreadableFile

# Grows with every change to what is read out of a file: documents read by another version are read again.
PARSER = "8"
_ID_LENGTH = 32
# Twenty novels; each paragraph takes time and memory, however little it says.
MOST_PARAGRAPHS = 150_000


def document_id(raw: bytes) -> str:
    """The id that a file's bytes give its document, known before anything is read out of them."""
    return document_id_of([raw])


def document_id_of(blocks: Iterable[bytes]) -> str:
    """The same for bytes that come in blocks, however they are cut."""
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()[:_ID_LENGTH]


def parse(raw: bytes, source: str) -> ParsedDocument:
    """All that a file's bytes hold, ready to be stored.

    `source` is where they came from; its suffix chooses the loader, and it is never opened. Raises
    UnreadableFile for bytes of no known kind, binary content, empty and endless files.
    """
    loaded = load(raw, source)
    _check_length(loaded, source)
    _check_characters(loaded.text, source)
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


def parse_apart(raw: bytes, source: str) -> ParsedDocument:
    """`parse` for another process, which need not send the bytes back to the one that sent them."""
    return replace(parse(raw, source), raw=b"")


def _check_length(loaded: Loaded, source: str) -> None:
    count = len(loaded.elements) or sum(map(bool, map(str.strip, loaded.text.splitlines())))
    if count > MOST_PARAGRAPHS:
        raise UnreadableFile(
            f"{source!r} 有 {count} 段，超过上限 {MOST_PARAGRAPHS} 段。请拆分成几个文件再收入。"
        )


def _check_characters(text: str, source: str) -> None:
    """Half of a pair of surrogates is no character: no database, index or page could take it."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableFile(
            f"{source!r} 的第 {error.start + 1} 个字符不是合法的 Unicode 字符。请用原来的程序重新保存。"
        ) from error


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

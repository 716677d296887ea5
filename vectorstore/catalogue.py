"""The record of truth: documents, sources, paragraphs, tasks and chunks in one SQLite file.

Imports the records and errors of `rag`, and its neighbours that hold the tables and the connections.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from rag.datatypes import Chunk, Paragraph, ParsedDocument, Place, StoredDocument, Task
from rag.errors import DocumentNotFound, LibraryMismatch
from rag.ports import PutOutcome
from vectorstore import records, schema
from vectorstore.connections import Connections
from vectorstore.points import Point

IndexName = Literal["dense", "lexical"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What an index must know before it answers.

    `revision` grows with every visible change; `dense` and `lexical` are the generations of the
    indexes in use; entries of `hidden` documents must not be shown. `removed` counts the chunks
    removed since the dense index was built: what it has forgotten still weighs on it.
    """

    revision: int
    embedding: str | None
    dense: int
    lexical: int
    hidden: frozenset[str]
    removed: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the catalogue holds."""

    documents: int
    paragraphs: int
    chunks: int


class Catalogue:
    """Reads and writes the catalogue; any thread may use it. Implements `rag.ports.ParagraphSource`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @classmethod
    def open(cls, path: Path, *, writable: bool) -> Self:
        """Open the file, made new when writable and absent. Raises LibraryMismatch, LibraryDamaged."""
        catalogue = cls(Connections(path, writable=writable))
        try:
            if writable:
                catalogue._create()
            catalogue._check_version()
        except BaseException:
            catalogue.close()
            raise
        return catalogue

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    # Reading

    def document(self, document_id: str) -> StoredDocument:
        """One document. Raises DocumentNotFound."""
        row = self._row(f"{schema.DOCUMENT} WHERE id = ?", document_id)
        return records.stored_document(row)

    def documents(self, *, offset: int = 0, limit: int | None = None) -> list[StoredDocument]:
        """Documents in order of ingestion, newest last."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"{schema.DOCUMENT} ORDER BY position LIMIT ? OFFSET ?",
                (-1 if limit is None else limit, offset),
            ).fetchall()
        return [records.stored_document(row) for row in rows]

    def text(self, document_id: str) -> str:
        """The decoded raw text that offsets point into. Raises DocumentNotFound."""
        row = self._row("SELECT text FROM contents WHERE document_id = ?", document_id)
        return str(row["text"])

    def raw(self, document_id: str) -> bytes:
        """The file's bytes as they came. Raises DocumentNotFound."""
        row = self._row("SELECT raw FROM contents WHERE document_id = ?", document_id)
        return bytes(row["raw"])

    def sources(self, document_id: str) -> list[str]:
        """Every name under which the document came, oldest first. Raises DocumentNotFound."""
        query = "SELECT source FROM sources WHERE document_id = ? ORDER BY rowid"
        return [str(row["source"]) for row in self._parts(query, document_id)]

    def sources_under(self, prefix: str) -> list[str]:
        """Every name that begins so, in order."""
        query = "SELECT source FROM sources WHERE substr(source, 1, length(:it)) = :it ORDER BY source"
        with self._connections.reading() as connection:
            return [str(row["source"]) for row in connection.execute(query, {"it": prefix})]

    def paragraphs(self, document_id: str) -> list[Paragraph]:
        """All paragraphs of a document in order. Raises DocumentNotFound."""
        query = f"{schema.PARAGRAPH} WHERE paragraphs.document_id = ? ORDER BY paragraphs.number"
        return [records.paragraph(row) for row in self._parts(query, document_id)]

    def chunks(self, document_id: str) -> list[Chunk]:
        """All chunks of a document in order. Raises DocumentNotFound."""
        query = "SELECT * FROM chunks WHERE document_id = ? ORDER BY position"
        return [records.chunk(row) for row in self._parts(query, document_id)]

    def fetch(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Paragraph]:
        """Paragraphs by (document id, number), in one read; missing keys are left out."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"{schema.PARAGRAPH} WHERE (paragraphs.document_id, paragraphs.number) IN "
                "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))",
                (json.dumps(keys),),
            ).fetchall()
        found = {(row["document_id"], row["number"]): records.paragraph(row) for row in rows}
        return {key: found[key] for key in keys if key in found}

    def places(self, document_id: str, start: int, end: int) -> list[Place]:
        """Where the characters `start` to `end` of a text stand in its file; empty for plain text."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                'SELECT * FROM places WHERE document_id = ? AND start < ? AND "end" > ? ORDER BY start',
                (document_id, end, start),
            ).fetchall()
        return [records.place(row) for row in rows]

    def titles(self, document_ids: Sequence[str]) -> dict[str, str]:
        """Titles by document id; unknown ids are left out."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT id, title FROM documents WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(document_ids)),),
            ).fetchall()
        return {row["id"]: row["title"] for row in rows}

    def tasks(self, *, unit: str | None = None, leader: str | None = None) -> list[tuple[str, int, Task]]:
        """Task records as (document id, paragraph number, task), filtered by exact unit or leader."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"""{schema.PARAGRAPH} JOIN documents ON documents.id = paragraphs.document_id
                WHERE tasks.number IS NOT NULL
                AND (:leader IS NULL OR tasks.leader = :leader)
                AND (:unit IS NULL OR EXISTS (SELECT 1 FROM units WHERE units.unit = :unit AND leads
                    AND units.document_id = tasks.document_id AND units.paragraph = tasks.paragraph))
                ORDER BY documents.position, paragraphs.number""",
                {"unit": unit, "leader": leader},
            ).fetchall()
        return [(row["document_id"], row["number"], records.task(row)) for row in rows]

    def counts(self) -> Counts:
        """Documents, paragraphs and chunks in all."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM paragraphs), "
                "(SELECT count(*) FROM chunks)"
            ).fetchone()
        return Counts(*row)

    def count(self) -> int:
        """How many documents there are."""
        return self.counts().documents

    def document_ids(self) -> list[str]:
        """Ids of all documents in order of ingestion, for going through the whole library."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT id FROM documents ORDER BY position").fetchall()
        return [row["id"] for row in rows]

    def chunk_ids(self) -> set[str]:
        """Ids of all chunks."""
        with self._connections.reading() as connection:
            return {row["id"] for row in connection.execute("SELECT id FROM chunks")}

    def points(self) -> Iterator[Point]:
        """Vectors of all chunks, one state of the library while the iteration lasts."""
        with self._connections.reading() as connection:
            for row in connection.execute(schema.POINT):
                yield records.point(row)

    def sample(self, size: int) -> list[Chunk]:
        """Up to `size` chunks spread over the library, the same ones each time."""
        with self._connections.reading() as connection:
            total = connection.execute("SELECT count(*) FROM chunks").fetchone()[0]
            size = min(size, total)
            rows = [
                connection.execute(
                    "SELECT * FROM chunks ORDER BY id LIMIT 1 OFFSET ?", (total * step // size,)
                ).fetchone()
                for step in range(size)
            ]
        return [records.chunk(row) for row in rows]

    def standing(self) -> Standing:
        """Generations, revision and hidden documents, as of now."""
        with self._connections.reading() as connection:
            meta = connection.execute("SELECT * FROM meta").fetchone()
            hidden = frozenset(row["document_id"] for row in connection.execute("SELECT * FROM hidden"))
        return Standing(
            revision=meta["revision"],
            embedding=meta["embedding"],
            dense=meta["dense"],
            lexical=meta["lexical"],
            hidden=hidden,
            removed=meta["removed"],
        )

    # Writing

    def put_all(self, parsed: Sequence[ParsedDocument], points: Sequence[Point] = ()) -> list[PutOutcome]:
        """Show documents under their sources in one step, whole; what a source named before goes.

        A document that another source still names stays. Bytes known already only gain a name;
        `points` are those of the chunks of the others.
        """
        of_document: dict[str, list[Point]] = {}
        for point in points:
            of_document.setdefault(point.document_id, []).append(point)
        with self._connections.writing() as connection:
            outcomes = [_put(connection, each, of_document.get(each.document.id, ())) for each in parsed]
            if set(outcomes) - {"unchanged"}:
                _revise(connection)
        return outcomes

    def delete(self, document_id: str) -> None:
        """Drop a document with all its sources and hide its index entries. Raises DocumentNotFound."""
        self.document(document_id)
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM sources WHERE document_id = ?", (document_id,))
            _drop_nameless(connection, document_id)
            _revise(connection)

    def remove_sources(self, sources: Iterable[str]) -> None:
        """Drop names, and each document that none names any more; hide its index entries."""
        with self._connections.writing() as connection:
            for source in sources:
                for row in connection.execute(
                    "DELETE FROM sources WHERE source = ? RETURNING document_id", (source,)
                ).fetchall():
                    _drop_nameless(connection, row["document_id"])
            _revise(connection)

    def is_current(self, source: str, document_id: str, parser: str) -> bool:
        """Whether the source names this very document already, as read by this version of the parser."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT 1 FROM sources JOIN documents ON documents.id = sources.document_id "
                "WHERE source = ? AND document_id = ? AND parser = ?",
                (source, document_id, parser),
            ).fetchone()
        return row is not None

    def holds(self, document_id: str) -> bool:
        """Whether the document is there to be seen."""
        with self._connections.reading() as connection:
            return _holds(connection, document_id)

    def hide(self, document_ids: Iterable[str]) -> None:
        """Announce that index entries of these documents are being written."""
        with self._connections.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO hidden VALUES (?)", [(i,) for i in document_ids])

    def forget(self, document_ids: Iterable[str]) -> None:
        """Take note that no index holds entries of these documents any more."""
        with self._connections.writing() as connection:
            connection.executemany("DELETE FROM hidden WHERE document_id = ?", [(i,) for i in document_ids])

    def adopt_dense(self, generation: int) -> None:
        """Use this generation of the dense index from now on."""
        with self._connections.writing() as connection:
            connection.execute("UPDATE meta SET dense = ?, removed = 0", (generation,))
            _revise(connection)

    def adopt_model(self, embedding: str, generation: int, points: Iterable[Point]) -> None:
        """Use the vectors of another model, and the dense index made of them, from now on, in one step."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM vectors")
            records.insert_points(connection, points)
            connection.execute(
                "UPDATE meta SET embedding = ?, dense = ?, removed = 0", (embedding, generation)
            )
            _revise(connection)

    def adopt_lexical(self, generation: int) -> None:
        """Use this generation of the lexical index from now on."""
        with self._connections.writing() as connection:
            connection.execute("UPDATE meta SET lexical = ?", (generation,))
            _revise(connection)

    def _create(self) -> None:
        with self._connections.writing() as connection:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                return
            for statement in filter(str.strip, schema.DDL.split(";")):
                connection.execute(statement)
            connection.execute("INSERT INTO meta (only, schema) VALUES (1, ?)", (schema.VERSION,))

    def _check_version(self) -> None:
        with self._connections.reading() as connection:
            found = connection.execute("SELECT schema FROM meta").fetchone()["schema"]
        if found != schema.VERSION:
            raise LibraryMismatch(
                f"文件库 {self._connections.path} 的结构版本是 {found}，本程序使用版本 {schema.VERSION}。"
                "请使用建库时的程序版本，或换一个 RAG_HOME 用 `rag ingest` 重新导入。"
            )

    def _row(self, query: str, document_id: str) -> sqlite3.Row:
        return self._parts(query, document_id)[0]

    def _parts(self, query: str, document_id: str) -> list[sqlite3.Row]:
        # An id that cannot be printed was never ours, and a lone surrogate could not even be asked for.
        if not document_id.isprintable():
            raise DocumentNotFound(document_id)
        with self._connections.reading() as connection:
            if not _holds(connection, document_id):
                raise DocumentNotFound(document_id)
            return connection.execute(query, (document_id,)).fetchall()


def _holds(connection: sqlite3.Connection, document_id: str) -> bool:
    return connection.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is not None


def _revise(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET revision = revision + 1")


def _put(connection: sqlite3.Connection, parsed: ParsedDocument, points: Sequence[Point]) -> PutOutcome:
    document = parsed.document
    before = connection.execute(
        "SELECT document_id FROM sources WHERE source = ?", (document.source,)
    ).fetchone()
    if before and before["document_id"] == document.id:
        return "unchanged"
    if not _holds(connection, document.id):
        records.insert(connection, parsed, points)
    connection.execute(
        "INSERT INTO sources VALUES (?, ?) ON CONFLICT DO UPDATE SET document_id = excluded.document_id",
        (document.source, document.id),
    )
    connection.execute("DELETE FROM hidden WHERE document_id = ?", (document.id,))
    if before:
        _drop_nameless(connection, before["document_id"])
    return "replaced" if before else "added"


def _drop_nameless(connection: sqlite3.Connection, document_id: str) -> None:
    """Drop the document if no source names it any more, and hide what the indexes hold of it."""
    named = connection.execute("SELECT 1 FROM sources WHERE document_id = ?", (document_id,)).fetchone()
    if named is None:
        connection.execute(
            "UPDATE meta SET removed = removed + (SELECT count(*) FROM chunks WHERE document_id = ?)",
            (document_id,),
        )
        connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        connection.execute("INSERT OR IGNORE INTO hidden VALUES (?)", (document_id,))

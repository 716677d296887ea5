"""The record of truth: documents, sources, paragraphs, tasks, chunks and vectors in one SQLite file.

Imports the records and errors of `rag`, and its neighbours that hold the tables and the connections.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from rag.datatypes import ParsedDocument
from rag.errors import LibraryDamaged, LibraryMismatch
from rag.ports import PutOutcome, Vector
from vectorstore import records, schema, vectors
from vectorstore.connections import Connections
from vectorstore.contents import Contents, Counts, holds
from vectorstore.points import Reading

__all__ = ["Catalogue", "Counts", "Generation", "IndexName", "Standing"]

IndexName = Literal["dense", "lexical"]


@dataclass(frozen=True, slots=True)
class Generation:
    """Which build of an index is in use, and how it is known to be that one.

    `token` stands in the index too; `stamp` is its last commit that the catalogue knows of. `seal` is
    the state of its files as they were last closed; None while they are in use, and after a crash.
    """

    number: int = 0
    token: str = ""
    stamp: int = 0
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What an index must know before it answers.

    `revision` grows with every visible change; entries of `hidden` editions must not be shown.
    `removed` counts the chunks removed since the library was last tidied.
    """

    revision: int
    embedding: str | None
    dense: Generation
    lexical: Generation
    hidden: frozenset[int]
    removed: int


class Catalogue(Contents):
    """Reads and writes the catalogue; any thread may use it."""

    @classmethod
    def open(cls, path: Path, *, writable: bool) -> Self:
        """Open the file, made new when writable and absent. Raises LibraryMismatch, LibraryDamaged."""
        catalogue = cls(Connections(path, writable=writable, durable=True))
        try:
            if writable:
                catalogue._create()
                catalogue._upgrade()
            catalogue._check_version()
        except BaseException:
            catalogue.close()
            raise
        return catalogue

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    def standing(self) -> Standing:
        """Generations, revision and hidden editions, as of now."""
        with self._connections.reading() as connection:
            meta = connection.execute("SELECT * FROM meta").fetchone()
            indexes = {
                row["name"]: Generation(row["generation"], row["token"], row["stamp"], row["seal"])
                for row in connection.execute("SELECT * FROM indexes")
            }
            hidden = frozenset(row["edition"] for row in connection.execute("SELECT edition FROM hidden"))
        return Standing(
            revision=meta["revision"],
            embedding=meta["embedding"],
            dense=indexes["dense"],
            lexical=indexes["lexical"],
            hidden=hidden,
            removed=meta["removed"],
        )

    def is_current(self, source: str, document_id: str, parser: str) -> bool:
        """Whether the source names this very document already, as read by this version of the parser."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT 1 FROM sources JOIN documents ON documents.id = sources.document_id "
                "WHERE source = ? AND document_id = ? AND parser = ?",
                (source, document_id, parser),
            ).fetchone()
        return row is not None

    def holds(self, document_id: str, *, parser: str | None = None) -> bool:
        """Whether the document is there to be seen, as read by this version of the parser if one is named."""
        with self._connections.reading() as connection:
            if parser is not None:
                return _is_read(connection, document_id, parser)
            return holds(connection, document_id)

    def announce(self, count: int) -> range:
        """So many editions that are about to be indexed, and must not be shown until they are put."""
        with self._connections.writing() as connection:
            first = connection.execute("SELECT edition FROM meta").fetchone()[0] + 1
            connection.execute("UPDATE meta SET edition = edition + ?", (count,))
            editions = range(first, first + count)
            connection.executemany("INSERT INTO hidden VALUES (?)", [(each,) for each in editions])
        return editions

    def keep(self, digests: Sequence[bytes], rows: Vector) -> range:
        """Keep the vectors of texts that have none, by their digests; their numbers.

        Raises LibraryDamaged when they are not as long as those there are.
        """
        self._check_dimension(rows)
        with self._connections.writing() as connection:
            first = connection.execute("SELECT vector FROM meta").fetchone()[0] + 1
            numbers = range(first, first + len(digests))
            connection.execute("UPDATE meta SET vector = vector + ?", (len(digests),))
            vectors.keep(connection, numbers, digests, rows)
        return numbers

    def put_all(
        self, parsed: Sequence[ParsedDocument], readings: Mapping[str, Reading], *, stamp: int
    ) -> list[PutOutcome]:
        """Show documents under their sources in one step, whole; what a source named before goes.

        A document that another source still names stays. Bytes known already, read by the same parser,
        only gain a name; `readings` are of the others, by document. `stamp` is the lexical index's.
        """
        with self._connections.writing() as connection:
            renamed: list[str] = []
            outcomes = [_put(connection, each, readings, renamed) for each in parsed]
            # At the end, for what one of them took a name from another may have given it another name.
            for document_id in renamed:
                _drop_nameless(connection, document_id)
            _note(connection, stamp)
            if set(outcomes) - {"unchanged"}:
                _revise(connection)
        return outcomes

    def delete(self, document_id: str) -> None:
        """Drop a document with all its sources and hide its index entries. Raises DocumentNotFound."""
        self.document(document_id)
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM sources WHERE document_id = ?", (document_id,))
            _drop(connection, document_id)
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

    def swept(self, editions: Iterable[int], *, stamp: int) -> None:
        """Take note that no index holds entries of these editions any more, as of a lexical commit."""
        with self._connections.writing() as connection:
            connection.executemany("DELETE FROM hidden WHERE edition = ?", [(each,) for each in editions])
            _note(connection, stamp)

    def tidy(self) -> None:
        """Forget the vectors of texts that no document has any more, and give the disk back what is free.

        The dense index still has them, and is none until it is built anew.
        """
        with self._connections.writing() as connection:
            vectors.drop_unused(connection)
            connection.execute("UPDATE meta SET removed = 0")
            connection.execute("UPDATE indexes SET generation = 0 WHERE name = 'dense'")
        self._connections.shrink()

    def adopt(self, index: IndexName, generation: Generation) -> None:
        """Use this build of an index from now on."""
        with self._connections.writing() as connection:
            connection.execute(
                "UPDATE indexes SET generation = ?, token = ?, stamp = ?, seal = NULL WHERE name = ?",
                (generation.number, generation.token, generation.stamp, index),
            )
            _revise(connection)

    def adopt_model(self, embedding: str, blocks: Iterable[tuple[Sequence[int], Vector]]) -> None:
        """Use the vectors of another model from now on, in one step; `blocks` give them by number."""
        with self._connections.writing() as connection:
            vectors.drop_unused(connection)
            for numbers, rows in blocks:
                vectors.exchange(connection, numbers, rows)
            connection.execute("UPDATE meta SET embedding = ?", (embedding,))
            connection.execute("UPDATE indexes SET generation = 0 WHERE name = 'dense'")
            _revise(connection)

    def seal(self, seals: Mapping[IndexName, str | None]) -> None:
        """Keep in which state the files of the indexes were closed; None when they are opened to write."""
        with self._connections.writing() as connection:
            connection.executemany(
                "UPDATE indexes SET seal = ? WHERE name = ?", [(seal, name) for name, seal in seals.items()]
            )

    def _create(self) -> None:
        with self._connections.writing() as connection:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                return
            for statement in filter(str.strip, schema.DDL.split(";")):
                connection.execute(statement)
            connection.execute("INSERT INTO meta (only, schema) VALUES (1, ?)", (schema.VERSION,))
            connection.execute("INSERT INTO indexes (name) VALUES ('dense'), ('lexical')")

    def _upgrade(self) -> None:
        """Bring the library of the version before up to date, in one step."""
        with self._connections.writing() as connection:
            if connection.execute("SELECT schema FROM meta").fetchone()["schema"] == schema.UNTURNED:
                vectors.recode(connection)
                connection.execute("UPDATE meta SET schema = ?", (schema.VERSION,))

    def _check_version(self) -> None:
        with self._connections.reading() as connection:
            found = connection.execute("SELECT schema FROM meta").fetchone()["schema"]
        if found != schema.VERSION:
            raise LibraryMismatch(
                f"文件库 {self._connections.path} 的结构版本是 {found}，本程序使用版本 {schema.VERSION}。"
                "可先运行一次 `rag doctor`，它能升级上一版本的文件库；"
                "否则请使用建库时的程序版本，或换一个 RAG_HOME 用 `rag ingest` 重新导入。"
            )

    def _check_dimension(self, rows: Vector) -> None:
        known = self.vectors.dimension()
        if len(rows) and known not in (None, rows.shape[1]):
            raise LibraryDamaged(
                f"向量模型给出 {rows.shape[1]} 维的向量，库中的向量是 {known} 维。"
                "请改回原来的模型，或运行 `rag doctor --rebuild` 用当前模型重建。"
            )


def _is_read(connection: sqlite3.Connection, document_id: str, parser: str) -> bool:
    query = "SELECT 1 FROM documents WHERE id = ? AND parser = ?"
    return connection.execute(query, (document_id, parser)).fetchone() is not None


def _note(connection: sqlite3.Connection, stamp: int) -> None:
    connection.execute("UPDATE indexes SET stamp = ? WHERE name = 'lexical'", (stamp,))


def _revise(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET revision = revision + 1")


def _put(
    connection: sqlite3.Connection,
    parsed: ParsedDocument,
    readings: Mapping[str, Reading],
    renamed: list[str],
) -> PutOutcome:
    """Show one document; the one that its source named before is added to `renamed`."""
    document = parsed.document
    before = connection.execute(
        "SELECT document_id FROM sources WHERE source = ?", (document.source,)
    ).fetchone()
    is_read = _is_read(connection, document.id, parsed.parser)
    if before and before["document_id"] == document.id and is_read:
        return "unchanged"
    if not is_read and document.id in readings:
        _drop(connection, document.id)
        records.insert(connection, readings[document.id])
        connection.execute("DELETE FROM hidden WHERE edition = ?", (readings[document.id].edition,))
    connection.execute(
        "INSERT INTO sources VALUES (?, ?) ON CONFLICT DO UPDATE SET document_id = excluded.document_id",
        (document.source, document.id),
    )
    if before and before["document_id"] != document.id:
        renamed.append(before["document_id"])
    return "replaced" if before else "added"


def _drop_nameless(connection: sqlite3.Connection, document_id: str) -> None:
    """Drop the document if no source names it any more."""
    named = connection.execute("SELECT 1 FROM sources WHERE document_id = ?", (document_id,)).fetchone()
    if named is None:
        _drop(connection, document_id)


def _drop(connection: sqlite3.Connection, document_id: str) -> None:
    """Drop the reading of a document, if there is one, and hide what the indexes hold of it."""
    row = connection.execute("SELECT edition FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is not None:
        connection.execute(
            "UPDATE meta SET removed = removed + (SELECT chunks FROM documents WHERE edition = ?)",
            (row["edition"],),
        )
        connection.execute("DELETE FROM documents WHERE edition = ?", (row["edition"],))
        connection.execute("INSERT OR IGNORE INTO hidden VALUES (?)", (row["edition"],))

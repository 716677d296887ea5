"""What the catalogue tells: documents, their paragraphs, places, tasks and chunks, and how much there is.

Imports the records and errors of `rag`, and its neighbours that hold the tables and the connections.
"""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

from rag.datatypes import Chunk, Paragraph, Place, StoredDocument, Task
from rag.errors import DocumentNotFound
from rag.language.chinese import normalise
from vectorstore import records, schema
from vectorstore.connections import Connections
from vectorstore.points import Points
from vectorstore.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the catalogue holds."""

    documents: int
    paragraphs: int
    chunks: int


class Contents:
    """Reads the catalogue; any thread may use it. Implements `rag.ports.ParagraphSource`."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.vectors = Vectors(connections)

    def document(self, document_id: str) -> StoredDocument:
        """One document. Raises DocumentNotFound."""
        row = self._row(f"{schema.DOCUMENT} WHERE id = ?", document_id)
        return records.stored_document(row)

    def documents(self, *, offset: int = 0, limit: int | None = None) -> list[StoredDocument]:
        """Documents in order of ingestion, newest last."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"{schema.DOCUMENT} ORDER BY edition LIMIT ? OFFSET ?",
                (-1 if limit is None else limit, offset),
            ).fetchall()
        return [records.stored_document(row) for row in rows]

    def text(self, document_id: str) -> str:
        """The decoded raw text that offsets point into. Raises DocumentNotFound."""
        row = self._row("SELECT text FROM contents JOIN documents USING (edition) WHERE id = ?", document_id)
        return str(row["text"])

    def raw(self, document_id: str) -> bytes:
        """The file's bytes as they came. Raises DocumentNotFound."""
        row = self._row("SELECT raw FROM contents JOIN documents USING (edition) WHERE id = ?", document_id)
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
        query = f"{schema.PARAGRAPH} WHERE documents.id = ? ORDER BY paragraphs.number"
        return [records.paragraph(row) for row in self._parts(query, document_id)]

    def chunks(self, document_id: str) -> list[Chunk]:
        """All chunks of a document in order. Raises DocumentNotFound."""
        query = f"{schema.CHUNK} WHERE documents.id = ? ORDER BY position"
        return [records.chunk(row) for row in self._parts(query, document_id)]

    def fetch(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Paragraph]:
        """Paragraphs by (document id, number), in one read; missing keys are left out."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                # With `(id, number) IN (...)` SQLite looks up every id with every number.
                f"{schema.PARAGRAPH} JOIN json_each(?) AS wanted "
                "ON documents.id = json_extract(wanted.value, '$[0]') "
                "AND paragraphs.number = json_extract(wanted.value, '$[1]')",
                (json.dumps(keys),),
            ).fetchall()
        found = {(row["document_id"], row["number"]): records.paragraph(row) for row in rows}
        return {key: found[key] for key in keys if key in found}

    def places(self, document_id: str, start: int, end: int) -> list[Place]:
        """Where the characters `start` to `end` of a text stand in its file; empty for plain text."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT places.* FROM places JOIN documents USING (edition) "
                'WHERE id = ? AND start < ? AND "end" > ? ORDER BY start',
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

    def headed(
        self, section: str, *, document_ids: frozenset[str] = frozenset(), limit: int
    ) -> list[tuple[str, int]]:
        """Paragraphs by (document id, number) under a heading that holds these words, in order.

        `section` is normalised. Costs time linear in the paragraphs of the documents named.
        """
        query = (
            "SELECT id, paragraphs.number, section FROM documents JOIN paragraphs USING (edition) "
            "WHERE ? OR id IN (SELECT value FROM json_each(?)) ORDER BY edition, paragraphs.number"
        )
        with self._connections.reading() as connection:
            rows = connection.execute(query, (not document_ids, json.dumps(list(document_ids))))
            # Headings are spelled in many ways; most follow one another unchanged.
            return list(islice((tuple(row)[:2] for row in rows if _is_under(section, row["section"])), limit))

    def revision(self) -> int:
        """Grows with every visible change."""
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT revision FROM meta").fetchone()[0])

    def tasks(self, *, unit: str | None = None, leader: str | None = None) -> list[tuple[str, int, Task]]:
        """Task records as (document id, paragraph number, task), filtered by exact unit or leader."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"""{schema.PARAGRAPH} WHERE tasks.number IS NOT NULL
                AND (:leader IS NULL OR tasks.leader = :leader)
                AND (:unit IS NULL OR EXISTS (SELECT 1 FROM units WHERE units.unit = :unit AND leads
                    AND units.edition = tasks.edition AND units.paragraph = tasks.paragraph))
                ORDER BY documents.edition, paragraphs.number""",
                {"unit": unit, "leader": leader},
            ).fetchall()
        return [(row["document_id"], row["number"], records.task(row)) for row in rows]

    def counts(self) -> Counts:
        """Documents, paragraphs and chunks in all."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT count(*), total(paragraphs), total(chunks) FROM documents"
            ).fetchone()
        return Counts(*map(int, row))

    def count(self) -> int:
        """How many documents there are."""
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def document_ids(self) -> list[str]:
        """Ids of all documents in order of ingestion."""
        return list(self.editions().values())

    def editions(self) -> dict[int, str]:
        """Ids of all documents by edition, in order of ingestion, for going through the whole library."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT edition, id FROM documents ORDER BY edition").fetchall()
        return {row["edition"]: row["id"] for row in rows}

    def points(self) -> tuple[dict[int, str], Points]:
        """Ids of all documents by edition, and an entry for every chunk, as of one moment."""
        with self._connections.reading() as connection:
            documents = {row[0]: row[1] for row in connection.execute("SELECT edition, id FROM documents")}
            cursor = connection.cursor()
            # Tuples cost a third of what rows with names do.
            cursor.row_factory = None
            return documents, Points.of(cursor.execute("SELECT edition, first, vector FROM chunks"))

    def texts(self) -> Iterator[tuple[int, str]]:
        """Every vector's number with the text it belongs to, rising, one state while the iteration lasts."""
        with self._connections.reading() as connection:
            for row in connection.execute("SELECT vector, text FROM chunks GROUP BY vector ORDER BY vector"):
                yield row["vector"], row["text"]

    def sample(self, size: int) -> list[tuple[Chunk, int]]:
        """Up to `size` chunks spread over the library, with their vectors' numbers; the same ones each time.

        The newest and the oldest are among them.
        """
        with self._connections.reading() as connection:
            documents = connection.execute(
                "SELECT edition, chunks FROM documents ORDER BY edition"
            ).fetchall()
            ends = list(accumulate(row["chunks"] for row in documents))
            total = ends[-1] if ends else 0
            rows = []
            for place in sorted(
                {round(part * (total - 1) / max(size - 1, 1)) for part in range(size if total else 0)}
            ):
                number = bisect_right(ends, place)
                position = place - (ends[number - 1] if number else 0)
                query = f"{schema.CHUNK} WHERE chunks.edition = ? AND position = ?"
                rows.append(connection.execute(query, (documents[number]["edition"], position)).fetchone())
        return [(records.chunk(row), row["vector"]) for row in rows]

    def _row(self, query: str, document_id: str) -> sqlite3.Row:
        return self._parts(query, document_id)[0]

    def _parts(self, query: str, document_id: str) -> list[sqlite3.Row]:
        # An id that cannot be printed was never ours, and a lone surrogate could not even be asked for.
        if not document_id.isprintable():
            raise DocumentNotFound(document_id)
        with self._connections.reading() as connection:
            if not holds(connection, document_id):
                raise DocumentNotFound(document_id)
            return connection.execute(query, (document_id,)).fetchall()


@lru_cache(maxsize=1024)
def _is_under(section: str, path: str) -> bool:
    """Whether words stand in a heading of a path, which is written as JSON."""
    return any(section in normalise(heading) for heading in json.loads(path))


def holds(connection: sqlite3.Connection, document_id: str) -> bool:
    """Whether a document is there to be seen."""
    return connection.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is not None

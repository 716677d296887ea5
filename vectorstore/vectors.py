"""The vectors of texts, each kept once in the catalogue's file: read by number, known by the text's digest.

Imports the ports of `rag`, and its neighbours that hold the connections.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from rag.ports import Vector
from vectorstore.codes import Codes, encode
from vectorstore.connections import Connections
from vectorstore.points import Numbers

# Little-endian on every machine, so that a library can be moved.
_FLOATS = np.dtype("<f4")
_WORDS = np.dtype("<u8")
# SQLite takes 32,766 values in one statement.
_ASKED = 10_000
_BLOCK = 2_048


class Vectors:
    """Reads vectors; any thread may use it. A vector that nothing uses any more may be there still."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def known(self, digests: Iterable[bytes]) -> dict[bytes, int]:
        """Numbers of the vectors of texts, by digest; texts never embedded are left out."""
        found: dict[bytes, int] = {}
        with self._connections.reading() as connection:
            left = iter(digests)
            while some := list(islice(left, _ASKED)):
                marks = ",".join("?" * len(some))
                query = f"SELECT digest, vector FROM texts WHERE digest IN ({marks})"
                found.update((row[0], row[1]) for row in connection.execute(query, some))
        return found

    def rows(self, numbers: Numbers) -> Vector:
        """Vectors by number, in their order, shape (n, dimension). `numbers` rise and are all there."""
        with self._connections.reading() as connection:
            blobs = _column(connection, "SELECT floats FROM vectors WHERE vector IN", numbers)
        return _rows(blobs)

    def codes(self, numbers: Numbers) -> Codes:
        """Codes of vectors by number, in their order, shape (n, words)."""
        with self._connections.reading() as connection:
            blobs = _column(connection, "SELECT code FROM texts WHERE vector IN", numbers)
        return np.frombuffer(b"".join(blobs), dtype=_WORDS).reshape(len(blobs), -1)

    def count(self) -> int:
        """How many vectors there are."""
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM texts").fetchone()[0])

    def dimension(self) -> int | None:
        """How long every vector is; None while there is none."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT length(floats) FROM vectors LIMIT 1").fetchone()
        return None if row is None else row[0] // _FLOATS.itemsize

    def number_at(self, place: int) -> int:
        """The number of the vector at a place, from 1, in rising order; 0 for place 0 and past the end."""
        query = "SELECT vector FROM texts ORDER BY vector LIMIT 1 OFFSET ?"
        with self._connections.reading() as connection:
            row = connection.execute(query, (place - 1,)).fetchone() if place else None
        return 0 if row is None else int(row[0])

    def after(self, number: int) -> Iterator[tuple[Numbers, Vector]]:
        """Blocks of (numbers, vectors) above a number, rising."""
        query = "SELECT vector, floats FROM vectors WHERE vector > ? ORDER BY vector LIMIT ?"
        while True:
            with self._connections.reading() as connection:
                found = connection.execute(query, (number, _BLOCK)).fetchall()
            if not found:
                return
            number = found[-1][0]
            yield np.array([row[0] for row in found], dtype=np.int64), _rows([row[1] for row in found])

    def spread(self, size: int) -> Numbers:
        """Up to `size` numbers spread over all, the first and the last among them."""
        with self._connections.reading() as connection:
            lowest, highest = connection.execute("SELECT min(vector), max(vector) FROM texts").fetchone()
            if lowest is None:
                return np.array([], dtype=np.int64)
            query = "SELECT vector FROM texts WHERE vector >= ? ORDER BY vector LIMIT 1"
            wanted = np.linspace(lowest, highest, size).astype(int).tolist()
            return np.unique([connection.execute(query, (number,)).fetchone()[0] for number in wanted])


def keep(
    connection: sqlite3.Connection, numbers: Iterable[int], digests: Sequence[bytes], rows: Vector
) -> None:
    """Write vectors of texts that have none."""
    numbers = list(numbers)
    codes = encode(rows)
    connection.executemany(
        "INSERT INTO texts VALUES (?, ?, ?)",
        [(n, digest, code.tobytes()) for n, digest, code in zip(numbers, digests, codes, strict=True)],
    )
    floats = rows.astype(_FLOATS, copy=False)
    connection.executemany(
        "INSERT INTO vectors VALUES (?, ?)",
        [(n, row.tobytes()) for n, row in zip(numbers, floats, strict=True)],
    )


def exchange(connection: sqlite3.Connection, numbers: Sequence[int], rows: Vector) -> None:
    """Write the vectors that another model gives the same texts."""
    codes, floats = encode(rows), rows.astype(_FLOATS, copy=False)
    connection.executemany(
        "UPDATE texts SET code = ? WHERE vector = ?",
        [(code.tobytes(), n) for n, code in zip(numbers, codes, strict=True)],
    )
    connection.executemany(
        "UPDATE vectors SET floats = ? WHERE vector = ?",
        [(row.tobytes(), n) for n, row in zip(numbers, floats, strict=True)],
    )


def drop_unused(connection: sqlite3.Connection) -> None:
    """Forget the vectors of texts that no document has."""
    connection.execute("DELETE FROM texts WHERE vector NOT IN (SELECT vector FROM chunks)")


def _column(connection: sqlite3.Connection, query: str, numbers: Numbers) -> list[bytes]:
    wanted = json.dumps(numbers.tolist())
    found = connection.execute(f"{query} (SELECT value FROM json_each(?)) ORDER BY vector", (wanted,))
    return [row[0] for row in found]


def _rows(blobs: Sequence[bytes]) -> Vector:
    if not blobs:
        return np.zeros((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(blobs), dtype=_FLOATS).reshape(len(blobs), -1)

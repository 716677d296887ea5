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
_AFTER = "SELECT vector, floats FROM vectors WHERE vector > ? ORDER BY vector LIMIT ?"


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
        # Joined in this order, SQLite looks each number up in turn, and need not sort what it has found.
        query = "SELECT floats FROM json_each(?) CROSS JOIN vectors ON vector = value"
        with self._connections.reading() as connection:
            found = _plain(connection).execute(query, (json.dumps(numbers.tolist()),)).fetchall()
        return _rows([row[0] for row in found])

    def codes(self, numbers: Numbers) -> Codes:
        """Codes of vectors by number, in their order, shape (n, words). `numbers` rise and are all there.

        Costs time linear in the vectors from the first of them to the last.
        """
        if not len(numbers):
            return np.zeros((0, 0), dtype=_WORDS)
        query = "SELECT vector, code FROM texts WHERE vector BETWEEN ? AND ? ORDER BY vector"
        blocks = []
        with self._connections.reading() as connection:
            found = _plain(connection).execute(query, (int(numbers[0]), int(numbers[-1])))
            while block := found.fetchmany(_ASKED):
                kept = np.isin(np.array([row[0] for row in block]), numbers, assume_unique=True)
                table = np.frombuffer(b"".join([row[1] for row in block]), dtype=_WORDS)
                blocks.append(table.reshape(len(block), -1)[kept])
        return np.concatenate(blocks)

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
        while True:
            with self._connections.reading() as connection:
                found = connection.execute(_AFTER, (number, _BLOCK)).fetchall()
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


def recode(connection: sqlite3.Connection) -> None:
    """Make every code anew from its vector, where another version of the program made them."""
    number = -1
    while found := connection.execute(_AFTER, (number, _BLOCK)).fetchall():
        codes = encode(_rows([row[1] for row in found]))
        connection.executemany(
            "UPDATE texts SET code = ? WHERE vector = ?",
            [(code.tobytes(), row[0]) for row, code in zip(found, codes, strict=True)],
        )
        number = found[-1][0]


def _plain(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that gives tuples, which cost less than rows with names."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


def _rows(blobs: Sequence[bytes]) -> Vector:
    if not blobs:
        return np.zeros((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(blobs), dtype=_FLOATS).reshape(len(blobs), -1)

"""What is kept of chunks as vectors: which paragraph each stands for, and the number of its vector.

Imports the records of `rag`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import ParsedDocument

Numbers = NDArray[np.int64]
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """A document on its way into the library: the edition it is kept under, a vector for each chunk."""

    edition: int
    parsed: ParsedDocument
    vectors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """One entry per chunk, as columns: its edition, its paragraph's number, its vector's number."""

    editions: Numbers
    paragraphs: Numbers
    vectors: Numbers

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int]]) -> Self:
        """Entries given one by one, as (edition, paragraph, vector)."""
        table = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 3)
        return cls(*np.ascontiguousarray(table.T))

    @classmethod
    def of_readings(cls, readings: Iterable[Reading]) -> Self:
        """The entries of documents."""
        return cls.of(
            (reading.edition, chunk.first, vector)
            for reading in readings
            for chunk, vector in zip(reading.parsed.chunks, reading.vectors, strict=True)
        )

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self.vectors)

    def and_those(self, others: "Points") -> "Points":
        """These, and others after them."""
        return Points(
            np.concatenate([self.editions, others.editions]),
            np.concatenate([self.paragraphs, others.paragraphs]),
            np.concatenate([self.vectors, others.vectors]),
        )

    def without(self, editions: Iterable[int]) -> "Points":
        """These but for the entries of some editions."""
        kept = ~np.isin(self.editions, np.fromiter(editions, dtype=np.int64))
        return Points(self.editions[kept], self.paragraphs[kept], self.vectors[kept])


def digest(text: str) -> bytes:
    """By what a text is known among the vectors."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()

"""How much of a question's words a text holds, each word weighted by its rarity in the library.

May import the ports.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from rag.ports import WordStatistics


@dataclass(frozen=True, slots=True)
class Coverage:
    """The words of one question with their weights, ready to be looked for in many texts."""

    weights: Mapping[str, float]
    total: float

    @classmethod
    def of(cls, wanted: Sequence[str], statistics: WordStatistics) -> "Coverage":
        """Weight each wanted term by its inverse document frequency."""
        weights = dict(zip(wanted, statistics.idf(wanted), strict=True))
        return cls(weights, fsum(weights.values()))

    def share(self, pieces: Sequence[frozenset[str]]) -> float:
        """Weight of the wanted terms found among those of a text's pieces, over the weight of all.

        0..1, and 0 if none is wanted.
        """
        if not self.total:
            return 0.0
        found = set().union(*(self.weights.keys() & piece for piece in pieces))
        # A set has no order of its own; `fsum` is the same in any.
        return fsum(self.weights[term] for term in found) / self.total

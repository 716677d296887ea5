"""How much of a question's words a text holds, each word weighted by its rarity in the library.

May import Chinese text and the ports.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from rag.chinese import terms
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

    def share(self, text: str) -> float:
        """Weight of the wanted terms that `text` holds, over the weight of all; 0..1, 0 if none is wanted."""
        return self.share_of([frozenset(terms(text))])

    def share_of(self, held: Sequence[frozenset[str]]) -> float:
        """The same for a text that has been cut into terms, piece by piece."""
        if not self.total:
            return 0.0
        found = set().union(*(self.weights.keys() & piece for piece in held))
        # A set has no order of its own; `fsum` is the same in any.
        return fsum(self.weights[term] for term in found) / self.total

"""How much of a question's words a text holds, each word weighted by its rarity in the library.

May import Chinese text and the ports.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.chinese import terms
from rag.ports import WordStatistics


@dataclass(frozen=True, slots=True)
class Coverage:
    """The words of one question with their weights, ready to be looked for in many texts."""

    terms: tuple[str, ...]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, wanted: Sequence[str], statistics: WordStatistics) -> "Coverage":
        """Weight each wanted term by its inverse document frequency."""
        return cls(tuple(wanted), tuple(statistics.idf(wanted)))

    @property
    def total(self) -> float:
        """Weight of all wanted terms together."""
        return sum(self.weights)

    def share(self, text: str) -> float:
        """Weight of the wanted terms that `text` holds, over the weight of all; 0..1, 0 if none is wanted."""
        return self.share_of([frozenset(terms(text))])

    def share_of(self, held: Sequence[frozenset[str]]) -> float:
        """The same for a text that has been cut into terms, piece by piece."""
        if not self.total:
            return 0.0
        found = (
            weight
            for term, weight in zip(self.terms, self.weights, strict=True)
            if any(term in piece for piece in held)
        )
        return sum(found) / self.total

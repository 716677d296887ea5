"""What a question and a text share: the same words, and words that mean much the same.

May import the core. Each word counts by its rarity in the library.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rag.chinese import bigrams, normalise, words
from rag.coverage import Coverage
from rag.figures import arabic
from rag.likeness import Likeness
from rag.ports import WordStatistics
from rag.question import focus_terms, focus_words

# Pieces of text whose words are kept, so that a paragraph found again is not segmented again.
_REMEMBERED = 32_768

# A text in pieces that are never segmented across: its context, itself.
Pieces = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shares of the question's weight, 0..1.

    `coverage` counts words and bigrams found as they are, `likeness` every word by the nearest one
    in the text; `missing` is what the word that is missed most takes away from `likeness`; `figures`
    is the share of the question's figures found, 1 if it names none.
    """

    coverage: float = 0.0
    likeness: float = 0.0
    missing: float = 1.0
    figures: float = 1.0


class Matcher:
    """Compares questions with texts by the words of one library."""

    def __init__(self, statistics: WordStatistics, likeness: Likeness) -> None:
        self._statistics = statistics
        self._likeness = likeness

    def weigh(self, terms: Sequence[str]) -> Coverage:
        """Terms to look for, each weighted by its rarity."""
        return Coverage.of(terms, self._statistics)

    def overlaps(self, query: str, texts: Sequence[Pieces]) -> list[Overlap]:
        """The overlap of a normalised question with each text."""
        query = arabic(query)
        coverage = self.weigh(focus_terms(query))
        wanted = focus_words(query)
        weights = np.array(self._statistics.idf(wanted), dtype=np.float32)
        total = float(weights.sum())
        figures = np.array([any(character.isdigit() for character in word) for word in wanted], dtype=bool)
        held = [[_segmented(piece) for piece in pieces] for pieces in texts]
        best = self._likeness.best(wanted, [[word for part in parts for word in part[0]] for parts in held])
        return [
            Overlap(
                coverage=coverage.share([part[1] for part in parts]),
                likeness=float(row @ weights) / total if total else 0.0,
                missing=float(((1.0 - row) * weights).max()) / total if total else 1.0,
                figures=float(row[figures].mean()) if figures.any() else 1.0,
            )
            for parts, row in zip(held, best, strict=True)
        ]


@lru_cache(maxsize=_REMEMBERED)
def _segmented(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Distinct words of a piece of text, and its words and bigrams together."""
    spelled = normalised(text)
    found = tuple(dict.fromkeys(words(spelled)))
    return found, frozenset((*found, *bigrams(spelled)))


@lru_cache(maxsize=_REMEMBERED)
def normalised(text: str) -> str:
    """The one spelling that is searched, figures in Arabic digits, remembered for texts found again."""
    return arabic(normalise(text))

"""The order of the paragraphs found: features times fitted weights, and a reranker where it is close.

May import the core. The weights are fitted by `rag fit` (`eval/fitting.py` says on what).
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

import numpy as np

from rag.datatypes import Hit, Part, Question
from rag.errors import OutOfTime
from rag.ports import Reranker
from rag.query.question import is_chinese
from rag.reading.evidence import in_context
from rag.retrieval.features import DENSE, FEATURES, FROM_INDEXES, READER, Column, Table, Weights, standardised

# Paragraphs a reranker reads at most, and how far ahead the first must be for it to be left out.
READ = 8
CLEAR = 2.0
# What a definition weighs where one is asked for.
DEFINES = 8.0
# On the shortlist the first so many-th part is the nearest in meaning, whatever their words.
_MEANING_LAG = 2
_DIGITS = 9

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Weighting:
    """The weights of each kind of question, fitted by `rag fit` but for those an encyclopaedia cannot teach:
    of context, title, sound, heading, agreement and apparatus.

    `shortlist` weighs what the indexes say alone, to choose the paragraphs whose text is looked at.
    `foreign` is for a question that is not in Chinese, whose words can match by chance only.
    """

    shortlist: Weights = Weights(dense=1.4, body=7.0, context=3.5, title=3.5, sound=3.5)
    chinese: Weights = Weights(
        dense=1.094,
        body=2.721,
        context=2.0,
        title=2.0,
        sound=2.0,
        heading=1.0,
        sentences=4.11,
        opening=4.815,
        phrases=2.115,
        likeness=3.577,
        likeness_sentences=3.741,
        figures=1.165,
        fits=1.074,
        agreement=3.0,
        apparatus=-10.0,
        reader=0.8,
    )
    foreign: Weights = Weights(
        dense=1.909,
        body=0.683,
        likeness=5.031,
        likeness_sentences=7.562,
        likeness_opening=7.231,
        figures=2.141,
        agreement=3.0,
        apparatus=-10.0,
        reader=0.436,
    )

    @classmethod
    def alone(cls, weights: Weights) -> "Weighting":
        """The same weights for every question, and for the shortlist too."""
        return cls(weights, weights, weights)

    def of(self, question: Question) -> Weights:
        """The weights for a question; what defines a term outweighs all that speaks of it."""
        weights = self.chinese if is_chinese(question.query) else self.foreign
        return replace(weights, fits=DEFINES) if question.kind == "definition" else weights

    def first(self, question: Question) -> Weights:
        """The weights that choose the shortlist; for a foreign question the fitted ones do."""
        return self.shortlist if is_chinese(question.query) else self.foreign


class Ranker:
    """Scores a shortlist. Safe to share by threads if its reranker is."""

    def __init__(self, weighting: Weighting, reranker: Reranker | None = None) -> None:
        self._weighting = weighting
        self._reranker = reranker

    def order(self, question: Question, table: Table) -> list[int]:
        """The rows of a table of what the indexes say, best first by that alone, ties in the order given.

        What is near in meaning comes early whatever its words: a question may be in none of them.
        """
        weights = self._weighting.first(question).column()[:FROM_INDEXES]
        places = np.minimum(_places(table @ weights), _MEANING_LAG * _places(table[:, DENSE]))
        rows: list[int] = np.argsort(places, kind="stable").tolist()
        return rows

    def promising(self, question: Question, table: Table, count: int) -> list[int]:
        """The `count` rows of a table that are best before their words are compared, in their order.

        All of them where the question is not in Chinese: then it is by meaning alone that words match.
        """
        if not is_chinese(question.query):
            return list(range(len(table)))
        scores = table @ self._weighting.of(question).column()
        return sorted(np.argsort(-scores.round(_DIGITS), kind="stable")[:count].tolist())

    def rank(self, question: Question, hits: Sequence[Hit], table: Table) -> "Ranking":
        """The hits in the order of their scores, best first, ties by id and number."""
        weights = self._weighting.of(question).column()
        if _is_close(table @ weights):
            table = self.read(question, hits, table)
        # Added up as the parts will be, so that they explain the score to the last digit.
        scored = [replace(hit, score=fsum(row)) for hit, row in zip(hits, table * weights, strict=True)]
        rows = {
            (hit.paragraph.document_id, hit.paragraph.number): row
            for hit, row in zip(hits, table, strict=True)
        }
        return Ranking(sort_hits(scored), rows, weights)

    def read(self, question: Question, hits: Sequence[Hit], table: Table) -> Table:
        """The table with what the reranker says of the best; those it did not read are worth the worst.

        As it is without a reranker, and when time runs out.
        """
        if self._reranker is None or not len(table):
            return table
        scores = table @ self._weighting.of(question).column()
        order = np.argsort(-scores, kind="stable")[:READ]
        try:
            texts = [in_context(hits[row], hits[row].paragraph.text) for row in order]
            found = standardised(np.array(self._reranker.rerank(question.query, texts)))
        except OutOfTime as error:
            _log.warning("%s", error)
            return table
        table = table.copy()
        table[:, READER] = found.min()
        table[order, READER] = found
        return table


def _is_close(scores: Column) -> bool:
    """Whether the best is not so far ahead of the next that reading them would change nothing."""
    best = np.sort(scores)[-2:]
    return len(best) > 1 and bool(best[1] - best[0] <= CLEAR)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits in order, with what their scores are made of."""

    hits: list[Hit]
    rows: Mapping[tuple[str, int], Column]
    weights: Column

    def explained(self, hit: Hit) -> Hit:
        """A hit with the features that have a say, in their order."""
        values = self.rows[hit.paragraph.document_id, hit.paragraph.number].tolist()
        told = zip(FEATURES, values, self.weights.tolist(), strict=True)
        return replace(hit, parts=tuple(Part(name, value, weight) for name, value, weight in told if weight))


def _places(scores: Column) -> Column:
    """The place of each score, 0 for the best, ties in the order given."""
    places = np.empty(len(scores))
    places[np.argsort(-scores.round(_DIGITS), kind="stable")] = np.arange(len(scores))
    return places


def sort_hits(hits: Iterable[Hit]) -> list[Hit]:
    """Best first; equal scores in the order of document id and paragraph number."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.paragraph.document_id, hit.paragraph.number))

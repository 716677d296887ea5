"""Finding paragraphs: both indexes are asked, their scores are put on one scale and added.

May import the core. Which indexes those are is decided in the composition root.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, pstdev

from rag.coverage import Coverage
from rag.datatypes import Attributes, Hit, Match, Question, Scores
from rag.evidence import context
from rag.ports import ParagraphSource, Searcher, WordStatistics
from rag.question import focus_terms, is_chinese

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Weights of the parts of a paragraph's score, fitted by `python -m eval.fit` on CMRC2018 train.

    Dense and lexical scores are standardised over the candidates of the question before they are
    weighted; coverage is a share. `foreign_lexical` replaces `lexical` for a question that is not in
    Chinese, whose words can only match by chance; `apparatus` is taken off headings and titles,
    which announce an answer but do not hold it.
    """

    dense: float = 0.8
    lexical: float = 1.0
    coverage: float = 1.0
    foreign_lexical: float = 0.3
    apparatus: float = 1.0


class HybridRetriever:
    """Dense and lexical search fused by weighted, standardised scores and the coverage of the question."""

    def __init__(
        self,
        source: ParagraphSource,
        *,
        dense: Searcher,
        lexical: Searcher,
        statistics: WordStatistics,
        candidates: int,
        weights: FusionWeights | None = None,
    ) -> None:
        """`candidates` paragraphs are taken from each index before they are fused."""
        self._source = source
        self._dense = dense
        self._lexical = lexical
        self._statistics = statistics
        self._candidates = candidates
        self._weights = weights or FusionWeights()

    def retrieve(
        self, question: Question, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[Hit, ...]:
        """Best `limit` visible paragraphs, best first, ties by document id and number.

        Costs two index searches and one catalogue read, whatever the size of the library.
        """
        dense = self._dense.search(question.query, limit=self._candidates, document_ids=document_ids)
        lexical = self._lexical.search(question.query, limit=self._candidates, document_ids=document_ids)
        keys = list(dict.fromkeys((match.document_id, match.paragraph) for match in (*dense, *lexical)))
        paragraphs = self._source.fetch(keys)
        titles = self._source.titles(list({document_id for document_id, _ in paragraphs}))
        coverage = Coverage.of(focus_terms(question.query), self._statistics)
        hits = [
            Hit(
                paragraph=paragraph,
                title=titles.get(paragraph.document_id, ""),
                score=0.0,
                scores=Scores(coverage=coverage.share(f"{context(paragraph)}\n{paragraph.text}")),
            )
            for paragraph in paragraphs.values()
        ]
        return self._rank(question, hits, _by_key(dense), _by_key(lexical))[:limit]

    def _rank(
        self, question: Question, hits: Sequence[Hit], dense: dict[Key, float], lexical: dict[Key, float]
    ) -> tuple[Hit, ...]:
        keys = [(hit.paragraph.document_id, hit.paragraph.number) for hit in hits]
        dense_z, lexical_z = _standardise(keys, dense), _standardise(keys, lexical)
        weights = self._weights
        lexical_weight = weights.lexical if is_chinese(question.query) else weights.foreign_lexical
        ranked = [
            replace(
                hit,
                score=weights.dense * dense_z[key]
                + lexical_weight * lexical_z[key]
                + weights.coverage * hit.scores.coverage
                - weights.apparatus * _is_apparatus(hit.paragraph.attributes),
                scores=replace(hit.scores, dense=dense.get(key, 0.0), lexical=lexical.get(key, 0.0)),
            )
            for key, hit in zip(keys, hits, strict=True)
        ]
        return tuple(sort_hits(ranked))


def sort_hits(hits: Iterable[Hit]) -> list[Hit]:
    """Best first; equal scores in the order of document id and paragraph number."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.paragraph.document_id, hit.paragraph.number))


def _is_apparatus(attributes: Attributes) -> bool:
    return attributes.kind in ("title", "heading")


def _by_key(matches: Iterable[Match]) -> dict[Key, float]:
    return {(match.document_id, match.paragraph): match.score for match in matches}


def _standardise(keys: Sequence[Key], scores: dict[Key, float]) -> dict[Key, float]:
    """Scores minus their mean, over their deviation; a paragraph an index did not return gets its lowest."""
    known = [scores[key] for key in keys if key in scores]
    if not known:
        return dict.fromkeys(keys, 0.0)
    mean, deviation, lowest = fmean(known), pstdev(known) or 1.0, min(known)
    return {key: (scores.get(key, lowest) - mean) / deviation for key in keys}

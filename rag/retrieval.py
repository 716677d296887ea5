"""Finding paragraphs: both indexes are asked, their scores are put on one scale and added.

May import the core. Which indexes those are is decided in the composition root.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, pstdev

from rag.constraints import agreement
from rag.datatypes import Hit, Match, Question, Scores
from rag.evidence import in_context, may_answer
from rag.narrowing import Narrowed
from rag.overlap import Matcher
from rag.ports import ParagraphSource, Searcher
from rag.question import is_chinese
from rag.shelf import Shelves

Key = tuple[str, int]

# How far behind the best paragraph, in standardised units, another document's best still counts.
MARGIN = 3.0


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Weights of the parts of a paragraph's score, fitted by `rag fit` on CMRC2018 train.

    Dense and lexical scores are standardised over the candidates of the question before they are
    weighted; coverage is a share. `foreign_lexical` replaces `lexical` for a question that is not in
    Chinese, whose words can only match by chance; `apparatus` is taken off headings, titles
    and signatures where they cannot hold the answer. `agreement` is not fitted: where a question names
    a year or an article, paragraphs of another come last.
    """

    dense: float = 0.697
    lexical: float = 0.839
    coverage: float = -0.043
    likeness: float = 9.712
    foreign_lexical: float = 0.3
    apparatus: float = 10.0
    agreement: float = 3.0

    def score(self, hit: Hit, question: Question) -> float:
        """The weighted sum of a hit's parts."""
        chinese = is_chinese(question.query)
        return (
            self.dense * hit.scores.dense_standard
            + (self.lexical if chinese else self.foreign_lexical) * hit.scores.lexical_standard
            + self.coverage * hit.scores.coverage
            + self.likeness * hit.scores.likeness
            + self.agreement * hit.scores.agreement
            - self.apparatus * (not may_answer(question, hit.paragraph))
        )


class HybridRetriever:
    """Dense and lexical search fused by weighted, standardised scores and the coverage of the question."""

    def __init__(
        self,
        source: ParagraphSource,
        *,
        dense: Searcher,
        lexical: Searcher,
        matcher: Matcher,
        candidates: int,
        weights: FusionWeights | None = None,
        shelves: Shelves | None = None,
    ) -> None:
        """`candidates` paragraphs are taken from each index before they are fused."""
        self._shelves = shelves or Shelves(source)
        self._source = source
        self._dense = dense
        self._lexical = lexical
        self._matcher = matcher
        self._candidates = candidates
        self._weights = weights or FusionWeights()

    def retrieve(
        self, question: Question, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[Hit, ...]:
        """Best `limit` visible paragraphs, best first, ties by document id and number.

        Costs two index searches and one catalogue read, whatever the size of the library.
        """
        dense, lexical = (
            Narrowed(index, self._source, question.aim).search(
                question.query, limit=self._candidates, document_ids=document_ids
            )
            for index in (self._dense, self._lexical)
        )
        dense_scores, lexical_scores = _by_key(dense), _by_key(lexical)
        keys = list(dense_scores | lexical_scores)
        paragraphs = self._source.fetch(keys)
        titles = self._source.titles(list({document_id for document_id, _ in paragraphs}))
        keys = [key for key in keys if key in paragraphs]
        shelf = self._shelves.current()
        hits = [Hit(paragraphs[key], titles.get(key[0], ""), 0.0, year=shelf.year(key[0])) for key in keys]
        overlaps = self._matcher.overlaps(
            question.query, [in_context(hit, hit.paragraph.text) for hit in hits]
        )
        scored = [
            replace(
                hit,
                scores=Scores(
                    dense=dense_scores.get(key, 0.0),
                    lexical=lexical_scores.get(key, 0.0),
                    dense_standard=near,
                    lexical_standard=shared,
                    coverage=overlap.coverage,
                    likeness=overlap.likeness,
                    agreement=agreement(question, hit),
                ),
            )
            for hit, key, near, shared, overlap in zip(
                hits,
                keys,
                _standardise(keys, dense_scores),
                _standardise(keys, lexical_scores),
                overlaps,
                strict=True,
            )
        ]
        ranked = sort_hits(replace(hit, score=self._weights.score(hit, question)) for hit in scored)
        return tuple(_spread(ranked) if question.kind == "comparison" else ranked)[:limit]


def sort_hits(hits: Iterable[Hit]) -> list[Hit]:
    """Best first; equal scores in the order of document id and paragraph number."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.paragraph.document_id, hit.paragraph.number))


def _spread(ranked: Sequence[Hit]) -> list[Hit]:
    """The same hits with the best of each document first, where it is not far behind the best of all.

    A comparison wants both sides, which one document's many near hits would crowd out.
    """
    leaders: dict[str, Hit] = {}
    for hit in ranked:
        if ranked[0].score - hit.score <= MARGIN:
            leaders.setdefault(hit.paragraph.document_id, hit)
    first = list(leaders.values())
    return first + [hit for hit in ranked if hit not in first]


def _by_key(matches: Iterable[Match]) -> dict[Key, float]:
    return {(match.document_id, match.paragraph): match.score for match in matches}


def _standardise(keys: Sequence[Key], scores: dict[Key, float]) -> list[float]:
    """Scores minus their mean, over their deviation; a paragraph an index did not return gets its lowest."""
    known = [scores[key] for key in keys if key in scores]
    if not known:
        return [0.0] * len(keys)
    mean, deviation, lowest = fmean(known), pstdev(known) or 1.0, min(known)
    return [(scores.get(key, lowest) - mean) / deviation for key in keys]

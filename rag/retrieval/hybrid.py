"""Finding paragraphs: both indexes are asked, what they found is looked at, ordered and thinned out.

May import the core. Which indexes those are is decided in the composition root.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.datatypes import Hit, Match, Question
from rag.documents.narrowing import Narrowed
from rag.documents.shelf import Shelves
from rag.language.chinese import normalise
from rag.language.wordings import expanded
from rag.matching.overlap import Matcher
from rag.ports import FieldSearcher, MeaningSearcher, ParagraphSource, Reranker
from rag.query.definitions import defined, definitions
from rag.reading.evidence import may_answer
from rag.retrieval.diversity import arrange
from rag.retrieval.features import Table, TextReader, index_table
from rag.retrieval.ranking import Ranker, Weighting

Key = tuple[str, int]

# Paragraphs whose text is looked at: on CMRC2018 train hardly an answer stands further down.
SHORTLIST = 40
# Of the documents that a question favours so many more are.
FAVOURED = 8
# So many of these have their words compared with the question's by meaning, or twice as many as are wanted:
# those that are best by all else, for likeness only adds to a score. On CMRC2018 train among 100,000 law
# paragraphs twelve would be enough for the same R@1 and R@5, and this is what takes longest.
CLOSELY = 20
# Paragraphs that are looked at for a definition beside those that share the question's words.
_DEFINING = 20
# So many more are loaded, for headings among them that cannot answer.
_SPARE = 12


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Paragraphs found, not yet in order, with a row of features for each."""

    hits: tuple[Hit, ...]
    table: Table


class HybridRetriever:
    """Dense and lexical search, their finds ordered by fitted weights."""

    def __init__(
        self,
        source: ParagraphSource,
        *,
        dense: MeaningSearcher,
        lexical: FieldSearcher,
        matcher: Matcher,
        candidates: int,
        weighting: Weighting | None = None,
        reranker: Reranker | None = None,
        shelves: Shelves | None = None,
    ) -> None:
        """`candidates` paragraphs are taken from each index before they are put in order."""
        self._source = source
        self._dense = dense
        self._lexical = lexical
        self._reader = TextReader(matcher)
        self._candidates = candidates
        self._shelves = shelves or Shelves(source)
        self._ranker = Ranker(weighting or Weighting(), reranker)

    def retrieve(
        self, question: Question, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[Hit, ...]:
        """Best `limit` visible paragraphs, best first, ties by document id and number.

        Costs two index searches, a look into each index and one catalogue read, whatever the size of
        the library.
        """
        shortlist = self.shortlist(
            question,
            size=max(SHORTLIST, limit),
            closely=max(CLOSELY, 2 * limit),
            document_ids=document_ids,
        )
        ranking = self._ranker.rank(question, shortlist.hits, shortlist.table)
        return tuple(map(ranking.explained, arrange(question, ranking.hits, limit)))

    def shortlist(
        self,
        question: Question,
        *,
        size: int,
        closely: int | None = None,
        document_ids: frozenset[str] = frozenset(),
    ) -> Shortlist:
        """The `size` paragraphs that the indexes think best, with their features.

        Words are compared in the most promising `closely` of them, by default in all.
        """
        defining = self._defining(question, document_ids)
        keys = list(dict.fromkeys([*defining, *self._find(question, document_ids)]))
        shared = self._lexical.fields(question.query, keys)
        near = self._dense.closeness(expanded(question.query), keys)
        sought = self._reader.sought(question)
        known = index_table(near, [shared[key] for key in keys], sought.total)
        order = self._ranker.order(question, known)
        hits = self._shown(question, list(dict.fromkeys([*defining, *(keys[row] for row in order)])), size)
        row_of = dict(zip(keys, range(len(keys)), strict=True))
        rows = [row_of[hit.paragraph.document_id, hit.paragraph.number] for hit in hits]
        chosen = tuple(hits)
        table = np.hstack([known[rows], self._reader.glance(question, chosen, sought)])
        read = self._ranker.promising(question, table, len(chosen) if closely is None else closely)
        return Shortlist(chosen, self._reader.compare(question, chosen, table, read))

    def read(self, question: Question, found: Shortlist) -> Shortlist:
        """The paragraphs with what the reranker, if there is one, says of the best of them."""
        return replace(found, table=self._ranker.read(question, found.hits, found.table))

    def _find(self, question: Question, document_ids: frozenset[str]) -> list[Key]:
        """The best of each index, of the documents that the question favours too."""
        asked = ((self._dense, expanded(question.query)), (self._lexical, question.query))
        found = (
            match
            for index, query in asked
            for match in Narrowed(index, self._source, question.aim).search(
                query, limit=self._candidates, document_ids=document_ids
            )
        )
        return list(dict.fromkeys(map(_key, found)))

    def _defining(self, question: Question, document_ids: frozenset[str]) -> list[Key]:
        """The paragraphs that say what a term means, for a question that wants it defined.

        Many shorter ones speak of the term, and would crowd out the one sentence that defines it.
        """
        term = defined(question.query) if question.kind == "definition" else ""
        if not term:
            return []
        index = Narrowed(self._lexical, self._source, question.aim)
        found = index.search(f"本条例所称{term}，是指", limit=_DEFINING, document_ids=document_ids)
        hits = self._load(list(dict.fromkeys(map(_key, found))))
        return [key for key, hit in hits.items() if definitions(term, normalise(hit.paragraph.text))]

    def _shown(self, question: Question, keys: Sequence[Key], size: int) -> list[Hit]:
        """The first `size` of the paragraphs that are visible, and the next ones of favoured documents."""
        first, rest = keys[: size + _SPARE], keys[size + _SPARE :]
        hits = self._load(first)
        if sum(may_answer(question, hit.paragraph) for hit in hits.values()) >= size:
            rest = [key for key in rest if key[0] in question.aim.favoured]
        hits |= self._load(rest) if rest else {}
        shown = [hits[key] for key in keys if key in hits]
        # Headings are short and share much; where they cannot answer they must not crowd out what can.
        shown.sort(key=lambda hit: not may_answer(question, hit.paragraph))
        more = [hit for hit in shown[size:] if hit.paragraph.document_id in question.aim.favoured]
        return shown[:size] + more[:FAVOURED]

    def _load(self, keys: Sequence[Key]) -> dict[Key, Hit]:
        """Those of the paragraphs that are visible."""
        paragraphs = self._source.fetch(keys)
        titles = self._source.titles(list({document_id for document_id, _ in paragraphs}))
        shelf = self._shelves.current()
        return {
            key: Hit(found, titles.get(key[0], ""), 0.0, year=shelf.year(key[0]))
            for key, found in paragraphs.items()
        }


def _key(match: Match) -> Key:
    return match.document_id, match.paragraph

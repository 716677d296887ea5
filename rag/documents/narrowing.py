"""Searching an index no further than a question's aim: what it must see is found before the cut.

May import the core's records and ports.
"""

from collections.abc import Iterable, Iterator

from rag.datatypes import Match
from rag.language.chinese import normalise
from rag.ports import ParagraphSource, Searcher
from rag.scope import Aim

# How much further an index is asked each time too little lies in a section, and how far at most.
_WIDER = 4
MOST_ASKED = 4_000


class Narrowed:
    """An index for one question. Implements `rag.ports.Searcher`.

    Paragraphs outside the aim's section are left out, and others found in their place; the documents
    that it favours are searched beside the whole scope, so that others cannot crowd them out.
    """

    def __init__(self, searcher: Searcher, source: ParagraphSource, aim: Aim) -> None:
        self._searcher = searcher
        self._source = source
        self._aim = aim
        self._section = normalise(aim.section)

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        """Best `limit` paragraphs of the scope, and as many of the favoured documents in it, best first."""
        favoured = self._aim.favoured & document_ids if document_ids else self._aim.favoured
        found = self._inside(query, limit, document_ids)
        if favoured and favoured != document_ids:
            found += self._inside(query, limit, favoured)
        return _sorted(found)

    def _inside(self, query: str, limit: int, document_ids: frozenset[str]) -> list[Match]:
        """Best `limit` paragraphs of the section; any, in no order, when none of the best is in it."""
        if not self._section:
            return self._searcher.search(query, limit=limit, document_ids=document_ids)
        asked, kept = limit, list[Match]()
        while asked <= MOST_ASKED:
            asked *= _WIDER
            matches = self._searcher.search(query, limit=asked, document_ids=document_ids)
            kept = list(self._in_section(matches))
            if len(kept) >= limit or len(matches) < asked:
                break
        if not kept:
            keys = self._source.headed(self._section, document_ids=document_ids, limit=limit)
            return [Match(document_id, number, 0.0) for document_id, number in keys]
        return kept[:limit]

    def _in_section(self, matches: Iterable[Match]) -> Iterator[Match]:
        by_key = {(match.document_id, match.paragraph): match for match in matches}
        for key, paragraph in self._source.fetch(list(by_key)).items():
            if in_section(self._section, paragraph.section):
                yield by_key[key]


def in_section(section: str, path: Iterable[str]) -> bool:
    """Whether a normalised name stands in one of the headings of a path."""
    return any(section in normalise(heading) for heading in path)


def _sorted(matches: Iterable[Match]) -> list[Match]:
    unique = {(match.document_id, match.paragraph): match for match in matches}
    return sorted(unique.values(), key=lambda match: (-match.score, match.document_id, match.paragraph))

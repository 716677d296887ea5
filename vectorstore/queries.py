"""Questions as Tantivy's queries: terms, the best of several names, documents, editions and paragraphs.

May import tantivy. Imports what a question looks for, and the layout of the index.
"""

from collections.abc import Sequence

from tantivy import Occur, Query, Schema

from vectorstore.asking import Asked, Terms
from vectorstore.layout import TEXTS

# A set of terms is read through the whole dictionary; a few looked up one by one take an eighth of the time.
# Of keys there is one for every paragraph: they are always looked up.
_FEW = 128

Bound = tuple[Occur, Query]
# What may be met, each by itself.
Parts = Sequence[Query]


class Queries:
    """Makes queries to an index of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def fields(self, asked: Asked) -> dict[str, Parts]:
        """What is looked for in each field; nothing for a question without terms."""
        fields = {field: self._text(field, asked) for field in TEXTS if asked}
        return {**fields, "sound": self._terms("sound", asked.sounds)} if asked.sounds else fields

    def bounds(
        self, *, keys: Sequence[int] = (), document_ids: Sequence[str] = (), hidden: Sequence[int] = ()
    ) -> list[Bound]:
        """These paragraphs or documents alone where some are named, less hidden ones."""
        parts: list[Bound] = []
        if keys:
            parts.append((Occur.Must, self._each_of("key", keys)))
        if document_ids:
            parts.append((Occur.Must, self._one_of("document_id", document_ids)))
        if hidden:
            parts.append((Occur.MustNot, self._one_of("edition", hidden)))
        return parts

    def _text(self, field: str, asked: Asked) -> Parts:
        named = [
            Query.disjunction_max_query([_any_of(self._terms(field, name)) for name in each.names])
            for each in asked.named
        ]
        return [*self._terms(field, asked.terms), *named]

    def _terms(self, field: str, weights: Terms) -> Parts:
        return [
            Query.boost_query(Query.term_query(self._schema, field, term, index_option="freq"), weight)
            for term, weight in weights.items()
        ]

    def _one_of(self, field: str, values: Sequence[str] | Sequence[int]) -> Query:
        """Whatever has one of the values, all with the score 0."""
        if len(values) > _FEW:
            return Query.const_score_query(Query.term_set_query(self._schema, field, list(values)), 0.0)
        return self._each_of(field, values)

    def _each_of(self, field: str, values: Sequence[str] | Sequence[int]) -> Query:
        """The same, every value looked up by itself."""
        terms = [Query.term_query(self._schema, field, value, index_option="basic") for value in values]
        return Query.const_score_query(_any_of(terms), 0.0)


def weighted(parts: Parts, weight: float) -> Parts:
    """The same, each worth so many times as much."""
    return [Query.boost_query(part, weight) for part in parts]


def bounded(parts: Parts, bounds: Sequence[Bound] = ()) -> Query:
    """Whatever meets one of the parts within some bounds; the scores of those it meets are added.

    All of them side by side: parts within parts are gone through once for each level.
    """
    return Query.boolean_query([*((Occur.Should, part) for part in parts), *bounds], 1)


def _any_of(parts: Parts) -> Query:
    return Query.boolean_query([(Occur.Should, part) for part in parts])

"""What a question says of where its answer stands: a place, a document, an edition, a year, an article.

May import the core. Names of documents are looked up among those that there are; nothing is guessed.
"""

import re
from collections.abc import Iterable, Sequence

from rag.datatypes import Hit, Question
from rag.documents.atlas import atlas, is_elsewhere
from rag.documents.mentions import Mention, mentions
from rag.documents.shelf import Label, Shelf
from rag.language.years import agreement as year_agreement
from rag.language.years import named, near
from rag.scope import Aim, Locality, Scope

_ARTICLE = re.compile(r"第(?:[一二三四五六七八九十百千零〇]{1,9}|\d{1,4})[条章节款编]")
_NEWEST = re.compile(r"最新|现行|最近一[次版份]")
# Years of one question that are looked after.
MOST_YEARS = 8
_ANY_YEAR = 2000
ANYWHERE = Scope()


def aim_of(question: Question, shelf: Shelf, *, scope: Scope = ANYWHERE) -> Aim:
    """Where the answer to a question stands, in a library with this shelf, asked of within a scope.

    A document is a bound only when the question asks for what it says (2023年的报告里, 《…》第三条) and
    the library has it; otherwise it, and any year, only come first. A place bounds them where documents
    are of it: those of no place stay in, unless they are to the state what one of these is to the place.
    """
    query = question.query
    inside = shelf.within(scope)
    found = [(mention, _edition(mention, inside, query)) for mention in mentions(query, shelf)]
    bounds = [(mention, labels) for mention, labels in found if mention.there and labels]
    if question.kind == "comparison" and not set(named(query)) <= _years_of(bounds):
        bounds = []
    named_within = _ids(labels for _, labels in bounds)
    places, placed = _placed(query, shelf, inside)
    if named_within and not named_within & placed:
        # A document called by its name is meant, whatever places are said beside it.
        places, placed = (), frozenset()
    within = named_within & placed or named_within or placed
    years = _asked(query, shelf, within or inside, edition=_years_of(bounds))
    favoured = _ids(labels for _, labels in found) or shelf.of_years(years)
    if within:
        favoured = favoured & within or favoured
    return Aim(
        within=within,
        favoured=favoured if inside is None else favoured & inside,
        years=years[:MOST_YEARS],
        articles=tuple(dict.fromkeys(_ARTICLE.findall(query))),
        section=scope.section,
        places=places,
    )


def agreement(question: Question, hit: Hit, text: str | None = None) -> float:
    """How well a paragraph, or a text of it, agrees with what the question says of its place, -1..1.

    0 where the question says nothing of it, or the paragraph nothing that could tell; -1 where it is of
    another place than the question names, whatever its year.
    """
    aim, paragraph = question.aim, hit.paragraph
    if aim.places and is_elsewhere(question, hit):
        return -1.0
    parts = []
    if aim.years:
        words = paragraph.text if text is None else text
        parts.append(year_agreement(aim.years, words, paragraph.section, hit.year))
    if aim.articles:
        places = (*paragraph.section, paragraph.text)
        parts.append(float(any(place.startswith(aim.articles) for place in places)))
    return sum(parts) / len(parts) if parts else 0.0


def is_of(year: str, hit: Hit, text: str) -> bool:
    """Whether a text of a paragraph is of a year, by its own words, its heading or its document."""
    return year_agreement((int(year),), text, hit.paragraph.section, hit.year) > 0


def _placed(
    query: str, shelf: Shelf, inside: frozenset[str] | None
) -> tuple[tuple[Locality, ...], frozenset[str]]:
    """The places that a question is asked of, and the documents it is bounded to by them, empty: none."""
    known = atlas(shelf)
    places = known.localities(query, inside)
    there = [place.documents for place in places if not place.instead]
    if there:
        bound = there[0].union(*there[1:], known.speaks_for_state(query))
    else:
        bound = frozenset() if places else known.speaks_for_nation(query)
    if not bound:
        return places, frozenset()
    bound = bound if inside is None else bound & inside
    return places, bound if len(bound) < len(shelf.labels) else frozenset()


def _edition(mention: Mention, inside: frozenset[str] | None, query: str) -> list[Label]:
    """Which of the documents that a name means: those of the year said with it, the newest, or all."""
    labels = [label for label in mention.labels if inside is None or label.document_id in inside]
    if mention.years:
        return [label for label in labels if label.year in mention.years]
    newest = max((label.year for label in labels if label.year), default=None)
    if newest is not None and _NEWEST.search(query):
        return [label for label in labels if label.year == newest]
    return labels


def _years_of(bounds: Sequence[tuple[Mention, list[Label]]]) -> set[int]:
    return {year for mention, _ in bounds for year in mention.years}


def _asked(query: str, shelf: Shelf, among: frozenset[str] | None, *, edition: set[int]) -> tuple[int, ...]:
    """The years asked about: named, but not as an edition; else 今年 and the like, told from the newest."""
    explicit = tuple(year for year in named(query) if year not in edition)
    if explicit:
        return explicit
    # Whether 今年 or the like is said at all is told by any year.
    return near(query, shelf.newest(among)) if near(query, _ANY_YEAR) else ()


def _ids(groups: Iterable[Iterable[Label]]) -> frozenset[str]:
    return frozenset(label.document_id for group in groups for label in group)

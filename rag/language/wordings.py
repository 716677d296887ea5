"""Everyday and English wordings of what documents call by a name of their own: 看病 is 就医 there.

May import Chinese text and names. The thesaurus is a table beside this module, read when first needed.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rag.language.aliases import word_bounds

# A wording is so long at most: characters of Chinese, words of English.
_CHARACTERS, _WORDS = 8, 6
# Of what a wording may mean so many terms are said with the question.
_TERMS = 4
_LATIN = re.compile(r"[a-z0-9]+(?:[-'&.][a-z0-9]+)*")
_REMEMBERED = 1_024
# What asks (罚多少) is not worded otherwise: a reader must see it.
_ASKS = re.compile("[几谁哪啥咋]|多少|什么|怎么")


@dataclass(frozen=True, slots=True)
class Wording:
    """Characters `start` to `end` of a question, and the terms that documents use for what they say."""

    start: int
    end: int
    terms: tuple[str, ...]


@lru_cache(maxsize=_REMEMBERED)
def wordings(query: str) -> tuple[Wording, ...]:
    """The wordings in a normalised question, whole words, the longest from left to right, none in another."""
    found: list[Wording] = []
    for start, end in _stretches(query):
        terms = _thesaurus().get(query[start:end])
        if terms and start >= (found[-1].end if found else 0):
            found.append(Wording(start, end, terms))
    return tuple(found)


def reworded(query: str, text: str) -> str:
    """A normalised question in the words of a text: where it has a term for what it words otherwise."""
    told, end = "", 0
    for wording in wordings(query):
        own = query[wording.start : wording.end]
        held = [term for term in wording.terms if term in text]
        told += query[end : wording.start] + (max(held, key=len) if held and own not in text else own)
        end = wording.end
    return told + query[end:]


def expanded(query: str) -> str:
    """A normalised question, and behind it what documents call the things that it words otherwise.

    What documents themselves call so is left as it is.
    """
    said = (one for one in wordings(query) if query[one.start : one.end] not in _terms())
    terms = dict.fromkeys(term for one in said for term in one.terms[:_TERMS])
    return " ".join((query, *(term for term in terms if term not in query)))


def _stretches(query: str) -> Iterator[tuple[int, int]]:
    """Whole words of a question taken together, from left to right, the longest first."""
    bounds = word_bounds(query)
    for start in bounds:
        if not query[start : start + 1].isascii():
            yield from ((start, end) for end in reversed(bounds) if start + 1 < end <= start + _CHARACTERS)
        else:
            yield from _english(query, start)


def _english(query: str, start: int) -> Iterator[tuple[int, int]]:
    match = _LATIN.match(query, start)
    if match is None or query[start - 1 : start].isascii() and query[start - 1 : start].isalnum():
        return
    ends = [word.end() for word, _ in zip(_LATIN.finditer(query, start), range(_WORDS), strict=False)]
    yield from ((start, end) for end in reversed(ends))


@cache
def _thesaurus() -> Mapping[str, tuple[str, ...]]:
    """For each wording the terms of documents, in the order of the table."""
    terms: defaultdict[str, list[str]] = defaultdict(list)
    for term, chinese, english in _table():
        for wording in (*chinese.split(), *filter(None, english.split("; "))):
            # A part of a term is found as it is.
            if wording not in term and not _ASKS.search(wording):
                terms[wording].append(term)
    return {wording: tuple(several) for wording, several in terms.items()}


@cache
def _terms() -> frozenset[str]:
    return frozenset(term for term, _, _ in _table())


@cache
def _table() -> Sequence[Sequence[str]]:
    """Each line's term, its wordings in Chinese parted by blanks, and those in English by semicolons."""
    with (files("rag.language") / "wordings.tsv").open("r", encoding="utf-8") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

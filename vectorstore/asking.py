"""What a question looks for: its terms, what they may be a typo of, and other names of what it names.

Imports the Chinese text and aliases of `rag`. Which words the library holds is asked of its index.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from rag.language.aliases import alike, mentions, offices, reads_like_a_name, word_bounds
from rag.language.chinese import bigrams, words
from rag.language.pinyin import sounds
from rag.language.terms import Termed, terms
from rag.language.wordings import wordings
from rag.query.question import focus_terms

# A question word counts once, or twice when it is both a word and a bigram, as it does in the index;
# on CMRC2018 dev that finds R@1 .966, R@5 .995 against .964, .996 when it counts once.
MOST_REPEATS = 2
# What words that only ask (什么时候, 多少) and pairs that reach into them count, beside those that say what
# about: where they are rare, as in laws, they outweigh the rest. On CMRC2018 train, every fifth paragraph's
# questions, R@1 .937 against .921 when they count in full; among 105,000 paragraphs of laws .860, .820.
ASKING = 0.25
# So many other names of one thing are looked for, the most frequent ones.
MOST_NAMES = 4
# What a text calls by another name is of this many words at most.
_LONGEST_NAME = 4
_SHORTEST_NAME = 2
# A word that more paragraphs hold needs no other name to be found by; in a small library none is common.
_COMMON_SHARE, _COMMON = 0.005, 5

Terms = Mapping[str, float]


class Holdings(Protocol):
    """What an index tells of the words it holds."""

    @property
    def paragraphs(self) -> int:
        """How many there are."""
        ...

    def frequency(self, field: str, term: str) -> int:
        """In how many paragraphs a term stands."""
        ...

    def beginning(self, field: str, prefix: str) -> list[str]:
        """Terms that begin so, the most frequent first."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the question names: the terms of that name, and of each other one that it has.

    The best of them counts, and finding all of one is worth as much as finding all of another.
    """

    names: tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Terms with how often they count, sounds likewise, and what has several names."""

    terms: Terms
    sounds: Terms
    named: tuple[Named, ...]

    def __bool__(self) -> bool:
        return bool(self.terms or self.named)


def ask(query: str, held: Holdings) -> Asked:
    """Read a question against what the library holds."""
    text = Termed.of(query)
    counts = Counter(text.terms)
    focus = frozenset(focus_terms(text.spelling))
    named = []
    for name, others in _other_names(text.spelling, held):
        own = Counter(terms(name)) & counts
        if own:
            counts -= own
            weights = _counted(own)
            named.append(Named((weights, *(_matching(weights, other, held) for other in others))))
    weights = {
        term: weight if term in focus or _has_digit(term) else weight * ASKING
        for term, weight in _counted(counts).items()
    }
    return Asked(weights, _counted(_misheard(text.spelling, focus, held)), tuple(named))


def _has_digit(term: str) -> bool:
    return any(character.isdigit() for character in term)


def _counted(counts: Counter[str]) -> Terms:
    return {term: float(min(count, MOST_REPEATS)) for term, count in counts.items()}


def _misheard(spelling: str, focus: Collection[str], held: Holdings) -> Counter[str]:
    """How those pairs of characters sound that the library does not hold: they may be typos."""
    pairs = zip(bigrams(spelling), bigrams(sounds(spelling)), strict=True)
    return Counter(
        heard
        for written, heard in pairs
        if written in focus and not held.frequency("body", written) and held.frequency("sound", heard)
    )


def _matching(weights: Terms, other: str, held: Holdings) -> Terms:
    """The terms of another name, worth together what those of the question's own are."""
    theirs = _counted(Counter(terms(other)))
    share = min(1.0, _worth(weights, held) / _worth(theirs, held))
    return {term: weight * share for term, weight in theirs.items()}


def _worth(weights: Terms, held: Holdings) -> float:
    total = held.paragraphs
    return sum(
        weight * math.log(1 + (total + 1) / (held.frequency("body", term) + 0.5))
        for term, weight in weights.items()
    )


def _other_names(spelling: str, held: Holdings) -> Iterator[tuple[str, list[str]]]:
    """Names in a question, none within another, with the other names that the library has for them."""
    taken = 0
    places = [(_offices, *place) for place in mentions(spelling)]
    places += [(_said, *place) for place in _phrases(spelling)]
    places += [(_official, wording.start, wording.end) for wording in wordings(spelling)]
    for look_up, start, end in places:
        name = spelling[start:end]
        span = ((1 << (end - start)) - 1) << start
        others = [] if taken & span else list(dict.fromkeys(look_up(name, held)))
        if others:
            taken |= span
            yield name, others[:MOST_NAMES]


def _phrases(spelling: str) -> Iterator[tuple[int, int]]:
    """Stretches of a few whole words, the longest first."""
    starts = word_bounds(spelling)
    for length in range(_LONGEST_NAME, 0, -1):
        yield from zip(starts, starts[length:], strict=False)


def _said(name: str, held: Holdings) -> list[str]:
    """Names that a text says are another name of this one."""
    known = len(name) >= _SHORTEST_NAME and held.frequency("names", f"={name}")
    if not known or _is_common(name, held):
        return []
    return [term.rpartition("=")[2] for term in held.beginning("names", f"={name}=")]


def _official(name: str, held: Holdings) -> list[str]:
    """What documents call by a term of their own, the terms that the library holds."""
    return [
        term
        for wording in wordings(name)
        for term in wording.terms
        if all(held.frequency("body", word) for word in words(term))
    ]


def _is_common(name: str, held: Holdings) -> bool:
    rarest = min((held.frequency("body", term) for term in terms(name)), default=0)
    return rarest > max(_COMMON, _COMMON_SHARE * held.paragraphs)


def _offices(name: str, held: Holdings) -> list[str]:
    """Long and short names of an office, as the library has them."""
    return [
        theirs.bare
        for mine in offices(name)
        for term in held.beginning("names", f"{mine.key}:")
        for theirs in offices(term.partition(":")[2])
        if theirs.bare not in name and alike(mine, theirs) and reads_like_a_name(theirs.bare)
    ]

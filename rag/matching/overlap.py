"""What a question and a text share: the same words, and words that mean much the same.

May import the core. Each word counts by its rarity in the library.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rag.language.chinese import bigrams, normalise, sentences, words
from rag.language.figures import arabic
from rag.language.wordings import reworded, wordings
from rag.matching.coverage import Coverage
from rag.matching.likeness import Likeness
from rag.ports import WordStatistics
from rag.query.question import focus_terms, focus_words
from rag.query.supposed import supposed

# Pieces of text whose words are kept, so that a paragraph found again is not segmented again.
_REMEMBERED = 32_768

# A paragraph says in so many characters what it is about.
OPENING = 12

_LEAST_WEIGHT = 1e-6
_FEW = re.compile(r"\d|10")
_DIGITS = re.compile(r"\d+")

Shares = NDArray[np.float32]
# Distinct words of a piece of text.
Words = tuple[str, ...]
# For words of the question the terms, word by word, of which any may stand in their place.
Terms = list[tuple[list[int], list[Words]]]
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


@dataclass(frozen=True, slots=True)
class Likened:
    """Shares of a question's weight, 0..1, that texts hold by the nearest word in meaning: one value a text.

    Of the `context` above it, the `opening`, the two best neighbouring `sentences`, and the `whole`;
    `figures` is the share of the figures named that it holds.
    """

    context: Shares
    opening: Shares
    sentences: Shares
    whole: Shares
    figures: Shares

    @classmethod
    def of(cls, best: Shares, starts: NDArray[np.intp], weights: Shares, figures: NDArray[np.bool_]) -> Self:
        """Of a row for each piece and a column for each word; each text's pieces begin at its start.

        A text's pieces are its context, its opening, and its sentences, one at least.
        """
        scaled = weights / max(float(weights.sum()), _LEAST_WEIGHT)
        # `vecdot` stays in this thread; `@` asks BLAS for all of them where there are many pieces.
        alone = np.vecdot(best, scaled)
        pairs = alone.copy()
        pairs[:-1] = np.vecdot(np.maximum(best[:-1], best[1:]), scaled)
        # The last sentence of a text has none behind it, and only sentences count.
        pairs[starts[1:] - 1] = alone[starts[1:] - 1]
        pairs[starts] = pairs[starts + 1] = 0.0
        whole = np.maximum.reduceat(best, starts, axis=0)
        return cls(
            context=alone[starts],
            opening=alone[starts + 1],
            sentences=np.maximum.reduceat(pairs, starts),
            whole=np.vecdot(whole, scaled),
            figures=whole[:, figures].mean(axis=1) if figures.any() else np.ones(len(starts), np.float32),
        )


class Matcher:
    """Compares questions with texts by the words of one library."""

    def __init__(self, statistics: WordStatistics, likeness: Likeness) -> None:
        self._statistics = statistics
        self._likeness = likeness

    def sought(self, query: str) -> Coverage:
        """All that a normalised question is about: its words and bigrams by their rarity."""
        return Coverage.of(focus_terms(arabic(query)), self._statistics)

    def likened(self, query: str, texts: Sequence[tuple[str, str]]) -> Likened:
        """How like texts, each with its context before it, are to a normalised question."""
        wanted = _wanted(query)
        weights, terms = self._weights(query, wanted)
        told = [(_merged(context), *pieces(text)) for context, text in texts]
        best = self._best(wanted, terms, [piece for parts in told for piece in parts])
        starts = np.cumsum([0, *map(len, told)][: len(told)], dtype=np.intp)
        if not len(starts):
            return Likened(*[np.zeros(0, dtype=np.float32)] * 5)
        return Likened.of(best, starts, weights, _figures(wanted))

    def overlaps(self, query: str, texts: Sequence[Pieces]) -> list[Overlap]:
        """The overlap of a normalised question with each text."""
        coverages = {query: self.sought(query)}
        wanted = _wanted(query)
        weights, terms = self._weights(query, wanted)
        figures = _figures(wanted) & ~_supposed(query, wanted)
        # Texts share their contexts, and the last one often holds all the others.
        held = {piece: _segmented(piece) for told in texts for piece in told}
        best = self._best(wanted, terms, [found for found, _ in held.values()])
        rows = {piece: row for row, piece in enumerate(held)}
        spelled = [reworded(query, "\n".join(map(normalised, told))) for told in texts]
        for one in spelled:
            if one not in coverages:
                coverages[one] = self.sought(one)
        return [
            _overlap(
                coverages[one].share([held[piece][1] for piece in told]),
                best[[rows[piece] for piece in told]].max(axis=0, initial=0.0),
                weights,
                figures,
            )
            for one, told in zip(spelled, texts, strict=True)
        ]

    def alike(self, word: str, text: str) -> float:
        """How like the nearest word of a text is to a normalised word, 0..1."""
        return float(self._likeness.best([word], [_segmented(text)[0]])[0, 0])

    def _weights(self, query: str, wanted: Sequence[str]) -> tuple[Shares, "Terms"]:
        """What each word wanted weighs, and the terms that documents may have in its place.

        A word of an everyday wording weighs no more than the rarest of the terms that stand for it.
        """
        weights = np.array(self._statistics.idf(wanted), dtype=np.float32)
        terms: list[tuple[list[int], list[Words]]] = []
        for wording in wordings(query):
            own = set(words(query[wording.start : wording.end]))
            rows = [row for row, word in enumerate(wanted) if word in own]
            others = [tuple(found) for term in wording.terms if (found := focus_words(term))]
            if rows and others:
                most = max(float(np.mean(self._statistics.idf(found))) for found in others)
                weights[rows] = np.minimum(weights[rows], most)
                terms.append((rows, others))
        return weights, terms

    def _best(self, wanted: Sequence[str], terms: "Terms", texts: Sequence[Words]) -> Shares:
        """How likely each text holds each word, or all words of a term that stands for it."""
        more = list(dict.fromkeys(word for _, others in terms for found in others for word in found))
        best = self._likeness.best([*wanted, *more], texts)
        column = {word: len(wanted) + place for place, word in enumerate(more)}
        for rows, others in terms:
            held = [best[:, [column[word] for word in found]].min(axis=1) for found in others]
            best[:, rows] = np.maximum(best[:, rows], np.max(held, axis=0)[:, np.newaxis])
        return best[:, : len(wanted)]


def _overlap(coverage: float, likeness: Shares, weights: Shares, figures: NDArray[np.bool_]) -> Overlap:
    """The overlap of a question whose words weigh so much with a text that holds them so likely."""
    total = float(weights.sum())
    return Overlap(
        coverage=coverage,
        likeness=float(likeness @ weights) / total if total else 0.0,
        missing=float(((1.0 - likeness) * weights).max()) / total if total else 1.0,
        figures=float(likeness[figures].mean()) if figures.any() else 1.0,
    )


def _wanted(query: str) -> list[str]:
    """The words of a normalised question, figures in digits.

    A count of a few in Chinese numerals is left out: 五种金融 says how many to name, and a text that names
    them need not count them.
    """
    said = set(_DIGITS.findall(query))
    return [word for word in focus_words(arabic(query)) if word in said or not _FEW.fullmatch(word)]


def _figures(wanted: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the words hold a digit."""
    return np.array([any(character.isdigit() for character in word) for word in wanted], dtype=bool)


def _supposed(query: str, wanted: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the words are a figure that the question only supposes: a text may well tell another."""
    spelled = arabic(query)
    one = supposed(spelled)
    figure = spelled[one.start : one.end] if one else ""
    return np.array([bool(figure) and word in figure for word in wanted], dtype=bool)


@lru_cache(maxsize=_REMEMBERED)
def _merged(context: str) -> Words:
    """Distinct words of titles and headings, a line each, which many paragraphs share one by one."""
    spelled = "\n".join(map(normalised, context.split("\n")))
    return tuple(dict.fromkeys(chain.from_iterable(_in_pieces(spelled))))


@lru_cache(maxsize=_REMEMBERED)
def pieces(text: str) -> tuple[Words, ...]:
    """Distinct words of the first characters of a text, then those of each of its sentences, one at least."""
    return tuple(_in_pieces(normalised(text)))


def _in_pieces(spelled: str) -> Iterator[Words]:
    return map(_words, (spelled[:OPENING], *(cut(spelled) or ("",))))


@lru_cache(maxsize=_REMEMBERED)
def _words(spelled: str) -> Words:
    """Distinct words of a sentence, which is read in its paragraph and again by itself."""
    return tuple(dict.fromkeys(words(spelled)))


@lru_cache(maxsize=_REMEMBERED)
def cut(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    return tuple(text[start:end] for start, end in sentences(text))


@lru_cache(maxsize=_REMEMBERED)
def _segmented(text: str) -> tuple[Words, frozenset[str]]:
    """Distinct words of a piece of text, and its words and bigrams together."""
    spelled = normalised(text)
    found = tuple(dict.fromkeys(chain.from_iterable(map(_words, cut(spelled)))))
    return found, frozenset((*found, *bigrams(spelled)))


@lru_cache(maxsize=_REMEMBERED)
def normalised(text: str) -> str:
    """The one spelling that is searched, figures in Arabic digits, remembered for texts found again."""
    return arabic(normalise(text))

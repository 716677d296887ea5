"""Questions as people type them: a word that only sounds right, a character lost, everyday words.

May import the Chinese text and questions of `rag`. The same seed makes the same questions.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Self

import rjieba

from eval.cedict import Entry
from eval.squad import ReadingQuestion
from rag.language.chinese import simplify
from rag.query.question import focus_words

SEED = 20180500
# A sense that more words share than this is too wide for them to mean the same.
MOST_SYNONYMS = 6
# A word or character is in common use when the texts that are counted hold it so often.
COMMON = 20

Change = Callable[[str, "Lexicon", Random], str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by sound and by meaning, and how often each word and character is written."""

    syllables: Mapping[str, tuple[str, ...]]
    sounding: Mapping[tuple[str, ...], tuple[str, ...]]
    synonyms: Mapping[str, tuple[str, ...]]
    counts: Counter[str]

    @classmethod
    def of(cls, entries: Iterable[Entry], texts: Iterable[str]) -> Self:
        """From a dictionary, and texts that show what is in common use."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(rjieba.cut(simplify(text)))
            counts.update(simplify(text))
        syllables: dict[str, tuple[str, ...]] = {}
        sounding: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        meaning: dict[str, dict[str, None]] = defaultdict(dict)
        for entry in entries:
            if len(entry.syllables) == len(entry.word):
                syllables.setdefault(entry.word, entry.syllables)
                sounding[entry.syllables][entry.word] = None
            if len(entry.word) > 1:
                for sense in entry.senses:
                    meaning[sense][entry.word] = None
        return cls(
            syllables,
            {sound: tuple(words) for sound, words in sounding.items()},
            _synonyms(meaning),
            counts,
        )

    def is_common(self, word: str) -> bool:
        """Whether the word, or character, is in common use."""
        return self.counts[word] >= COMMON

    def alike(self, syllables: tuple[str, ...], word: str) -> list[str]:
        """Other words in common use that sound so."""
        return [each for each in self.sounding.get(syllables, ()) if each != word and self.is_common(each)]


def with_homophone(text: str, lexicon: Lexicon, chance: Random) -> str:
    """One word exchanged for another of the same sound, or one of its characters where there is none.

    The text itself if it has no word that could be mistaken.
    """
    tokens = rjieba.cut(text)
    places = [place for place, token in enumerate(tokens) if len(token) > 1 and focus_words(token)]
    chance.shuffle(places)
    for place in places:
        wrong = _homophones(tokens[place], lexicon)
        if wrong:
            return "".join((*tokens[:place], chance.choice(wrong), *tokens[place + 1 :]))
    return text


def with_gap(text: str, _lexicon: Lexicon, chance: Random) -> str:
    """One Chinese character dropped from a word that says what the question is about."""
    tokens = rjieba.cut(text)
    lost: list[int] = []
    start = 0
    for token in tokens:
        if focus_words(token):
            lost += [start + at for at, character in enumerate(token) if "\u4e00" <= character <= "\u9fff"]
        start += len(token)
    if not lost:
        return text
    gap = chance.choice(lost)
    return text[:gap] + text[gap + 1 :]


def in_everyday_words(text: str, lexicon: Lexicon, _chance: Random) -> str:
    """Every word that has a more common one of the same meaning exchanged for the most common."""
    return "".join(_everyday(token, lexicon) if focus_words(token) else token for token in rjieba.cut(text))


def pairs(
    questions: Sequence[ReadingQuestion], change: Change, lexicon: Lexicon, count: int
) -> list[tuple[ReadingQuestion, ReadingQuestion]]:
    """Up to `count` questions drawn by chance that could be changed, each beside its changed twin."""
    chance = Random(SEED)  # noqa: S311
    found: list[tuple[ReadingQuestion, ReadingQuestion]] = []
    for question in chance.sample(questions, len(questions)):
        if len(found) == count:
            break
        changed = change(question.text, lexicon, chance)
        if changed != question.text:
            found.append((question, replace(question, text=changed)))
    return found


def _synonyms(meaning: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for words in meaning.values():
        if 2 <= len(words) <= MOST_SYNONYMS:
            for word in words:
                found[word] |= {other: None for other in words if other != word}
    return {word: tuple(others) for word, others in found.items()}


def _homophones(word: str, lexicon: Lexicon) -> list[str]:
    syllables = lexicon.syllables.get(word)
    if syllables is None:
        return []
    return lexicon.alike(syllables, word) or [
        word[:place] + other + word[place + 1 :]
        for place, (character, syllable) in enumerate(zip(word, syllables, strict=True))
        for other in lexicon.alike((syllable,), character)
    ]


def _everyday(word: str, lexicon: Lexicon) -> str:
    common = [other for other in lexicon.synonyms.get(word, ()) if lexicon.is_common(other)]
    best = max(common, key=lambda other: (lexicon.counts[other], other), default=word)
    return best if lexicon.counts[best] > lexicon.counts[word] else word

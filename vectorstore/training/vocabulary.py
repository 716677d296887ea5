"""Chooses the words of the model and how frequent each is held to be.

Imports only the readers of this package. Frequencies mix general use (`wordfreq`) with the public corpora,
so that words of official Chinese and of technical English rank as readers of such texts meet them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import rjieba
import wordfreq

from vectorstore.training import corpora

_HAN_WORD = re.compile(r"[\u3005\u3007\u3400-\u9fff]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"[0-9]+")

LONGEST_WORD = 8
CORPUS_SHARE = 0.5
FLOOR = 1e-9


@dataclass(frozen=True, slots=True)
class Size:
    """How many words of each kind the model holds."""

    dictionary: int = 100_000
    other_chinese: int = 8_000
    english: int = 36_000
    numbers: int = 1_500


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with their frequency per running word."""

    frequency: dict[str, float]

    @property
    def words(self) -> list[str]:
        """The words, most frequent first, ties in code point order."""
        return sorted(self.frequency, key=lambda word: (-self.frequency[word], word))


def is_chinese(word: str) -> bool:
    """Whether the word is written in Chinese characters."""
    return _HAN_WORD.fullmatch(word) is not None


def is_latin(word: str) -> bool:
    """Whether the word is written in plain lower-case letters."""
    return _LATIN_WORD.fullmatch(word) is not None


def chinese_texts(folder: Path) -> Iterator[Iterable[str]]:
    """The Chinese texts of the public data that may be trained on, one group per source."""
    for name in corpora.DOCUMENTS:
        yield (document.text for document in corpora.read_documents(folder / name))
    yield corpora.read_reading(folder / corpora.CMRC_TRAIN).paragraphs
    yield (pair.left for pair in corpora.read_pairs(folder / corpora.PARALLEL))


def english_texts(folder: Path, entries: Iterable[corpora.Entry]) -> Iterator[Iterable[str]]:
    """The English texts: the other side of the pairs and the glosses."""
    yield (pair.right for pair in corpora.read_pairs(folder / corpora.PARALLEL))
    yield (gloss for entry in entries for gloss in entry.glosses)


def count_chinese(texts: Iterable[str]) -> Counter[str]:
    """How often each segmented word, and each number, occurs."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in rjieba.cut(text) if is_chinese(word))
        counts.update(_DIGITS.findall(text))
    return counts


def count_english(texts: Iterable[str]) -> Counter[str]:
    """How often each lower-cased word, and each number, occurs."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_LATIN_WORD.findall(text.lower()))
        counts.update(_DIGITS.findall(text))
    return counts


def shares(groups: Iterable[Counter[str]]) -> Counter[str]:
    """Relative frequency, every source counting the same however long it is."""
    total: Counter[str] = Counter()
    tables = list(groups)
    for counts in tables:
        running = max(1, counts.total())
        for word, count in counts.items():
            total[word] += count / running / len(tables)  # type: ignore[assignment]  # typeshed: int
    return total


def mixed(word: str, general: dict[str, float], corpus: Counter[str]) -> float:
    """Frequency in general use and in the corpora, mixed."""
    frequency = (1 - CORPUS_SHARE) * general.get(word, 0.0) + CORPUS_SHARE * corpus[word]
    return max(FLOOR, frequency)


def most_frequent(words: Iterable[str], frequency: dict[str, float], count: int) -> list[str]:
    """The words of highest frequency, ties in code point order so that every run agrees."""
    return sorted(words, key=lambda word: (-frequency[word], word))[:count]


def _numbers(counts: Counter[str], limit: int) -> dict[str, float]:
    """Every number of one or two digits, the years, and what else is frequent."""
    always = {str(number) for number in range(100)} | {f"{number:02}" for number in range(10)}
    always |= {str(year) for year in range(1900, 2051)}
    often = [word for word, _ in counts.most_common() if _DIGITS.fullmatch(word) and len(word) <= 4]
    chosen = always | set(often[:limit])
    return {word: max(FLOOR, float(counts[word])) for word in chosen}


def choose(folder: Path, entries: list[corpora.Entry], size: Size) -> Vocabulary:
    """Dictionary words first, then other frequent words, numbers, and every single character."""
    chinese = shares(count_chinese(texts) for texts in chinese_texts(folder))
    english = shares(count_english(texts) for texts in english_texts(folder, entries))
    general = wordfreq.get_frequency_dict("zh", "best")
    general_english = wordfreq.get_frequency_dict("en", "best")

    defined = {entry.word for entry in entries if is_chinese(entry.word) and len(entry.word) <= LONGEST_WORD}
    candidates = {word for word in {*general, *chinese} if is_chinese(word) and len(word) <= LONGEST_WORD}
    latin = {word for word in {*general_english, *english} if is_latin(word)}
    frequency = {word: mixed(word, general, chinese) for word in candidates | defined}
    latin_frequency = {word: mixed(word, general_english, english) for word in latin}

    characters = {character for word in frequency for character in word}
    chosen = {character: frequency.get(character, FLOOR) for character in characters}
    chosen |= dict.fromkeys("abcdefghijklmnopqrstuvwxyz", FLOOR)
    for word in most_frequent(defined, frequency, size.dictionary):
        chosen[word] = frequency[word]
    for word in most_frequent(candidates - defined, frequency, size.other_chinese):
        chosen[word] = frequency[word]
    for word in most_frequent(latin, latin_frequency, size.english):
        chosen[word] = latin_frequency[word]
    return Vocabulary(chosen | _numbers(chinese + english, size.numbers))

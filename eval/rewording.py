"""Questions asked in other words: in synonyms that a dictionary gives, or in its English for each word.

May import `rag` and the dictionary.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import rjieba

from eval.cedict import Entry
from eval.squad import ReadingQuestion
from rag.query.question import focus_words

# Share of a question's words that are replaced in its reworded twin, and how common a gloss may be.
REWORDED = 0.9
MOST_SYNONYMS = 6
# Longer senses explain a word instead of translating it.
_LONGEST_SENSE = 30
_CHINESE = re.compile("[\u4e00-\u9fff]")


def synonyms(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Words of two or more characters with the other words that share one of their senses."""
    senses: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if len(entry.word) > 1:
            for sense in entry.senses:
                senses[sense].append(entry.word)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for words in senses.values():
        if 2 <= len(words) <= MOST_SYNONYMS:
            for word in words:
                found[word] |= dict.fromkeys(other for other in words if other != word)
    return {word: tuple(others) for word, others in found.items() if others}


def translations(entries: Iterable[Entry]) -> dict[str, str]:
    """The first short sense of each word, its alternatives left out."""
    found: dict[str, str] = {}
    for entry in entries:
        short = (sense.split(";")[0] for sense in entry.senses if len(sense) < _LONGEST_SENSE)
        if sense := next(short, ""):
            found.setdefault(entry.word, sense)
    return found


def reword(
    training: ReadingQuestion, synonyms: Mapping[str, Sequence[str]], chance: random.Random
) -> ReadingQuestion:
    """The question with nearly all its words replaced by words that a dictionary gives the same meaning.

    People ask in other words than the document's; the public questions mostly repeat its words.
    """
    pieces = [
        chance.choice(synonyms[word])
        if word in synonyms and focus_words(word) and chance.random() < REWORDED
        else word
        for word in rjieba.cut(training.text)
    ]
    return replace(training, text="".join(pieces))


def in_english(training: ReadingQuestion, translations: Mapping[str, str]) -> ReadingQuestion:
    """The question word for word in English, as far as the dictionary goes; no sentence, but its words."""
    words = (_in_english(word, translations) for word in rjieba.cut(training.text))
    return replace(training, text=f"what {' '.join(words)}")


def _in_english(word: str, translations: Mapping[str, str]) -> str:
    """A word's sense, or those of its characters; figures and Latin letters stay."""
    if word in translations or not _CHINESE.search(word):
        return translations.get(word, word)
    return " ".join(translations.get(character, "") for character in word)

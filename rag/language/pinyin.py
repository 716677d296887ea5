"""How Chinese sounds: characters that are read alike, whatever their tone, written as one of them.

May import Chinese text. The readings beside this file are loaded on first use, not at import.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rag.language.chinese import bigrams


@dataclass(frozen=True, slots=True)
class _Readings:
    """For each character the first of those read like it, and words as they sound where that differs."""

    like: dict[int, str]
    words: dict[str, str]


def sounds(normalised: str) -> str:
    """The text with every character replaced by the first that is read like it; as long as before."""
    return normalised.translate(_readings().like)


def sound_pairs(normalised: str, words: Iterable[str] = ()) -> list[str]:
    """How neighbouring characters sound together: equal for 资产 and 姿产.

    A typo leaves the text without the word it was meant to be, but not without its sound. `words` of the
    text that are not read as their characters mostly are (银行) add how they are read.
    """
    pairs = bigrams(sounds(normalised))
    known = _readings().words
    for word in known.keys() & set(words):
        pairs += bigrams(known[word])
    return pairs


@cache
def _readings() -> _Readings:
    """The table: a syllable and its characters, or a word and its syllables, line by line."""
    like: dict[int, str] = {}
    first: dict[str, str] = {}
    words: dict[str, str] = {}
    for line in files("rag.language").joinpath("readings.txt").read_text(encoding="utf-8").splitlines():
        head, _, rest = line.partition(" ")
        if head == "#":
            continue
        if head.isascii():
            first[head] = rest[0]
            like |= {ord(character): rest[0] for character in rest}
        else:
            words[head] = "".join(first.get(syllable, "") for syllable in rest.split())
    return _Readings(like, words)

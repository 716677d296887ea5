"""Writes how characters are read: `python -m vectorstore.training.readings`.

Imports the readers of this package. Readings are CC-CEDICT's (CC BY-SA 4.0), without tones; where a character
has several, the one that it has in the most frequent words, and the words that read it otherwise.
"""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import wordfreq

from vectorstore.training import corpora

TARGET = Path(__file__).parents[2] / "rag" / "readings.txt"
HEAD = """\
# Readings of Chinese characters, without tones: a syllable and its characters; then words with a character
# that is read otherwise in them. Made by vectorstore/training/readings.py of CC-CEDICT, https://cc-cedict.org/,
# and like it under CC BY-SA 4.0.
"""
LONGEST = 4
# Less than any word that is known at all: decides only where no word does.
RARE = 1e-12

_ENTRY = re.compile(r"^\S+ (?P<word>[\u3400-\u9fff]+) \[(?P<reading>[a-zA-Z:1-5 ]+)\]")
_TONE = re.compile(r"[1-5]")

Reading = tuple[str, ...]


def entries(path: Path) -> Iterator[tuple[str, Reading]]:
    """Simplified words with their syllables, one for each character."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for match in filter(None, map(_ENTRY.match, file)):
            reading = tuple(_TONE.sub("", match["reading"]).lower().replace("u:", "v").split())
            if len(reading) == len(match["word"]):
                yield match["word"], reading


def readings(words: Mapping[str, Reading], frequency: Mapping[str, float]) -> dict[str, str]:
    """The syllable of each character: the one that it mostly has, counting words by their frequency."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word, reading in words.items():
        for character, syllable in zip(word, reading, strict=True):
            weight = frequency.get(word, 0.0) if len(word) > 1 else 0.0
            counts[character][syllable] += weight + RARE  # type: ignore[assignment]
    return {character: max(sorted(found), key=found.__getitem__) for character, found in counts.items()}


def exceptions(words: Mapping[str, Reading], usual: Mapping[str, str]) -> dict[str, Reading]:
    """Words of a few characters that are not read as their characters usually are."""
    return {
        word: reading
        for word, reading in words.items()
        if 1 < len(word) <= LONGEST and reading != tuple(usual[character] for character in word)
    }


def table(usual: Mapping[str, str], other: Mapping[str, Reading]) -> str:
    """The table as `rag.language.pinyin` reads it."""
    groups: dict[str, list[str]] = defaultdict(list)
    for character, syllable in sorted(usual.items()):
        groups[syllable].append(character)
    lines = [f"{syllable} {''.join(found)}" for syllable, found in sorted(groups.items())]
    lines += [f"{word} {' '.join(reading)}" for word, reading in sorted(other.items())]
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write the table."""
    words: dict[str, Reading] = {}
    for word, reading in entries(corpora.data_folder(None) / corpora.DICTIONARY):
        words.setdefault(word, reading)
    usual = readings(words, wordfreq.get_frequency_dict("zh"))
    TARGET.write_text(table(usual, exceptions(words, usual)), encoding="utf-8")


if __name__ == "__main__":
    main()

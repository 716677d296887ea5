"""Texts for a library of any size: the laws, then their sentences in new company; and questions about them.

May import the evaluation's reader of public data and the Chinese text of `rag`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Self

from eval.squad import load_documents
from rag.language.chinese import sentences

LAWS = "corpus/laws.jsonl.gz"
SEED = 20240000
# A made-up text is as long as the laws are on the average, its paragraphs too: one or two sentences.
_PARAGRAPHS = 100
_SENTENCES = (1, 1, 2)
_SHORTEST = 10
# A question quotes so many characters of a sentence at most.
_QUOTED = 18
_ASKED = ("{}有什么规定？", "{}由谁负责？", "什么情况下{}？", "{}应当怎么办？")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The laws as (name, text), in an order that mixes their kinds, the same each time."""

    laws: tuple[tuple[str, str], ...]

    @classmethod
    def load(cls, data: Path) -> Self:
        """Read the public data. Raises UnreadableFile."""
        laws = load_documents(data / LAWS)
        Random(SEED).shuffle(laws)  # noqa: S311
        return cls(tuple(laws))

    def between(self, low: int, high: int) -> Iterator[tuple[int, str]]:
        """The numbered texts that take a library from about `low` paragraphs to about `high`."""
        held = 0
        for number, text in enumerate(self.texts()):
            if held >= high:
                return
            if held >= low:
                yield number, text
            held += paragraphs(text)

    def texts(self) -> Iterator[str]:
        """The laws, then texts without end whose sentences the laws have."""
        for _, text in self.laws:
            yield text
        known, chance, number = self._sentences(), Random(SEED), 0  # noqa: S311
        while known:
            number += 1
            yield _compiled(number, known, chance)

    def questions(self, count: int) -> list[str]:
        """Questions in the words of the laws, none twice if there are enough sentences."""
        known, chance = self._sentences(), Random(SEED + 1)  # noqa: S311
        return [
            chance.choice(_ASKED).format(_clause(sentence))
            for sentence in chance.sample(known, min(count, len(known)))
        ]

    def _sentences(self) -> list[str]:
        return [
            line[start:end]
            for _, text in self.laws
            for line in text.splitlines()
            if not line.startswith("#")
            for start, end in sentences(line)
            if end - start >= _SHORTEST
        ]


def paragraphs(text: str) -> int:
    """How many paragraphs a text of these has, to within a few in a hundred."""
    return sum(bool(line.strip()) for line in text.splitlines())


def _compiled(number: int, known: Sequence[str], chance: Random) -> str:
    lines = [f"# 法规文句汇编第{number:05}辑"]
    lines += ["".join(chance.choices(known, k=chance.choice(_SENTENCES))) for _ in range(_PARAGRAPHS)]
    return "\n\n".join(lines)


def _clause(sentence: str) -> str:
    """The longest clause of a sentence, cut to be quoted."""
    return max(sentence.rstrip("。；").replace("、", "，").split("，"), key=len)[:_QUOTED]

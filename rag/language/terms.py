"""Terms: what texts are looked up by and compared by, the same on both sides.

May import Chinese text and figures.
"""

from dataclasses import dataclass

from rag.language.chinese import bigrams, normalise, words
from rag.language.figures import spelled


def terms(text: str) -> list[str]:
    """Words and bigrams of any text, with repeats, figures in Arabic digits.

    A two-character word is its own bigram and so counts twice, which favours real words over
    accidental pairs (measured on CMRC2018 dev: R@1 .969 against .956 words, .959 bigrams alone).
    """
    return list(Termed.of(text).terms)


@dataclass(frozen=True, slots=True)
class Termed:
    """A text cut into terms: its spelling with figures in Arabic digits, its words, and all its terms."""

    spelling: str
    words: tuple[str, ...]
    terms: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Termed":
        """Cut any text."""
        spelling, figures = spelled(normalise(text))
        found = words(spelling)
        return cls(spelling, tuple(found), (*found, *bigrams(spelling), *figures))

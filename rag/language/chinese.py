"""Chinese text: one spelling to search with, words, bigrams, sentences, blanks.

Imports nothing of ours. The dictionaries load on first use, not at import.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain
from operator import add

import opencc
import rjieba

_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK_RUN = re.compile(f"[{_CJK}]+")
_TERM = re.compile(rf"[{_CJK}]+|[a-z0-9]+(?:[.&+\-][a-z0-9]+)*", re.IGNORECASE)
_TRADITIONAL_HINT = re.compile(f"[{_CJK}]")
# Words as the segmenter gives them, most of which come again and again.
_REMEMBERED = 65_536
# A sentence ends at one of these, with the closing quotes and brackets that follow it.
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)》]*|\n+|$)")


def is_blank(character: str) -> bool:
    """Whether a character carries no ink: what `str.split()` splits at."""
    return character.isspace()


def squeeze(text: str) -> str:
    """The text without its blanks; two texts with equal squeezes say the same characters."""
    return "".join(text.split())


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional characters to simplified ones, phrase by phrase (OpenCC `t2s`)."""
    return str(_converter().convert(text)) if _TRADITIONAL_HINT.search(text) else text


def normalise(text: str) -> str:
    """The one spelling that is searched: NFKC (full to half width), lower case, simplified."""
    return simplify(unicodedata.normalize("NFKC", text)).lower()


def words(normalised: str) -> list[str]:
    """Words of a normalised text in search mode (long words also yield their parts), no punctuation."""
    return list(chain.from_iterable(map(_terms_of, rjieba.cut_for_search(normalised))))


@lru_cache(maxsize=_REMEMBERED)
def _terms_of(word: str) -> tuple[str, ...]:
    return tuple(_TERM.findall(word))


def bigrams(normalised: str) -> list[str]:
    """Overlapping pairs of neighbouring Chinese characters of a normalised text."""
    runs = _CJK_RUN.findall(normalised)
    return list(chain.from_iterable(map(add, run, run[1:]) for run in runs))


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of a text, in order, together covering all but blanks."""
    spans = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and is_blank(text[start]):
            start += 1
        while end > start and is_blank(text[end - 1]):
            end -= 1
        if start < end:
            spans.append((start, end))
    return spans

"""Which blanks mean something: lines joined and stray blanks dropped, no character of ink touched.

May import the core.
"""

import re
from collections.abc import Sequence

# Everything written full width: ideographs, their punctuation, full-width forms, Chinese quotes.
_WIDE = (
    r"\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u24ff\u25a0-\u27bf"
    r"\u3000-\u9fff\uf900-\ufaff\uff00-\uffef"
)
_IDEOGRAPH = r"\u3400-\u9fff\uf900-\ufaff"
_BLANKS = re.compile(r"\s+")
_PROSE = re.compile("[，。；！？,、]")
# From here on every run of blanks is one blank, or one tab, which parts columns.
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_AROUND_PUNCTUATION = re.compile(r"(?<=[，。；：！？、“‘《（「『【]) | (?=[，。；：！？、”’》）」』】])")
# A lone character between blanks, or at an end: what justified lines of print leave behind.
_LONE = re.compile(rf"(?:^|(?<=\s))[{_IDEOGRAPH}](?=\s|$)|(?<=\s)[{_IDEOGRAPH}](?=[，。；：！？、])")
_BESIDE_LONE = re.compile(
    rf"(?<=(?<!\S)[{_IDEOGRAPH}]) (?=[{_WIDE}])|(?<=[{_WIDE}]) (?=[{_IDEOGRAPH}](?!\S))"
)
_DIGITS = re.compile(r"(?<=[^\s\d]\d) (?=\d)|(?<=\d) (?=\d(?!\d))")
_SPREAD_YEAR = re.compile(r"(?<!\d)\d(?: \d){3}(?!\d)")
_MIXED = re.compile(rf"(?<=[{_WIDE}]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[{_WIDE}])")
_LATIN = re.compile(r"[A-Za-z.,;:!?)]")


def join_lines(texts: Sequence[str]) -> str:
    """Broken lines as one: a blank only between Latin words, which would run together without."""
    joined = [texts[0]]
    for before, after in zip(texts, texts[1:], strict=False):
        if _LATIN.match(before[-1]) and after[0].isascii() and after[0].isalpha():
            joined.append(" ")
        joined.append(after)
    return "".join(joined)


def clean_prose(text: str) -> str:
    """A running paragraph without its stray blanks; a text without punctuation keeps its gaps."""
    if _BLANKS.search(text) is None:
        return text
    if _PROSE.search(text) is None:
        return clean_label(text)
    text = _SPREAD_YEAR.sub(lambda year: year.group().replace(" ", ""), _single_blanks(text))
    stray = _LONE.search(text) is not None
    text = _BETWEEN_WIDE.sub("", text)
    if stray:
        text = _DIGITS.sub("", _MIXED.sub("", text))
    return text.replace("\t", " ")


def clean_label(text: str) -> str:
    """A title, heading or signature: one blank where it parts words, none beside a lone character."""
    if _BLANKS.search(text) is None:
        return text
    text = _AROUND_PUNCTUATION.sub("", _single_blanks(text))
    return _BESIDE_LONE.sub("", text).replace("\t", " ")


def _single_blanks(text: str) -> str:
    return _BLANKS.sub(lambda run: "\t" if "\t" in run.group() else " ", text)

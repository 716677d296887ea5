"""Cuts a text into windows of whole sentences, the unit that is embedded.

Imports nothing of this project.
"""

import re

WINDOW_CHARACTERS = 120

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;\n]*")


def sentences(text: str) -> list[str]:
    """The sentences of a text, end marks kept, blank ones left out."""
    return [stripped for found in _SENTENCE.findall(text) if (stripped := found.strip())]


def windows(text: str, limit: int = WINDOW_CHARACTERS) -> list[str]:
    """Consecutive sentences joined while they fit the limit; a longer sentence stands alone."""
    joined: list[str] = []
    for sentence in sentences(text):
        if joined and len(joined[-1]) + len(sentence) <= limit:
            joined[-1] += sentence
        else:
            joined.append(sentence)
    return joined

"""How the text of one line goes on in the next: blanks between Latin words, hyphens healed.

Imports nothing of ours but the glyphs.
"""

import re
from collections.abc import Sequence

from ingest.formats.pdf.glyphs import is_ideograph

_HYPHENS = "-\u2010\u00ad"
_OPENING = "([{/"
_FIGURE = re.compile(r"\d[.,]?$")


def joint(before: str, after: str) -> tuple[int, str]:
    """How two lines join: how many characters at the end of the first to drop, what to put between."""
    if before[-1] in _HYPHENS and len(before) > 1 and before[-2].isalpha() and not is_ideograph(before[-2]):
        if before[-1] == "\u00ad" or (after[0].isalpha() and after[0].islower()):
            return 1, ""
        return 0, ""
    return 0, " " if _are_words(before, after) else ""


def _are_words(before: str, after: str) -> bool:
    """Whether a blank parts what ends one line from what begins the next: Latin words, whole figures."""
    last, first = before[-1], after[0]
    if not (last.isascii() and first.isascii() and first.isalnum()) or last in _OPENING:
        return False
    if first.isdecimal() and _FIGURE.search(before):
        return last.isdecimal() and not any(map(is_ideograph, before))
    return True


def join_texts(texts: Sequence[str]) -> str:
    """Lines as one."""
    joined = texts[0]
    for text in texts[1:]:
        drop, between = joint(joined, text)
        joined = joined[: len(joined) - drop] + between + text
    return joined.replace("\u00ad", "")

"""How the text of one line goes on in the next: blanks between Latin words, hyphens healed.

Imports nothing of ours but the glyphs.
"""

from collections.abc import Sequence

from ingest.formats.pdf.glyphs import is_ideograph

_HYPHENS = "-\u2010\u00ad"


def joint(before: str, after: str) -> tuple[int, str]:
    """How two lines join: how many characters at the end of the first to drop, what to put between."""
    if before[-1] in _HYPHENS and len(before) > 1 and before[-2].isalpha() and not is_ideograph(before[-2]):
        if before[-1] == "\u00ad" or (after[0].isalpha() and after[0].islower()):
            return 1, ""
        return 0, ""
    last, first = before[-1], after[0]
    if last.isdecimal() and first.isdecimal():
        return 0, "" if any(is_ideograph(character) for character in before) else " "
    word = last.isascii() and not last.isspace() and last not in "([{/"
    return 0, " " if word and first.isascii() and first.isalnum() and (
        last.isalpha() or not last.isdecimal() or first.isalpha()
    ) else ""


def join_texts(texts: Sequence[str]) -> str:
    """Lines as one."""
    joined = texts[0]
    for text in texts[1:]:
        drop, between = joint(joined, text)
        joined = joined[: len(joined) - drop] + between + text
    return joined.replace("\u00ad", "")

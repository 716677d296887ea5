"""From a span of a clean paragraph back to the characters of the raw file.

Imports the records and nothing else of ours.
"""

import re

from rag.datatypes import Paragraph

_INK = re.compile(r"\S+")


def locate(paragraph: Paragraph, raw: str, start: int, end: int) -> tuple[int, int]:
    """Raw offsets of `paragraph.text[start:end]`, so that both say the same non-blank characters.

    `Paragraph.text` holds exactly the non-blank characters of `raw[paragraph.start:paragraph.end]`
    in order; only blanks (`str.isspace`) differ. So a position is the number of non-blank characters
    before it, and no map needs to be stored:
    `squeeze(raw[s:e]) == squeeze(paragraph.text[start:end])`. The raw span begins and ends at ink; a
    span of blanks alone comes back empty. Raises ValueError for a span outside the paragraph's text
    or a raw text that is not the paragraph's own.
    """
    if not 0 <= start <= end <= len(paragraph.text):
        raise ValueError(f"span {start}..{end} lies outside a text of {len(paragraph.text)} characters")
    before = _ink(paragraph.text, 0, start)
    inside = _ink(paragraph.text, start, end)
    if not inside:
        edge = _offset(paragraph, raw, before) if before else paragraph.start
        return edge, edge
    return _offset(paragraph, raw, before + 1) - 1, _offset(paragraph, raw, before + inside)


def _ink(text: str, start: int, end: int) -> int:
    """How many non-blank characters stand in `text[start:end]`."""
    return sum(match.end() - match.start() for match in _INK.finditer(text, start, end))


def _offset(paragraph: Paragraph, raw: str, count: int) -> int:
    """Where the `count`-th (from 1) non-blank character of the paragraph ends in the raw text."""
    for match in _INK.finditer(raw, paragraph.start, paragraph.end):
        length = match.end() - match.start()
        if count <= length:
            return match.start() + count
        count -= length
    raise ValueError(f"the raw text does not hold paragraph {paragraph.number} of {paragraph.document_id!r}")

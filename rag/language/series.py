"""Enumerations inside a sentence: things told one after another with 、 between them (粮食、棉花和油料).

Imports nothing of ours.
"""

import re

# What ends a thing told: a stop, an opening bracket, the words that close an enumeration.
_END = re.compile(r"[，。；：！？,;:!?、（(\n]|等(?![级待于候])|以及")
_START = re.compile(r"[，。；：！？,;:!?、）)\n]")
_LAST = re.compile(
    r"(?:和|与|及|以及)(?P<item>[^，。；：！？、（）()\n]{1,20}?)(?=[，。；：！？、（）()\n]|等|$)"
)
_JOINT = re.compile(r"、|(?<=[^、])(?:以及|和|与|及)(?=[^、]{1,20}$)")
# Longest thing told that still counts as one of several.
_LONGEST = 40


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the rest of the enumeration it stands in; itself where it stands in none."""
    while start > 0 and text[start - 1] == "、":
        first = max(0, start - 1 - _LONGEST)
        marks = [match.end() for match in _START.finditer(text, first, start - 1)]
        start = max([first, *marks])
    while end < len(text) and text[end] == "、":
        stop = _END.search(text, end + 1, end + 1 + _LONGEST)
        end = stop.start() if stop else min(len(text), end + 1 + _LONGEST)
    if "、" in text[start:end] and (last := _LAST.match(text, end)) is not None:
        end = last.end("item")
    return start, end


def items(text: str) -> list[str]:
    """The things that a stretch of text tells one after another; itself where it tells only one."""
    if "、" not in text:
        return [text]
    parts = text.split("、")
    return [item for part in (*parts[:-1], *_JOINT.split(parts[-1])) if (item := part.strip())]

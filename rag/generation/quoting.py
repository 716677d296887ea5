"""Foreign text made safe to hand to a language model: nothing in it can pose as anything but words.

Imports nothing of ours.
"""

import re
import unicodedata

# What no reader sees but a model reads: zero width, direction and tag characters, controls, halves of pairs.
_UNSEEN = frozenset({"Cf", "Cc", "Cs"})
_SELECTORS = range(0xE0100, 0xE01F0)
_BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))
# Fences, tags and the control words of chat templates (<|im_start|>); a comparison (p<0.05) stays.
_OPENING = re.compile(r"<(?=[^\s\d=])")
_CLOSING = re.compile(r"(?<=[^\s\d=])>")
# Brackets that a model, copying them, would turn into a citation, and [INST].
_BRACKETS = str.maketrans("[［【]］】", "〔〔〔〕〕〕")


def quoted(text: str) -> str:
    """The text as data: visible characters and line breaks alone, no fence, tag or marker among them.

    Marks are replaced by their likes (`<<` by `‹‹`, `[1]` by `〔1〕`), words are left as they are.
    """
    seen = "".join(character for character in text.translate(_BREAKS) if _is_seen(character))
    return _CLOSING.sub("›", _OPENING.sub("‹", seen)).translate(_BRACKETS)


def on_a_line(text: str, *, characters: int) -> str:
    """The same on one line of bounded length, so that it cannot pose as another line."""
    line = " ".join(quoted(text).split())
    return line if len(line) <= characters else f"{line[: characters - 1]}…"


def _is_seen(character: str) -> bool:
    if character in "\n\t":
        return True
    return unicodedata.category(character) not in _UNSEEN and ord(character) not in _SELECTORS

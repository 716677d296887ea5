"""The lines of a raw text that carry ink, each with its offsets, width and surroundings.

May import the core.
"""

import re
from dataclasses import dataclass

from rag.chinese import squeeze

# Every character that `str.splitlines` breaks at; all of them are blanks.
_SEGMENT = re.compile("[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
# What no line of its own begins with: a line that does goes on with the one before.
CLOSES = re.compile("[，。；：、！？）”’》」』】]")
_TERMINAL = re.compile(r"(?:[。！？!?；;：:…]|(?<=[A-Za-z])\.)[”’\"'」』）)》\]】*]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of ink.

    `raw[start:end]` is `text`, without the blanks at its ends; `width` counts full-width
    characters, half-width ones as a half, blanks not at all; `gap` says that an empty line stands
    before it, `indent` how many blanks; `terminal` that it ends as a sentence does.
    """

    text: str
    start: int
    end: int
    width: float
    gap: bool
    indent: int
    terminal: bool


def read_lines(text: str) -> list[Line]:
    """All lines of ink, in order."""
    lines = []
    previous = 0
    for segment in _SEGMENT.finditer(text):
        written = segment.group()
        stripped = written.strip()
        if not stripped:
            continue
        indent = len(written) - len(written.lstrip())
        start = segment.start() + indent
        lines.append(
            Line(
                text=stripped,
                start=start,
                end=start + len(stripped),
                width=ink_width(stripped),
                gap=_has_empty_line(text, previous, start),
                indent=indent,
                terminal=ends_sentence(stripped),
            )
        )
        previous = start + len(stripped)
    return lines


def ends_sentence(text: str) -> bool:
    """Whether the text ends in sentence punctuation, closing quotes and brackets aside."""
    return _TERMINAL.search(text, max(0, len(text) - 6)) is not None


def ink_width(text: str) -> float:
    """Full-width characters plus half the half-width ones; blanks do not count."""
    ink = squeeze(text)
    return len(ink) - 0.5 * len(ink.encode("ascii", "ignore"))


def _has_empty_line(text: str, start: int, end: int) -> bool:
    return text.count("\n", start, end) > 1 or (
        text.count("\r", start, end) > 1 and "\n" not in text[start:end]
    )

"""The lines of a raw text that carry ink, each with its offsets, width and surroundings.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.spacing import join_lines
from rag.language.chinese import squeeze

# Every character that `str.splitlines` breaks at; all of them are blanks.
_SEGMENT = re.compile("[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
# What no line of its own begins with: a line that does goes on with the one before.
CLOSES = re.compile("[，。；：、！？）”’》」』】]")
# Characters that have no width: ink to a citation, nothing to a reader.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_UNSEEN = (
    "\t \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_TERMINAL = re.compile(r"(?:[。！？!?；;：:…]|(?<=[A-Za-z])\.)[”’\"'」』）)》\]】*]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of ink.

    `raw[start:end]` is `text` (and `trail`), without the blanks at its ends; `width` counts full-width
    characters, half-width ones as a half, blanks not at all; `gap` says that an empty line stands
    before it, `indent` how many blanks; `terminal` that it ends as a sentence does. `trail` are the
    invisible characters that stand between it and the next line; `end` is behind them.
    """

    text: str
    start: int
    end: int
    width: float
    gap: bool
    indent: int
    terminal: bool
    trail: str = ""


def read_lines(text: str) -> list[Line]:
    """All lines of ink, in order; a line that no reader sees belongs to the one before it."""
    lines = _read_lines(text)
    return lines if INVISIBLE.search(text) is None else _hide_all(lines)


def join(lines: Sequence[Line]) -> str:
    """The text of lines as one, with the invisible characters between them, without those at the end."""
    if len(lines) == 1:
        return lines[0].text
    return join_lines([*(line.text + line.trail for line in lines[:-1]), lines[-1].text])


def is_unseen(line: Line) -> bool:
    """Whether a line is all invisible characters."""
    return not line.text.strip(_UNSEEN)


def hide(line: Line, above: Line) -> Line:
    """The line above, with all of a line that no reader sees as its trail."""
    return replace(above, end=line.end, trail=above.trail + squeeze(line.text))


def hide_first(line: Line, below: Line) -> Line:
    """The line below, begun by all of a line that no reader sees, for there is none above."""
    return replace(below, text=squeeze(line.text) + below.text, start=line.start)


def _hide_all(lines: Sequence[Line]) -> list[Line]:
    """The lines without the invisible characters around them; those before the first one stay with it."""
    seen: list[Line] = []
    gap = False
    for line in lines:
        if is_unseen(line) and seen:
            seen[-1], gap = hide(line, seen[-1]), True
            continue
        text = line.text.rstrip(_UNSEEN) or line.text
        lead = len(text) - len(text.lstrip(_UNSEEN)) if seen else 0
        if lead:
            before = line.text[:lead].rstrip()
            trail = seen[-1].trail + squeeze(before)
            seen[-1] = replace(seen[-1], end=line.start + len(before), trail=trail)
        seen.append(_bare(line, lead, text, gap=gap))
        gap = False
    return [hide_first(seen[0], seen[1]), *seen[2:]] if len(seen) > 1 and is_unseen(seen[0]) else seen


def _bare(line: Line, lead: int, text: str, *, gap: bool) -> Line:
    """The line from `lead` to the end of `text`, with what stands behind as its trail."""
    bare = text[lead:]
    return replace(
        line,
        text=bare,
        start=line.start + lead,
        width=ink_width(bare),
        gap=line.gap or gap,
        terminal=ends_sentence(bare),
        trail=squeeze(line.text[len(text) :]),
    )


def _read_lines(text: str) -> list[Line]:
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

"""Lines of print: glyphs that stand beside one another on a baseline, and the text they spell.

Imports nothing of ours but the glyphs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median
from typing import NamedTuple

from ingest.formats.pdf.glyphs import Glyph, is_ideograph

# Shares of an em. A wider gap parts two lines on one baseline (columns, cells, tabs); ...
_PARTING = 0.8
# ... baselines further apart are two lines, but for small print raised or lowered in a line.
_SAME_BASELINE, _SCRIPT, _SCRIPT_SIZE, _RAISED = 0.3, 0.75, 0.8, 0.15
# A gap this much wider than others in the line stands for a blank the file does not have.
_LATIN_BLANK, _BLANK = 0.16, {"wide": 0.18, "mixed": 0.45}
# So many gaps tell how a line is spaced.
_FEWEST_GAPS = 4
# A gap this much wider than others in the line may lie between two columns.
_COLUMN_GAP = 0.4
# The number or mark of a list's item.
_NUMBER, _LONGEST_NUMBER = re.compile(r"(?:\d{1,3}|[a-zA-Z])[.．、)）]|[（(]\w{1,3}[)）]|[①-⑳•◦▪‣●■◆➢✓·]"), 5
# Runs are looked for among those whose baseline is in the same or the next band of so many points.
_BAND = 16.0
_ASCENT, _DESCENT = 0.88, 0.12


class Gap(NamedTuple):
    """White within a line: the offset of what comes after it, and where it begins and ends, in points."""

    offset: int
    left: float
    right: float


class Piece(NamedTuple):
    """A stretch of a line's text: the offset at which it ends, and where it stands, in points."""

    end: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print in the reading frame (points from the top left).

    `y` is its baseline, `size` the em of most of its characters, `fonts` the names of those it is set
    in, `bold` whether most of it is; `start` is where its second word begins, if a gap parts it from
    the first (a list's number). `raised` are the stretches of small raised print, each with where in
    `text` it begins; `pieces` tell what is left of a line that something was left out of. `gaps` are those
    so wide that columns may be parted there. `exact` is False for lines an OCR measured.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    fonts: frozenset[str] = frozenset()
    bold: bool = False
    start: float | None = None
    raised: tuple[tuple[int, Piece], ...] = ()
    pieces: tuple[Piece, ...] = ()
    gaps: tuple[Gap, ...] = ()
    exact: bool = True

    @property
    def top(self) -> float:
        """Of its tallest characters."""
        return self.y - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Of its deepest characters."""
        return self.y + _DESCENT * self.size

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left


def read_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of print that glyphs make up, from top to bottom; columns and cells are lines apart."""
    runs = [run for run in _merge(_runs(glyphs)) if any(not glyph.text.isspace() for glyph in run)]
    return sorted((_line(run) for run in runs), key=lambda line: (line.y, line.left))


def join_row(lines: Sequence[Line]) -> Line:
    """Lines on one baseline as one, a blank between them."""
    if len(lines) == 1:
        return lines[0]
    longest = max(lines, key=lambda line: len(line.text))
    return Line(
        text=" ".join(line.text for line in lines),
        left=lines[0].left,
        right=max(line.right for line in lines),
        y=longest.y,
        size=longest.size,
        fonts=frozenset().union(*(line.fonts for line in lines)),
        bold=all(line.bold for line in lines),
        start=lines[1].left,
        exact=longest.exact,
    )


def same_row(one: Line, other: Line) -> bool:
    """Whether two lines stand on one baseline."""
    return abs(one.y - other.y) <= _SAME_BASELINE * max(one.size, other.size)


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs drawn one after the other, each beside the last."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _goes_on(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    em = max(last.size, glyph.size)
    gap = glyph.left - last.right
    if (glyph.left, glyph.right, glyph.y) == (last.left, last.right, last.y):
        return True  # one shape for two characters
    return -0.6 * em <= gap <= _PARTING * em and glyph.left >= last.left and _beside(last, glyph)


def _beside(one: Glyph, other: Glyph) -> bool:
    """On one baseline; small print beside large may be raised or lowered."""
    small, large = sorted((one.size, other.size))
    allowed = _SCRIPT if small <= _SCRIPT_SIZE * large else _SAME_BASELINE
    return abs(one.y - other.y) <= allowed * large


def _merge(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs that go on where others end, however far apart they were drawn."""
    merged: list[list[Glyph]] = []
    bands: dict[int, list[list[Glyph]]] = {}
    for run in sorted(runs, key=lambda run: run[0].left):
        band = int(run[0].y / _BAND)
        near = chain.from_iterable(bands.get(each, ()) for each in (band, band - 1, band + 1))
        home = next((other for other in near if _goes_on(other[-1], run[0])), None)
        if home is None:
            merged.append(run)
            bands.setdefault(band, []).append(run)
        else:
            home.extend(run)
    return merged


def _line(run: list[Glyph]) -> Line:
    while run[0].text.isspace():
        run.pop(0)
    while run[-1].text.isspace():
        run.pop()
    ink = [glyph for glyph in run if not glyph.text.isspace()]
    size = Counter(glyph.size for glyph in ink).most_common(1)[0][0]
    main = next(glyph for glyph in ink if glyph.size == size)
    words = _spell(run)
    return Line(
        text="".join(words),
        left=ink[0].left,
        right=max(glyph.right for glyph in ink),
        y=main.y,
        size=round(size, 1),
        fonts=frozenset(glyph.font.name for glyph in ink),
        bold=2 * sum(glyph.font.bold for glyph in ink) > len(ink),
        start=_second_word(run),
        raised=tuple(_raised(run, words, main)),
        gaps=tuple(_gaps(run, words, size)),
    )


def _gaps(run: Sequence[Glyph], words: Sequence[str], size: float) -> Iterator[Gap]:
    """The white between glyphs, or about the blanks between them, that is wide beside what is usual."""
    pairs = zip(run, run[1:], strict=False)
    solid = [other.left - one.right for one, other in pairs if _kind(one, other) == "wide"]
    least = (_COLUMN_GAP + (_usual_gap(solid, size) if len(solid) >= _FEWEST_GAPS else 0.0)) * size
    last, end = run[0], len(words[0])
    for glyph, word in zip(run[1:], words[1:], strict=True):
        end += len(word)
        if not glyph.text.isspace():
            if glyph.left - last.right > least:
                yield Gap(end - len(glyph.text), last.right, glyph.left)
            last = glyph


def _second_word(run: Sequence[Glyph]) -> float | None:
    """Where the line goes on after its first blank, or after the number of a list's item."""
    number = _NUMBER.match("".join(glyph.text for glyph in run[:_LONGEST_NUMBER]))
    skipped = len(number.group()) if number else 0
    pairs = zip(run[skipped - 1 :] if skipped else run, run[skipped:] if skipped else run[1:], strict=False)
    after = (
        other.left for one, other in pairs if (skipped or one.text.isspace()) and not other.text.isspace()
    )
    return next(after, None)


def _raised(run: Sequence[Glyph], words: Sequence[str], main: Glyph) -> list[tuple[int, Piece]]:
    """Where small print stands above the baseline, in the text of the line."""
    end = 0
    raised: list[tuple[int, Piece]] = []
    for glyph, word in zip(run, words, strict=True):
        start, end = end + len(word) - len(glyph.text), end + len(word)
        if glyph.size <= _SCRIPT_SIZE * main.size and main.y - glyph.y >= _RAISED * main.size:
            left = glyph.left
            if raised and raised[-1][1].end == start:
                start, before = raised.pop()
                left = before.left
            raised.append((start, Piece(end, left, glyph.right)))
    return raised


def _spell(run: Sequence[Glyph]) -> list[str]:
    """The text of a line, glyph by glyph: its own blanks, and before a glyph those that a gap stands for."""
    pairs = [
        (_kind(one, other), other.left - one.right, other) for one, other in zip(run, run[1:], strict=False)
    ]
    usual = _usual_gap([gap for kind, gap, _ in pairs if kind == "wide"], run[0].size)
    words = [run[0].text]
    for kind, gap, glyph in pairs:
        least = None if kind is None else _LATIN_BLANK if kind == "latin" else usual + _BLANK[kind]
        words.append(f" {glyph.text}" if least is not None and gap > least * glyph.size else glyph.text)
    return words


def _usual_gap(gaps: Sequence[float], size: float) -> float:
    """How far apart justifying has set the characters of a line, in ems; what cannot be told is wide."""
    return max(0.0, median(gaps)) / size if len(gaps) >= _FEWEST_GAPS else _PARTING


def _kind(one: Glyph, other: Glyph) -> str | None:
    """Of what two neighbours are, as far as the gap between them may stand for a blank."""
    if one.text.isspace() or other.text.isspace():
        return None
    wide = is_ideograph(one.text) + is_ideograph(other.text)
    if wide == 2:
        return "wide"
    narrow = (one.text.isascii() or one.text.isalpha()) and (other.text.isascii() or other.text.isalpha())
    return None if not narrow else "mixed" if wide else "latin"

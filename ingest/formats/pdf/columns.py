"""Reading order: which lines of a page stand in one column, and in what order columns are read.

Imports nothing of ours.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray


class Printed(Protocol):
    """Anything that takes up a rectangle of a page, with the em of its print."""

    @property
    def left(self) -> float:
        """Its left edge, in points."""
        ...

    @property
    def right(self) -> float:
        """Its right edge."""
        ...

    @property
    def top(self) -> float:
        """Its upper edge, from the top of the page."""
        ...

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        ...

    @property
    def size(self) -> float:
        """The em of its print."""
        ...


Item = TypeVar("Item", bound=Printed)

# Points between the places tried for a gutter, and how far a column of print must be from it.
_STEP = 2.0
_NARROWEST_GUTTER = 0.35
# A column of text is at least so many ems wide, and this many lines stand beside another column's.
_NARROWEST_COLUMN, _NARROWEST_LINES, _FEWEST_LINES = 8.0, 4.0, 3
# Among places for a gutter that part enough lines, the one that fewest lines run across.
_ENOUGH = 0.5
# A page with more lines is no page of text; so many places are tried for a gutter.
_MOST_ITEMS, _MOST_PLACES = 2000, 600
# Items stand beside one another that share so much of their height.
_SHARED = 0.3
# So many ems without any print part what stands above from what stands below.
_WHITE_BAND = 2.2
# Print this much larger than most around it is a headline.
_HEADLINE = 1.3
# No gutter is run across by more than this share of the lines.
_MOST_CROSSED = 0.7


class _Cut(NamedTuple):
    """A gutter: the heights between which it parts columns, and how many lines it parts.

    `crossed` counts what runs across it with something else beside; a full-width line parts a page.
    """

    x: float
    bands: list[tuple[float, float]]
    crossed: int
    parted: int


class Bar(NamedTuple):
    """What parts a page into upper and lower: a rule, or a white band, at a height of the page."""

    height: float
    left: float
    right: float


def read_order(items: Sequence[Item], bars: Sequence[Bar] = ()) -> list[list[Item]]:
    """Items grouped into columns in reading order, each from top to bottom.

    `bars` are the rules drawn across the page, outside tables.
    """
    cut = _best_cut(items, [*bars, *_white_bands(items)])
    if cut is None:
        return [sorted(items, key=lambda item: (item.top, item.left))] if items else []
    ordered: list[list[Item]] = []
    rest = sorted(items, key=lambda item: item.top)
    for top, bottom in cut.bands:
        above = [item for item in rest if _middle(item) < top]
        band = [item for item in rest if top <= _middle(item) <= bottom]
        rest = [item for item in rest if _middle(item) > bottom]
        ordered += read_order(above, bars)
        ordered += read_order([item for item in band if item.right <= cut.x], bars)
        ordered += read_order([item for item in band if item.right > cut.x], bars)
    return ordered + read_order(rest, bars)


def _white_bands(items: Sequence[Printed]) -> Iterator[Bar]:
    """Bands without print from edge to edge, far higher than the gaps between lines."""
    bottom = None
    left, right = (
        min((item.left for item in items), default=0.0),
        max((item.right for item in items), default=0.0),
    )
    usual = sorted(item.size for item in items)[len(items) // 2] if items else 0.0
    for item in sorted(items, key=lambda item: item.top):
        if bottom is not None and item.top - bottom >= _WHITE_BAND * usual:
            yield Bar((bottom + item.top) / 2, left, right)
        bottom = item.bottom if bottom is None else max(bottom, item.bottom)


def _middle(item: Printed) -> float:
    return (item.top + item.bottom) / 2


def _best_cut(items: Sequence[Printed], bars: Sequence[Bar]) -> _Cut | None:
    """Of the gutters that part nearly as many lines as the best, the one with least run across it."""
    if not _FEWEST_LINES <= len(items) <= _MOST_ITEMS:
        return None
    beside = _beside(items)
    cuts = []
    for x, over in _gutters(items):
        bands, parted = _bands(items, x, over, bars)
        if bands:
            cuts.append(_Cut(x, bands, int(beside[over][:, ~over].any(axis=1).sum()), parted))
    most = max((cut.parted for cut in cuts), default=0)
    enough = [cut for cut in cuts if cut.parted >= _ENOUGH * most]
    return min(enough, key=lambda cut: (cut.crossed, -cut.parted), default=None)


def _beside(items: Sequence[Printed]) -> "NDArray[np.bool_]":
    """Which items stand at the height of which others."""
    top = np.array([item.top for item in items])
    bottom = np.array([item.bottom for item in items])
    shared = np.minimum(bottom[:, None], bottom[None, :]) - np.maximum(top[:, None], top[None, :])
    return np.asarray(shared > _SHARED * (bottom - top)[:, None])


def _gutters(items: Sequence[Printed]) -> Iterator[tuple[float, "NDArray[np.bool_]"]]:
    """Places where a gutter may be, with the items that run across each."""
    left = np.array([item.left for item in items])
    right = np.array([item.right for item in items])
    half = _NARROWEST_GUTTER * float(np.median([item.size for item in items]))
    span = right.max() - left.min() - 2 * half
    if span <= 0:
        return
    places = np.arange(left.min() + half, right.max() - half, max(_STEP, span / _MOST_PLACES))
    over = (left[None, :] < places[:, None] + half) & (right[None, :] > places[:, None] - half)
    counts = over.sum(axis=1)
    seen: set[bytes] = set()
    for index in np.argsort(counts, kind="stable"):
        pattern = over[index].tobytes()
        if counts[index] <= _MOST_CROSSED * len(items) and pattern not in seen:
            seen.add(pattern)
            yield float(places[index]), over[index]


def _bands(
    items: Sequence[Printed], x: float, over: "NDArray[np.bool_]", bars: Sequence[Bar]
) -> tuple[list[tuple[float, float]], int]:
    """Where a gutter at `x` parts lines side by side, between what runs across it; how many lines."""
    stops = [bar.height for bar in bars if bar.left < x < bar.right]
    stops += [_middle(item) for item, crosses in zip(items, over, strict=True) if crosses]
    stops.sort()
    sides: dict[int, list[Printed]] = {}
    for item, crosses in zip(items, over, strict=True):
        if not crosses:
            sides.setdefault(bisect(stops, _middle(item)), []).append(item)
    bands: list[tuple[float, float]] = []
    parted = 0
    for _, side in sorted(sides.items()):
        band = _trim(sorted(side, key=_middle), x)
        if count := _side_by_side(band, x):
            bands.append((_middle(band[0]), _middle(band[-1])))
            parted += count
    return bands, parted


def _trim(band: list[Printed], x: float) -> list[Printed]:
    """A band without the headlines above and below it that happen to be short enough to miss the gutter."""
    usual = sorted(item.size for item in band)[len(band) // 2] if band else 0.0

    def is_apart(item: Printed) -> bool:
        left = item.right <= x
        beside = (other for other in band if (other.right <= x) != left)
        return item.size >= _HEADLINE * usual and not any(
            other.top < item.bottom and other.bottom > item.top for other in beside
        )

    start, end = 0, len(band)
    while start < end and is_apart(band[start]):
        start += 1
    while start < end and is_apart(band[end - 1]):
        end -= 1
    return band[start:end]


def _side_by_side(band: Sequence[Printed], x: float) -> int:
    """How many lines of two columns stand beside one another; none where it is not two columns of text."""
    sides = [item for item in band if item.right <= x], [item for item in band if item.right > x]
    if not all(sides) or not all(_is_column(side) for side in sides):
        return 0
    top = max(min(item.top for item in side) for side in sides)
    bottom = min(max(item.bottom for item in side) for side in sides)
    count = sum(top <= _middle(item) <= bottom for item in band)
    return count if count >= _FEWEST_LINES else 0


def _is_column(side: Sequence[Printed]) -> bool:
    widths = sorted((item.right - item.left) / item.size for item in side)
    return widths[-1] >= _NARROWEST_COLUMN and widths[len(widths) // 2] >= _NARROWEST_LINES

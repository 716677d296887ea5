"""Two plots as SVG: whether confidence comes true, and how many are wrong the more are answered.

May import the calibration and the markup of this room.
"""

import math
from collections.abc import Iterator, Sequence

from eval.calibration import Bin, Point
from eval.markup import Markup, element

SIZE = 340
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 14, 44
_TICKS = 5


def reliability_plot(bins: Sequence[Bin]) -> Markup:
    """Share right over mean confidence, a dot for each bin, its area the number of answers."""
    most = max((each.n for each in bins), default=1)
    dots = [
        element(
            "circle",
            element("title", f"把握 {each.confidence:.2f}，答对 {each.right:.2f}，{each.n} 问"),
            cx=_across(each.confidence),
            cy=_up(each.right),
            r=f"{3 + 9 * math.sqrt(each.n / most):.1f}",
            cls="dot",
        )
        for each in bins
    ]
    ideal = element("line", x1=_across(0), y1=_up(0), x2=_across(1), y2=_up(1), cls="ideal")
    path = element("polyline", points=_points((each.confidence, each.right) for each in bins), cls="curve")
    return _plot("可靠性：把握与答对", "把握", "答对的份额", 1.0, ideal, path, *dots)


def risk_plot(curve: Sequence[Point]) -> Markup:
    """Share wrong among the answers kept over the share of questions answered."""
    top = _ceiling(max((each.risk for each in curve), default=0.0))
    path = element(
        "polyline", points=_points((each.coverage, each.risk / top) for each in curve), cls="curve"
    )
    last = [
        element(
            "circle",
            element("title", f"现在的门槛：作答 {each.coverage:.2f}，其中答错 {each.risk:.2f}"),
            cx=_across(each.coverage),
            cy=_up(each.risk / top),
            r=5,
            cls="dot",
        )
        for each in curve[-1:]
    ]
    return _plot("风险与覆盖：少答一些，错得多少", "作答的份额", "其中答错的份额", top, path, *last)


def _plot(title: str, across: str, up: str, top: float, *drawn: Markup) -> Markup:
    middle = f"{(TOP + SIZE - BOTTOM) / 2:.1f}"
    return element(
        "svg",
        element("title", title),
        *_grid(top),
        *drawn,
        element("text", across, x=f"{(LEFT + SIZE - RIGHT) / 2:.1f}", y=SIZE - 6, text_anchor="middle"),
        element("text", up, x=12, y=middle, text_anchor="middle", transform=f"rotate(-90 12 {middle})"),
        viewBox=f"0 0 {SIZE} {SIZE}",
        role="img",
    )


def _grid(top: float) -> Iterator[Markup]:
    for tick in range(_TICKS + 1):
        at = tick / _TICKS
        yield element("line", x1=_across(at), x2=_across(at), y1=_up(0), y2=_up(1), cls="grid")
        yield element("line", x1=_across(0), x2=_across(1), y1=_up(at), y2=_up(at), cls="grid")
        yield element("text", f"{at:.1f}", x=_across(at), y=SIZE - BOTTOM + 16, text_anchor="middle")
        yield element("text", f"{at * top:.2g}", x=LEFT - 6, y=f"{float(_up(at)) + 4:.1f}", text_anchor="end")


def _points(places: Iterator[tuple[float, float]]) -> str:
    return " ".join(f"{_across(x)},{_up(y)}" for x, y in places)


def _across(share: float) -> str:
    return f"{LEFT + share * (SIZE - LEFT - RIGHT):.1f}"


def _up(share: float) -> str:
    return f"{SIZE - BOTTOM - share * (SIZE - TOP - BOTTOM):.1f}"


def _ceiling(most: float) -> float:
    """The top of an axis that goes in fifths: the next tenth, one at most.

    >>> _ceiling(0.23), _ceiling(0.0), _ceiling(1.0)
    (0.3, 0.1, 1.0)
    """
    return min(1.0, max(1, math.ceil(most * 10)) / 10)

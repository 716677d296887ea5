"""Whether confidence means what it says: calibration error, reliability, risk against coverage.

Pure functions of (confidence 0..1, right) pairs; imports nothing of ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

# Bins of equal width, as in Guo et al., On Calibration of Modern Neural Networks (ICML 2017), section 2.
BINS = 10

Pair = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence: how many, their mean confidence, and the share of them right."""

    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Point:
    """Answering from a confidence of `threshold` on: the share of all questions answered, and wrongly so."""

    threshold: float
    coverage: float
    risk: float


def reliability(pairs: Sequence[Pair]) -> tuple[Bin, ...]:
    """The bins that hold something, lowest first; 1.0 belongs to the last.

    >>> pairs = [(0.62, True), (0.68, False), (1.0, True)]
    >>> [(each.n, round(each.confidence, 2), each.right) for each in reliability(pairs)]
    [(2, 0.65, 0.5), (1, 1.0, 1.0)]
    """
    held: list[list[Pair]] = [[] for _ in range(BINS)]
    for pair in pairs:
        held[min(BINS - 1, int(pair[0] * BINS))].append(pair)
    return tuple(
        Bin(len(each), fmean(sure for sure, _ in each), fmean(right for _, right in each))
        for each in held
        if each
    )


def calibration_error(pairs: Sequence[Pair]) -> float | None:
    """Expected calibration error: sum of n_b / n * |right_b - confidence_b| (Guo et al. 2017, equation 3).

    It is `None` of nothing.

    >>> round(calibration_error([(0.62, True), (0.68, False), (1.0, True)]), 4)
    0.1
    """
    if not pairs:
        return None
    return sum(each.n * abs(each.right - each.confidence) for each in reliability(pairs)) / len(pairs)


def risk_coverage(answered: Sequence[Pair], *, asked: int) -> tuple[Point, ...]:
    """A point for each confidence at which answers are kept, the surest first (El-Yaniv and Wiener 2010).

    Equal confidences are kept together. What was refused among the `asked` counts as not covered.

    >>> [(each.coverage, each.risk) for each in risk_coverage([(0.9, True), (0.7, False)], asked=4)]
    [(0.25, 0.0), (0.5, 0.5)]
    """
    points = []
    ranked = sorted(answered, key=lambda pair: -pair[0])
    wrong = 0
    for kept, (sure, right) in enumerate(ranked, 1):
        wrong += not right
        if kept == len(ranked) or ranked[kept][0] < sure:
            points.append(Point(sure, kept / asked, wrong / kept))
    return tuple(points)

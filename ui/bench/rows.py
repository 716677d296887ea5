"""Rows of the tables that benchmarks print.

May import the metrics of the evaluation.
"""

from collections.abc import Sequence
from statistics import fmean

from eval.metrics import interval


def measure(values: Sequence[float]) -> str:
    """The mean with its bootstrap 95 % interval."""
    bounds = interval(values)
    return f"{fmean(values):.3f} [{bounds[0]:.3f}, {bounds[1]:.3f}]" if bounds else "–"


def row(*cells: str) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cells)} |"

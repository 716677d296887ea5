"""Asking many questions, by one client or by several at once, and how long each took.

May import the core.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter, process_time

import numpy as np


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each question, seconds of all together, seconds of the processors for all together."""

    each_ms: tuple[float, ...]
    whole_s: float
    cpu_s: float

    def quantile(self, share: float) -> float:
        """Milliseconds that this share of the questions took at most."""
        return float(np.quantile(self.each_ms, share, method="higher"))

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of processor time per question."""
        return self.cpu_s * 1000 / len(self.each_ms)

    @property
    def per_second(self) -> float:
        """Questions answered in a second."""
        return len(self.each_ms) / self.whole_s


def ask_all(ask: Callable[[str], object], questions: Sequence[str], *, clients: int = 1) -> Times:
    """Ask every question once, each client one after another."""

    def timed(question: str) -> float:
        start = perf_counter()
        ask(question)
        return (perf_counter() - start) * 1000

    with ThreadPoolExecutor(clients) as crowd:
        start, cpu = perf_counter(), process_time()
        each = tuple(crowd.map(timed, questions))
        return Times(each, perf_counter() - start, process_time() - cpu)

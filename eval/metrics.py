"""The figures: evidence recall, citation precision and recall, refusals, latency, intervals.

Pure functions of spans, counts and floats. May import `rag` and numpy; never a sibling room.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.dataset import Needs
from eval.spans import Span

Places = tuple[Span, ...]  # every occurrence of one evidence quote; any of them will do
COVERED = 0.8  # of a quote that spans paragraphs, in one of them
OVERLAPPED = 0.5  # of the shorter of a citation and an evidence quote


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """A citation as measured: the characters it quotes and the paragraph it points into."""

    quote: Span
    paragraph: Span


@dataclass(frozen=True, slots=True)
class Refusals:
    """Counts of the four ways a question can be answered or refused."""

    rightly_refused: int
    wrongly_answered: int
    wrongly_refused: int
    rightly_answered: int

    @property
    def precision(self) -> float | None:
        """Share of refusals that were right; `None` without a refusal."""
        return ratio(self.rightly_refused, self.rightly_refused + self.wrongly_refused)

    @property
    def recall(self) -> float | None:
        """Share of unanswerable questions that were refused; `None` without one."""
        return ratio(self.rightly_refused, self.rightly_refused + self.wrongly_answered)

    @property
    def false_rate(self) -> float | None:
        """Share of answerable questions that were refused; `None` without one."""
        return ratio(self.wrongly_refused, self.wrongly_refused + self.rightly_answered)


def count_refusals(pairs: Sequence[tuple[bool, bool]]) -> Refusals:
    """Count (answerable, refused) pairs.

    >>> figures = count_refusals([(False, True), (False, False), (True, True), (True, False)])
    >>> figures.precision, figures.recall, figures.false_rate
    (0.5, 0.5, 0.5)
    """
    return Refusals(
        rightly_refused=pairs.count((False, True)),
        wrongly_answered=pairs.count((False, False)),
        wrongly_refused=pairs.count((True, True)),
        rightly_answered=pairs.count((True, False)),
    )


def covers(paragraph: Span, places: Places) -> bool:
    """Whether a paragraph holds an evidence quote: the whole of it, or 80 % where paragraphs cut it.

    >>> covers(Span("a", 0, 50), (Span("a", 42, 52),)), covers(Span("a", 0, 49), (Span("a", 42, 52),))
    (True, False)
    """
    return any(paragraph.shared(place) >= COVERED * place.length for place in places)


def evidence_recall(ranked: Sequence[Span], evidence: Sequence[Places], *, k: int, needs: Needs) -> float:
    """Evidence found in the first `k` paragraphs: 1 for any item, or the share of all items.

    >>> ranked = [Span("a", 0, 10), Span("a", 10, 20), Span("b", 0, 10)]
    >>> evidence = [(Span("a", 12, 16),), (Span("b", 3, 5),)]
    >>> [evidence_recall(ranked, evidence, k=k, needs="any") for k in (1, 2)]
    [0.0, 1.0]
    >>> [evidence_recall(ranked, evidence, k=k, needs="all") for k in (1, 2, 3)]
    [0.0, 0.5, 1.0]
    """
    return _met([any(covers(paragraph, places) for paragraph in ranked[:k]) for places in evidence], needs)


def supports(cited: CitedSpan, places: Places) -> bool:
    """Whether a citation is correct for one piece of evidence.

    It is when its quote and the evidence share at least half of the shorter of the two, or when the
    paragraph that it points into holds the evidence.

    >>> near = CitedSpan(quote=Span("a", 0, 10), paragraph=Span("a", 0, 10))
    >>> supports(near, (Span("a", 5, 30),)), supports(near, (Span("a", 6, 30),))
    (True, False)
    >>> supports(CitedSpan(Span("a", 0, 10), Span("a", 0, 40)), (Span("a", 20, 30),))
    True
    """
    return covers(cited.paragraph, places) or any(
        cited.quote.shared(place) >= OVERLAPPED * min(cited.quote.length, place.length) > 0
        for place in places
    )


def citation_precision(cited: Sequence[CitedSpan], evidence: Sequence[Places]) -> float | None:
    """Share of the citations that are correct for some piece of evidence; `None` without citations.

    >>> good, bad = (CitedSpan(Span("a", n, n + 9), Span("a", n, n + 9)) for n in (0, 50))
    >>> citation_precision([good, bad], [(Span("a", 0, 9),)]), citation_precision([], [])
    (0.5, None)
    """
    return ratio(sum(any(supports(one, places) for places in evidence) for one in cited), len(cited))


def citation_recall(cited: Sequence[CitedSpan], evidence: Sequence[Places], *, needs: Needs) -> float:
    """Evidence cited: 1 for any item, or the share of all items.

    >>> one = CitedSpan(Span("a", 0, 9), Span("a", 0, 9))
    >>> evidence = [(Span("a", 0, 9),), (Span("b", 0, 9),)]
    >>> [citation_recall([one], evidence, needs=needs) for needs in ("any", "all")]
    [1.0, 0.5]
    """
    return _met([any(supports(one, places) for one in cited) for places in evidence], needs)


def quote_precision(cited: Sequence[CitedSpan], evidence: Sequence[Places]) -> float | None:
    """Share of the quoted characters that stand in some evidence; `None` without any.

    >>> quotes = [CitedSpan(Span("a", n, n + 10), Span("a", 0, 90)) for n in (0, 5)]
    >>> quote_precision(quotes, [(Span("a", 0, 9),)])
    0.6
    """
    quoted = _characters(one.quote for one in cited)
    return ratio(len(quoted & _characters(place for places in evidence for place in places)), len(quoted))


def quote_recall(cited: Sequence[CitedSpan], evidence: Sequence[Places], *, needs: Needs) -> float:
    """Share of an evidence's characters that are quoted: of the best item, or the mean of all items.

    >>> quotes = [CitedSpan(Span("a", 0, 8), Span("a", 0, 90))]
    >>> evidence = [(Span("a", 4, 12),), (Span("b", 0, 9), Span("a", 0, 8))]
    >>> [quote_recall(quotes, evidence, needs=needs) for needs in ("any", "all")]
    [1.0, 0.75]
    """
    quoted = _characters(one.quote for one in cited)
    shares = [
        max(len(quoted & _characters([place])) / place.length for place in places) for places in evidence
    ]
    return max(shares) if needs == "any" else sum(shares) / len(shares)


def percentile(values: Sequence[float], share: float) -> float | None:
    """Nearest-rank percentile: the smallest value with at least `share` of all at or below it.

    >>> percentile([40, 10, 30, 20], 0.5), percentile([40, 10, 30, 20], 0.95), percentile([], 0.5)
    (20, 40, None)
    """
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else None


def mean(values: Sequence[float]) -> float | None:
    """Arithmetic mean; `None` of nothing.

    >>> mean([1, 0, 0.5]), mean([])
    (0.5, None)
    """
    return sum(values) / len(values) if values else None


def interval(
    values: Sequence[float], *, seed: int = 0, resamples: int = 2000, level: float = 0.95
) -> tuple[float, float] | None:
    """Bootstrap interval of the mean: its percentiles over seeded resamples with replacement.

    >>> interval([1, 1, 1]), interval([])
    ((1.0, 1.0), None)
    """
    if not values:
        return None
    drawn = np.random.default_rng(seed).integers(len(values), size=(resamples, len(values)))
    means = np.asarray(values, dtype=np.float64)[drawn].mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def ratio(part: int, whole: int) -> float | None:
    """`part / whole`, `None` of nothing.

    >>> ratio(1, 4), ratio(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def _met(found: Sequence[bool], needs: Needs) -> float:
    return float(any(found)) if needs == "any" else sum(found) / len(found)


def _characters(spans: Iterable[Span]) -> set[tuple[str, int]]:
    return {(span.document_id, place) for span in spans for place in range(span.start, span.end)}

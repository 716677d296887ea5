"""The figures, by formulas worked by hand and by properties."""

import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from eval.metrics import (
    CitedSpan,
    citation_precision,
    citation_recall,
    count_refusals,
    covers,
    evidence_recall,
    interval,
    mean,
    percentile,
    supports,
)
from eval.spans import Span

SPANS = st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.integers(1, 30)).map(
    lambda parts: Span(parts[0], parts[1], parts[1] + parts[2])
)
PLACES = st.lists(SPANS, min_size=1, max_size=2).map(tuple)
SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_examples_in_docstrings():
    assert doctest.testmod(metrics).failed == 0


def test_a_quote_cut_between_paragraphs_counts_for_the_one_with_four_fifths():
    quote = (Span("a", 90, 110),)
    assert covers(Span("a", 0, 106), quote)  # 16 of 20
    assert not covers(Span("a", 0, 105), quote)  # 15 of 20
    assert not covers(Span("b", 0, 200), quote)


def test_any_occurrence_of_the_quote_will_do():
    assert covers(Span("a", 100, 130), (Span("a", 0, 10), Span("a", 110, 120)))


@given(st.lists(SPANS, max_size=6), st.lists(PLACES, min_size=1, max_size=3), st.integers(1, 5))
def test_recall_grows_with_k_and_any_is_never_below_all(ranked, evidence, k):
    for needs in ("any", "all"):
        smaller = evidence_recall(ranked, evidence, k=k, needs=needs)
        assert 0 <= smaller <= evidence_recall(ranked, evidence, k=k + 1, needs=needs) <= 1
    assert evidence_recall(ranked, evidence, k=k, needs="any") >= evidence_recall(
        ranked, evidence, k=k, needs="all"
    )


@given(SPANS)
def test_a_citation_of_the_very_quote_is_correct(span):
    assert supports(CitedSpan(quote=span, paragraph=span), (span,))


def test_a_citation_elsewhere_in_the_same_paragraph_is_correct_and_one_next_door_is_not():
    gold = (Span("a", 20, 30),)
    assert supports(CitedSpan(Span("a", 0, 10), paragraph=Span("a", 0, 30)), gold)
    assert not supports(CitedSpan(Span("a", 0, 10), paragraph=Span("a", 0, 20)), gold)


def test_citation_figures_by_hand():
    evidence = [(Span("a", 0, 10),), (Span("b", 0, 10),)]
    cited = [
        CitedSpan(Span("a", 0, 4), Span("a", 0, 12)),
        CitedSpan(Span("a", 40, 50), Span("a", 40, 60)),
        CitedSpan(Span("a", 5, 12), Span("a", 0, 12)),
    ]
    assert citation_precision(cited, evidence) == pytest.approx(2 / 3)
    assert citation_recall(cited, evidence, needs="all") == 0.5
    assert citation_recall(cited, evidence, needs="any") == 1.0
    assert citation_recall([], evidence, needs="any") == 0.0


def test_refusals_by_hand():
    pairs = [(False, True)] * 8 + [(False, False)] * 2 + [(True, True)] * 4 + [(True, False)] * 36
    figures = count_refusals(pairs)
    assert figures.precision == 8 / 12
    assert figures.recall == 8 / 10
    assert figures.false_rate == 4 / 40
    assert count_refusals([]).precision is None


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40), st.floats(0.01, 1))
def test_nearest_rank_by_its_definition(values, share):
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= math.ceil(share * len(values))
    assert sum(value < found for value in values) < math.ceil(share * len(values))


@given(SHARES)
def test_the_interval_is_seeded_and_within_the_values(values):
    low, high = interval(values, resamples=200)
    assert (low, high) == interval(values, resamples=200)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


def test_the_interval_of_a_share_is_near_the_normal_one():
    values = [1.0] * 70 + [0.0] * 30
    low, high = interval(values)
    spread = 1.96 * math.sqrt(0.7 * 0.3 / 100)
    assert (low, high) == pytest.approx((0.7 - spread, 0.7 + spread), abs=0.02)
    assert mean(values) == 0.7

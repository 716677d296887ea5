"""Spans ignore blanks and find every occurrence."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from eval import spans
from eval.spans import Ruler, Span
from rag.language.chinese import squeeze

TEXT = st.text(alphabet="区教育局 \n\u3000", max_size=40)
EDGES = st.integers(0, 50)


def test_examples_in_docstrings():
    assert doctest.testmod(spans).failed == 0


@given(TEXT, EDGES, EDGES)
def test_a_span_holds_the_ink_between_its_offsets(raw: str, one: int, other: int):
    start, end = sorted((one, other))
    span = Ruler("d", raw).span(start, end)
    assert squeeze(raw)[span.start : span.end] == squeeze(raw[start:end])


@given(TEXT, TEXT)
def test_finds_exactly_the_occurrences(raw: str, quote: str):
    whole, wanted = squeeze(raw), squeeze(quote)
    expected = [
        Span("d", start, start + len(wanted))
        for start in range(len(whole))
        if wanted and whole.startswith(wanted, start)
    ]
    assert list(Ruler("d", raw).find(quote)) == expected


@given(EDGES, EDGES, EDGES, EDGES)
def test_sharing_counts_common_positions(a: int, b: int, c: int, d: int):
    one, other = Span("d", min(a, b), max(a, b)), Span("d", min(c, d), max(c, d))
    common = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.shared(other) == other.shared(one) == len(common)

"""Calibration: by hand, and what must hold of any answers."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import calibration, names
from eval.calibration import calibration_error, reliability, risk_coverage

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


def test_the_examples_hold():
    assert doctest.testmod(calibration).failed == doctest.testmod(names).failed == 0


def test_nothing_has_no_error():
    assert calibration_error([]) is None
    assert reliability([]) == risk_coverage([], asked=3) == ()


def test_confidence_that_comes_true_has_no_error():
    pairs = [(0.75, True)] * 3 + [(0.75, False)]
    assert calibration_error(pairs) == pytest.approx(0.0)


@given(PAIRS)
def test_error_is_a_share_and_bins_hold_everything(pairs):
    assert 0 <= calibration_error(pairs) <= 1
    assert sum(each.n for each in reliability(pairs)) == len(pairs)
    assert calibration_error(pairs) == pytest.approx(calibration_error(pairs[::-1]))


@given(PAIRS, st.integers(0, 9))
def test_the_curve_ends_with_all_that_was_answered(pairs, refused):
    curve = risk_coverage(pairs, asked=len(pairs) + refused)
    assert [each.coverage for each in curve] == sorted(each.coverage for each in curve)
    assert [each.threshold for each in curve] == sorted({sure for sure, _ in pairs}, reverse=True)
    assert curve[-1].coverage == pytest.approx(len(pairs) / (len(pairs) + refused))
    assert curve[-1].risk == pytest.approx(sum(not right for _, right in pairs) / len(pairs))

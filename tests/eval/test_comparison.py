"""Two reports side by side."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from eval.comparison import Comparison, compare, regressions, render_comparison


def changed(report, **shares: float):
    """The report with other shares of the expected said."""
    return replace(
        report,
        outcomes=tuple(
            replace(outcome, share=shares[outcome.id], correct=shares[outcome.id] == 1.0)
            if outcome.id in shares
            else outcome
            for outcome in report.outcomes
        ),
    )


def test_the_same_report_changes_nothing(report):
    comparison = compare(report, report)
    assert (comparison.asked, comparison.better, comparison.worse) == (6, (), ())
    assert comparison.p_value == 1.0
    assert regressions(report, report) == ()


def test_gains_and_losses_are_named(report):
    after = changed(report, n1=0.0, c1=1.0, p1=1.0)
    comparison = compare(report, after)
    assert [now.id for _, now in comparison.better] == ["c1", "p1"]
    assert [now.id for _, now in comparison.worse] == ["n1"]
    assert regressions(report, after) == ("n1",)
    text = render_comparison(comparison)
    assert "变好 2，变差 1" in text
    assert "变差 n1 新建食堂几个？" in text


def test_half_less_of_a_list_is_worse_but_no_regression(report):
    after = changed(report, c1=0.0)
    assert len(compare(report, after).worse) == 1
    assert regressions(report, after) == ()


def test_a_new_violation_is_a_regression(report):
    broken = replace(report.outcomes[0], violations=("引文不符",))
    assert regressions(report, replace(report, outcomes=(broken, *report.outcomes[1:]))) == ("n1",)


def test_questions_in_other_words_are_not_paired(report):
    other = replace(report.outcomes[0], question="食堂有多少？")
    comparison = compare(report, replace(report, outcomes=(other,)))
    assert (comparison.asked, comparison.unpaired) == (0, 7)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_sign_test_is_a_symmetric_probability(better: int, worse: int):
    one = Comparison(1, (None,) * better, (None,) * worse, 0)
    assert 0 < one.p_value <= 1
    assert one.p_value == Comparison(1, (None,) * worse, (None,) * better, 0).p_value


def test_the_sign_test_by_hand():
    assert Comparison(4, (None,) * 3, (None,), 0).p_value == 0.625
    assert Comparison(5, (None,) * 5, (), 0).p_value == 0.0625

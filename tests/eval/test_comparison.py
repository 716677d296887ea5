"""Two reports side by side."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from eval.comparison import Change, Comparison, compare, render_comparison
from eval.metrics import interval
from eval.report import load, save


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
    assert comparison.regressions == ()
    assert {change.value for change in comparison.changes} == {0.0}
    assert "没有超出偶然的退步" in render_comparison(comparison)


def test_gains_and_losses_are_named(report):
    after = changed(report, n1=0.0, c1=1.0, p1=1.0)
    comparison = compare(report, after)
    assert [now.id for _, now in comparison.better] == ["c1", "p1"]
    assert [now.id for _, now in comparison.worse] == ["n1"]
    assert comparison.regressions == ()
    text = render_comparison(comparison)
    assert "变好 2，变差 1" in text
    assert "变差 n1 新建食堂几个？" in text


def many(report, right: int, wrong: int):
    """So many questions answered right and wrong."""
    good = report.outcomes[0]
    bad = replace(good, correct=False, share=0.0, short_right=None)
    made = [replace(good, id=f"g{number}") for number in range(right)]
    return replace(
        report, outcomes=(*made, *(replace(bad, id=f"g{right + number}") for number in range(wrong)))
    )


def test_one_question_of_many_lost_is_chance_and_ten_are_not(report):
    before = many(report, 100, 0)
    assert compare(before, many(report, 99, 1)).regressions == ()
    lost = compare(before, many(report, 90, 10))
    assert lost.regressions[0].startswith("正确 -0.100（")
    assert "退步：正确 -0.100" in render_comparison(lost)
    assert compare(many(report, 90, 10), before).regressions == ()


def test_losses_that_gains_make_up_for_are_no_regression(report):
    outcomes = many(report, 80, 20).outcomes
    swapped = [replace(now, id=then.id) for now, then in zip(reversed(outcomes), outcomes, strict=True)]
    comparison = compare(replace(report, outcomes=outcomes), replace(report, outcomes=tuple(swapped)))
    assert (len(comparison.better), len(comparison.worse), comparison.regressions) == (20, 20, ())


def test_a_new_violation_is_a_regression_even_once(report):
    broken = replace(report.outcomes[0], violations=("引文不符",))
    comparison = compare(report, replace(report, outcomes=(broken, *report.outcomes[1:])))
    assert comparison.regressions == ("n1 新违约",)


def test_a_saved_run_without_texts_serves_as_well(report, tmp_path):
    save(report.slim(), tmp_path / "baseline.json")
    kept = load(tmp_path / "baseline.json")
    assert "森林覆盖率" not in (tmp_path / "baseline.json").read_text("utf-8")
    assert {each.milliseconds for each in kept.outcomes} == {0.0}
    after = changed(report, n1=0.0, c1=1.0)
    assert compare(kept, after).changes == compare(report, after).changes


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=1, max_size=60))
def test_only_a_fall_is_worse(differences: list[float]):
    change = Change("正确", len(differences), sum(differences) / len(differences), interval(differences))
    assert not change.worse or change.value < 0


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

"""Rows and overall figures, worked by hand from six outcomes."""

import pytest

from eval.summary import FIGURES, summarise


def test_rows_follow_the_types_and_average_them(report):
    summary = summarise(report.outcomes)
    assert [row.type for row in summary.rows] == [
        "number",
        "department",
        "person",
        "comparison",
        "off_topic",
        "near_miss",
    ]
    comparison = dict(zip(FIGURES, summary.rows[3].figures, strict=True))
    assert comparison == {
        "R@1": 0.5,
        "R@5": 1.0,
        "正确": 0.0,
        "答全": 0.5,
        "简答准": None,
        "引注准": 1.0,
        "引注全": 0.5,
        "拒答": 0.0,
    }
    assert summary.rows[4].figures[0] is None


def test_overall_by_hand(report):
    summary = summarise(report.outcomes)
    figures = {figure.name: (figure.n, figure.value) for figure in summary.overall}
    assert figures["全部问题正确率（含该拒的拒了）"] == (6, 3 / 6)
    assert figures["可答问题正确率"] == (4, 2 / 4)
    assert figures["可答问题答全的份额"] == (4, 2.5 / 4)
    assert figures["引注准确率"] == (3, 1.0)
    assert figures["引注召回率"] == (4, 2.5 / 4)
    assert figures["简答字符 F1"][0] == 2
    assert figures["简答准确率"] == (2, 1 / 2)
    assert figures["可答问题正确且简答不误"] == (4, 1 / 4)
    assert (summary.refusals.precision, summary.refusals.recall) == (1 / 2, 1 / 2)
    assert summary.refusals.false_rate == 1 / 4
    assert summary.p50 == pytest.approx(25.0)
    assert summary.violations == 0


def test_nothing_has_no_figures():
    summary = summarise([])
    assert summary.rows == ()
    assert all(figure.value is None for figure in summary.overall)
    assert summary.p50 is None

"""Rows and overall figures, worked by hand from six outcomes."""

from typing import get_args

import pytest

from eval.dataset import CaseType
from eval.names import NAMES
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
    comparison = {figure.name: figure.value for figure in summary.rows[3].figures}
    assert list(comparison) == list(FIGURES)
    assert {name: comparison[name] for name in ("R@1", "R@5", "正确", "答全", "简答准", "拒答", "有据")} == {
        "R@1": 0.5,
        "R@5": 1.0,
        "正确": 0.0,
        "答全": 0.5,
        "简答准": None,
        "拒答": 0.0,
        "有据": 1.0,
    }
    assert {name: comparison[name] for name in ("引段准", "引段全")} == {"引段准": 1.0, "引段全": 0.5}
    # 7 characters of evidence in a paragraph of 21, quoted whole; of the other evidence none.
    assert comparison["引字准"] == pytest.approx(
        len("加装电梯200台") / len("加装电梯200台以上。森林覆盖率24.5%。")
    )
    assert comparison["引字全"] == 0.5
    assert summary.rows[4].figures[0].value is None
    assert summary.rows[0].figures[0].bounds == (1.0, 1.0)


def test_overall_by_hand(report):
    summary = summarise(report.outcomes)
    figures = {figure.name: (figure.n, figure.value) for figure in summary.overall}
    assert figures["全部问题正确率（含该拒的拒了）"] == (6, 3 / 6)
    assert figures["可答问题正确率"] == (4, 2 / 4)
    assert figures["可答问题答全的份额"] == (4, 2.5 / 4)
    assert figures["引注准确率（按段）"] == (3, 1.0)
    assert figures["引注召回率（按段）"] == (4, 2.5 / 4)
    assert figures["简答字符 F1"][0] == 2
    assert figures["简答准确率"] == (2, 1 / 2)
    assert figures["可答问题正确且简答不误"] == (4, 1 / 4)
    assert (summary.refusals.precision, summary.refusals.recall) == (1 / 2, 1 / 2)
    assert summary.refusals.false_rate == 1 / 4
    assert summary.p50 == pytest.approx(25.0)
    assert summary.violations == 0


def test_refusals_are_told_apart_by_what_is_refused(report):
    figures = {figure.name: (figure.n, figure.value) for figure in summarise(report.outcomes).refusing}
    assert figures == {
        "题外而拒（召回）": (1, 1.0),
        "拒答而题外（准确，余为可答）": (2, 1 / 2),
        "近而无而拒（召回）": (1, 0.0),
        "拒答而近而无（准确，余为可答）": (1, 0.0),
        "可答而拒（误拒）": (4, 1 / 4),
    }


def test_confidence_is_held_against_what_came(report):
    calibration = summarise(report.outcomes).calibration
    # Four answers with confidence .9, two of them right; two of six questions refused.
    assert (calibration.n, calibration.error) == (4, pytest.approx(0.4))
    assert [(each.n, each.right) for each in calibration.bins] == [(4, 0.5)]
    assert [(each.coverage, each.risk) for each in calibration.curve] == [(4 / 6, 0.5)]


def test_every_type_has_a_name():
    assert set(get_args(CaseType)) <= set(NAMES)


def test_nothing_has_no_figures():
    summary = summarise([])
    assert summary.rows == ()
    assert all(figure.value is None for figure in summary.overall)
    assert summary.p50 is None

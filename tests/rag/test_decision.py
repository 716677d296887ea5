"""The calibrator is logistic regression, worked by hand, and monotone in what speaks for an answer."""

import math
from dataclasses import replace

import pytest

from rag.datatypes import Evidence, Hit, Paragraph, Passage, Question, QuestionKind
from rag.reading.decision import CALIBRATOR, THRESHOLD, Calibrator, Features, confidence, features
from rag.scope import Aim

HIT = Hit(Paragraph("d", 1, "甲。", 0, 2), "标题", 1.0)
NOTHING = Features(likeness=0, missing=1, similarity=0, read=-1)


def test_confidence_is_the_logistic_of_the_weighted_sum() -> None:
    calibrator = Calibrator(bias=-1.0, weights=Features(0.5, -3.0, 1.0, 2.0))
    seen = Features(likeness=0.9, missing=0.2, similarity=0.4, read=-0.5)
    expected = 1 / (1 + math.exp(-(-1.0 + 0.5 * 0.9 - 3.0 * 0.2 + 1.0 * 0.4 - 2.0 * 0.5)))
    assert calibrator.confidence(seen) == pytest.approx(expected)


def test_nothing_found_is_refused_and_everything_found_is_not() -> None:
    everything = Features(likeness=1, missing=0, similarity=1, read=1)
    assert CALIBRATOR.confidence(NOTHING) < THRESHOLD < CALIBRATOR.confidence(everything)


def test_extreme_sums_do_not_overflow() -> None:
    assert 0.0 < Calibrator(-1e9, NOTHING).confidence(NOTHING) < 1e-9


def test_no_passage_means_no_confidence() -> None:
    assert confidence(Question("问", "问", "问"), Evidence()) == 0.0


def test_features_are_read_from_the_best_of_the_evidence() -> None:
    passages = (
        Passage(1, 0, 2, "甲。", coverage=0.5, likeness=0.6, similarity=0.1, missing=0.25, read=0.5),
        Passage(2, 0, 2, "甲。", coverage=0.2, similarity=0.7, missing=0.9),
    )
    assert features(Evidence((), passages)) == Features(0.6, 0.25, 0.7, 0.5)


@pytest.mark.parametrize(
    ("kind", "fits", "figures", "answers"),
    [
        ("number", True, 1.0, True),
        ("number", False, 1.0, False),
        ("date", False, 1.0, False),
        ("person", False, 1.0, False),
        ("how", False, 1.0, True),
        ("how", False, 0.0, False),
        ("comparison", False, 0.5, True),
    ],
)
def test_evidence_without_the_thing_or_the_year_asked_for_is_not_enough(
    kind: QuestionKind, fits: bool, figures: float, answers: bool
) -> None:
    perfect = Passage(1, 0, 2, "甲。", 1.0, 1.0, figures, 1.0, fits, read=1.0 if answers else 0.0)
    found = confidence(Question("问", "问", "问", kind), Evidence((HIT,), (perfect,)))
    assert (found >= THRESHOLD) is answers


def test_what_the_reader_sees_may_be_in_words_that_the_rules_do_not_know() -> None:
    unseen = Passage(1, 0, 2, "甲。", 1.0, 1.0, 1.0, 1.0, fits=False)
    question = Question("问", "问", "问", "department")
    for passage, enough in ((unseen, False), (replace(unseen, read=0.9), True)):
        found = confidence(question, Evidence((HIT,), (passage,)))
        assert (found >= THRESHOLD) is enough


@pytest.mark.parametrize(
    ("section", "year", "answers"),
    [("2023年工作回顾", 2024, True), ("2024年工作任务", 2024, False), ("", 2023, True), ("", None, True)],
)
def test_evidence_of_another_year_than_asked_for_is_not_enough(
    section: str, year: int | None, answers: bool
) -> None:
    perfect = Passage(1, 0, 2, "甲。", 1.0, 1.0, 1.0, 1.0, fits=True, read=1.0)
    hit = replace(HIT, paragraph=replace(HIT.paragraph, section=(section,)), year=year)
    question = Question("问", "问", "问", "number", Aim(years=(2023,)))
    found = confidence(question, Evidence((hit,), (perfect,)))
    assert (found >= THRESHOLD) is answers


@pytest.mark.parametrize(("read", "refused"), [(-0.5, True), (0.2, True), (0.6, False)])
def test_a_figure_of_something_that_is_not_said_is_not_enough(read: float, refused: bool) -> None:  # noqa: FBT001 - a table's column
    asked = Question("油料产量是多少？", "油料产量是多少？", "油料产量是多少?", "number")
    best = Passage(1, 0, 9, "粮食产量616亿斤。", likeness=1, similarity=1, fits=True, read=read)
    told = confidence(asked, Evidence((HIT,), (replace(best, unsaid=("油料",)),)))
    assert (told < THRESHOLD) is refused


def test_another_unit_than_is_asked_for_is_not_enough() -> None:
    asked = Question("产值多少亿元？", "产值多少亿元？", "产值多少亿元?", "number")
    best = Passage(1, 0, 9, "产值增长5%。", likeness=1, similarity=1, read=0.3)
    assert confidence(asked, Evidence((HIT,), (best,))) < THRESHOLD
    told = replace(best, text="产值达到5亿元。", fits=True)
    assert confidence(asked, Evidence((HIT,), (told,))) > THRESHOLD

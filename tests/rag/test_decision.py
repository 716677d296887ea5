"""The calibrator is logistic regression, worked by hand, and monotone in what speaks for an answer."""

import math

import pytest

from rag.datatypes import Evidence, Passage, Question, QuestionKind
from rag.decision import CHINESE, FOREIGN, THRESHOLD, Calibrator, Features, confidence, features

NOTHING = Features(coverage=0, likeness=0, missing=1, figures=0, similarity=0, fits=0)


def test_confidence_is_the_logistic_of_the_weighted_sum() -> None:
    calibrator = Calibrator(bias=-1.0, weights=Features(2.0, 0.0, -3.0, 0.0, 1.0, 0.5))
    seen = Features(coverage=0.5, likeness=0.9, missing=0.2, figures=0.7, similarity=0.4, fits=1.0)
    expected = 1 / (1 + math.exp(-(-1.0 + 2.0 * 0.5 - 3.0 * 0.2 + 1.0 * 0.4 + 0.5)))
    assert calibrator.confidence(seen) == pytest.approx(expected)


@pytest.mark.parametrize("calibrator", [CHINESE, FOREIGN])
def test_nothing_found_is_refused_and_everything_found_is_not(calibrator: Calibrator) -> None:
    everything = Features(coverage=1, likeness=1, missing=0, figures=1, similarity=1, fits=1)
    assert calibrator.confidence(NOTHING) < THRESHOLD < calibrator.confidence(everything)


def test_extreme_sums_do_not_overflow() -> None:
    assert 0.0 < Calibrator(-1e9, NOTHING).confidence(NOTHING) < 1e-9


def test_no_passage_means_no_confidence() -> None:
    assert confidence(Question("问", "问", "问"), Evidence()) == 0.0


@pytest.mark.parametrize(("kind", "fits"), [("number", 0.0), ("date", 0.0), ("person", 0.0), ("how", 1.0)])
def test_features_are_read_from_the_best_of_the_evidence(kind: QuestionKind, fits: float) -> None:
    passages = (
        Passage(1, 0, 2, "甲。", coverage=0.5, likeness=0.6, figures=0.5, similarity=0.1),
        Passage(2, 0, 2, "甲。", coverage=0.2, similarity=0.7, fits=True),
    )
    seen = features(Question("问", "问", "问", kind), Evidence((), passages, missing=0.25))
    assert seen == Features(0.5, 0.6, 0.25, 0.5, 0.7, fits)

"""The calibrator is logistic regression, worked by hand, and monotone in what speaks for an answer."""

import math
from dataclasses import replace

import pytest

from rag.datatypes import Attributes, Evidence, Hit, Paragraph, Passage, Question, Scores
from rag.decision import CHINESE, FOREIGN, THRESHOLD, Calibrator, Features, confidence, features

NOTHING = Features(passage=0, paragraph=0, missing=0, similarity=0, dense=0, fits=0)


def test_confidence_is_the_logistic_of_the_weighted_sum() -> None:
    calibrator = Calibrator(bias=-1.0, weights=Features(2.0, 0.0, -3.0, 0.0, 1.0, 0.5))
    seen = Features(passage=0.5, paragraph=0.9, missing=0.2, similarity=0.7, dense=0.4, fits=1.0)
    expected = 1 / (1 + math.exp(-(-1.0 + 2.0 * 0.5 - 3.0 * 0.2 + 1.0 * 0.4 + 0.5)))
    assert calibrator.confidence(seen) == pytest.approx(expected)


@pytest.mark.parametrize("calibrator", [CHINESE, FOREIGN])
def test_nothing_found_is_refused_and_everything_found_is_not(calibrator: Calibrator) -> None:
    everything = Features(passage=1, paragraph=1, missing=0, similarity=1, dense=1, fits=1)
    assert calibrator.confidence(NOTHING) < THRESHOLD < calibrator.confidence(everything)


def test_extreme_sums_do_not_overflow() -> None:
    assert 0.0 < Calibrator(-1e9, NOTHING).confidence(NOTHING) < 1e-9


def test_no_passage_means_no_confidence() -> None:
    assert confidence(Question("问", "问", "问"), Evidence()) == 0.0


def test_features_are_read_from_the_best_of_the_evidence() -> None:
    paragraph = Paragraph("d", 1, "甲。乙。", 0, 4, attributes=Attributes())
    hits = (
        Hit(paragraph, "题", 2.0, Scores(dense=0.3, coverage=0.4)),
        Hit(replace(paragraph, number=2), "题", 1.0, Scores(dense=0.6, coverage=0.2)),
    )
    passages = (
        Passage(1, 0, 2, "甲。", coverage=0.5, similarity=0.1, fits=True),
        Passage(2, 0, 2, "甲。", coverage=0.2, similarity=0.7),
    )
    assert features(Evidence(hits, passages, missing=0.25)) == Features(0.5, 0.4, 0.25, 0.7, 0.6, 1.0)

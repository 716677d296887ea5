"""Deciding whether the evidence answers the question: a fitted calibrator and one threshold.

May import the core. The coefficients are fitted by `rag fit` (`eval/fitting.py` says on what).
"""

import math
from dataclasses import astuple, dataclass

from rag.datatypes import Evidence, Question, QuestionKind
from rag.question import is_chinese

# Questions whose answer is a thing that a text visibly holds or not.
TYPED: tuple[QuestionKind, ...] = ("number", "date", "person", "department")
# A complete list from the task records is exact, not estimated.
RECORD_CONFIDENCE = 0.99
# The most that evidence without the thing asked for can be worth.
LACKING_CONFIDENCE = 0.001


@dataclass(frozen=True, slots=True)
class Features:
    """What the calibrator sees, each 0..1 but the cosine, which is -1..1.

    `coverage` and `likeness` are those of the best passage with its headings, `missing` the weight
    of the word missed most in all paragraphs, `similarity` the best cosine of a passage.
    """

    coverage: float
    likeness: float
    missing: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Calibrator:
    """Logistic regression: confidence = 1 / (1 + exp(-(bias + weights . features)))."""

    bias: float
    weights: Features

    def confidence(self, features: Features) -> float:
        """How likely the evidence answers the question, 0..1."""
        pairs = zip(astuple(self.weights), astuple(features), strict=True)
        score = self.bias + sum(weight * value for weight, value in pairs)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


CHINESE = Calibrator(-6.859, Features(2.75, 2.916, -1.773, 2.205))
# A question in another language shares no words with the evidence: only meaning counts.
FOREIGN = Calibrator(-5.992, Features(0.0, 4.634, -4.319, 3.659))
# Fitted: the confidence below which at most 4 % of the answerable training questions fall.
THRESHOLD = 0.118


def features(evidence: Evidence) -> Features:
    """What the calibrator sees of some evidence, which must hold a passage."""
    best = evidence.passages[0]
    return Features(
        coverage=best.coverage,
        likeness=best.likeness,
        missing=evidence.missing,
        similarity=max(passage.similarity for passage in evidence.passages),
    )


def lacks(question: Question, evidence: Evidence) -> bool:
    """Whether the best passage lacks the kind of thing asked for, or the year that is named.

    Such a passage may share every word with the question and cannot answer it.
    """
    best = evidence.passages[0]
    misses_kind = question.kind in TYPED and not best.fits
    return misses_kind or (best.figures < 1.0 and question.kind != "comparison")


def confidence(question: Question, evidence: Evidence) -> float:
    """How likely the evidence answers the question, 0..1; 0 without evidence."""
    if not evidence.passages:
        return 0.0
    calibrator = CHINESE if is_chinese(question.query) else FOREIGN
    likely = calibrator.confidence(features(evidence))
    return min(likely, LACKING_CONFIDENCE) if lacks(question, evidence) else likely

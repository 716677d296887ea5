"""Deciding whether the evidence answers the question: a fitted calibrator and one threshold.

May import the core. The coefficients are fitted by `python -m eval.fit`, see there for the data.
"""

import math
from dataclasses import astuple, dataclass

from rag.datatypes import Evidence, Question
from rag.question import is_chinese

# A complete list from the task records is exact, not estimated.
RECORD_CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class Features:
    """What the calibrator sees, each 0..1 but the cosines, which are -1..1.

    `coverage` and `likeness` are those of the best passage (with its headings), `paragraph` the
    likeness of the best paragraph, `missing` the weight of the word missed most in all of them,
    `figures` the share of the question's figures in the best passage,
    `similarity` the best passage's cosine, `dense` the best paragraph's, `fits` whether the best
    passage holds the kind of thing asked for.
    """

    coverage: float
    likeness: float
    paragraph: float
    missing: float
    figures: float
    similarity: float
    dense: float
    fits: float


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


CHINESE = Calibrator(bias=-4.0, weights=Features(1.5, 3.0, 2.0, -3.0, 1.0, 2.0, 2.0, 0.5))
# A question in another language shares no words with the evidence: only meaning counts.
FOREIGN = Calibrator(bias=-4.0, weights=Features(0.0, 3.0, 2.0, -3.0, 1.0, 3.0, 3.0, 0.0))
# Fitted: the confidence below which at most 4 % of the answerable training questions fall.
THRESHOLD = 0.5


def features(evidence: Evidence) -> Features:
    """What the calibrator sees of some evidence, which must hold a passage."""
    best = evidence.passages[0]
    return Features(
        coverage=best.coverage,
        likeness=best.likeness,
        paragraph=max(hit.scores.likeness for hit in evidence.hits),
        missing=evidence.missing,
        figures=best.figures,
        similarity=max(passage.similarity for passage in evidence.passages),
        dense=max(hit.scores.dense for hit in evidence.hits),
        fits=float(best.fits),
    )


def confidence(question: Question, evidence: Evidence) -> float:
    """How likely the evidence answers the question, 0..1; 0 without evidence."""
    if not evidence.passages:
        return 0.0
    calibrator = CHINESE if is_chinese(question.query) else FOREIGN
    return calibrator.confidence(features(evidence))

"""Deciding whether the evidence answers the question: a fitted calibrator and one threshold.

May import the core. The coefficients are fitted by `python -m eval.fit`, see there for the data.
"""

import math
from dataclasses import astuple, dataclass

from rag.datatypes import Evidence, Question, QuestionKind
from rag.question import is_chinese

# Questions whose answer is a thing that a text visibly holds or not.
TYPED: tuple[QuestionKind, ...] = ("number", "date", "person")
# A complete list from the task records is exact, not estimated.
RECORD_CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class Features:
    """What the calibrator sees, each 0..1 but the cosine, which is -1..1.

    `coverage`, `likeness` and `figures` are those of the best passage with its headings, `missing`
    the weight of the word missed most in all paragraphs, `similarity` the best cosine of a passage,
    `fits` 0 where a question for a number, a date or a person meets a best passage without one.
    """

    coverage: float
    likeness: float
    missing: float
    figures: float
    similarity: float
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


CHINESE = Calibrator(-4.0, Features(1.5, 5.0, -3.0, 1.5, 2.0, 1.5))
# A question in another language shares no words with the evidence: only meaning counts.
FOREIGN = Calibrator(-4.0, Features(0.0, 5.0, -3.0, 1.5, 3.0, 1.5))
# Fitted: the confidence below which at most 4 % of the answerable training questions fall.
THRESHOLD = 0.5


def features(question: Question, evidence: Evidence) -> Features:
    """What the calibrator sees of some evidence, which must hold a passage."""
    best = evidence.passages[0]
    return Features(
        coverage=best.coverage,
        likeness=best.likeness,
        missing=evidence.missing,
        figures=best.figures,
        similarity=max(passage.similarity for passage in evidence.passages),
        fits=float(best.fits or question.kind not in TYPED),
    )


def confidence(question: Question, evidence: Evidence) -> float:
    """How likely the evidence answers the question, 0..1; 0 without evidence."""
    if not evidence.passages:
        return 0.0
    calibrator = CHINESE if is_chinese(question.query) else FOREIGN
    return calibrator.confidence(features(question, evidence))

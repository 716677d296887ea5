"""Deciding whether the evidence answers the question: a fitted calibrator and one threshold.

May import the core. The coefficients are fitted by `rag fit` (`eval/fitting.py` says on what).
"""

import math
from dataclasses import astuple, dataclass

from rag.datatypes import Evidence, Passage, Question
from rag.documents.constraints import agreement
from rag.language.chinese import normalise
from rag.matching.commencement import tells_of_itself
from rag.matching.expected import TYPED
from rag.matching.measured import tells_another
from rag.query.definitions import defined, mentions
from rag.query.question import EACH, is_chinese
from rag.reading.evidence import tells_no_figure

# How sure a reader must be that what it sees is an answer.
SEEN = 0.15
# What it must be to speak for a figure in another unit, or of the opposite.
COUNTED = 0.5
# A complete list from the task records is exact, not estimated.
RECORD_CONFIDENCE = 0.99
# What a document named says of itself is hardly mistaken, however little of the question it repeats.
SAID_OF_ITSELF = 0.95
# The most that evidence without the thing asked for can be worth.
LACKING_CONFIDENCE = 0.001


@dataclass(frozen=True, slots=True)
class Features:
    """What the calibrator sees, each 0..1 but the last two, which are -1..1.

    `likeness` is that of the best passage with its headings, `missing` the weight of the word that these
    miss most, `similarity` the best cosine of a passage, `read` how sure the reader is that
    some passage answers. Nothing here counts words as they are spelled, so a question in everyday words
    or in English is judged by the same measure.
    """

    likeness: float
    missing: float
    similarity: float
    read: float


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


CALIBRATOR = Calibrator(-1.412, Features(likeness=2.469, missing=-2.405, similarity=4.35, read=0.818))
# The confidence that costs least on the development questions, see `eval.fitting.part`.
THRESHOLD = 0.536


def features(evidence: Evidence) -> Features:
    """What the calibrator sees of some evidence, which must hold a passage."""
    best = evidence.passages[0]
    return Features(
        likeness=best.likeness,
        missing=best.missing,
        similarity=max(passage.similarity for passage in evidence.passages),
        read=max(passage.read for passage in evidence.passages),
    )


def lacks(question: Question, evidence: Evidence) -> bool:
    """Whether the best passage lacks the kind of thing asked for, or is of another year than is named.

    Such a passage may share every word with the question and cannot answer it. Where several things
    are asked for one by one, no passage need hold them all, and where the reader sees an answer it may be
    there in words that the rules do not know.
    """
    if question.kind == "comparison" or EACH.search(question.query):
        return False
    best = evidence.passages[0]
    if question.kind == "definition" and not _is_mentioned(defined(question.query), evidence):
        return True
    if agreement(question, evidence.hits[best.handle - 1], best.text) < 0:
        return True
    if question.kind == "number" and _lacks_measured(question, best):
        return True
    return best.read < SEEN and (best.figures < 1.0 or (question.kind in TYPED and not best.fits))


def _lacks_measured(question: Question, best: Passage) -> bool:
    """Whether a passage tells no figure of what is measured, or one of another thing."""
    return (
        tells_no_figure(best) or best.read < COUNTED and tells_another(question.query, normalise(best.text))
    )


def _is_mentioned(term: str, evidence: Evidence) -> bool:
    """Whether any paragraph found speaks of what is to be defined; a term in English may well be."""
    texts = (normalise(hit.paragraph.text) for hit in evidence.hits)
    return not is_chinese(term) or any(mentions(term, text) for text in texts)


def confidence(question: Question, evidence: Evidence) -> float:
    """How likely the evidence answers the question, 0..1; 0 without evidence."""
    if not evidence.passages:
        return 0.0
    if tells_of_itself(question, evidence.passages[0].text):
        return SAID_OF_ITSELF
    likely = CALIBRATOR.confidence(features(evidence))
    return min(likely, LACKING_CONFIDENCE) if lacks(question, evidence) else likely

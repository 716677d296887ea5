"""Fitting the weights of reading and refusal on questions whose paragraph is known.

May import `rag`, NumPy and scikit-learn. The public set is CMRC2018 train (CC BY-SA 4.0); nothing
that is measured by a benchmark is ever fitted on.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from statistics import fmean
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from eval.calibration import calibration_error
from eval.rewording import reword
from eval.squad import ReadingQuestion
from rag.datatypes import Hit, Inquiry, Question
from rag.language.chinese import squeeze
from rag.ports import Retriever
from rag.query.question import understand
from rag.reading.decision import Calibrator, Features, features, lacks
from rag.reading.evidence import EvidenceReader, PassageWeights

# Only questions of every so many-th paragraph are fitted on: those are kept out of the training of the
# bundled embedding model, which otherwise knows the questions and looks better than it is.
HELD_OUT_EVERY = 5
SEED = 20180000
# How much of each mistake is tolerable: refusing a question that has an answer is the worse one.
ALLOWED_REFUSED = 0.08
ALLOWED_ANSWERED = 0.20
# Candidates a question is fitted on; the answer takes its evidence from as many.
CANDIDATES = 20
EVIDENCE = 8

# The features of a passage that are fitted.
PASSAGE = ("coverage", "likeness", "figures", "similarity", "fits", "paragraph", "read")

Case = Literal["answerable", "without document"]
# Of the questions that people ask so many have no answer in their documents, about as of the development
# questions. Fitted on more, confidence would be too low for the rest: with half, the calibration error on
# questions not fitted on was .18 in each kind of library, with this .07.
UNANSWERABLE = 0.2
# In an encyclopaedia people and bodies come without the posts and signatures by which we know them.
UNTYPICAL = ("person", "department")

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the calibrator sees of questions asked of one kind of library, and which of them it answers.

    `rows` holds a row of `rag.reading.decision.Features` a question; none is there of those refused by rule.
    """

    rows: Matrix
    answerable: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibrator, and its expected calibration error on questions that it was not fitted on."""

    calibrator: Calibrator
    error: float


def prefer(
    questions: Sequence[ReadingQuestion], ids: Mapping[str, str], retriever: Retriever, reader: EvidenceReader
) -> PassageWeights:
    """The weights under which sentences that hold an answer come before others.

    `ids` gives the document id of each source name.
    """
    trial = _Trial(ids, retriever, reader)
    return PassageWeights(**_preferences(map(trial.passage_rows, questions)))


def judge(
    questions: Sequence[ReadingQuestion],
    ids: Mapping[str, str],
    retriever: Retriever,
    reader: EvidenceReader,
    synonyms: Mapping[str, Sequence[str]],
) -> Judged:
    """Questions and their reworded twins with the document that answers them, some as near misses without.

    Of all rows the share UNANSWERABLE are near misses.
    """
    chance = random.Random(SEED)
    twins = [twin for each in questions for twin in (each, reword(each, synonyms, chance))]
    trial = _Trial(ids, retriever, reader)
    own = trial.rows(twins, "answerable")
    missed = trial.rows(twins, "without document")[: round(len(own) * UNANSWERABLE / (1 - UNANSWERABLE))]
    return Judged(np.concatenate([own, missed]), np.repeat([True, False], [len(own), len(missed)]))


def calibrate(judged: Sequence[Judged]) -> Calibrated:
    """Logistic regression, each kind of library counting alike; each half is measured by the other's."""
    pairs: list[tuple[float, bool]] = []
    for half in (0, 1):
        model = _regression([Judged(one.rows[half::2], one.answerable[half::2]) for one in judged])
        for one in judged:
            sure = model.predict_proba(one.rows[1 - half :: 2])[:, 1]
            pairs += zip(map(float, sure), map(bool, one.answerable[1 - half :: 2]), strict=True)
    model = _regression(judged)
    weights = Features(*(round(float(weight), 3) for weight in model.coef_[0]))
    error = calibration_error(pairs)
    return Calibrated(Calibrator(round(float(model.intercept_[0]), 3), weights), error or 0.0)


def _regression(judged: Sequence[Judged]) -> LogisticRegression:
    weights = np.concatenate([np.full(len(one.rows), 1.0 / max(1, len(one.rows))) for one in judged])
    return LogisticRegression(C=10.0).fit(
        np.concatenate([one.rows for one in judged]),
        np.concatenate([one.answerable for one in judged]),
        sample_weight=weights * len(weights) / len(judged),
    )


def part(answerable: Sequence[float], *unanswerable: Sequence[float]) -> float:
    """The confidence to refuse below: the cut that costs least, midway between its neighbours.

    The cost is the share of answerable questions refused over ALLOWED_REFUSED plus the share of
    unanswerable ones answered over ALLOWED_ANSWERED, the mean over their groups (near misses, off
    topic). Of equally good cuts the lowest is taken.
    """
    seen = sorted({*answerable, *(value for group in unanswerable for value in group)})
    cuts = [0.0, *((low + high) / 2 for low, high in zip(seen, seen[1:], strict=False))]

    def cost(cut: float) -> float:
        refused = sum(value < cut for value in answerable) / len(answerable)
        answered = fmean(sum(value >= cut for value in group) / len(group) for group in unanswerable)
        return refused / ALLOWED_REFUSED + answered / ALLOWED_ANSWERED

    return min(cuts, key=lambda cut: (cost(cut), cut))


class _Trial:
    """Runs training questions through retrieval and reading, with or without their own document."""

    def __init__(self, ids: Mapping[str, str], retriever: Retriever, reader: EvidenceReader) -> None:
        self._ids = ids
        self._retriever = retriever
        self._reader = reader
        self._found: dict[ReadingQuestion, tuple[Question, tuple[Hit, ...]]] = {}

    def passage_rows(self, training: ReadingQuestion) -> tuple[Matrix, NDArray[np.bool_]]:
        """Features of the passages read, and which of them hold the answer in its own document."""
        question, hits = self._hits(training)
        evidence = self._reader.read(question, hits[:EVIDENCE])
        rows = [
            (
                p.coverage,
                p.likeness,
                p.figures,
                p.similarity,
                float(p.fits),
                hits[p.handle - 1].score - hits[0].score,
                p.read,
            )
            for p in evidence.passages
        ]
        right = [
            self._own(training, hits[p.handle - 1])
            and any(squeeze(answer) in squeeze(p.text) for answer in training.answers)
            for p in evidence.passages
        ]
        return np.array(rows).reshape(-1, len(PASSAGE)), np.array(right, dtype=bool)

    def rows(self, questions: Sequence[ReadingQuestion], case: Case) -> Matrix:
        """What the calibrator sees of the questions, as they are or made near misses, one row each."""
        found = (self._features(question, case) for question in questions)
        return np.array([astuple(seen) for seen in found if seen is not None])

    def _features(self, training: ReadingQuestion, case: Case) -> Features | None:
        question, hits = self._hits(training)
        if question.kind in UNTYPICAL:
            return None
        if case == "without document":
            hits = tuple(hit for hit in hits if not self._own(training, hit))
        elif not any(self._own(training, hit) for hit in hits[:EVIDENCE]):
            return None
        evidence = self._reader.read(question, hits[:EVIDENCE])
        return features(evidence) if evidence.passages and not lacks(question, evidence) else None

    def _hits(self, training: ReadingQuestion) -> tuple[Question, tuple[Hit, ...]]:
        if training not in self._found:
            question = understand(Inquiry(training.text), history_turns=0)
            self._found[training] = question, self._retriever.retrieve(question, limit=CANDIDATES)
        return self._found[training]

    def _own(self, training: ReadingQuestion, hit: Hit) -> bool:
        return hit.paragraph.document_id == self._ids[training.source]


def _preferences(groups: Iterator[tuple[Matrix, NDArray[np.bool_]]]) -> dict[str, float]:
    """Weights under which the right rows of each group outscore the wrong ones (pairwise logistic)."""
    differences = [
        right - wrong
        for rows, correct in groups
        if correct.any() and not correct.all()
        for right in rows[correct][:1]
        for wrong in rows[~correct]
    ]
    pairs = np.array(differences)
    data = np.concatenate([pairs, -pairs])
    labels = np.repeat([1, 0], len(pairs))
    model = LogisticRegression(fit_intercept=False, C=10.0).fit(data, labels)
    return {name: round(float(weight), 3) for name, weight in zip(PASSAGE, model.coef_[0], strict=True)}

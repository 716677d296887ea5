"""Fitting the weights of reading and refusal on questions whose paragraph is known.

May import `rag`, NumPy and scikit-learn. The public set is CMRC2018 train (CC BY-SA 4.0); nothing
that is measured by a benchmark is ever fitted on.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from statistics import fmean
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from eval.rewording import reword
from eval.squad import ReadingQuestion
from rag.chinese import sentences, squeeze
from rag.datatypes import Evidence, Hit, Inquiry, Question
from rag.decision import Calibrator, Features, features, lacks
from rag.evidence import EvidenceReader
from rag.ports import Retriever
from rag.question import understand

# Only questions of every so many-th paragraph are fitted on: those are kept out of the training of the
# bundled embedding model, which otherwise knows the questions and looks better than it is.
HELD_OUT_EVERY = 5
# Share of the answerable training questions refused where the calibrator is compared.
REFUSED_SHARE = 0.04
SEED = 20180000
# How much of each mistake is tolerable: refusing a question that has an answer is the worse one.
ALLOWED_REFUSED = 0.08
ALLOWED_ANSWERED = 0.20
# Candidates a question is fitted on; the answer takes its evidence from as many.
CANDIDATES = 20
EVIDENCE = 8

Case = Literal["answerable", "without document", "without answer"]
CASES: tuple[Case, ...] = ("answerable", "without document", "without answer")
# What is fitted; the last case shares all words with its answerable twin and is measured alone.
FITTED: tuple[Case, ...] = ("answerable", "without document")
# In an encyclopaedia people and bodies come without the posts and signatures by which we know them.
UNTYPICAL = ("person", "department")

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The coefficients in the order of their records' fields, and the share of the held-out half refused.

    `refused` is counted at the threshold that refuses REFUSED_SHARE of the answerable questions.
    """

    passage: tuple[float, ...]
    calibrator: Calibrator
    refused: tuple[tuple[str, float], ...]


def fit(
    questions: Sequence[ReadingQuestion],
    ids: Mapping[str, str],
    retriever: Retriever,
    reader: EvidenceReader,
    synonyms: Mapping[str, Sequence[str]],
) -> Fitted:
    """Fit everything on one half of the questions and their reworded twins, measure on the other.

    `ids` gives the document id of each source name.
    """
    chance = random.Random(SEED)
    shuffled = list(questions)
    chance.shuffle(shuffled)
    shuffled = [twin for question in shuffled for twin in (question, reword(question, synonyms, chance))]
    half = len(shuffled) // 4 * 2
    trial = _Trial(ids, retriever, reader)
    passage = _preferences(trial.passage_rows(question) for question in shuffled[:half])
    calibrator, refused = _calibrate(trial, shuffled[:half], shuffled[half:])
    return Fitted(passage, calibrator, refused)


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
            )
            for p in evidence.passages
        ]
        right = [
            self._own(training, hits[p.handle - 1])
            and any(squeeze(answer) in squeeze(p.text) for answer in training.answers)
            for p in evidence.passages
        ]
        return np.array(rows).reshape(-1, 6), np.array(right, dtype=bool)

    def rows(self, questions: Sequence[ReadingQuestion], case: Case) -> Matrix:
        """What the calibrator sees of the questions, as they are or made near misses, one row each."""
        found = (self._evidence(question, case) for question in questions)
        return np.array([astuple(features(evidence)) for evidence in found if evidence is not None])

    def lacking(self, training: ReadingQuestion) -> bool:
        """Whether an answerable question would be refused for want of the thing it asks for."""
        evidence = self._evidence(training, "answerable")
        return evidence is not None and lacks(self._hits(training)[0], evidence)

    def _evidence(self, training: ReadingQuestion, case: Case) -> Evidence | None:
        question, hits = self._hits(training)
        if question.kind in UNTYPICAL:
            return None
        if case == "without document":
            hits = tuple(hit for hit in hits if not self._own(training, hit))
        elif not any(self._own(training, hit) for hit in hits[:EVIDENCE]):
            return None
        if case == "without answer":
            hits = tuple(cut for hit in hits if (cut := _without(hit, training.answers)) is not None)
        evidence = self._reader.read(question, hits[:EVIDENCE])
        return evidence if evidence.passages else None

    def _hits(self, training: ReadingQuestion) -> tuple[Question, tuple[Hit, ...]]:
        if training not in self._found:
            question = understand(Inquiry(training.text), history_turns=0)
            self._found[training] = question, self._retriever.retrieve(question, limit=CANDIDATES)
        return self._found[training]

    def _own(self, training: ReadingQuestion, hit: Hit) -> bool:
        return hit.paragraph.document_id == self._ids[training.source]


def _preferences(groups: Iterator[tuple[Matrix, NDArray[np.bool_]]]) -> tuple[float, ...]:
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
    return tuple(round(float(weight), 3) for weight in model.coef_[0])


def _calibrate(
    trial: _Trial, fitted: Sequence[ReadingQuestion], held_out: Sequence[ReadingQuestion]
) -> tuple[Calibrator, tuple[tuple[str, float], ...]]:
    """Logistic regression of answerable questions against near misses, and what it refuses."""
    rows = {case: trial.rows(fitted, case) for case in FITTED}
    labels = np.repeat([True, False], [len(rows[case]) for case in FITTED])
    model = LogisticRegression(C=10.0).fit(np.concatenate([rows[case] for case in FITTED]), labels)
    weights = Features(*(round(float(weight), 3) for weight in model.coef_[0]))
    threshold = np.quantile(model.predict_proba(rows["answerable"])[:, 1], REFUSED_SHARE)
    refused = [
        (case, float((model.predict_proba(trial.rows(held_out, case))[:, 1] < threshold).mean()))
        for case in CASES
    ]
    lacking = sum(trial.lacking(question) for question in held_out) / len(held_out)
    calibrator = Calibrator(round(float(model.intercept_[0]), 3), weights)
    return calibrator, (*refused, ("answerable, for lacking the thing asked", lacking))


def _without(hit: Hit, answers: Sequence[str]) -> Hit | None:
    """The hit without the sentences that hold an answer; None if nothing is left."""
    text = hit.paragraph.text
    kept = "".join(
        text[start:end]
        for start, end in sentences(text)
        if not any(squeeze(answer) in squeeze(text[start:end]) for answer in answers)
    )
    return replace(hit, paragraph=replace(hit.paragraph, text=kept)) if kept else None

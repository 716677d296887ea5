"""Fitting the weights of ranking, reading and refusal on questions whose paragraph is known.

May import `rag`, NumPy and scikit-learn. The public set is CMRC2018 train (CC BY-SA 4.0); nothing
that is measured by a benchmark is ever fitted on.
"""

import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from rag.chinese import squeeze
from rag.datatypes import Evidence, Hit, Inquiry, Question
from rag.decision import Calibrator, Features, features
from rag.errors import UnreadableFile
from rag.evidence import EvidenceReader
from rag.ports import Retriever
from rag.question import understand

# Every so many-th paragraph of the public set, and its questions, is kept out of the training of the
# bundled embedding model, which otherwise knows the questions and looks better than it is.
HELD_OUT_EVERY = 5
# Share of the answerable training questions that the threshold may refuse.
REFUSED_SHARE = 0.04
# Candidates a question is fitted on; the answer takes its evidence from as many.
CANDIDATES = 20
EVIDENCE = 8

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question, its acceptable answers, and the source name of the one document that holds them."""

    text: str
    answers: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Documents by source name and the questions about them."""

    documents: tuple[tuple[str, str], ...]
    questions: tuple[TrainingQuestion, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The coefficients, and how well they do on the half of the questions that they were not fitted on."""

    fusion: tuple[float, ...]
    passage: tuple[float, ...]
    chinese: Calibrator
    foreign: Calibrator
    threshold: float
    foreign_threshold: float
    figures: tuple[tuple[str, float], ...]


def load_held_out(path: Path) -> TrainingSet:
    """All documents of a set in SQuAD's form (plain or gzipped), with the questions about those held out.

    Raises UnreadableFile.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            articles = json.load(file)["data"]
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFile(
            f"读不了训练数据：{path}。请用 --data 指明数据文件夹，见 README“评测”。"
        ) from error
    documents, questions = [], []
    contexts = [paragraph for article in articles for paragraph in article["paragraphs"]]
    for number, paragraph in enumerate(contexts):
        source = f"{number:05d}.txt"
        documents.append((source, paragraph["context"]))
        if number % HELD_OUT_EVERY:
            continue
        for qa in paragraph["qas"]:
            answers = tuple(dict.fromkeys(answer["text"] for answer in qa["answers"]))
            questions.append(TrainingQuestion(qa["question"], answers, source))
    return TrainingSet(tuple(documents), tuple(questions))


def fit(
    questions: Sequence[TrainingQuestion],
    ids: dict[str, str],
    retriever: Retriever,
    dense_only: Retriever,
    reader: Callable[[], EvidenceReader],
) -> Fitted:
    """Fit everything on one half of the questions, measure on the other.

    `ids` gives the document id of each source name; `dense_only` retrieves by meaning alone, which
    is all there is for a question in another language.
    """
    shuffled = list(questions)
    random.Random(20180000).shuffle(shuffled)
    half = len(shuffled) // 2
    trial = _Trial(ids, retriever, reader())
    blind = _Trial(ids, dense_only, reader())
    fusion = _preferences(trial.paragraph_rows(question) for question in shuffled[:half])
    passage = _preferences(trial.passage_rows(question) for question in shuffled[:half])
    chinese, threshold, reached = _calibrate(trial, shuffled, half)
    foreign, foreign_threshold, foreign_reached = _calibrate(blind, shuffled, half, words=False)
    figures = (*reached, *((f"{name} (meaning alone)", value) for name, value in foreign_reached))
    return Fitted(fusion, passage, chinese, foreign, threshold, foreign_threshold, figures)


class _Trial:
    """Runs training questions through retrieval and reading, with or without their own document."""

    def __init__(self, ids: dict[str, str], retriever: Retriever, reader: EvidenceReader) -> None:
        self._ids = ids
        self._retriever = retriever
        self._reader = reader
        self._found: dict[TrainingQuestion, tuple[Question, tuple[Hit, ...]]] = {}

    def paragraph_rows(self, training: TrainingQuestion) -> tuple[Matrix, NDArray[np.bool_]]:
        """Features of the paragraphs found, and which of them are the question's own."""
        _, hits = self._hits(training)
        rows = [(hit.scores.dense_standard, hit.scores.lexical_standard, hit.scores.coverage) for hit in hits]
        return np.array(rows).reshape(-1, 3), np.array([self._own(training, hit) for hit in hits], dtype=bool)

    def passage_rows(self, training: TrainingQuestion) -> tuple[Matrix, NDArray[np.bool_]]:
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

    def features(self, training: TrainingQuestion, *, own: bool) -> tuple[Features, bool] | None:
        """What the calibrator sees, and whether the best passage is from the right document.

        With `own` false the question's own document is taken out: a near miss.
        """
        question, hits = self._hits(training)
        kept = [hit for hit in hits if own or not self._own(training, hit)][:EVIDENCE]
        evidence: Evidence = self._reader.read(question, kept)
        if not evidence.passages:
            return None
        found = any(self._own(training, hit) for hit in kept)
        return features(evidence), own and found

    def _hits(self, training: TrainingQuestion) -> tuple[Question, tuple[Hit, ...]]:
        if training not in self._found:
            question = understand(Inquiry(training.text), history_turns=0)
            self._found[training] = question, self._retriever.retrieve(question, limit=CANDIDATES)
        return self._found[training]

    def _own(self, training: TrainingQuestion, hit: Hit) -> bool:
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
    trial: _Trial, questions: Sequence[TrainingQuestion], half: int, *, words: bool = True
) -> tuple[Calibrator, float, tuple[tuple[str, float], ...]]:
    """Logistic regression over answerable questions and near misses, and the threshold it is used with."""
    rows, labels = _samples(trial, questions[:half], words=words)
    model = LogisticRegression(C=10.0).fit(rows, labels)
    weights = Features(*(round(float(weight), 3) for weight in model.coef_[0]))
    calibrator = Calibrator(round(float(model.intercept_[0]), 3), weights)
    confidences = model.predict_proba(rows)[:, 1]
    threshold = round(float(np.quantile(confidences[labels], REFUSED_SHARE)), 3)
    held_rows, held_labels = _samples(trial, questions[half:], words=words)
    held = model.predict_proba(held_rows)[:, 1]
    figures = (
        ("near misses refused", float((held[~held_labels] < threshold).mean())),
        ("answerable refused", float((held[held_labels] < threshold).mean())),
    )
    return calibrator, threshold, figures


def _samples(
    trial: _Trial, questions: Sequence[TrainingQuestion], *, words: bool
) -> tuple[Matrix, NDArray[np.bool_]]:
    """Feature rows and labels; every question once with and once without its own document."""
    rows, labels = [], []
    for training in questions:
        for own in (True, False):
            sample = trial.features(training, own=own)
            if sample is not None and sample[1] == own:
                seen = astuple(sample[0])
                rows.append(seen if words else (0.0, *seen[1:-1], 0.0))
                labels.append(sample[1])
    return np.array(rows), np.array(labels, dtype=bool)

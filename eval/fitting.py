"""Fitting the weights of ranking, reading and refusal on questions whose paragraph is known.

May import `rag`, NumPy and scikit-learn. The public set is CMRC2018 train (CC BY-SA 4.0); nothing
that is measured by a benchmark is ever fitted on.
"""

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import rjieba
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from rag.chinese import sentences, squeeze
from rag.datatypes import Evidence, Hit, Inquiry, Question
from rag.decision import Calibrator, Features, features
from rag.errors import UnreadableFile
from rag.evidence import EvidenceReader
from rag.ports import Retriever
from rag.question import focus_words, understand

# Every so many-th paragraph of the public set, and its questions, is kept out of the training of the
# bundled embedding model, which otherwise knows the questions and looks better than it is.
HELD_OUT_EVERY = 5
# Share of the answerable training questions that the threshold may refuse.
REFUSED_SHARE = 0.04
SEED = 20180000
# Share of a question's words that are replaced in its reworded twin, and how common a gloss may be.
REWORDED = 0.5
MOST_SYNONYMS = 6
# Candidates a question is fitted on; the answer takes its evidence from as many.
CANDIDATES = 20
EVIDENCE = 8

_ENTRY = re.compile(r"^\S+ (?P<word>[\u4e00-\u9fff]+) \[[^\]]*\] /(?P<senses>.+)/\s*$")

Case = Literal["answerable", "without document", "without answer"]
CASES: tuple[Case, ...] = ("answerable", "without document", "without answer")
# In an encyclopaedia people and bodies come without the posts and signatures by which we know them.
UNTYPICAL = ("person", "department")

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


def reword(
    training: TrainingQuestion, synonyms: Mapping[str, Sequence[str]], chance: random.Random
) -> TrainingQuestion:
    """The question with about half of its words replaced by words that a dictionary gives the same meaning.

    People ask in other words than the document's; the public questions mostly repeat its words.
    """
    pieces = [
        chance.choice(synonyms[word])
        if word in synonyms and focus_words(word) and chance.random() < REWORDED
        else word
        for word in rjieba.cut(training.text)
    ]
    return replace(training, text="".join(pieces))


def load_synonyms(path: Path) -> dict[str, tuple[str, ...]]:
    """Words of CC-CEDICT (CC BY-SA 4.0) with the other words that share one of their glosses.

    Raises UnreadableFile.
    """
    glosses: dict[str, list[str]] = defaultdict(list)
    for word, senses in _entries(path):
        for sense in senses:
            glosses[sense].append(word)
    synonyms: dict[str, dict[str, None]] = defaultdict(dict)
    for words in glosses.values():
        if 2 <= len(words) <= MOST_SYNONYMS:
            for word in words:
                synonyms[word] |= dict.fromkeys(other for other in words if other != word)
    return {word: tuple(others) for word, others in synonyms.items() if others}


def _entries(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Simplified words of two or more characters with their plain glosses."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                match = _ENTRY.match(line)
                if match and len(match["word"]) > 1:
                    yield match["word"], [sense for sense in match["senses"].split("/") if "[" not in sense]
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"读不了词典：{path}。请用 --data 指明数据文件夹，见 README“评测”。") from error


def fit(
    questions: Sequence[TrainingQuestion],
    ids: dict[str, str],
    retriever: Retriever,
    dense_only: Retriever,
    reader: Callable[[], EvidenceReader],
    synonyms: Mapping[str, Sequence[str]],
) -> Fitted:
    """Fit everything on one half of the questions and their reworded twins, measure on the other.

    `ids` gives the document id of each source name; `dense_only` retrieves by meaning alone, which
    is all there is for a question in another language.
    """
    chance = random.Random(SEED)
    shuffled = list(questions)
    chance.shuffle(shuffled)
    shuffled = [twin for question in shuffled for twin in (question, reword(question, synonyms, chance))]
    half = len(shuffled) // 4 * 2
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

    def features(self, training: TrainingQuestion, case: Case) -> Features | None:
        """What the calibrator sees of a question, as it is or made a near miss; None if it is no sample."""
        question, hits = self._hits(training)
        if question.kind in UNTYPICAL:
            return None
        if case == "without document":
            hits = tuple(hit for hit in hits if not self._own(training, hit))
        elif not any(self._own(training, hit) for hit in hits[:EVIDENCE]):
            return None
        if case == "without answer":
            hits = tuple(cut for hit in hits if (cut := _without(hit, training.answers)) is not None)
        evidence: Evidence = self._reader.read(question, hits[:EVIDENCE])
        return features(question, evidence) if evidence.passages else None

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
    """Feature rows and labels: every question as it is and as two kinds of near miss."""
    rows, labels = [], []
    for training in questions:
        for case in CASES:
            seen = trial.features(training, case)
            if seen is not None:
                rows.append(astuple(seen if words else replace(seen, coverage=0.0)))
                labels.append(case == "answerable")
    return np.array(rows), np.array(labels, dtype=bool)


def _without(hit: Hit, answers: Sequence[str]) -> Hit | None:
    """The hit without the sentences that hold an answer; None if nothing is left."""
    text = hit.paragraph.text
    kept = "".join(
        text[start:end]
        for start, end in sentences(text)
        if not any(squeeze(answer) in squeeze(text[start:end]) for answer in answers)
    )
    return replace(hit, paragraph=replace(hit.paragraph, text=kept)) if kept else None

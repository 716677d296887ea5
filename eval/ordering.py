"""Fitting the weights of ranking: which paragraph of those found a question was asked about.

May import `rag` and NumPy. A conditional logit: the weights under which the right paragraph is likeliest
to be chosen among those found, fitted by Newton's method.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.squad import ReadingQuestion
from rag.datatypes import Inquiry, Question
from rag.query.question import understand
from rag.retrieval.features import FEATURES, Table, Weights
from rag.retrieval.hybrid import Shortlist

# What an encyclopaedia without headings, years and offices cannot teach stays as it was set.
TAUGHT = (
    "dense",
    "body",
    "sentences",
    "opening",
    "phrases",
    "likeness",
    "likeness_sentences",
    "figures",
    "fits",
)
# What tells right from wrong where hardly a word is spelled alike.
FOREIGN = ("dense", "body", "likeness", "likeness_sentences", "likeness_opening", "figures")
# Fitted when the rest is, if a reranker has read.
READER = ("reader",)
# Paragraphs of each question that are kept to fit on.
DEPTH = 40
FOLDS = 5
# Pulls weights to zero as much as so many questions of one unit would.
RIDGE = 1.0
_STEPS = 100
_NOTHING = 1e-6

Find = Callable[[Question, int], Shortlist]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Choice:
    """The paragraphs found for one question: their features, and which of them are its own."""

    table: Table
    own: Mask


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of the questions whose own paragraph is first, and among the first five."""

    first: float
    five: float


def choices(questions: Sequence[ReadingQuestion], ids: Mapping[str, str], find: Find) -> list[Choice]:
    """What is found for each question; `ids` gives the document id of each source name."""
    return [_choice(question, ids[question.source], find) for question in questions]


def save(path: Path, groups: Mapping[str, Sequence[Choice]]) -> None:
    """Keep what was found, by name, so that weights can be fitted again without searching."""
    arrays = {"features": np.array(FEATURES)}
    for name, group in groups.items():
        arrays[f"{name} sizes"] = np.array([len(choice.own) for choice in group])
        arrays[f"{name} table"] = np.concatenate([choice.table for choice in group])
        arrays[f"{name} own"] = np.concatenate([choice.own for choice in group])
    np.savez_compressed(path, allow_pickle=False, **arrays)


def load(path: Path) -> dict[str, list[Choice]]:
    """What was kept; empty when there is nothing or it has other features than those of today."""
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as kept:
        if tuple(kept["features"]) != FEATURES:
            return {}
        names = [key.removesuffix(" sizes") for key in kept.files if key.endswith(" sizes")]
        return {
            name: _apart(*(kept[f"{name} {part}"] for part in ("sizes", "table", "own"))) for name in names
        }


def fit(groups: Sequence[Choice], weights: Weights, features: Sequence[str] = TAUGHT) -> Weights:
    """The weights with those of some features fitted, the others as they are."""
    columns = [FEATURES.index(name) for name in features]
    fixed = weights.column()
    fixed[columns] = 0.0
    taught = [
        _taught(choice, fixed, columns) for choice in groups if choice.own.any() and not choice.own.all()
    ]
    found = np.zeros(len(columns))
    best = _likelihood(taught, found)
    for _ in range(_STEPS):
        slope, bend = _slopes(taught, found)
        step = np.linalg.solve(bend + RIDGE * np.eye(len(columns)), slope - RIDGE * found)
        # Far from the best weights a whole step can leap beyond them.
        while (reached := _likelihood(taught, found + step)) < best and np.abs(step).max() > _NOTHING:
            step = step / 2
        found, best = found + step, reached
        if np.abs(step).max() < _NOTHING:
            break
    rounded = {name: round(float(value), 3) for name, value in zip(features, found, strict=True)}
    return replace(weights, **rounded)


def recall(groups: Sequence[Choice], weights: Weights) -> Recall:
    """How often the weights put a question's own paragraph first; a tie is lost."""
    places = [_place(choice.table @ weights.column(), choice.own) for choice in groups]
    return Recall(
        sum(place == 1 for place in places) / len(places),
        sum(1 <= place <= 5 for place in places) / len(places),
    )


def held_out(groups: Sequence[Choice], weights: Weights, features: Sequence[str] = TAUGHT) -> Recall:
    """The recall over questions that the weights were not fitted on, each fold by the others."""
    found = []
    for fold in range(FOLDS):
        learnt = fit([one for at, one in enumerate(groups) if at % FOLDS != fold], weights, features)
        found.append(recall(groups[fold::FOLDS], learnt))
    return Recall(*(float(np.mean([getattr(one, part) for one in found])) for part in ("first", "five")))


def _choice(training: ReadingQuestion, document_id: str, find: Find) -> Choice:
    found = find(understand(Inquiry(training.text), history_turns=0), DEPTH)
    own = [hit.paragraph.document_id == document_id for hit in found.hits]
    return Choice(found.table, np.array(own, dtype=bool))


def _apart(sizes: NDArray[np.int64], table: Table, own: Mask) -> list[Choice]:
    ends = np.cumsum(sizes)[:-1]
    return [Choice(*parts) for parts in zip(np.split(table, ends), np.split(own, ends), strict=True)]


def _taught(choice: Choice, fixed: Table, columns: Sequence[int]) -> tuple[Table, Table]:
    """Features relative to those of the right paragraph, and what the fixed weights make of the others."""
    right = int(np.flatnonzero(choice.own)[0])
    others = choice.table[~choice.own] - choice.table[right]
    return others[:, columns], others @ fixed


def _likelihood(taught: Sequence[tuple[Table, Table]], found: Table) -> float:
    """The log of the chance that every right paragraph is chosen, less what the ridge takes."""
    chance = -sum(
        float(np.logaddexp(np.logaddexp.reduce(rows @ found + offset), 0.0)) for rows, offset in taught
    )
    return chance - RIDGE / 2 * float(found @ found)


def _slopes(taught: Sequence[tuple[Table, Table]], found: Table) -> tuple[Table, Table]:
    """Gradient and curvature of the log of the chance that each right paragraph is chosen."""
    slope, bend = np.zeros(len(found)), np.zeros((len(found), len(found)))
    for rows, offset in taught:
        scores = rows @ found + offset
        top = max(float(scores.max()), 0.0)
        odds = np.exp(scores - top)
        chance = odds / (odds.sum() + np.exp(-top))
        mean = chance @ rows
        slope -= mean
        bend += (rows * chance[:, np.newaxis]).T @ rows - np.outer(mean, mean)
    return slope, bend


def _place(scores: Table, own: Mask) -> int:
    return int((scores[~own] >= scores[own].max()).sum()) + 1 if own.any() else 0

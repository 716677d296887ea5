"""A written folder loads as a plain sentence-transformers model with the vectors that went in."""

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer, models, pre_tokenizers

from vectorstore.training import export


@pytest.fixture
def rows() -> np.ndarray:
    made = np.random.default_rng(0).standard_normal((4, 32), dtype=np.float32)
    made[0] = 0
    return made


def test_quantised_rows_come_back_within_half_a_step(rows):
    steps, scale = export.quantised(rows)
    assert steps.dtype == np.int8
    assert np.abs(steps * scale[:, None] - rows).max() <= scale.max() / 2 + 1e-7
    assert not steps[0].any()


def test_reduction_keeps_likeness_where_the_samples_allow_it():
    chance = np.random.default_rng(0)
    flat = (chance.standard_normal((50, 4)) @ chance.standard_normal((4, 16))).astype(np.float32)
    small = export.reduced(flat, flat, 4)
    assert small.shape == (50, 4)
    assert np.allclose(small @ small.T, flat @ flat.T, atol=1e-3)


def test_folder_loads_and_means_the_rows(rows, tmp_path):
    tokenizer = Tokenizer(models.WordLevel({"?": 0, "甲": 1, "乙": 2, "丙": 3}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    export.write(tmp_path, tokenizer, rows)
    vectors = SentenceTransformer(str(tmp_path), device="cpu").encode(["甲 乙", "丙", "?"])
    wanted = np.stack([rows[1] + rows[2], rows[3]])
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert vectors.dtype == np.float32
    assert np.allclose(vectors[:2], wanted, atol=0.01)
    assert not vectors[2].any()

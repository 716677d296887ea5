"""Vectors of single words."""

import numpy as np
import pytest

from vectorstore.embedding import FAST, SentenceTransformerEmbedder
from vectorstore.words import WordEmbedder


@pytest.fixture(scope="module")
def words() -> WordEmbedder:
    return WordEmbedder()


def test_words_are_in_the_space_of_the_fast_model(words):
    some = ["电梯", "住宅", "housing", "2024", "牵头"]
    assert np.allclose(words.embed_documents(some), SentenceTransformerEmbedder(FAST).embed_documents(some))


def test_words_of_one_meaning_are_nearer_than_others(words):
    night, evening, elevator = words.embed_documents(["夜间", "晚上", "电梯"])
    assert night @ evening > 0.5 > night @ elevator


@pytest.mark.parametrize("text", ["", "😀", "한국어", "\0"])
def test_what_has_no_known_word_is_a_zero_row(words, text):
    assert not words.embed_query(text).any()


def test_a_word_that_is_not_in_the_vocabulary_is_made_of_its_parts(words):
    row = words.embed_query("既有住宅加装电梯")
    assert np.isclose(np.linalg.norm(row), 1, atol=1e-5)
    assert row @ words.embed_query("电梯") > 0.4


def test_no_words_give_no_rows(words):
    assert words.embed_documents([]).shape == (0, 256)

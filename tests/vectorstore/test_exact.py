import numpy as np
import pytest

from rag.datatypes import Match
from tests.vectorstore.contract import SearcherContract
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import WATER, parsed
from vectorstore.exact import ExactIndex
from vectorstore.points import Point, embed


class HeldExact(ExactIndex):
    def keep(self, document):
        self.add(embed(document.chunks, BigramEmbedder()))


class TestExactIndex(SearcherContract):
    @pytest.fixture
    def held(self):
        return HeldExact(BigramEmbedder())


class AxisEmbedder(BigramEmbedder):
    def embed_query(self, text):
        return np.array([1.0, 0.0], dtype=np.float32)


def test_score_is_the_cosine_of_the_best_chunk():
    vectors = {"a": (0.6, 0.8), "b": (0.8, 0.6), "c": (0.0, 1.0)}
    points = [
        Point(f"d-{name}", "d", 1 + (name == "c"), np.array(vector, np.float32))
        for name, vector in vectors.items()
    ]
    index = ExactIndex(AxisEmbedder(), points)
    assert index.search("x", limit=5) == [Match("d", 1, 0.8), Match("d", 2, 0.0)]
    assert index.search("x", limit=5, hidden=frozenset({"d"})) == []


def test_counts_and_what_is_lost():
    document = parsed(WATER)
    index = ExactIndex(BigramEmbedder(), embed(document.chunks, BigramEmbedder()))
    assert index.count() == len(document.chunks)
    assert index.lost([document.chunks[0].id, "never"]) == ["never"]
    index.close()
    assert index.count() == 0

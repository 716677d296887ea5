import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.datatypes import Closeness, Match
from tests.vectorstore.contract import SearcherContract, keys
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.keeping import exact
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore import exact as module
from vectorstore.codes import encode
from vectorstore.exact import ExactIndex
from vectorstore.points import Points


class TestExactIndex(SearcherContract):
    @pytest.fixture(params=[0, 5, 1000], ids=["codes", "growing", "whole"])
    def held(self, tmp_path, request):
        with exact(tmp_path, held=request.param) as kept:
            yield kept


class Table:
    """Vectors by their place, from 0."""

    def __init__(self, rows):
        self.table = np.array(rows, dtype=np.float32)

    def rows(self, numbers):
        return self.table[numbers]

    def codes(self, numbers):
        return encode(self.table[numbers])


class AxisEmbedder(BigramEmbedder):
    def embed_query(self, text):
        return np.array([1.0, 0.0], dtype=np.float32)


def index_of(rows, points, *, held=100):
    documents = {edition: f"d{edition}" for edition, _, _ in points}
    return ExactIndex(AxisEmbedder(), Table(rows), documents=documents, points=Points.of(points), held=held)


def test_score_is_the_cosine_of_the_best_chunk():
    index = index_of([(0.6, 0.8), (0.8, 0.6), (0.0, 1.0)], [(1, 1, 0), (1, 1, 1), (1, 2, 2)])
    assert index.search("x", limit=5) == [Match("d1", 1, 0.8), Match("d1", 2, 0.0)]
    assert index.search("x", limit=5, hidden=frozenset({1})) == []


def test_one_vector_stands_for_every_paragraph_that_says_the_same():
    index = index_of([(0.6, 0.8), (1.0, 0.0)], [(1, 1, 1), (2, 7, 1), (2, 8, 0)])
    assert keys(index.search("x", limit=5)) == [("d1", 1), ("d2", 7), ("d2", 8)]
    index.remove([1])
    assert keys(index.search("x", limit=5)) == [("d2", 7), ("d2", 8)]
    assert (index.count(), index.vectors()) == (2, 2)


def test_an_edition_on_its_way_in_is_hidden_beside_the_one_it_will_replace(tmp_path):
    with exact(tmp_path) as kept:
        kept.keep(parsed(WATER, document_id="water"))
        old = kept.editions["water"]
        kept.keep(parsed(SCHOOL, document_id="water"))
        new = kept.editions["water"]
        before = kept.search("城市绿地", limit=9, hidden=frozenset({new}))
        assert keys(before)[0] == ("water", 2)
        assert {match.paragraph for match in before} == {1, 2, 3}
        after = kept.search("课后服务", limit=9, hidden=frozenset({old}))
        assert keys(after) == [("water", 2), ("water", 1)]


@given(seed=st.integers(0, 2**32 - 1), size=st.integers(1, 400), dimension=st.sampled_from([3, 64, 100]))
@settings(max_examples=30, deadline=None)
def test_every_stored_vector_is_found_first_among_codes(seed, size, dimension):
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(size, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index = index_of(rows, [(1, number, number) for number in range(size)], held=0)
    for number in chance.choice(size, min(size, 5), replace=False):
        assert index.nearest(rows[number], limit=1)[0].score == pytest.approx(1.0, abs=1e-5)


def test_codes_find_what_comparing_with_every_vector_finds(monkeypatch):
    monkeypatch.setattr(module, "CANDIDATES", 200)
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(20_000, 64)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    points = [(1 + number // 100, number, number) for number in range(len(rows))]
    coded, whole = index_of(rows, points, held=0), index_of(rows, points, held=len(rows))
    for number in range(0, 20_000, 1000):
        asked = rows[number] + chance.normal(size=64).astype(np.float32) * 0.05
        own = 1 + number // 100
        # All, two documents and so fewer vectors than candidates, eight and so more.
        scopes = ((), (own, 7), range(own, own + 8))
        scope = frozenset(f"d{edition}" for edition in scopes[number // 1000 % 3])
        assert coded.nearest(asked, limit=1, document_ids=scope) == whole.nearest(
            asked, limit=1, document_ids=scope
        )


def test_counts_and_closing(tmp_path):
    with exact(tmp_path) as kept:
        document = parsed(WATER)
        kept.keep(document)
        assert kept.index.count() == len(document.chunks)
        kept.index.close()
        assert kept.index.count() == 0
        assert kept.search("绿地", limit=1) == []


@pytest.mark.parametrize("held", [0, 100], ids=["codes", "whole"])
def test_how_near_any_paragraph_is_by_its_two_best_chunks(held):
    rows = [(0.6, 0.8), (0.8, 0.6), (0.0, 1.0), (1.0, 0.0)]
    points = [(1, 1, 0), (1, 1, 2), (1, 2, 1), (2, 1, 3), (1, 1, 1)]
    index = index_of(rows, points, held=held)
    wanted = [("d2", 1), ("d1", 9), ("d1", 1), ("gone", 1), ("d1", 2)]
    expected = [Closeness(1.0, 1.0), Closeness(), Closeness(0.8, 0.6), Closeness(), Closeness(0.8, 0.8)]
    assert index.closeness("x", wanted) == expected
    assert index.closeness("x", []) == []
    assert index.closeness("x", wanted[:1], hidden=frozenset({2})) == [Closeness()]
    index.remove([1])
    assert index.closeness("x", wanted) == [Closeness(1.0, 1.0), *[Closeness()] * 4]


def test_of_two_editions_the_one_shown_is_near():
    points, documents = Points.of([(1, 1, 0), (2, 1, 1)]), {1: "a", 2: "a"}
    index = ExactIndex(AxisEmbedder(), Table([(0.6, 0.8), (1.0, 0.0)]), documents=documents, points=points)
    assert index.closeness("x", [("a", 1)], hidden=frozenset({2})) == [Closeness(0.6, 0.6)]
    assert index.closeness("x", [("a", 1)], hidden=frozenset({1})) == [Closeness(1.0, 1.0)]


@given(seed=st.integers(0, 2**32 - 1), size=st.integers(1, 60))
@settings(max_examples=30, deadline=None)
def test_the_best_chunk_is_the_one_searching_finds(seed, size):
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(size, 2)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    points = [(int(chance.integers(1, 4)), int(chance.integers(1, 5)), place) for place in range(size)]
    index = index_of(rows, points)
    found = index.search("x", limit=size)
    near = index.closeness("x", keys(found))
    assert [each.best for each in near] == [match.score for match in found]
    assert all(each.second <= each.best for each in near)


@given(st.integers(0, 2**16), st.integers(1, 60), st.integers(1, 60))
def test_how_near_a_paragraph_is_does_not_depend_on_what_was_compared_before(seed, size, candidates):
    rows = np.random.RandomState(seed).normal(size=(size, 2))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    points = [(1, place // 3 + 1, place) for place in range(size)]
    every = [("d1", number) for number in range(1, size // 3 + 2)]
    axis = np.array([1.0, 0.0], dtype=np.float32)

    class Keeping(AxisEmbedder):
        def embed_query(self, text):
            return axis

    def index():
        return ExactIndex(Keeping(), Table(rows), documents={1: "d1"}, points=Points.of(points), held=0)

    before, after = index(), index()
    after.nearest(axis, limit=1, among=np.arange(0, size, max(size // candidates, 1)))
    assert after.closeness("x", every) == before.closeness("x", every)

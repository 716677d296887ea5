"""Two indexes on one scale: scores worked by hand from lists, and order kept on real indexes."""

import random
from collections.abc import Sequence
from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Attributes, Chunk, Hit, Inquiry, Match, Question
from rag.ports import Vector
from rag.question import understand
from rag.retrieval import FusionWeights, HybridRetriever, sort_hits
from tests.rag.letters import Letters, matcher
from tests.rag.shelf import PLAN, SPEECHES, Page, Shelf
from vectorstore.codes import Codes, encode
from vectorstore.exact import ExactIndex
from vectorstore.points import Numbers, Points

SHELF = Shelf(PLAN, SPEECHES)
NOTHING = FusionWeights(
    dense=0.0, lexical=0.0, foreign_lexical=0.0, coverage=0.0, likeness=0.0, apparatus=0.0
)
LIFTS = "加装多少台电梯？"


class Listed:
    """Implements rag.ports.Searcher: what an index found, whatever is asked."""

    def __init__(self, *matches: tuple[str, int, float]) -> None:
        self._matches = [Match(*match) for match in matches]

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        inside = (match for match in self._matches if not document_ids or match.document_id in document_ids)
        return list(inside)[:limit]


def asked(text: str) -> Question:
    return understand(Inquiry(text), history_turns=0)


def find(
    dense: Listed,
    lexical: Listed,
    *,
    text: str = LIFTS,
    weights: FusionWeights = NOTHING,
    shelf: Shelf = SHELF,
    candidates: int = 10,
    limit: int = 10,
    scope: frozenset[str] = frozenset(),
) -> tuple[Hit, ...]:
    retriever = HybridRetriever(
        shelf, dense=dense, lexical=lexical, matcher=matcher(), candidates=candidates, weights=weights
    )
    return retriever.retrieve(asked(text), limit=limit, document_ids=scope)


def keys(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    return [(hit.paragraph.document_id, hit.paragraph.number) for hit in hits]


def shelf_of(**documents: Sequence[tuple[str, Attributes]]) -> Shelf:
    return Shelf(
        *(
            Page(name, name, tuple((text, (), attributes) for text, attributes in parts))
            for name, parts in documents.items()
        )
    )


def test_scores_are_standardised_over_the_candidates() -> None:
    # Dense .9 .5 .1: mean .5, deviation .32660; lexical 8 and 4: mean 6, deviation 2.
    dense = Listed(("plan", 1, 0.9), ("plan", 2, 0.5), ("plan", 3, 0.1))
    lexical = Listed(("plan", 3, 8.0), ("speeches", 1, 4.0))
    found = {
        key: hit.scores for key, hit in zip(keys(find(dense, lexical)), find(dense, lexical), strict=True)
    }
    standard = {key: (scores.dense_standard, scores.lexical_standard) for key, scores in found.items()}
    assert standard == {
        ("plan", 1): pytest.approx((1.2247449, -1.0)),
        ("plan", 2): pytest.approx((0.0, -1.0)),
        ("plan", 3): pytest.approx((-1.2247449, 1.0)),
        ("speeches", 1): pytest.approx((-1.2247449, -1.0)),
    }
    assert (found["plan", 3].dense, found["plan", 3].lexical) == (0.1, 8.0)
    assert (found["plan", 1].lexical, found["speeches", 1].dense) == (0.0, 0.0)


def test_the_score_is_the_weighted_sum_of_its_parts() -> None:
    weights = FusionWeights(
        dense=1.0, lexical=10.0, foreign_lexical=0.0, coverage=100.0, likeness=1000.0, apparatus=0.0
    )
    found = find(Listed(("plan", 3, 0.9), ("plan", 1, 0.7)), Listed(("plan", 3, 5.0)), weights=weights)
    assert keys(found)[0] == ("plan", 3)
    for hit in found:
        scores = hit.scores
        parts = 10 * scores.lexical_standard + 100 * scores.coverage + 1000 * scores.likeness
        assert hit.score == pytest.approx(scores.dense_standard + parts)


def test_a_question_in_another_language_weighs_words_in_its_own_way() -> None:
    weights = replace(NOTHING, lexical=1.0, foreign_lexical=7.0)
    lexical = Listed(("plan", 3, 5.0), ("plan", 1, 1.0))
    in_chinese = find(Listed(), lexical, weights=weights)
    in_english = find(Listed(), lexical, weights=weights, text="How many elevators are added?")
    assert [hit.score for hit in in_chinese] == [1.0, -1.0]
    assert [hit.score for hit in in_english] == [7.0, -7.0]


def test_one_candidate_or_equal_scores_stand_at_the_mean() -> None:
    found = find(Listed(("plan", 1, 0.4)), Listed(("plan", 2, 3.0), ("plan", 1, 3.0)))
    assert {(hit.scores.dense_standard, hit.scores.lexical_standard) for hit in found} == {(0.0, 0.0)}


def test_an_index_that_finds_nothing_takes_nothing_away() -> None:
    found = find(Listed(), Listed(("plan", 1, 2.0), ("plan", 2, 1.0)), weights=replace(NOTHING, dense=5.0))
    assert [hit.score for hit in found] == [0.0, 0.0]
    assert find(Listed(), Listed()) == ()


def test_ties_are_broken_by_document_and_number() -> None:
    every = [("speeches", 3, 1.0), ("plan", 3, 1.0), ("speeches", 1, 1.0), ("plan", 1, 1.0), ("plan", 2, 1.0)]
    expected = [("plan", 1), ("plan", 2), ("plan", 3), ("speeches", 1), ("speeches", 3)]
    chance = random.Random(7)
    for _ in range(10):
        chance.shuffle(every)
        assert keys(find(Listed(*every), Listed(*reversed(every)))) == expected


@given(st.permutations(range(5)), st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=5, max_size=5))
def test_the_order_does_not_depend_on_the_order_of_the_candidates(
    order: list[int], scores: list[float]
) -> None:
    places = [("plan", 1), ("plan", 2), ("plan", 3), ("speeches", 1), ("speeches", 3)]
    hits = [replace(SHELF.hits(place)[0], score=score) for place, score in zip(places, scores, strict=True)]
    assert sort_hits(hits[place] for place in order) == sort_hits(hits)


def test_no_more_than_asked_for_and_no_more_candidates_than_set() -> None:
    dense = Listed(("plan", 1, 0.9), ("plan", 2, 0.8), ("plan", 3, 0.7))
    lexical = Listed(("speeches", 1, 9.0), ("speeches", 3, 8.0))
    assert len(find(dense, lexical)) == 5
    assert len(find(dense, lexical, limit=2)) == 2
    assert keys(find(dense, lexical, candidates=1)) == [("plan", 1), ("speeches", 1)]


def test_the_scope_is_kept_and_invisible_paragraphs_are_passed_over() -> None:
    dense = Listed(("plan", 1, 0.9), ("gone", 1, 0.99), ("speeches", 3, 0.2), ("plan", 99, 0.95))
    lexical = Listed(("gone", 2, 50.0), ("speeches", 1, 1.0))
    everywhere = keys(find(dense, lexical))
    assert sorted(everywhere) == [("plan", 1), ("speeches", 1), ("speeches", 3)]
    scope = frozenset({"speeches", "gone"})
    assert sorted(keys(find(dense, lexical, scope=scope))) == [("speeches", 1), ("speeches", 3)]
    assert find(dense, lexical, scope=frozenset({"nowhere"})) == ()


def test_what_is_invisible_does_not_move_the_scale() -> None:
    lexical = Listed(("plan", 1, 3.0), ("plan", 2, 1.0))
    alone = find(Listed(("plan", 1, 0.9), ("plan", 2, 0.1)), lexical)
    beside = find(Listed(("gone", 1, 123.0), ("plan", 1, 0.9), ("plan", 2, 0.1)), lexical)
    assert [astuple(hit.scores) for hit in beside] == [astuple(hit.scores) for hit in alone]


@pytest.mark.parametrize("kind", ["title", "heading", "signature"])
def test_what_only_announces_comes_after_a_paragraph_that_says_the_same(kind: str) -> None:
    shelf = shelf_of(a=[("加装电梯200台", Attributes(kind)), ("加装电梯200台", Attributes())])
    matches = Listed(("a", 1, 1.0), ("a", 2, 1.0))
    found = find(matches, matches, shelf=shelf, weights=FusionWeights())
    assert keys(found) == [("a", 2), ("a", 1)]
    assert found[0].scores == found[1].scores
    assert found[0].score > found[1].score


def test_a_signature_is_not_held_back_where_it_can_answer() -> None:
    signed = Attributes("signature", "区教育局", "徐勇", "局长")
    shelf = shelf_of(a=[("区教育局局长 徐勇", signed), ("区教育局局长 徐勇", replace(signed, kind="body"))])
    matches = Listed(("a", 1, 1.0), ("a", 2, 1.0))
    found = find(matches, matches, shelf=shelf, weights=FusionWeights(), text="区教育局局长是谁？")
    assert found[0].score == found[1].score


def test_a_comparison_begins_with_the_best_of_each_document() -> None:
    line = ("加装电梯200台", Attributes())
    shelf = shelf_of(a=[line, line, line], b=[line, line], c=[line])
    dense = Listed(("a", 1, 0.9), ("a", 2, 0.8), ("a", 3, 0.7), ("b", 1, 0.6), ("b", 2, 0.5), ("c", 1, 0.1))
    weights = replace(NOTHING, dense=0.1)
    plain = find(dense, Listed(), shelf=shelf, weights=weights)
    spread = find(dense, Listed(), shelf=shelf, weights=weights, text="两份文件里加装电梯有什么不同？")
    assert keys(plain) == [("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2), ("c", 1)]
    assert keys(spread) == [("a", 1), ("b", 1), ("c", 1), ("a", 2), ("a", 3), ("b", 2)]
    assert sorted(keys(spread)) == sorted(keys(plain))
    few = find(dense, Listed(), shelf=shelf, weights=weights, text="两份文件里加装电梯有什么不同？", limit=2)
    assert keys(few) == [("a", 1), ("b", 1)]


def test_a_comparison_does_not_lift_a_document_that_is_far_behind() -> None:
    line = ("加装电梯200台", Attributes())
    shelf = shelf_of(a=[line, line], b=[("养老", Attributes())])
    dense = Listed(("a", 1, 1.0), ("a", 2, 0.99), ("b", 1, 0.0))
    weights = replace(NOTHING, dense=100.0)
    found = find(dense, Listed(), shelf=shelf, weights=weights, text="两份文件里加装电梯有什么不同？")
    assert keys(found) == [("a", 1), ("a", 2), ("b", 1)]


class Rows:
    """The vectors of chunks, by place."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self._rows = Letters().embed_documents([chunk.text for chunk in chunks])

    def rows(self, numbers: Numbers) -> Vector:
        return self._rows[numbers]

    def codes(self, numbers: Numbers) -> Codes:
        return encode(self._rows[numbers])


def test_the_better_of_two_real_indexes_is_heard() -> None:
    lines = ["加装电梯200台以上。", "新增学位5600个。", "组织老年食堂送餐。", "电梯维修资金。"]
    shelf = shelf_of(a=[(line, Attributes()) for line in lines])
    chunks = [Chunk(f"a{n}", "a", n, n, line, line) for n, line in enumerate(lines, 1)]
    points = Points.of((1, chunk.first, place) for place, chunk in enumerate(chunks))
    index = ExactIndex(Letters(), Rows(chunks), documents={1: "a"}, points=points)
    retriever = HybridRetriever(shelf, dense=index, lexical=Listed(), matcher=matcher(), candidates=10)
    questions = {"加装多少台电梯？": 1, "新增多少个学位？": 2, "老年食堂怎么送餐？": 3}
    for text, number in questions.items():
        first = retriever.retrieve(asked(text), limit=3)
        assert first[0].paragraph.number == number
        assert first == retriever.retrieve(asked(text), limit=3)
        assert [hit.score for hit in first] == sorted((hit.score for hit in first), reverse=True)
        assert {hit.title for hit in first} == {"a"}

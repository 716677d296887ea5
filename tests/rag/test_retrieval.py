"""Two indexes and one order: what each gives, worked by hand from lists, and real indexes heard together."""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rag.datatypes import Attributes, Chunk, Closeness, FieldScores, Hit, Inquiry, Match, Question
from rag.ports import Reranker, Vector
from rag.query.question import understand
from rag.retrieval.features import FEATURES, Weights
from rag.retrieval.hybrid import SHORTLIST, HybridRetriever
from rag.retrieval.ranking import Weighting
from tests.rag.letters import Letters, matcher
from tests.rag.shelf import PLAN, SPEECHES, Page, Shelf
from vectorstore.codes import Codes, encode
from vectorstore.exact import ExactIndex
from vectorstore.points import Numbers, Points

SHELF = Shelf(PLAN, SPEECHES)
BY_MEANING = Weighting.alone(Weights(dense=1.0))
BY_WORDS = Weighting.alone(Weights(body=1.0))
LIFTS = "加装多少台电梯？"


class Listed:
    """Implements both index ports: what an index found, whatever is asked; it knows nothing of the rest."""

    def __init__(self, *matches: tuple[str, int, float]) -> None:
        self._matches = [Match(*match) for match in matches]
        self._scores = {(match.document_id, match.paragraph): match.score for match in self._matches}

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        inside = (match for match in self._matches if not document_ids or match.document_id in document_ids)
        return list(inside)[:limit]

    def closeness(self, query: str, keys: Sequence[tuple[str, int]]) -> list[Closeness]:
        return [Closeness(self._scores.get(key, 0.0), self._scores.get(key, 0.0)) for key in keys]

    def fields(self, query: str, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], FieldScores]:
        return {key: FieldScores(body=self._scores.get(key, 0.0)) for key in keys}


def asked(text: str) -> Question:
    return understand(Inquiry(text), history_turns=0)


def find(
    dense: Listed,
    lexical: Listed,
    *,
    text: str = LIFTS,
    weighting: Weighting = BY_MEANING,
    shelf: Shelf = SHELF,
    candidates: int = 10,
    limit: int = 10,
    scope: frozenset[str] = frozenset(),
    reranker: Reranker | None = None,
) -> tuple[Hit, ...]:
    retriever = HybridRetriever(
        shelf,
        dense=dense,
        lexical=lexical,
        matcher=matcher(),
        candidates=candidates,
        weighting=weighting,
        reranker=reranker,
    )
    return retriever.retrieve(asked(text), limit=limit, document_ids=scope)


def keys(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    return [(hit.paragraph.document_id, hit.paragraph.number) for hit in hits]


def values(hits: Sequence[Hit], name: str) -> dict[tuple[str, int], float]:
    return {
        key: next(part.value for part in hit.parts if part.name == name)
        for key, hit in zip(keys(hits), hits, strict=True)
    }


def shelf_of(**documents: Sequence[tuple[str, Attributes]]) -> Shelf:
    return Shelf(
        *(
            Page(name, name, tuple((text, (), attributes) for text, attributes in parts))
            for name, parts in documents.items()
        )
    )


def test_what_either_index_found_is_scored_by_both() -> None:
    # Cosines .9 .5 .1 and .1 for what only the words found: mean .4, deviation .33166.
    dense = Listed(("plan", 1, 0.9), ("plan", 2, 0.5), ("plan", 3, 0.1))
    lexical = Listed(("plan", 3, 8.0), ("speeches", 1, 4.0))
    dense._scores["speeches", 1] = 0.1
    near = values(find(dense, lexical), "dense")
    shared = values(find(dense, lexical, weighting=BY_WORDS), "body")
    assert near == {
        ("plan", 1): pytest.approx(1.5075567),
        ("plan", 2): pytest.approx(0.3015113),
        ("plan", 3): pytest.approx(-0.9045340),
        ("speeches", 1): pytest.approx(-0.9045340),
    }
    assert shared == {("plan", 1): 0.0, ("plan", 2): 0.0, ("plan", 3): 2.0, ("speeches", 1): 1.0}


def test_the_parts_explain_the_whole_score() -> None:
    found = find(Listed(("plan", 3, 0.9), ("plan", 1, 0.7)), Listed(("plan", 3, 5.0)), weighting=Weighting())
    assert keys(found)[0] == ("plan", 3)
    for hit in found:
        assert hit.score == pytest.approx(sum(part.contribution for part in hit.parts))
        assert len({part.name for part in hit.parts}) == len(hit.parts) > 5
        assert all(part.weight for part in hit.parts)


def test_a_question_in_another_language_weighs_words_in_its_own_way() -> None:
    weighting = replace(BY_WORDS, foreign=Weights(body=7.0))
    lexical = Listed(("plan", 3, 5.0), ("plan", 1, 1.0))
    in_chinese = find(Listed(), lexical, weighting=weighting)
    in_english = find(Listed(), lexical, weighting=weighting, text="How many elevators are added?")
    for found, weight in ((in_chinese, 1.0), (in_english, 7.0)):
        assert keys(found) == [("plan", 3), ("plan", 1)]
        assert found[0].score == pytest.approx(5 * found[1].score)
        assert {part.weight for hit in found for part in hit.parts} == {weight}


def test_one_candidate_or_equal_scores_stand_at_the_mean() -> None:
    assert set(values(find(Listed(("plan", 1, 0.4)), Listed()), "dense").values()) == {0.0}
    equal = find(Listed(("plan", 1, 0.4), ("plan", 2, 0.4)), Listed())
    assert set(values(equal, "dense").values()) == {0.0}


def test_an_index_that_finds_nothing_takes_nothing_away() -> None:
    found = find(Listed(), Listed(("plan", 1, 2.0), ("plan", 2, 1.0)))
    assert [hit.score for hit in found] == [0.0, 0.0]
    assert find(Listed(), Listed()) == ()


def test_ties_are_broken_by_document_and_number() -> None:
    every = [("speeches", 3, 1.0), ("plan", 3, 1.0), ("speeches", 1, 1.0), ("plan", 1, 1.0), ("plan", 2, 1.0)]
    expected = [("plan", 1), ("plan", 2), ("plan", 3), ("speeches", 1), ("speeches", 3)]
    chance = random.Random(7)
    for _ in range(10):
        chance.shuffle(every)
        assert keys(find(Listed(*every), Listed(*reversed(every)))) == expected


def test_only_the_shortlist_is_looked_at_and_it_grows_with_what_is_asked_for() -> None:
    texts = [(f"第{number}段写着电梯。", Attributes()) for number in range(SHORTLIST + 10)]
    dense = Listed(*(("a", number, 1 - number / 100) for number in range(1, len(texts) + 1)))
    wide = {"shelf": shelf_of(a=texts), "candidates": 100}
    assert len(find(dense, Listed(), limit=SHORTLIST + 5, **wide)) == SHORTLIST + 5
    assert keys(find(dense, Listed(), limit=3, **wide)) == [("a", 1), ("a", 2), ("a", 3)]


def test_words_are_compared_in_the_most_promising_alone_and_the_rest_come_after_them() -> None:
    texts = [(f"第{number}段写着电梯，加装了{number}台。", Attributes()) for number in range(1, 13)]
    dense = Listed(*(("a", number, 1 - number / 100) for number in range(1, len(texts) + 1)))
    retriever = HybridRetriever(
        shelf_of(a=texts), dense=dense, lexical=Listed(), matcher=matcher(), candidates=100
    )
    every = retriever.shortlist(asked(LIFTS), size=len(texts))
    some = retriever.shortlist(asked(LIFTS), size=len(texts), closely=4)
    assert some.hits == every.hits
    compared = np.flatnonzero(some.table[:, FEATURES.index("likeness")])
    assert len(compared) == 4
    assert (some.table[compared] == every.table[compared]).all()
    scores = some.table @ Weighting().chinese.column()
    assert set(np.argsort(-scores)[:4]) == set(compared)


def test_headings_do_not_crowd_out_of_the_shortlist_what_can_answer() -> None:
    heads = [("加装电梯", Attributes("heading"))] * (SHORTLIST + 5)
    shelf = shelf_of(a=[*heads, ("加装电梯200台", Attributes())])
    dense = Listed(*(("a", number, 1 - number / 100) for number in range(1, len(heads) + 2)))
    found = find(dense, Listed(), shelf=shelf, candidates=100, weighting=Weighting())
    assert keys(found)[0] == ("a", len(heads) + 1)


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


@pytest.mark.parametrize("kind", ["title", "heading", "signature"])
def test_what_only_announces_comes_after_a_paragraph_that_says_the_same(kind: str) -> None:
    shelf = shelf_of(a=[("加装电梯200台", Attributes(kind)), ("加装电梯200台", Attributes())])
    matches = Listed(("a", 1, 1.0), ("a", 2, 1.0))
    found = find(matches, matches, shelf=shelf, weighting=Weighting())
    assert keys(found) == [("a", 2), ("a", 1)]
    assert found[0].score > found[1].score


def test_a_signature_is_not_held_back_where_it_can_answer() -> None:
    signed = Attributes("signature", "区教育局", "徐勇", "局长")
    shelf = shelf_of(a=[("区教育局局长 徐勇", signed), ("区教育局局长 徐勇", replace(signed, kind="body"))])
    matches = Listed(("a", 1, 1.0), ("a", 2, 1.0))
    found = find(matches, matches, shelf=shelf, weighting=Weighting(), text="区教育局局长是谁？")
    assert found[0].score == found[1].score


def test_a_comparison_begins_with_the_best_of_each_document() -> None:
    line = ("加装电梯200台", Attributes())
    shelf = shelf_of(a=[line, line, line], b=[line, line], c=[line])
    dense = Listed(("a", 1, 0.9), ("a", 2, 0.8), ("a", 3, 0.7), ("b", 1, 0.6), ("b", 2, 0.5), ("c", 1, 0.1))
    weighting = Weighting.alone(Weights(dense=0.1))
    plain = find(dense, Listed(), shelf=shelf, weighting=weighting)
    spread = find(dense, Listed(), shelf=shelf, weighting=weighting, text="两份文件里加装电梯有什么不同？")
    assert keys(plain) == [("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2), ("c", 1)]
    assert keys(spread) == [("a", 1), ("b", 1), ("c", 1), ("a", 2), ("a", 3), ("b", 2)]
    assert sorted(keys(spread)) == sorted(keys(plain))
    few = find(
        dense, Listed(), shelf=shelf, weighting=weighting, text="两份文件里加装电梯有什么不同？", limit=2
    )
    assert keys(few) == [("a", 1), ("b", 1)]


def test_a_comparison_does_not_lift_a_document_that_is_far_behind() -> None:
    line = ("加装电梯200台", Attributes())
    shelf = shelf_of(a=[line, line], b=[("养老", Attributes())])
    dense = Listed(("a", 1, 1.0), ("a", 2, 0.99), ("b", 1, 0.0))
    weighting = Weighting.alone(Weights(dense=100.0))
    found = find(dense, Listed(), shelf=shelf, weighting=weighting, text="两份文件里加装电梯有什么不同？")
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

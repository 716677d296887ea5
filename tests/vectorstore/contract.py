"""What every Searcher promises; a test class per implementation inherits it and makes the index."""

from collections.abc import Iterator
from typing import Protocol

import pytest

from rag.datatypes import Match, ParsedDocument
from tests.vectorstore.samples import SCHOOL, WATER, parsed


class Held(Protocol):
    def search(
        self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> list[Match]: ...

    def keep(self, document: ParsedDocument) -> None: ...

    def remove(self, document_id: str) -> None: ...


def keys(matches: list[Match]) -> list[tuple[str, int]]:
    return [(match.document_id, match.paragraph) for match in matches]


class SearcherContract:
    """Subclasses give the fixture `held`: an empty index with `keep` added."""

    @pytest.fixture
    def filled(self, held: Held) -> Iterator[Held]:
        held.keep(parsed(WATER, document_id="water"))
        held.keep(parsed(SCHOOL, document_id="school"))
        return held

    def test_the_paragraph_that_says_it_comes_first(self, filled):
        assert keys(filled.search("新增城市绿地", limit=5))[0] == ("water", 2)
        assert keys(filled.search("中小学课后服务", limit=5))[0] == ("school", 2)

    def test_best_first(self, filled):
        scores = [match.score for match in filled.search("防洪堤坝和新建小学", limit=5)]
        assert scores == sorted(scores, reverse=True)

    def test_a_paragraph_is_found_once_though_it_has_two_sentences(self, filled):
        found = keys(filled.search("防洪堤坝全长", limit=5))
        assert found[0] == ("water", 1)
        assert len(found) == len(set(found))

    @pytest.mark.parametrize("limit", [0, 1, 2])
    def test_no_more_than_asked_for(self, filled, limit):
        assert len(filled.search("市区新建城市", limit=limit)) == limit

    def test_only_inside_the_scope(self, filled):
        found = filled.search("新建小学", limit=5, document_ids=frozenset({"water"}))
        assert {match.document_id for match in found} <= {"water"}
        assert keys(filled.search("新建小学", limit=5, document_ids=frozenset({"school"})))[0] == (
            "school",
            1,
        )

    @pytest.mark.parametrize("unknown", ["nowhere", "", "\ud800", "'; --", "water\x00"])
    def test_an_unknown_scope_holds_nothing(self, filled, unknown):
        assert filled.search("新建小学", limit=5, document_ids=frozenset({unknown})) == []

    def test_an_unknown_document_beside_a_known_one_changes_nothing(self, filled):
        alone = filled.search("新建小学", limit=5, document_ids=frozenset({"school"}))
        assert filled.search("新建小学", limit=5, document_ids=frozenset({"school", "\ud800"})) == alone

    def test_an_empty_index_finds_nothing(self, held):
        assert held.search("新建小学", limit=5) == []

    @pytest.mark.parametrize("query", ["", "   ", "\n"])
    def test_an_empty_query_finds_nothing(self, filled, query):
        assert filled.search(query, limit=5) == []

    @pytest.mark.parametrize("query", ['"', "AND OR NOT (", "words:水*", "[1 TO", "水" * 3000, "\x00水"])
    def test_a_query_is_text_and_no_syntax(self, filled, query):
        filled.search(query, limit=5)

    def test_equal_paragraphs_come_in_order_of_id_and_number(self, held):
        for name in ("c", "a", "b"):
            held.keep(parsed(["年度工作总结。", "年度工作总结。"], document_id=name))
        expected = [(name, number) for name in "abc" for number in (1, 2)]
        assert keys(held.search("年度工作总结", limit=6)) == expected
        assert keys(held.search("年度工作总结", limit=3)) == expected[:3]

    def test_what_is_removed_is_forgotten(self, filled):
        filled.remove("water")
        assert {match.document_id for match in filled.search("防洪堤坝新建小学", limit=5)} == {"school"}

    def test_removing_what_is_not_there_changes_nothing(self, filled):
        before = filled.search("防洪堤坝", limit=5)
        filled.remove("nowhere")
        assert filled.search("防洪堤坝", limit=5) == before

    def test_removed_and_added_again_is_as_before(self, filled):
        before = keys(filled.search("防洪堤坝和城市绿地", limit=5))
        filled.remove("water")
        filled.keep(parsed(WATER, document_id="water"))
        assert keys(filled.search("防洪堤坝和城市绿地", limit=5)) == before

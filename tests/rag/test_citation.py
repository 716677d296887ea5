"""Markers become citations of the exact characters they rest on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citing.citation import cite, marked_sentences, stretches
from rag.language.chinese import squeeze
from rag.markers import strip, used
from tests.rag.shelf import PLAN, SPEECHES, Shelf

SHELF = Shelf(PLAN, SPEECHES)
HITS = SHELF.hits(("speeches", 1), ("plan", 3), ("speeches", 3))


def test_the_clause_that_supports_is_quoted_not_the_paragraph() -> None:
    cited = cite("农贸市场改造要在2019年8月底前完成。[3]", HITS, SHELF)
    (citation,) = cited.citations
    assert citation.quote == "力争2019年8月底前完成农贸市场改造"
    assert (citation.document_id, citation.paragraph, citation.number) == ("speeches", 3, 1)
    assert squeeze(SHELF.text("speeches")[citation.start : citation.end]) == squeeze(citation.quote)
    assert cited.text == "农贸市场改造要在2019年8月底前完成。[1]"


@pytest.mark.parametrize(
    ("said", "whole", "quote"),
    [
        ("加装电梯200台以上。[2]", False, "3.加装电梯200台以上"),
        ("加装电梯200台以上。[2]", True, PLAN.parts[2][0]),
        ("区住建局牵头：加装电梯200台以上。[2]", False, PLAN.parts[2][0]),
        ("筹集保障性租赁住房5100套。[2]", False, "筹集保障性租赁住房5100套（间）。"),
    ],
)
def test_of_a_task_is_quoted_what_is_said_of_it(said: str, whole: bool, quote: str) -> None:  # noqa: FBT001 - a table's column
    (citation,) = cite(said, HITS, SHELF, whole=whole).citations
    assert citation.quote == quote


def test_a_marker_speaks_for_all_of_its_line_since_the_one_before() -> None:
    text = "加装电梯200台以上；筹集保障性租赁住房5100套（间）。[2]"
    (citation,) = cite(text, HITS, SHELF).citations
    assert "200台" in citation.quote
    assert "5100套" in citation.quote


def test_a_row_of_a_table_keeps_its_markers_in_their_cells() -> None:
    text = "| 交流会 | 共12家[3] |\n| 责任分解 | 200台以上[2] |"
    assert cite(text, HITS, SHELF).text == "| 交流会 | 共12家[1] |\n| 责任分解 | 200台以上[2] |"


def test_two_places_of_one_paragraph_are_two_citations_and_one_place_is_one() -> None:
    cited = cite("立德树人。[1]农贸市场改造。[3]袁军批示肯定。[3]立德树人。[1]", HITS, SHELF)
    assert cited.text == "立德树人。[1]农贸市场改造。[2]袁军批示肯定。[3]立德树人。[1]"
    assert [citation.number for citation in cited.citations] == [1, 2, 3]
    assert [citation.paragraph for citation in cited.citations] == [1, 3, 3]


def test_markers_before_and_after_the_stop_belong_to_the_same_sentence() -> None:
    assert marked_sentences("甲说了[1]。乙说了。[2][3] 丙。") == ["甲说了[1]。", "乙说了。[2][3]", " 丙。"]


PIECES = st.sampled_from(
    ["立德树人。", "电梯200台", "[1]", "[2]", "[3]", "\n", " ", "。", "农贸市场；", "[2][3]"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_marked_text_cites_what_it_marks_and_loses_nothing(text: str) -> None:
    cited = cite(text, HITS, SHELF)
    assert used(cited.text) == tuple(citation.number for citation in cited.citations)
    assert squeeze(strip(cited.text)) == squeeze(strip(text))
    for citation in cited.citations:
        raw = SHELF.text(citation.document_id)
        assert squeeze(raw[citation.start : citation.end]) == squeeze(citation.quote)


@given(st.text(alphabet="甲。；|[]12 \n", max_size=40))
def test_marked_sentences_join_to_the_text(text: str) -> None:
    assert "".join(marked_sentences(text)) == text or not text.strip()
    assert stretches(text) == [] or "".join(stretches(text)) == text

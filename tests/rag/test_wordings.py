"""Everyday and English wordings: which are found in a question, and what stands for them in documents."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.aliases import word_bounds
from rag.language.wordings import expanded, reworded, wordings

TABLE = (files("rag.language") / "wordings.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in TABLE]
PIECES = ["看病", "农民工", "老百姓", "，", "的", "电梯", "minimum wage", " ", "gdp", "多少", "2024年", "x"]
QUERY = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


def found(query: str) -> dict[str, tuple[str, ...]]:
    return {query[one.start : one.end]: one.terms for one in wordings(query)}


@pytest.mark.parametrize(
    ("query", "wording", "term"),
    [
        ("老百姓看病怎么报销?", "看病", "就医"),
        ("老百姓看病怎么报销?", "老百姓", "群众"),
        ("what is the minimum wage in hubei?", "minimum wage", "最低工资标准"),
        ("gdp增长多少", "gdp", "地区生产总值"),
    ],
)
def test_a_wording_is_found_with_the_terms_of_documents(query: str, wording: str, term: str) -> None:
    assert term in found(query)[wording]


def test_words_of_documents_are_no_wording_and_part_of_a_word_is_none() -> None:
    assert wordings("既有住宅加装电梯由哪个部门牵头") == ()
    assert "gdp" not in found("gdpx增长")
    assert "wage" not in found("minimum wages")


@given(QUERY)
def test_wordings_are_whole_words_one_after_the_other(query: str) -> None:
    end = 0
    for one in wordings(query):
        assert end <= one.start < one.end
        assert one.terms
        if not query[one.start].isascii():
            assert {one.start, one.end} <= set(word_bounds(query))
        end = one.end


@given(QUERY)
def test_a_question_is_told_with_its_terms_and_changed_only_for_a_text_that_has_them(query: str) -> None:
    assert expanded(query).startswith(query)
    assert reworded(query, "无关的文字") == query
    for one in wordings(query):
        own, term = query[one.start : one.end], one.terms[0]
        assert reworded(own, f"关于{term}的规定") == max((t for t in one.terms if t in term), key=len)
        assert reworded(own, f"{own}也叫{term}") == own


def test_the_table_is_sorted_and_every_wording_differs_from_its_term() -> None:
    assert all(len(row) == len(("term", "chinese", "english")) for row in ROWS)
    terms = [row[0] for row in ROWS]
    assert terms == sorted(set(terms))
    assert all(re.fullmatch("[㐀-鿿]{2,8}", word) for row in ROWS for word in row[1].split())
    assert all(row[0] not in word for row in ROWS for word in row[1].split())
    assert all(row[2] == row[2].lower() for row in ROWS)

"""The smallest span that supports a sentence: whole clauses, nothing lost that was there before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citing.pinpoint import clauses, pinpoint
from rag.citing.support import check
from rag.datatypes import Attributes
from rag.reading.evidence import in_context, units
from tests.rag.shelf import PLAN, SPEECHES, Page, Shelf, task

LONG = (
    "全年完成固定资产投资740亿元，新增学位5600个，加装电梯200台以上，引进“名校，名师”12家"
    "（含民办，公办），财政收入增长5.5%，达到1,238户。"
)
MORE = "区教育局负责学位。新增学位5600个。王平检查进度。加装电梯200台。"
REPORT = Page(
    "report",
    "2024年工作报告",
    (
        (LONG, ("一、目标",), Attributes()),
        (MORE, (), Attributes()),
        task(7, "实施小区改造，加装电梯80台，惠及居民3000户，打造样板5个。", "区住建局", "许挺副区长"),
    ),
)
SHELF = Shelf(REPORT, PLAN, SPEECHES)


def quoted(sentence: str, number: int = 1) -> str:
    (hit,) = SHELF.hits(("report", number))
    return hit.paragraph.text[slice(*pinpoint(sentence, hit))]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("加装电梯200台以上。", "加装电梯200台以上"),
        ("新增学位5600个，加装电梯200台以上。", "新增学位5600个，加装电梯200台以上"),
        ("财政收入达到1238户。", "财政收入增长5.5%，达到1,238户。"),
        ("引进名师12家。", "引进“名校，名师”12家（含民办，公办）"),
        (LONG, LONG),
        ("火星移民。", LONG),
    ],
)
def test_the_clauses_that_say_it_are_quoted(sentence: str, quote: str) -> None:
    assert quoted(sentence) == quote


def test_what_stands_in_several_sentences_is_quoted_from_the_first_to_the_last() -> None:
    assert quoted("新增学位5600个，加装电梯200台。", 2) == "新增学位5600个。王平检查进度。加装电梯200台。"
    assert quoted("新增学位5600个。", 2) == "新增学位5600个。"


def test_a_part_of_a_task_is_quoted_and_who_leads_it_where_that_is_said() -> None:
    assert quoted("惠及居民3000户。", 3) == "惠及居民3000户"
    assert quoted("打造样板5个，由区住建局牵头。", 3) == "打造样板5个。\n牵头单位：区住建局"


def test_stray_punctuation_is_no_clause() -> None:
    assert [text[slice(*span)] for text in ("；甲，；乙。；",) for span in clauses(text)] == [
        "；甲，；",
        "乙。；",
    ]
    assert clauses("；") == [(0, 1)]


PIECES = st.sampled_from(
    ["甲乙", "1,238", "丙（丁，戊）", "“己，庚”", "，", "。", "；", "\n", " ", "（", "”", ","]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_clauses_cover_the_text_and_cut_no_number(text: str) -> None:
    spans = clauses(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert not any(
        text[end - 2 : end + 1].replace(",", "").isdecimal() and text[end - 1] == "," for _, end in spans
    )


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.lists(PIECES, max_size=4).map("".join))
def test_a_quote_is_never_empty(text: str, sentence: str) -> None:
    shelf = Shelf(Page("odd", "标题", ((f"；{text}", (), Attributes()),)))
    (hit,) = shelf.hits(("odd", 1))
    quote = hit.paragraph.text[slice(*pinpoint(sentence, hit))]
    assert quote.strip()
    assert quote.strip("，。；,” ") or not any(character.isalnum() for character in text)


@given(
    st.sampled_from(
        [("report", 1), ("report", 2), ("report", 3), ("plan", 3), ("speeches", 1), ("speeches", 3)]
    ),
    st.lists(st.integers(0, 7), min_size=1, max_size=3),
)
def test_a_narrower_quote_supports_what_its_sentence_did(key: tuple[str, int], chosen: list[int]) -> None:
    (hit,) = SHELF.hits(key)
    text = hit.paragraph.text
    parts = clauses(text)
    sentence = (
        "，".join(text[slice(*parts[place % len(parts)])].rstrip("，。；\n") for place in chosen) + "。"
    )
    start, end = pinpoint(sentence, hit)
    assert 0 <= start < end <= len(text)
    assert start in {begin for begin, _ in parts}
    assert any(text[start:end] == text[start:stop].rstrip("，；、,; ") for _, stop in parts)
    before = [check(sentence, in_context(hit, text[slice(*span)])).supported for span in units(hit.paragraph)]
    if any(before):
        assert check(sentence, in_context(hit, text[start:end])).supported

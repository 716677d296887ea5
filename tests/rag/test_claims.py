"""Each statement of an answer with the check of what it cites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.answering import keep_supported
from rag.answers import Answer, Claim
from rag.citing.citation import CitedText, cite
from rag.citing.claims import claims, statements
from rag.language.chinese import squeeze
from rag.markers import strip
from tests.rag.shelf import PLAN, SPEECHES, Shelf

SHELF = Shelf(PLAN, SPEECHES)
HITS = SHELF.hits(("speeches", 1), ("plan", 3), ("speeches", 3))


def claimed(text: str, *known: str) -> tuple[Claim, ...]:
    return claims(cite(text, HITS, SHELF), HITS, known=known)


def test_a_sentence_stands_or_what_its_source_lacks_is_named() -> None:
    assert claimed("加装电梯200台以上。[2]改造农贸市场15家。[3]") == (
        Claim("加装电梯200台以上。", (1,), supported=True),
        Claim("改造农贸市场15家。", (2,), supported=False, missing=("15家",)),
    )


def test_coverage_is_the_share_of_supported_sentences() -> None:
    found = claimed("加装电梯200台以上。[2]改造农贸市场15家。[3]")
    assert Answer("问", "问", "答", claims=found).coverage == 0.5
    assert Answer("问", "问", "答").coverage == 0.0


def test_a_line_that_leads_in_a_list_rests_on_the_list_and_its_count() -> None:
    text = "区住建局牵头的工作共1项：\n加装电梯200台以上。[2]"
    lead, _ = claimed(text, "1项")
    assert lead == Claim("区住建局牵头的工作共1项：", (1,), supported=True)
    assert claimed(text)[0].missing == ("1项",)


def test_a_cell_of_a_table_is_told_without_its_edges() -> None:
    (claim,) = claimed("| 项目 |\n|---|\n| 加装电梯200台以上[2] |")
    assert (claim.text, claim.supported) == ("加装电梯200台以上", True)


def test_without_any_citation_nothing_is_supported() -> None:
    assert claims(CitedText("加装电梯200台以上。", ()), HITS) == (
        Claim("加装电梯200台以上。", (), supported=False, missing=("200台",)),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙。[1]丙。[2]", ["甲。乙。[1]", "丙。[2]"]),
        ("甲：\n1. 乙；丙[1]\n", ["甲：", "1. 乙；丙[1]"]),
        ("| 年份 | 内容 |\n|---|---|\n| 2024年 | 甲[1] |", ["| 2024年 | 甲[1]"]),
        ("。[1]\n——\n", []),
        ("", []),
    ],
)
def test_what_states_something_is_a_statement(text: str, expected: list[str]) -> None:
    assert statements(text) == expected


@given(st.lists(st.sampled_from(["甲乙。", "丙", "[1]", "[2]", "\n", "；", "："]), max_size=12).map("".join))
def test_statements_lose_no_word(text: str) -> None:
    told = squeeze("".join(strip(statement) for statement in statements(text)))
    assert [word for word in told if word.isalpha()] == [word for word in strip(text) if word.isalpha()]


SAID = st.sampled_from(
    [
        "加装电梯200台以上", "加装电梯900台", "筹集租赁住房5100套", "12家农贸市场改造", "学懂弄通",
        "做实功课", "省委书记袁军批示肯定", "火星移民", "2019年8月底前完成", "深化五育融合",
        "立德树人", "区住建局牵头",
        "[1]", "[2]", "[3]", "[2][3]", "，", "；", "。", "：\n", "。\n",
    ]
)  # fmt: skip


@given(st.lists(SAID, max_size=16).map("".join))
def test_what_is_kept_of_a_models_text_stands_in_its_quotes_and_carries_them(text: str) -> None:
    kept = keep_supported(text, HITS)
    cited = cite(kept, HITS, SHELF)
    told = claims(cited, HITS)
    assert all(claim.supported for claim in told), (kept, cited.text, told)
    assert not told or cited.citations

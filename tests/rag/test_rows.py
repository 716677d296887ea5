"""A comparison told in rows: each side named, cited, the greater figure said only where both are cited."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import pipeline
from ingest.isolation import Isolated
from rag.answer.rows import begun, tell
from rag.answers import Answer, Citation, Claim, Delta, Done, Refusal
from rag.datatypes import Inquiry
from rag.markers import literal, strip, used
from rag.query.sides import compare
from rag.scope import Scope
from tests.rag.conftest import Founding, assistant_over
from vectorstore.library import Library

QUESTION = "北京和上海今年的增长目标谁高？"
ASKED_OF_EACH = "北京和上海今年的增长目标各是多少？"


def answered(short: str, document: str) -> Answer:
    text = f"生产总值增长{short}。"
    citation = Citation(1, document, "题", (), 1, None, 0, len(text), text)
    return Answer(
        "问", "问", f"{text}[1]", short, (citation,), answered=True, confidence=0.9,
        claims=(Claim(text, (1,), supported=True),),
    )  # fmt: skip


REFUSED = Answer("问", "问", "没有。", refusal=Refusal("weak_evidence", "没有上海的目标。"))


def rows(one: Answer, other: Answer, question: str = QUESTION) -> Answer:
    comparison = compare(question)
    assert comparison is not None
    return tell(question, comparison, [one, other])


HEADER = "| 地区 | 答案 | 依据 |\n|---|---|---|\n"


def test_each_side_is_a_row_of_a_table_with_every_cell_cited() -> None:
    whole = rows(answered("5%左右", "a"), answered("6%左右", "b"), ASKED_OF_EACH)
    assert whole.text == (
        f"{HEADER}| 北京 | 5%左右[1] | 生产总值增长5%左右。[1] |\n"
        "| 上海 | 6%左右[2] | 生产总值增长6%左右。[2] |"
    )
    assert whole.short_answer == "北京：5%左右；上海：6%左右"
    assert used(whole.text) == (1, 2)
    # What the page looks for to say a doubt beside it: the words of each claim, in their order.
    places = [strip(whole.text).find(claim.text) for claim in whole.claims]
    assert places == sorted(places)
    assert min(places) >= 0


def test_a_side_without_a_short_value_stands_in_the_table_by_its_sentence() -> None:
    comparison = compare("北京、上海、河北今年的增长目标各是多少？")
    assert comparison is not None
    three = [answered("5%左右", "a"), replace(answered("6%", "b"), short_answer=None), answered("7%", "c")]
    whole = tell("问", comparison, three)
    assert whole.text.splitlines()[3] == "| 上海 | — | 生产总值增长6%。[2] |"
    assert whole.text.splitlines()[4] == "| 河北 | 7%[3] | 生产总值增长7%。[3] |"


def test_without_two_values_the_sides_are_sentences_under_their_names() -> None:
    bare = replace(answered("6%", "b"), short_answer=None)
    whole = rows(answered("5%左右", "a"), bare)
    assert whole.text == "北京：生产总值增长5%左右。[1]\n上海：生产总值增长6%。[2]"
    assert all(claim.text in whole.text for claim in whole.claims)


def test_a_value_that_no_quote_holds_makes_no_table() -> None:
    told = replace(answered("6%", "b"), short_answer="6%（2024年）")
    assert not rows(answered("5%", "a"), told, ASKED_OF_EACH).text.startswith("|")


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("2023年和2024年的回迁安置户数各是多少？", "年份"),
        ("《甲报告》和《乙报告》的增长目标各是多少？", "文件"),
        ("区教育局和区民政局的预算各是多少？", "部门"),
        ("北京和上海的增长目标各是多少？", "地区"),
    ],
)
def test_the_first_column_says_what_is_compared(question: str, of: str) -> None:
    comparison = compare(question)
    assert comparison is not None
    assert comparison.of == of


# What a document may hold that a table, a marker or a line could be broken by.
_WORDS = st.text("甲乙5%亿元。|\\-[1]［］ ：\n", min_size=1, max_size=12)


@given(st.lists(st.tuples(_WORDS, st.booleans()), min_size=3, max_size=3))
def test_a_table_has_three_cells_in_every_row_and_grows_by_whole_rows(told: list[tuple[str, bool]]) -> None:
    comparison = compare("北京、上海、河北今年的增长目标各是多少？")
    assert comparison is not None
    answers = [
        answered(literal(words), f"d{place}") if known else REFUSED
        for place, (words, known) in enumerate(told)
    ]
    whole = tell("问", comparison, answers)
    assert set(used(whole.text)) <= {one.number for one in whole.citations}
    for count in range(len(answers) + 1):
        assert whole.text.startswith(begun(comparison, answers[:count]))
    if whole.text.startswith("|"):
        table = whole.text.partition("\n\n")[0]
        assert all(row.startswith("|") and row.count("|") == 4 for row in table.split("\n"))
        assert len(table.split("\n")) == 2 + sum(answer.answered for answer in answers)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("5%左右", "6%左右", "上海（6%左右）高于北京（5%左右）。[1][2]"),
        ("5%", "5%", "北京与上海相同，都是5%。[1][2]"),
    ],
)
def test_the_greater_figure_is_said_with_both_citations(one: str, other: str, said: str) -> None:
    whole = rows(answered(one, "a"), answered(other, "b"))
    assert whole.text.splitlines()[-1] == said
    assert whole.claims[-1].numbers == (1, 2)


@pytest.mark.parametrize(
    ("one", "other"), [("5%以上", "6%左右"), ("5%", "6万人"), ("5%至6%", "6%"), ("5%左右", "5%")]
)
def test_figures_that_cannot_be_set_against_each_other_are_only_told(one: str, other: str) -> None:
    assert "高于" not in rows(answered(one, "a"), answered(other, "b")).text


def test_values_of_different_units_make_no_table() -> None:
    assert rows(answered("5%", "a"), answered("6万人", "b")).text.startswith("北京：")
    assert rows(answered("5万元", "a"), answered("6亿元", "b")).text.startswith("| 地区 |")


def test_nothing_is_said_of_the_greater_where_it_is_not_asked() -> None:
    whole = rows(answered("5%", "a"), answered("6%", "b"), ASKED_OF_EACH)
    assert len(whole.text.splitlines()) == 4


def test_a_side_without_an_answer_is_said_in_a_sentence() -> None:
    whole = rows(answered("5%", "a"), REFUSED)
    assert whole.answered
    assert whole.text == "北京：生产总值增长5%。[1]\n没有上海的目标。"
    assert not rows(REFUSED, REFUSED).answered


def test_sides_are_answered_from_their_own_documents(
    founding: Founding, library: Library, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, growth in (("北京市", "5%"), ("上海市", "6%"), ("河北省", "7%")):
        text = f"2025年{name}政府工作报告\n各位代表：\n今年的主要预期目标是：地区生产总值增长{growth}左右。\n"
        (reports / f"2025年{name}政府工作报告.txt").write_text(text, encoding="utf-8")
    with Isolated(seconds=60, memory=2**30) as isolated:
        pipeline.ingest([reports], library, isolated, bounds=pipeline.Bounds())
    chain = assistant_over(library, founding.embedder).as_runnable()
    events = list(chain.events(Inquiry("北京和上海今年的地区生产总值增长目标谁定得高？")))
    assert isinstance(events[-1], Done)
    whole = events[-1].answer
    assert whole.short_answer == "北京：5%左右；上海：6%左右"
    assert [one.title for one in whole.citations] == ["2025年北京市政府工作报告", "2025年上海市政府工作报告"]
    assert whole.text.splitlines()[-1] == "上海（6%左右）高于北京（5%左右）。[1][2]"
    streamed = "".join(event.text for event in events if isinstance(event, Delta))
    assert streamed == whole.text
    assert whole.text.startswith(f"{HEADER}| 北京 | 5%左右[1] | ")
    assert whole.coverage == 1.0
    raw = {one.document_id: library.catalogue.text(one.document_id) for one in whole.citations}
    assert all(raw[one.document_id][one.start : one.end] == one.quote for one in whole.citations)
    absent = chain.invoke(Inquiry("北京和湖北今年的地区生产总值增长目标各是多少？"))
    assert {one.title for one in absent.citations} == {"2025年北京市政府工作报告"}
    assert "湖北" in absent.text
    assert not chain.invoke(Inquiry("湖北今年的地区生产总值增长目标是多少？")).answered


def test_a_side_of_no_known_document_is_asked_of_what_the_other_does_not_name(
    founding: Founding, library: Library, tmp_path: Path
) -> None:
    texts = {
        "2024年重点工作责任分解": "提升微型消防救援站“救早灭小”效能，夯实安全的基础。",
        "奋力开创新局面": "抓好微型消防站建设管理，有效发挥救早救小功能。",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"{name}\n各位代表：\n{text}\n", encoding="utf-8")
    with Isolated(seconds=60, memory=2**30) as isolated:
        pipeline.ingest(
            [tmp_path / f"{name}.txt" for name in texts], library, isolated, bounds=pipeline.Bounds()
        )
    chain = assistant_over(library, founding.embedder).as_runnable()
    question = "微型消防站的作用，报告里和2024年的责任分解里分别怎么讲？"
    whole = chain.invoke(Inquiry(question))
    assert [one.title for one in whole.citations] == ["奋力开创新局面", "2024年重点工作责任分解"]
    # Never outside of what the question is bounded to.
    (first, _) = {one.document_id for one in whole.citations}
    bounded = chain.invoke(Inquiry(question, scope=Scope(document_ids=frozenset((first,)))))
    assert {one.document_id for one in bounded.citations} <= {first}

"""A place named in a question: which documents it bounds the search to, what is said where there is none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Hit, Inquiry, Paragraph, Question
from rag.documents.atlas import is_elsewhere, missing_places
from rag.documents.constraints import agreement, aim_of
from rag.documents.shelf import Label, Shelf
from rag.language.provinces import PROVINCES
from rag.query.question import understand
from rag.scope import Scope
from tests.rag.test_shelf import stored

SHELF = Shelf(
    map(
        Label.of,
        (
            stored("zj", "2025年浙江省政府工作报告"),
            stored("gx", "2025年广西政府工作报告"),
            stored("nation", "2025年中华人民共和国国务院政府工作报告"),
            stored("law", "中华人民共和国劳动法"),
            stored("sz", "深圳市政府工作报告"),
            stored("gm", "2024年工作安排", issuer="光明区人民政府"),
            stored("notes", "学习材料"),
        ),
    )
)
UNPLACED = {"law", "notes"}


def ask(text: str, scope: Scope = Scope(), shelf: Shelf = SHELF) -> Question:  # noqa: B008 - frozen
    question = understand(Inquiry(text), history_turns=0)
    return replace(question, aim=aim_of(question, shelf, scope=scope))


def hit(document: str, text: str) -> Hit:
    return Hit(Paragraph(document, 1, text, 0, len(text)), document, 1.0)


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("浙江今年的GDP目标是多少？", {"zj"}),
        ("浙江省2025年的GDP目标是多少？", {"zj"}),
        ("浙今年的GDP目标是多少？", {"zj"}),
        ("What is Zhejiang's GDP growth target?", {"zj"}),
        ("广西壮族自治区的主席是谁？", {"gx"}),
        ("浙江和广西的目标各是多少？", {"zj", "gx"}),
        ("深圳今年新增多少学位？", {"sz"}),
        ("深圳市光明区今年新增多少学位？", {"gm", "nation"}),
        ("國家對浙江有什麼支持？", {"zj", "nation"}),
    ],
)
def test_the_documents_of_a_place_are_a_bound(question: str, of: set[str]) -> None:
    assert ask(question).aim.within == of | UNPLACED


@pytest.mark.parametrize("question", ["全国去年新增就业多少？", "去年我国的粮食产量是多少？"])
def test_the_reports_of_places_do_not_tell_of_the_nation(question: str) -> None:
    assert ask(question).aim.within == {"nation"} | UNPLACED


def test_without_a_document_of_the_nation_any_may_tell_of_it() -> None:
    shelf = Shelf(Label.of(stored(name, f"2025年{name}省政府工作报告")) for name in ("浙江", "河南"))
    assert ask("全国去年新增就业多少？", shelf=shelf).aim.within == frozenset()


@pytest.mark.parametrize(
    "question",
    [
        "GDP增速居全国第几？",
        "哪项改革在全国率先推行？",
        "GDP目标是多少？",
        "支持浙江的措施有哪些？",
        "浙江大学在哪里？",
        "雄安新区怎么建设？",
    ],
)
def test_no_place_or_only_a_topic_bounds_nothing(question: str) -> None:
    assert ask(question).aim.within == frozenset()


def test_a_document_called_by_name_is_meant_whatever_place_is_said() -> None:
    assert ask("2025年国务院政府工作报告里对浙江怎么说？").aim.within == {"nation"}
    assert ask("浙江的政府工作报告里提到什么？").aim.within == {"zj"}


def test_a_scope_without_documents_of_the_place_leaves_it_missing() -> None:
    question = ask("浙江今年的GDP目标是多少？", Scope(document_ids=frozenset(("gx",))))
    assert question.aim.within == frozenset()
    assert "没有浙江的文件" in missing_places(question)


def test_a_place_without_documents_is_missing_and_must_be_named() -> None:
    question = ask("湖北今年的GDP目标是多少？")
    assert missing_places(question) == "文件库中没有湖北的文件，只有浙江、广西的。"
    assert is_elsewhere(question, hit("zj", "生产总值增长5.5%左右"))
    assert agreement(question, hit("zj", "生产总值增长5.5%左右")) == -1.0
    assert not is_elsewhere(question, hit("zj", "与湖北签署协议，共同增长5.5%"))
    assert not is_elsewhere(question, hit("law", "试用期不得超过六个月"))


def test_a_paragraph_of_the_place_or_that_names_it_is_not_elsewhere() -> None:
    question = ask("浙江今年的GDP目标是多少？")
    assert missing_places(question) == ""
    assert not is_elsewhere(question, hit("zj", "增长5.5%左右"))
    assert is_elsewhere(question, hit("gx", "增长5%左右"))


def test_a_place_counts_only_where_documents_are_of_its_kind() -> None:
    reports = Shelf(map(Label.of, (stored("zj", "浙江省政府工作报告"), stored("gx", "广西政府工作报告"))))
    assert ask("东莞市的目标是多少？", shelf=reports).aim.places == ()
    assert missing_places(ask("东莞市的目标是多少？")) == "文件库中没有东莞市的文件，只有深圳市的。"
    plain = Shelf(map(Label.of, (stored("one", "学习材料"), stored("two", "工作安排"))))
    assert ask("浙江的目标是多少？", shelf=plain).aim.places == ()


def test_a_library_of_one_place_needs_no_bound() -> None:
    alone = Shelf(map(Label.of, (stored("a", "浙江省政府工作报告"), stored("b", "浙江省数字经济促进条例"))))
    assert ask("浙江的目标是多少？", shelf=alone).aim.within == frozenset()


@given(st.sampled_from(PROVINCES), st.sets(st.sampled_from(PROVINCES), min_size=2))
def test_what_is_searched_is_never_of_another_province(asked, there) -> None:  # type: ignore[no-untyped-def]
    shelf = Shelf(Label.of(stored(one.short, f"2025年{one.full}政府工作报告")) for one in there)
    question = ask(f"{asked.short}今年的增长目标是多少？", shelf=shelf)
    if asked in there:
        assert question.aim.within == {asked.short}
    else:
        assert question.aim.within == frozenset()
        assert asked.short in missing_places(question)
        assert all(is_elsewhere(question, hit(one.short, "增长5%左右")) for one in there)

"""Follow-ups are made to stand alone; whole questions stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Turn
from rag.query.followup import resolve


@pytest.mark.parametrize(
    ("asked", "question", "standalone"),
    [
        (["2024年固定资产投资目标是多少？"], "那新增学位呢？", "2024年新增学位目标是多少？"),
        (["2024年加装电梯的目标是多少台？"], "2018年呢？", "2018年加装电梯的目标是多少台？"),
        (["区教育局牵头哪些工作？"], "区民政局呢？", "区民政局牵头哪些工作？"),
        (["黄飞常务副区长牵头哪些工作？"], "樊峥常委呢？", "樊峥常委牵头哪些工作？"),
        (["哪个部门牵头推进老旧小区加装电梯？"], "那二次供水改造呢？", "哪个部门牵头推进二次供水改造？"),
        (["加装电梯的目标是多少台？"], "它由谁牵头？", "加装电梯由谁牵头？"),
        (["加装电梯的目标是多少台？"], "这项工作由哪个部门牵头？", "加装电梯由哪个部门牵头？"),
        (["2024年加装电梯的目标是多少台？", "2018年呢？"], "2020年呢？", "2020年加装电梯的目标是多少台？"),
    ],
)
def test_resolves(asked: list[str], question: str, standalone: str) -> None:
    history = [turn for text in asked for turn in (Turn("user", text), Turn("assistant", "略。[1]"))]
    assert resolve(question, history) == standalone


@pytest.mark.parametrize(
    ("asked", "answered", "question", "standalone"),
    [
        (
            "打击电信诈骗由谁牵头？",
            "由徐晓东副区长牵头，牵头单位是区公安分局[1]。",
            "他还牵头哪个品牌？",
            "徐晓东副区长还牵头哪个品牌？",
        ),
        (
            "区招商局的局长是谁？",
            "区招商局（区经合办）党委书记、局长（主任）是朱永红[1]。",
            "他说要坚持什么原则？",
            "区招商局局长朱永红说要坚持什么原则？",
        ),
        ("区残联的理事长是谁？", "谢建青[1]", "她负责什么？", "区残联理事长谢建青负责什么？"),
        (
            "消费季是哪个部门牵头的？",
            "由区商务局牵头[1]。",
            "这个局要引进多少家首店？",
            "区商务局要引进多少家首店？",
        ),
        (
            "住建局是谁发的言？",
            "是区住建局、区人防办的陈劲松[1]。",
            "他们打算新增多少绿地？",
            "区住建局打算新增多少绿地？",
        ),
        (
            "要完善哪个机制？",
            "要完善“四责协同”机制[1]。",
            "这个机制是为了什么？",
            "“四责协同”机制是为了什么？",
        ),
        ("区大运办要推动几个新课题？", "4个[1]。", "那它打算举办什么活动？", "区大运办打算举办什么活动？"),
        ("2024年加装电梯要完成多少台？", "200台[1]。", "由谁牵头？", "2024年加装电梯由谁牵头？"),
        ("农贸市场改造由哪个部门牵头？", "区商务局[1]。", "什么时候完成？", "农贸市场改造什么时候完成？"),
        ("区教育局升格了多少家党委？", "3家[1]。", "那建了几家党总支？", "区教育局建了几家党总支？"),
        ("什么时候达到740亿？", "2024年[1]。", "那一年新增多少学位？", "2024年新增多少学位？"),
        ("区教育局怎样减轻负担？", "瘦身[1]。", "还有哪些措施？", "区教育局减轻负担还有哪些措施？"),
        ("区教育局党委书记是谁？", "徐旭勇[1]", "局长呢？", "区教育局局长是谁？"),
        ("要引进多少家首店？", "60家[1]。", "那老字号呢？", "要引进多少老字号？"),
    ],
)
def test_the_answer_names_what_is_meant(asked: str, answered: str, question: str, standalone: str) -> None:
    assert resolve(question, [Turn("user", asked), Turn("assistant", answered)]) == standalone


@pytest.mark.parametrize("unit", ["区", "他", "这个局", "“机制", "黄飞区长", "多少", "那", "2024年", "的"])
def test_hostile_conversations_end(unit: str) -> None:
    history = [Turn("user", unit * 1000), Turn("assistant", unit * 20_000), Turn("user", unit * 90)]
    assert resolve(unit * 60 + "呢？", history)


def test_a_question_with_its_own_topic_is_left_alone() -> None:
    history = [Turn("user", "区商务局怎样发展文化旅游？")]
    assert resolve("区财政局党委书记是谁？", history) == "区财政局党委书记是谁？"


@given(st.text(min_size=1, max_size=80))
def test_without_history_nothing_changes(question: str) -> None:
    assert resolve(question, []) == question


@given(st.lists(st.text(max_size=200), max_size=4), st.text(min_size=1, max_size=200))
def test_any_conversation_gives_a_text(asked: list[str], question: str) -> None:
    assert resolve(question, [Turn("user", text) for text in asked])

"""Follow-ups are made to stand alone; whole questions stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Turn
from rag.followup import resolve


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


def test_a_question_with_its_own_topic_is_left_alone() -> None:
    history = [Turn("user", "区商务局怎样发展文化旅游？")]
    assert resolve("区财政局党委书记是谁？", history) == "区财政局党委书记是谁？"


@given(st.text(min_size=1, max_size=80))
def test_without_history_nothing_changes(question: str) -> None:
    assert resolve(question, []) == question


@given(st.lists(st.text(max_size=200), max_size=4), st.text(min_size=1, max_size=200))
def test_any_conversation_gives_a_text(asked: list[str], question: str) -> None:
    assert resolve(question, [Turn("user", text) for text in asked])

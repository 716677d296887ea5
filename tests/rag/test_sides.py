"""Questions that set things side by side, asked of each; others stay one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Inquiry, Turn
from rag.language.provinces import PROVINCES
from rag.query.sides import MOST, compare
from rag.scope import Scope


def asked(question: str) -> list[str]:
    found = compare(question)
    return [side.question for side in found.sides] if found else []


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "旧改的数量，大讨论时、七届十一次全会时和2024年分别是多少个？",
            "旧改的数量，大讨论时是多少个？|旧改的数量，七届十一次全会时是多少个？|旧改的数量，2024年是多少个？",
        ),
        (
            "迎接大会时的报告和2024年的责任分解，对教育的提法有什么不同？",
            "迎接大会时的报告里，对教育的提法是什么？|2024年的责任分解里，对教育的提法是什么？",
        ),
        (
            "消防站的作用，报告里和分解里分别怎么讲？",
            "消防站的作用，报告里怎么讲？|消防站的作用，分解里怎么讲？",
        ),
        (
            "河北和河南2025年的GDP增长目标分别是多少？",
            "河北2025年的GDP增长目标是多少？|河南2025年的GDP增长目标是多少？",
        ),
        ("北京跟上海今年的粮食目标谁定得高？", "北京今年的粮食目标是多少？|上海今年的粮食目标是多少？"),
        (
            "北京和上海今年的粮食目标各是多少，哪个高？",
            "北京今年的粮食目标是多少？|上海今年的粮食目标是多少？",
        ),
        ("北京和上海今年的粮食目标相差多少？", "北京今年的粮食目标是多少？|上海今年的粮食目标是多少？"),
        (
            "甘肃、青海、宁夏三地2025年新增多少学位？",
            "甘肃2025年新增多少学位？|青海2025年新增多少学位？|宁夏2025年新增多少学位？",
        ),
        ("北京和上海今年谁的粮食目标更高？", "北京今年的粮食目标是多少？|上海今年的粮食目标是多少？"),
        ("2023年和2024年哪一年的赤字率高？", "2023年的赤字率是多少？|2024年的赤字率是多少？"),
        ("京沪两地今年的增长目标各是多少？", "北京今年的增长目标是多少？|上海今年的增长目标是多少？"),
        ("2023年和2024年的回迁户数各是多少？", "2023年的回迁户数是多少？|2024年的回迁户数是多少？"),
        (
            "2023、2024、2025三年安排的专项债分别是多少？",
            "2023年安排的专项债是多少？|2024年安排的专项债是多少？|2025年安排的专项债是多少？",
        ),
        (
            "甘肃2024年新增的公园和2025年计划新增的公园各有多少座？",
            "甘肃2024年新增的公园有多少座？|甘肃2025年计划新增的公园有多少座？",
        ),
        (
            "甘肃的成交额，去年做到多少、今年要做到多少？",
            "甘肃的成交额去年做到多少？|甘肃的成交额今年要做到多少？",
        ),
        (
            "甘肃去年和今年的收入增幅，实际和目标各是多少？",
            "甘肃去年的收入增幅实际是多少？|甘肃今年的收入增幅目标是多少？",
        ),
        (
            "《甲报告》和《乙报告》提出的目标各是多少？",
            "《甲报告》提出的目标是多少？|《乙报告》提出的目标是多少？",
        ),
        ("区教育局和区民政局的预算分别是多少？", "区教育局的预算是多少？|区民政局的预算是多少？"),
        (
            "What are the GDP growth targets of Gansu and Qinghai?",
            "What are the GDP growth targets of Gansu?|What are the GDP growth targets of Qinghai?",
        ),
    ],
)
def test_each_side_keeps_everything_else(question: str, parts: str) -> None:
    assert "|".join(asked(question)) == parts


@pytest.mark.parametrize(
    "question",
    [
        "北京今年的增长目标是多少？",
        "北京和上海签了多少项协议？",
        "北京和上海之间有多少趟高铁？",
        "从北京到上海有多少趟高铁？",
        "北京和上海谁定得高？",
        "2023年和2024年相比有什么变化？",
        "2018到2022这五年新建了多少亩？",
        "北京和上海建多少套房？各花多少钱？",
        "一般公共预算收入和支出有什么要求？",
        "",
    ],
)
def test_what_is_not_asked_of_each_stays_one(question: str) -> None:
    assert compare(question) is None


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("北京和上海今年的目标谁高？", "高"),
        ("北京和上海今年新增的学位，哪个多？", "多"),
        ("北京和上海今年的目标各是多少？", ""),
    ],
)
def test_what_is_asked_of_the_sides_together_is_known(question: str, more: str) -> None:
    found = compare(question)
    assert found is not None
    assert found.more == more


def test_the_bounds_of_the_inquiry_are_those_of_each_side() -> None:
    scope = Scope(years=frozenset((2025,)))
    whole = Inquiry("北京和上海今年的目标各是多少？", (Turn("user", "你好"),), scope, 7)
    found = compare(whole.question)
    assert found is not None
    assert [(one.history, one.scope, one.top_k) for one in found.asked(whole)] == [((), scope, 7)] * 2


@given(
    st.lists(st.sampled_from(PROVINCES), min_size=2, max_size=MOST, unique=True), st.sampled_from("、和与")
)
def test_any_provinces_side_by_side_are_told_apart(sides, joiner) -> None:  # type: ignore[no-untyped-def]
    names = [one.short for one in sides]
    assert asked(f"{joiner.join(names)}2025年的增长目标各是多少？") == [
        f"{name}2025年的增长目标是多少？" for name in names
    ]


def test_laws_without_the_marks_of_a_title_are_sides() -> None:
    comparison = compare("工伤保险条例和住房公积金管理条例分别什么时候施行？")
    assert comparison is not None
    assert comparison.of == "文件"
    assert [side.question for side in comparison.sides] == [
        "工伤保险条例什么时候施行？",
        "住房公积金管理条例什么时候施行？",
    ]
    assert compare("工作目标和工作办法是什么？") is None

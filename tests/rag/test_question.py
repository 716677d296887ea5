"""Understanding a question: its kind, its words, its language."""

import pytest

from rag.datatypes import Inquiry, Turn
from rag.language.chinese import normalise
from rag.query.question import focus_terms, is_chinese, kind_of, named_years, understand


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("哪个部门牵头推进既有住宅加装电梯？", "department"),
        ("降低PM2.5浓度这件事谁牵头？", "department"),
        ("Which department is in charge of schools?", "department"),
        ("区财政局党委书记是谁？", "person"),
        ("區財政局黨委書記是誰？", "person"),
        ("2024年新增学位多少个？", "number"),
        ("生命健康产业增加值的增速目标是多少？", "number"),
        ("How many elevators will be added?", "number"),
        ("农贸市场改造什么时候完成？", "date"),
        ("劳动合同期限不满六个月的，试用期怎么定？", "how"),
        ("整改的期限是多久？", "date"),
        ("运河申遗10周年有哪些活动？", "list"),
        ("去年挂牌的三个省实验室叫什么？", "list"),
        ("三个负责人叫什么？", "person"),
        ("2018年和2024年的绿化目标有什么不同？", "comparison"),
        ("区城改办怎样保障安置房品质？", "how"),
        ("区民政局是否推进了认知症照护？", "yes_no"),
        ("介绍一下武林大妈", "other"),
        ("国际医学中心设在哪里？", "place"),
        ("走访的是哪个街道的家庭？", "place"),
        ("老旧小区改造由哪个街道负责？", "department"),
        ("成效体现在哪里？", "other"),
        ("资金从哪里来？", "other"),
        ("什么是个人信息？", "definition"),
        ("“新三样”指的是什么？", "definition"),
        ("2024年的奋斗目标是什么？", "number"),
    ],
)
def test_kind(question: str, kind: str) -> None:
    assert kind_of(normalise(question)) == kind


def test_focus_leaves_out_asking_words_and_bigrams_across_them() -> None:
    found = focus_terms("加装电梯的目标是多少台")
    assert {"加装", "电梯"} <= set(found)
    assert not {"多少", "是", "的", "梯的", "的目", "标是"} & set(found)


def test_focus_of_a_question_of_asking_words_only_is_empty() -> None:
    assert focus_terms("是什么呢") == ()


@pytest.mark.parametrize(
    ("query", "chinese"),
    [("固定资产投资", True), ("r&d经费增长多少", True), ("how many elevators", False), ("2024?", False)],
)
def test_language(query: str, chinese: bool) -> None:
    assert is_chinese(query) is chinese


def test_a_year_is_no_part_of_a_longer_number() -> None:
    assert named_years("2023年和2024年哪年超过1990000元，比2024年多?") == ("2023", "2024")


def test_the_query_is_normalised_and_the_text_kept() -> None:
    question = understand(Inquiry("  哪個部門負責？ "), history_turns=0)
    assert question.text == "哪個部門負責？"
    assert question.query == "哪个部门负责?"


def test_history_beyond_the_limit_is_not_read() -> None:
    history = (Turn("user", "加装电梯的目标是多少台？"), Turn("assistant", "200台以上。"))
    assert understand(Inquiry("由谁牵头？", history), history_turns=0).standalone == "由谁牵头？"
    assert "加装电梯" in understand(Inquiry("由谁牵头？", history), history_turns=2).standalone

"""Several questions asked at once are told apart, each standing alone; one question stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.dataset import REPORTS, SEEDS, load_cases
from rag.datatypes import Turn
from rag.query.several import MOST, split


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("加装电梯的牵头单位是谁？什么时候完成？", "加装电梯的牵头单位是谁？|加装电梯什么时候完成？"),
        (
            "农贸市场改造，牵头单位是谁？什么时候完成？",
            "农贸市场改造，牵头单位是谁？|农贸市场改造什么时候完成？",
        ),
        ("加装电梯由谁牵头以及什么时候完成？", "加装电梯由谁牵头？|加装电梯什么时候完成？"),
        ("2024年新增学位多少个，加装电梯多少台？", "2024年新增学位多少个？|2024年加装电梯多少台？"),
        ("一是新增学位多少个；二是加装电梯多少台？", "新增学位多少个？|加装电梯多少台？"),
        ("请回答：1、赤字率是多少；2、谁牵头？", "赤字率是多少？|赤字率谁牵头？"),
        ("固定资产投资和新增学位的目标分别是多少？", "固定资产投资的目标是多少？|新增学位的目标是多少？"),
        (
            "2024年新增学位、绿道和电梯的目标各是多少？",
            "2024年新增学位的目标是多少？|2024年绿道的目标是多少？|2024年电梯的目标是多少？",
        ),
        ("区教育局当时的党委书记和局长分别是谁？", "区教育局当时的党委书记是谁？|区教育局当时的局长是谁？"),
        ("区教育局和区民政局的局长分别是谁？", "区教育局的局长是谁？|区民政局的局长是谁？"),
        (
            "区住房和城乡建设局的预算和决算分别是多少？",
            "区住房和城乡建设局的预算是多少？|区住房和城乡建设局的决算是多少？",
        ),
        (
            "二十大报告里人均寿命是多少岁，守住多少亩耕地？",
            "二十大报告里人均寿命是多少岁？|二十大报告里守住多少亩耕地？",
        ),
        ("区招商局的局长是谁？他说要坚持什么原则？", "区招商局的局长是谁？|区招商局局长说要坚持什么原则？"),
        (
            "海南今年城镇和农村居民收入各增多少？城镇化率要到多少？",
            "海南今年城镇居民收入增多少？|海南今年农村居民收入增多少？|海南今年城镇化率要到多少？",
        ),
        (
            "广西去年的外贸增长多少？旅游收入又增长多少？",
            "广西去年的外贸增长多少？|广西去年旅游收入又增长多少？",
        ),
        ("黑龙江省长是谁，今年GDP打算增长多少？", "黑龙江省长是谁？|黑龙江省今年GDP打算增长多少？"),
        (
            "湖北今年建多少亩高标准农田，新改建多少公里农村公路？",
            "湖北今年建多少亩高标准农田？|湖北今年新改建多少公里农村公路？",
        ),
        ("赤字率是多少？Who leads the elevators?", "赤字率是多少？|Who leads the elevators?"),
    ],
)
def test_is_split(question: str, parts: str) -> None:
    assert "|".join(split(question)) == parts


@pytest.mark.parametrize(
    "question",
    [
        "2023年和2024年的回迁安置户数各是多少？",
        "2019年的目标是多少，和2024年相比有什么变化？",
        "区财政局在预算编制、执行、监管三个环节的绩效要求各是什么？",
        "区人力社保局提的三个“聚力”分别是什么？",
        "刮台风下暴雨的时候，哪个部门顶上？",
        "一般公共预算收入增长要和什么同步？",
        "2025年的增长目标是多少，你知道吗？",
        "区住房和城乡建设局要筹建多少套蓝领公寓？",
        "Who leads it? When is it due?",
        "？？？",
        "",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert split(question) == (question,)


def test_of_the_questions_sets_only_those_that_ask_two_things_are_split() -> None:
    cases = [case for path in (SEEDS, REPORTS) for case in load_cases(path) if case.type != "several"]
    apart = {case.question for case in cases if len(split(case.question, case.history)) > 1}
    assert apart <= {
        "区教育局当时的党委书记和局长分别是谁？",
        "海绵城市的覆盖比例，大讨论时计划是多少，2024年又是多少？",
    }


def test_the_parts_of_a_follow_up_lean_on_the_conversation() -> None:
    history = [Turn("user", "2024年固定资产投资目标是多少？"), Turn("assistant", "740亿元以上[1]。")]
    parts = ("2024年新增学位目标是多少？", "2024年新增学位牵头单位是谁？")
    assert split("那新增学位呢？牵头单位是谁？", history) == parts


@given(st.text(alphabet="谁多少和、，？?；分别的局是2024年AB ", max_size=60))
def test_any_text_gives_a_few_questions(question: str) -> None:
    parts = split(question)
    assert 1 <= len(parts) <= MOST
    assert len(parts) > 1 or parts == (question,) or parts[0]

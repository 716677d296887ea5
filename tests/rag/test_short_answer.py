"""Short answers are pieces of the cited text or of what is known of its paragraph."""

import pytest

from rag.coverage import Coverage
from rag.datatypes import Attributes, Inquiry, Paragraph, Task
from rag.question import focus_terms, understand
from rag.short_answer import short_answer
from tests.rag.shelf import Flat

HOUSING = (
    "实施48个旧改工程，创建22个未来社区，完成小区二次供水改造60个、加装电梯200台以上，"
    "筹集保障性租赁住房5100套（间）。"
)


PLAIN = Attributes()


def answer(text: str, quote: str, attributes: Attributes = PLAIN) -> str | None:
    question = understand(Inquiry(text), history_turns=0)
    paragraph = Paragraph("d", 1, quote, 0, len(quote), attributes=attributes)
    coverage = Coverage.of(focus_terms(question.query), Flat())
    return short_answer(question, [(quote, paragraph)], coverage)


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        ("2024年固定资产投资目标是多少？", "实现固定资产投资740亿元以上。", "740亿元以上"),
        ("要加装多少台电梯？", HOUSING, "200台以上"),
        ("保障性租赁住房筹集多少套？", HOUSING, "5100套（间）"),
        ("二次供水改造多少个小区？", HOUSING, "60个"),
        ("R&D经费占GDP比重多少？", "R&D研发经费支出增长25%以上，占GDP比重提升至1.2%。", "1.2%"),
        ("接待了多少法律咨询？", "办理法律援助案件412件，接待法律咨询8300余人次。", "8300余人次"),
        ("农贸市场什么时候改造完？", "力争2019年8月底前全面完成农贸市场改造；", "2019年8月底前"),
        ("省委书记是谁？", "省委书记袁家军批示指出，要推广。", "袁家军"),
        ("哪个部门办这件事？", "由区民政局办理。", "区民政局"),
    ],
)
def test_found_in_the_text(question: str, quote: str, expected: str) -> None:
    assert answer(question, quote) == expected


def test_a_number_the_question_already_says_is_not_its_answer() -> None:
    assert answer("2019年要建多少个泊位？", "2019年计划竣工1000个泊位。") == "1000个"


def test_found_in_the_attributes() -> None:
    signed = Attributes("body", "区财政局", "黄仁", "党委书记、局长")
    assert answer("哪个部门要当好财政铁军？", "打造财政铁军。", signed) == "区财政局"
    assert answer("谁说要打造财政铁军？", "打造财政铁军。", signed) == "黄仁"


def test_a_task_names_its_lead_unit_or_when_asked_its_leader() -> None:
    led = Attributes(
        "task", "区住建局", "许挺", task=Task(3, "加装电梯。", ("区住建局", "区民政局"), "许挺副区长")
    )
    assert answer("加装电梯由哪个部门牵头？", "加装电梯。", led) == "区住建局、区民政局"
    assert answer("加装电梯由哪位区领导牵头？", "加装电梯。", led) == "许挺副区长"


@pytest.mark.parametrize("question", ["怎样加装电梯？", "介绍一下电梯"])
def test_an_untyped_question_has_no_short_answer(question: str) -> None:
    assert answer(question, HOUSING) is None

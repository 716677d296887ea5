"""Which tier of a rule a question means."""

from decimal import Decimal

import pytest

from rag.datatypes import Attributes, Evidence, Hit, Inquiry, Paragraph, Passage
from rag.language.chinese import sentences
from rag.matching.tiers import Range, condition, meant_first
from rag.query.question import understand

LEAVE = "职工累计工作已满1年不满10年的，年休假5天；已满10年不满20年的，年休假10天；已满20年的，年休假15天。"
TRIAL = (
    "劳动合同期限三个月以上不满一年的，试用期不得超过一个月；劳动合同期限一年以上不满三年的，试用期不得超过二个月；"
    "三年以上固定期限和无固定期限的劳动合同，试用期不得超过六个月。"
)
SPENT = "5000元以下的报销由部门总监审批；5000元（含）至2万元的由财务总监审批；2万元以上的由总经理审批。"


def evidence(*texts: str) -> Evidence:
    hits = tuple(
        Hit(Paragraph("d", number, text, 0, len(text)), "规定", 1.0) for number, text in enumerate(texts, 1)
    )
    passages = tuple(
        Passage(handle=handle, start=start, end=end, text=text[start:end], score=-float(handle))
        for handle, text in enumerate(texts, 1)
        for start, end in sentences(text)
    )
    return Evidence(hits, passages)


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("工作12年的职工年休假几天？", LEAVE, "10天"),
        ("工作二十年年休假几天？", LEAVE, "15天"),
        ("工作满10年不满20年的年假有几天？", LEAVE, "10天"),
        ("签了一年半的合同，试用期多长？", TRIAL, "二个月"),
        ("合同签了四个月，试用期多长？", TRIAL, "一个月"),
        ("试用期最长几个月？", TRIAL, "六个月"),
        ("8000元的报销谁审批？", SPENT, "财务总监"),
        ("三万元的报销谁审批？", SPENT, "总经理"),
    ],
)
def test_the_tier_meant_goes_first(question: str, text: str, said: str) -> None:
    found = meant_first(understand(Inquiry(question), history_turns=0), evidence(text))
    assert said in found.passages[0].text
    assert len(found.passages) == len(sentences(text))


@pytest.mark.parametrize("question", ["年休假几天？", "2024年年休假几天？", "50台电梯何时装好？"])
def test_without_a_figure_of_the_tiers_nothing_changes(question: str) -> None:
    as_it_was = evidence(LEAVE)
    assert meant_first(understand(Inquiry(question), history_turns=0), as_it_was) == as_it_was


def test_one_rule_alone_is_no_tier() -> None:
    as_it_was = evidence("入职满1年的员工享受年休假。")
    assert meant_first(understand(Inquiry("入职6年有年休假吗？"), history_turns=0), as_it_was) == as_it_was


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("已满10年不满20年的，年休假10天", Range("天", Decimal(3650), Decimal(7300))),
        ("年龄35周岁以下的，可以报名", Range("岁", Decimal(0), Decimal(35))),
        ("5000元（含）至2万元的由财务总监审批", Range("元", Decimal(5000), Decimal(20000))),
        ("应当在30日内提交", Range("天", Decimal(0), Decimal(30))),
        ("公示7个工作日无异议的，办理手续", None),
        ("本条例自2008年1月1日起施行", None),
    ],
)
def test_reads_the_condition_of_a_rule(text: str, bounds: Range | None) -> None:
    assert condition(text) == bounds


def test_the_whole_is_told_by_the_row_that_sums_up() -> None:
    texts = ("科目：农林水支出；2026年预算数（万元）：80", "科目：合计；2026年预算数（万元）：10827")
    rows = tuple(
        Hit(Paragraph("d", number, text, 0, len(text), attributes=Attributes("row")), "预算", 1.0)
        for number, text in enumerate(texts, 1)
    )
    passages = tuple(Passage(handle, 0, len(text), text) for handle, text in enumerate(texts, 1))
    asked = understand(Inquiry("2026年支出预算总共多少？"), history_turns=0)
    assert meant_first(asked, Evidence(rows, passages)).passages[0].text == texts[1]
    of_one = understand(Inquiry("2026年农林水支出预算多少？"), history_turns=0)
    assert meant_first(of_one, Evidence(rows, passages)).passages[0].text == texts[0]

"""Whom a rule binds: the subject of its clause, or what stands behind 由."""

import pytest

from rag.datatypes import Inquiry, Paragraph
from rag.matching.expected import holds_expected
from rag.matching.parties import asks_who_acts, parties
from rag.query.question import understand


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第十条 用人单位应当按时缴纳工伤保险费。", ["用人单位"]),
        ("职工个人缴存的住房公积金，由所在单位每月代扣代缴。", ["所在单位"]),
        ("费用由用人单位承担，职工不得缴纳。", ["用人单位", "职工"]),
        ("物业管理区域内全体业主组成业主大会。", ["物业管理区域内全体业主"]),
        ("贷款的风险，由住房公积金管理中心承担。", ["住房公积金管理中心"]),
        ("由县级以上地方人民政府依法处理。", ["县级以上地方人民政府"]),
        ("为了规范管理，制定本条例。", []),
    ],
)
def test_who_acts(text: str, found: list[str]) -> None:
    assert [one.text for one in parties(text)] == found
    assert all(text[one.start : one.end] == one.text for one in parties(text))


@pytest.mark.parametrize(
    "question", ["工伤保险费谁来交？", "业主大会由谁组成？", "费用该谁承担？", "Who pays the premiums?"]
)
def test_who_is_to_act_is_held_by_a_rule(question: str) -> None:
    asked = understand(Inquiry(question), history_turns=0)
    assert asks_who_acts(asked.query)
    for text in ("用人单位应当按时缴纳工伤保险费。", "全体业主组成业主大会。"):
        assert holds_expected(asked, text, Paragraph("d", 1, text, 0, len(text)))
    assert not holds_expected(asked, "费率不变。", Paragraph("d", 1, "费率不变。", 0, 5))


@pytest.mark.parametrize("question", ["区长是谁？", "谁写了这篇文章？"])
def test_who_somebody_is_asks_for_a_person(question: str) -> None:
    assert not asks_who_acts(understand(Inquiry(question), history_turns=0).query)

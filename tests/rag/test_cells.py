"""Which cell of a row a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Attributes, Inquiry, Paragraph
from rag.matching.cells import asked_cell, cells
from rag.matching.expected import figures, holds_expected
from rag.query.question import understand

COURT = (
    "项目：羽毛球场；收费单位：每片/小时；平日价（元）：40；"
    "周末及节假日价（元）：60；会员价（元）：32；备注：18:00后按周末价"
)
GYM = "项目：健身房；收费单位：每人/次；平日价（元）：30；会员价（元）：20；备注：年卡1800元"
POST = "岗位代码：A06；招聘单位：白马镇；岗位名称：网格员；招聘人数：20；年龄要求：45周岁以下"
CLERK = "科室：社会事务科；姓名：金鑫；职务：低保专员；办公电话：88072012；手机：13900010012；办公室：206"
MONEY = "项目：公务接待费；2025年预算（万元）：15；2026年预算（万元）：12"


def row(text: str, kind: str = "row") -> Paragraph:
    return Paragraph("d", 1, text, 0, len(text), attributes=Attributes(kind))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("羽毛球场周末多少钱一小时？", COURT, "60"),
        ("羽毛球场会员价多少？", COURT, "32"),
        ("羽毛球场多少钱？", COURT, "40"),
        ("健身房年卡多少钱？", GYM, "1800元"),
        ("白马镇网格员招多少人？", POST, "20"),
        ("网格员年龄要求是多少？", POST, "45周岁"),
        ("低保专员是谁？", CLERK, "金鑫"),
        ("金鑫的办公电话是多少？", CLERK, "88072012"),
        ("金鑫的手机号是多少？", CLERK, "13900010012"),
        ("金鑫在哪个办公室？", CLERK, "206"),
        ("2026年公务接待费预算是多少？", MONEY, "12"),
    ],
)
def test_the_header_tells_which_value_is_asked_for(question: str, text: str, value: str) -> None:
    asked = understand(Inquiry(question), history_turns=0)
    found = asked_cell(asked, text, row(text))
    assert found is not None
    assert value in found.text
    assert text[found.start : found.end] == found.text
    assert holds_expected(asked, text, row(text))


def test_no_cell_is_guessed_and_none_is_looked_for_outside_of_tables() -> None:
    asked = understand(Inquiry("羽毛球场有没有空调？"), history_turns=0)
    assert asked_cell(asked, COURT, row(COURT)) is None
    priced = understand(Inquiry("羽毛球场会员价多少？"), history_turns=0)
    assert asked_cell(priced, COURT, row(COURT, "body")) is None


def test_a_number_of_people_is_counted_in_people() -> None:
    assert [one.value for one in figures("白马镇网格员招多少人？", POST)] == [20]


@given(
    st.lists(st.tuples(st.text("甲乙丙", min_size=1), st.text("丁戊3", min_size=1)), min_size=1, max_size=5)
)
def test_cells_stand_where_they_are_said_to(pairs: list[tuple[str, str]]) -> None:
    text = "；".join(f"{header}：{value}" for header, value in pairs)
    assert [(cell.header, cell.value.text) for cell in cells(text)] == pairs
    assert all(text[cell.value.start : cell.value.end] == cell.value.text for cell in cells(text))

"""The kind of thing asked for: which figures and dates of a text may answer, and what is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Attributes, Inquiry, Paragraph
from rag.matching.expected import asked_count, dates, figures, holds_expected, leads_to_cases, measure
from rag.query.question import understand


@pytest.mark.parametrize(
    ("query", "unit"),
    [
        ("要做到多少分钟", "分钟"),
        ("要新建几个食堂", "个"),
        ("有多少名老人", "人"),
        ("任务量是多少方", "立方米"),
        ("总投资多少亿", "元"),
        ("补贴多少钱", "元"),
        ("增长目标是多少", "%"),
        ("财政收入去年实际增了多少?", "%"),
        ("物价涨了多少", "%"),
        ("停车位新增多少?", None),
        ("绿化覆盖率稳定在多少", "%"),
        ("比重要提到几成", "%"),
        ("how many law firms", "个"),
        ("how many kilometres of greenways", "公里"),
        ("打算出让多少经营性用地", None),
        ("今年要产多少天然气", None),
        ("至少要增长几个点", "%"),
        ("下降多少个百分点", "%"),
        ("设几个点位", "个"),
        ("区长是谁", None),
    ],
)
def test_the_unit_asked_for(query: str, unit: str | None) -> None:
    assert measure(query).unit == unit


def test_the_count_asked_for() -> None:
    assert asked_count("要强化哪三个理念") == 3
    assert asked_count("有哪些理念") is None


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("亚运会要用到几个场馆", "做好亚运会4大场馆保障", ["4大场馆"]),
        ("有多少名学生", "党组织3家，学生500名", ["500名"]),
        ("审批最长是几天", "2024年审批时限压缩到80个工作日", ["80个"]),
        ("增长目标是多少", "增长5.5%，达到740亿元", ["5.5%"]),
        ("总投资多少亿元", "总投资12亿元，建筑8幢", ["12亿元"]),
        ("有多少户注册用户", "实现一站式集成，三位一体", []),
        ("决算是多少万元", "项目：午餐；预算（万元）：2150；人数：31", ["2150"]),
        ("面积多少亩", "面积（万亩）：2.4；产量（吨）：1420", ["2.4"]),
        ("浓度降到多少", "降低PM2.5浓度", []),
        ("目标是多少", "2019年8月底前完成", []),
        ("2024年建成多少条道路", "第3条道路，建成20条", ["20条"]),
        ("是第几座", "是第12座中心，共30座", ["12座"]),
        ("全程收取多少钱", "全程$4.7，车程150分钟", ["4.7"]),
    ],
)
def test_figures_that_may_answer(query: str, text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in figures(query, text)] == found


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("通知是哪一天发出的", "2024年2月29日印发，3月执行", ["2024年2月29日"]),
        ("哪一天", "2024年底完成", []),
        ("要在哪一年建立", "2020年基本建立，3月启动", ["2020年"]),
        ("最迟什么时候完成", "力争2019年8月底前完成", ["2019年8月底前"]),
        ("什么时候", "五年内覆盖，11月中旬巡察", ["11月中旬"]),
        ("什么时候", "1556年至1572年在位", ["1556年至1572年"]),
        ("什么时候开", "周末开行", ["周末"]),
        ("多久一次", "每月举办一次，2024年启动", ["每月"]),
        ("几点开门", "上午8点半开门，2024年启动", ["上午8点半"]),
        ("2024年什么时候", "2024年建成", []),
        ("什么时候建成", "建于20世纪90年代", ["20世纪90年代"]),
        ("什么时候通车", "全力保障15号线建设", []),
    ],
)
def test_dates_that_may_answer(query: str, text: str, found: list[str]) -> None:
    assert [span.text for span in dates(query, text)] == found


PLAIN = Attributes()
SIGNED = Attributes("body", "区财政局", "黄仁", "党委书记、局长")


@pytest.mark.parametrize(
    ("text", "quote", "attributes", "holds"),
    [
        ("加装电梯补贴多少钱？", "加装电梯200台以上", PLAIN, False),
        ("加装多少台电梯？", "加装电梯200台以上", PLAIN, True),
        ("什么时候通车？", "保障15号线建设", PLAIN, False),
        ("哪个部门办理？", "由区民政局办理", PLAIN, True),
        ("哪个部门办理？", "全力做好台汛期和局地强降雨应对", PLAIN, False),
        ("区财政局局长是谁？", "打造财政铁军", SIGNED, True),
        ("区市场监管局局长是谁？", "打造财政铁军", SIGNED, False),
        ("区长是谁？", "打造财政铁军", SIGNED, False),
        ("怎样打造财政铁军？", "打造财政铁军", SIGNED, False),
    ],
)
def test_what_a_sentence_holds(text: str, quote: str, attributes: Attributes, holds: bool) -> None:  # noqa: FBT001 - a table's column
    question = understand(Inquiry(text), history_turns=0)
    paragraph = Paragraph("d", 1, quote, 0, len(quote), attributes=attributes)
    assert holds_expected(question, quote, paragraph) is holds


@given(st.text(max_size=30), st.text(max_size=80))
def test_any_text_can_be_read(query: str, text: str) -> None:
    assert all(text[one.start : one.end] for one in figures(query, text))
    assert all(text[span.start : span.end] == span.text for span in dates(query, text))


@given(st.text("第二上下春节半年0123月日底前每今明当世纪十五个亿元，", max_size=30))
def test_a_text_holds_what_is_asked_for_if_some_of_it_may_answer(text: str) -> None:
    paragraph = Paragraph("a", 1, text, 0, len(text))
    for query, read in (("什么时候", dates), ("哪一天", dates), ("多少个", figures), ("多少亿", figures)):
        question = understand(Inquiry(query), history_turns=0)
        assert holds_expected(question, text, paragraph) == bool(read(question.query, text))


def test_a_question_for_cases_is_led_to_by_the_sentence_above_them() -> None:
    lead = "职工有下列情形之一的，可以提取职工住房公积金账户内的存储余额："
    assert leads_to_cases("什么情况下可以提取住房公积金?", lead)
    assert leads_to_cases("申请工伤认定要提交哪些材料?", "提出工伤认定申请应当提交下列材料：")
    assert not leads_to_cases("什么情况下可以提取住房公积金?", "可以将住房公积金用于购买国债。")
    assert not leads_to_cases("培育哪些产业?", lead)


def test_a_rent_or_a_price_is_told_in_money() -> None:
    assert measure("两居室一个月租金多少?").unit == "元"
    assert measure("门票票价是多少?").unit == "元"
    assert measure("租金占市场价的比例是多少?").unit == "%"

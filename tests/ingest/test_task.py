"""Lead units and leaders as work plans write them.

May import `ingest`.
"""

import pytest

from ingest.field import Field, field_of
from ingest.rows import read_row
from ingest.task import Duties, find_leader, read_duties, read_fields, read_inline


def duties(text):
    return read_duties(read_fields(text))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("牵头单位：区发改经信局", ("区发改经信局",)),
        ("牵头单位:区教育局、区民政局，区财政局", ("区教育局", "区民政局", "区财政局")),
        (
            "牵头单位：区政府办公室、各街道办事处（列第一位的为牵头或汇总单位，下同）",
            ("区政府办公室", "各街道办事处"),
        ),
        ("责任单位：市民政局，各县（市、区）人民政府", ("市民政局", "各县（市、区）人民政府")),
        ("牵头单位：区商务局；配合单位：区财政局", ("区商务局",)),
        ("责任部门： 区商务局 区文商旅集团", ("区商务局", "区文商旅集团")),
        ("牵头单位：区教育局、区教育局", ("区教育局",)),
        ("配合单位：区财政局", ()),
        ("牵头单位：", ()),
        ("区财政局牵头", ()),
    ],
)
def test_lead_units(text, units):
    assert duties(text).units == units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "牵头单位：区商务局；责任单位：区财政局、区商务局；参与单位：各街道",
            Duties(("区商务局",), ("区财政局", "各街道")),
        ),
        (
            "牵头领导：黄飞副区长\n主责部门：区民政局\n协同部门：区卫健局\n完成时限：2024年12月底前。",
            Duties(("区民政局",), ("区卫健局",), ("黄飞", "副区长"), "2024年12月底前"),
        ),
        ("责任单位：区教育局 完成时间：长期坚持", Duties(("区教育局",), deadline="长期坚持")),
        ("分管领导：沈建立、冯晶", Duties(leader=("沈建立", None))),
        ("联系人：张三", Duties()),
    ],
)
def test_all_duties_of_a_task(text, expected):
    assert duties(text) == expected


@pytest.mark.parametrize(
    ("heading", "leader"),
    [
        ("二、黄飞常务副区长牵头工作", ("黄飞", "常务副区长")),
        ("三、樊峥常委牵头工作", ("樊峥", "常委")),
        ("沈建立副区长牵头工作", ("沈建立", "副区长")),
        ("（一）冯晶区长负责事项", ("冯晶", "区长")),
        ("一、总体要求", None),
        ("区长办公会议制度", None),
    ],
)
def test_the_leader_of_a_heading(heading, leader):
    assert find_leader(heading) == leader


@pytest.mark.parametrize(
    ("text", "leader"),
    [
        ("责任领导：黄飞副区长", ("黄飞", "副区长")),
        ("牵头领导：沈建立", ("沈建立", None)),
        ("牵头单位：区商务局", None),
    ],
)
def test_the_leader_of_a_field(text, leader):
    assert duties(text).leader == leader


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        (
            "推进扩面。（责任单位：市民政局、各县（市、区）人民政府）",
            5,
            Duties(("市民政局", "各县（市、区）人民政府")),
        ),
        (
            "推进扩面（牵头单位：市民政局；责任单位：市财政局；完成时限：6月底）。",
            4,
            Duties(("市民政局",), ("市财政局",), deadline="6月底"),
        ),
        ("推进扩面。（责任单位：市民政局）（完成时限：6月底）", 5, Duties(("市民政局",), deadline="6月底")),
        (
            "推进扩面。（市民政局牵头，市财政局、市商务局配合）",
            5,
            Duties(("市民政局",), ("市财政局", "市商务局")),
        ),
        ("推进扩面。（市民政局、市财政局按职责分工负责）", 5, Duties(("市民政局", "市财政局"))),
        ("推进扩面。", 5, Duties()),
        ("（责任单位：市民政局）要推进扩面。", 17, Duties()),
        ("谁主管谁负责（属地负责）", 12, Duties()),
    ],
)
def test_duties_in_the_closing_brackets(text, end, expected):
    assert read_inline(text) == (end, expected)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("重点任务", Field.TASK),
        ("具体工作举措", Field.TASK),
        ("牵 头 单 位", Field.LEAD),
        ("责任部门（单位）", Field.CHARGED),
        ("配合单位", Field.SUPPORT),
        ("责任领导", Field.LEADER),
        ("时间节点", Field.DEADLINE),
        ("序号", Field.NUMBER),
        ("备注", None),
        ("联系人", None),
    ],
)
def test_headers_announce_fields(label, field):
    assert field_of(label) is field


def test_a_row_is_a_task_where_it_says_what_and_whose():
    row = [
        ("序号", "12"),
        ("重点任务", "养老"),
        ("工作内容", "新建社区食堂15个"),
        ("牵头单位", "区民政局"),
        ("配合单位", "区财政局、区商务局"),
        ("完成时限", "2024年11月"),
    ]
    expected = Duties(("区民政局",), ("区财政局", "区商务局"), deadline="2024年11月")
    assert read_row(row) == (12, "新建社区食堂15个", expected)
    assert read_row(row[1:]) == (None, "新建社区食堂15个", expected)
    assert read_row(row[:3]) is None
    assert read_row([("单位", "区民政局"), ("人数", "12")]) is None

"""Lead units and leaders as work plans write them.

May import `ingest`.
"""

import pytest

from ingest.task import find_leader, read_inline_units, read_lead_units, read_leader


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
    assert read_lead_units(text) == units


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
    assert read_leader(text) == leader


def test_units_in_the_closing_brackets():
    text = "推进扩面。（责任单位：市民政局、各县（市、区）人民政府）"
    assert read_inline_units(text) == (5, ("市民政局", "各县（市、区）人民政府"))
    assert read_inline_units("推进扩面。") == (5, ())
    assert read_inline_units("（责任单位：市民政局）要推进扩面。") == (17, ())

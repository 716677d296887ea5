"""Signatures: the unit, the person and the post; and lines that only end like a unit.

May import `ingest`.
"""

import pytest

from ingest.signature import Signature, clean_signature, is_unit, read_signature


@pytest.mark.parametrize(
    ("text", "unit", "person", "post"),
    [
        ("区教育局局长 赵群筠", "区教育局", "赵群筠", "局长"),
        ("区残联党组书记、理事长 谢建青", "区残联", "谢建青", "党组书记、理事长"),
        ("区委副书记、区长 冯晶", "区委", "冯晶", "副书记、区长"),
        ("区委组织部常务副部长　黄　仁", "区委组织部", "黄仁", "常务副部长"),
        (
            "区住建局、区人防办（区民防局）党委书记、局长（主任） 陈劲松",
            "区住建局",
            "陈劲松",
            "党委书记、局长（主任）",
        ),
        ("区人大常委会主任 吴才平", "区人大常委会", "吴才平", "主任"),
        ("区教 育 局党委书记 徐旭勇", "区教育局", "徐旭勇", "党委书记"),
        ("和田地区行署专员公署主任 阿布都·热合曼", "和田地区行署专员公署", "阿布都·热合曼", "主任"),
        ("区综合行政执法局", "区综合行政执法局", None, None),
        ("区教 育 局", "区教育局", None, None),
        ("农业部 卫生部", "农业部", None, None),
    ],
)
def test_a_signature_is_read(text, unit, person, post):
    assert read_signature(text) == Signature(unit, person, post)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "加快建设法治政府",
            "全力推进平安社会",
            "为深入学习贯彻习近平新时代中国特色社",
            "今天天气很好",
            "黄仁",
            "",
        ),
        *("我校校长说，大家要努力 学习", "关于成立领导小组办公室", "第三条 主任", "局长 " * 40),
    ],
)
def test_other_lines_are_no_signatures(text):
    assert read_signature(text) is None


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("区财政局党委书记、局长   黄仁", "区财政局党委书记、局长 黄仁"),
        ("区财政局局长 黄　仁", "区财政局局长 黄仁"),
        ("区教 育 局", "区教育局"),
        ("农业部　卫生部", "农业部 卫生部"),
    ],
)
def test_a_signature_keeps_only_the_blank_that_parts(written, clean):
    assert clean_signature(written) == clean


def test_units():
    assert is_unit("大运河数智未来城管委会")
    assert is_unit("区招商局（区经合办）")
    assert not is_unit("各街道办事处：")

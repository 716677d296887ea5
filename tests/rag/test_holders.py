"""Who is asked for: the office and the person that the question means, and nobody where none fits."""

import pytest

from rag.datatypes import Attributes, Paragraph, Task
from rag.matching.holders import bodies, people

PLAIN = Attributes()
SIGNED = Attributes("body", "区财政局", "黄仁", "党委书记、局长")
LED = Attributes(
    "task", "区住建局", "许雷挺", task=Task(3, "加装电梯。", ("区住建局", "区民政局"), "许雷挺副区长")
)


def paragraph(text: str, attributes: Attributes) -> Paragraph:
    return Paragraph("d", 1, text, 0, len(text), attributes=attributes)


@pytest.mark.parametrize(
    ("query", "text", "attributes", "names"),
    [
        ("加装电梯由哪个部门牵头", "加装电梯", LED, ["区住建局、区民政局"]),
        ("哪个部门打造铁军", "打造财政铁军", SIGNED, ["区财政局"]),
        ("哪个部门打造铁军", "由区教育局打造铁军", SIGNED, ["区教育局"]),
        ("区财政局和哪个部门合作", "与区民政局合作", SIGNED, ["区民政局"]),
        ("哪个街道打造铁军", "打造财政铁军", SIGNED, []),
        ("哪个街道获奖", "祥符街道调委会获奖", SIGNED, ["祥符街道"]),
        ("哪家公司开发", "由区城改办开发", PLAIN, []),
        ("由谁创建", "由张艺谋创建", PLAIN, ["张艺谋"]),
        ("报告由谁来作的", "在第三次会议上 自治区代理主席 嘎玛泽登", PLAIN, ["嘎玛泽登"]),
        ("哪家公司完成重组", "江北建投完成重组", PLAIN, ["江北建投"]),
        ("哪家单位在研发", "之江实验室、创新中心城区在研发", PLAIN, ["之江实验室"]),
        ("去年组建了哪个机构", "组建民营经济发展服务局", PLAIN, ["民营经济发展服务局"]),
        ("报告把谁称为协商机构", "发挥人民政协作为协商机构作用", PLAIN, ["人民政协"]),
    ],
)
def test_offices(query: str, text: str, attributes: Attributes, names: list[str]) -> None:
    assert [span.text for span in bodies(query, text, paragraph(text, attributes))] == names


@pytest.mark.parametrize(
    ("query", "text", "attributes", "names"),
    [
        ("哪位副区长牵头加装电梯", "加装电梯", LED, ["许雷挺副区长"]),
        ("区长是谁", "加装电梯", LED, []),
        ("谁写的加装电梯", "加装电梯", LED, []),
        ("区财政局的局长是谁", "打造财政铁军", SIGNED, ["黄仁"]),
        ("财政局党委书记叫什么", "打造财政铁军", SIGNED, ["黄仁"]),
        ("区卫健局的局长是谁", "打造财政铁军", SIGNED, []),
        ("区财政局的副局长是谁", "打造财政铁军", SIGNED, []),
        ("谁说要打造财政铁军", "打造财政铁军", SIGNED, ["黄仁"]),
        ("这项要求是谁提出的", "省委书记车俊提出要求", SIGNED, ["车俊", "黄仁"]),
        ("哪位省领导批示肯定", "省委书记袁家军批示，局长黄仁汇报", PLAIN, ["袁家军"]),
        ("区教育局党委书记是谁", "省委书记袁家军批示", PLAIN, []),
        ("区教育局局长是谁", "区财政局局长黄仁、区教育局局长赵群筠", PLAIN, ["赵群筠"]),
        ("who is the director of the finance bureau", "打造财政铁军", SIGNED, ["黄仁"]),
        ("who is the deputy director", "打造财政铁军", SIGNED, []),
        ("改造后叫什么", "以“大运美街”焕新亮相", PLAIN, ["大运美街"]),
        ("首家省实验室叫什么", "首家省实验室——燕山材料实验室挂牌", PLAIN, ["燕山材料实验室"]),
        ("三个实验室叫什么", "长白山、三江、吉光3个实验室挂牌", PLAIN, ["长白山、三江、吉光"]),
        ("新的计量机构叫什么", "国家光刻机产业计量测试中心落户", PLAIN, ["国家光刻机产业计量测试中心"]),
        ("哪位院士带的队伍", "李玉院士团队获奖", PLAIN, ["李玉"]),
        ("吉林省的省长叫什么名字", "省长 胡玉亭", PLAIN, ["胡玉亭"]),
    ],
)
def test_people(query: str, text: str, attributes: Attributes, names: list[str]) -> None:
    assert [span.text for span in people(query, text, paragraph(text, attributes))] == names

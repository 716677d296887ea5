"""Documents of the founding kinds in other words: a notice, a page, a plan, a law, a speech.

May import `ingest` and `rag`.
"""

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pipeline import parse
from rag.language.chinese import squeeze

NOTICE = """临江市人民政府办公厅关于印发临江市
养老服务提升三年行动方案（2023—2025年）的通知

临政办发〔2023〕15号

各县（市、区）人民政府，市政府各部门、各单位：

《临江市养老服务提升三年行动方案（2023—2025年）》已经市政府同意，现印发给你们，请认真组织实施。

临江市人民政府办公厅
2023年5月6日

临江市养老服务提升三年行动方案
（2023—2025年）

为加快完善养老服务体系，根据有关规定，结合我市实际，制定本方案。

一、主要任务

（一）健全服务网络

1.建设示范中心。每个街道至少建成1家。（责任单位：市民政局、市住建局，各县（市、区）人民政府）

2.发展老年助餐。新建老年食堂200家。（责任单位：市民政局）

（二）加强人才培养

支持职业院校开设养老服务专业。

附件：1.重点任务清单
      2.评价指标

抄送：市委各部门，市人大常委会办公厅。
"""
PAGE = """深入学习贯彻全会精神 奋力开创发展新局面
——各部门负责人谈学习体会

区教育局
我们将坚持立德树人，推进教育优质均衡发展。
一是优化布局。新建学校五所，新增学位三千个。

区民政局
我们将聚焦一老一小，织密民生保障网。全年新建社区食堂十五家。
"""
PLAN = """附件1

重点任务分工表

一、产业发展
1.培育上市企业2家以上。
责任领导：黄飞副区长
牵头单位：区金融办
配合单位：区发改经信局
2.引进首店60家以上。
责任领导：沈建立
牵头单位：区商务局

二、民生保障
3.新建社区食堂15个。
   建立长效运营机制，加强监管。
牵头单位：区民政局，区财政局
"""
LAW = """# 临江市养犬管理条例

2019年3月1日 临江市第十三届人民代表大会常务委员会第十次会议通过

## 目录

第一章　总则
第二章　登记

## 第一章　总则

**第一条**　为了规范养犬行为，制定本条例。

第二条　公安机关履行下列职责：
（一）登记；
（二）收容。

前款规定的登记，每年一次。

## 第二章　登记

第三条之一　养犬人应当登记。
"""


def read(text, suffix=".txt"):
    return parse(text.encode(), f"样本{suffix}")


def find(parsed, words):
    return next(p for p in parsed.paragraphs if p.text.startswith(words))


def test_a_notice_with_its_plan():
    parsed = read(NOTICE)
    assert parsed.document.title == (
        "临江市人民政府办公厅关于印发临江市养老服务提升三年行动方案（2023—2025年）的通知"
    )
    metadata = parsed.document.metadata
    assert (metadata.year, metadata.issuer, metadata.kind) == (2023, "临江市人民政府办公厅", "通知")
    plan = "临江市养老服务提升三年行动方案（2023—2025年）"
    assert find(parsed, plan).attributes.kind == "heading"
    assert find(parsed, "支持职业").section == (plan, "一、主要任务", "（二）加强人才培养")
    task = find(parsed, "1.建设").attributes.task
    assert task is not None
    assert task.lead_units == ("市民政局", "市住建局", "各县（市、区）人民政府")
    assert task.text == "建设示范中心。每个街道至少建成1家。"
    assert find(parsed, "《临江市").attributes.department == "临江市人民政府办公厅"
    assert find(parsed, "支持职业").attributes.department is None
    assert find(parsed, "2.评价").attributes.kind == "body"
    assert find(parsed, "抄送").section == ()


def test_units_above_their_texts_are_headings():
    parsed = read(PAGE)
    assert parsed.document.title == "深入学习贯彻全会精神 奋力开创发展新局面"
    assert find(parsed, "区教育局").attributes.kind == "heading"
    for words, unit in (("我们将坚持", "区教育局"), ("一是优化", "区教育局"), ("我们将聚焦", "区民政局")):
        assert find(parsed, words).attributes.department == unit
        assert find(parsed, words).section == (unit,)


def test_a_plan_with_more_fields():
    parsed = read(PLAN)
    assert parsed.document.title == "重点任务分工表"
    tasks = [p.attributes for p in parsed.paragraphs if p.attributes.task]
    assert [(a.task.number, a.task.lead_units, a.task.leader, a.person, a.post) for a in tasks] == [
        (1, ("区金融办",), "黄飞副区长", "黄飞", "副区长"),
        (2, ("区商务局",), "沈建立", "沈建立", None),
        (3, ("区民政局", "区财政局"), None, None, None),
    ]
    assert find(parsed, "3.").text == (
        "3.新建社区食堂15个。\n建立长效运营机制，加强监管。\n牵头单位：区民政局，区财政局"
    )


def test_a_law():
    parsed = read(LAW, ".md")
    assert parsed.document.title == "临江市养犬管理条例"
    metadata = parsed.document.metadata
    assert (metadata.year, metadata.issuer, metadata.kind) == (2019, "临江市人民代表大会常务委员会", "条例")
    assert find(parsed, "**第一条**").section == ("第一章 总则", "第一条")
    for words in ("第二条", "前款规定"):
        assert find(parsed, words).section == ("第一章 总则", "第二条")
    for words in ("（一）登记", "（二）收容"):
        assert find(parsed, words).section == ("第一章 总则", "第二条", "公安机关履行下列职责")
    assert find(parsed, "第三条之一").section == ("第二章 登记", "第三条之一")
    assert find(parsed, "第一章").section == ("目录",)
    assert not any(p.attributes.department for p in parsed.paragraphs)


def test_a_speech():
    text = "在全区经济工作会议上的讲话\n（2024年1月5日）\n冯晶\n\n同志们：\n今天的会议，总结工作。\n"
    text += "一、认清形势\n去年经济稳中有进。\n二、突出重点\n要抓好项目。项目是生命线。\n"
    parsed = read(text)
    assert (parsed.document.title, parsed.document.metadata.kind) == ("在全区经济工作会议上的讲话", "讲话")
    assert find(parsed, "去年").section == ("一、认清形势",)
    assert find(parsed, "要抓好").section == ("二、突出重点",)


def test_lines_cut_out_of_a_sentence_are_put_back():
    text = "会议听取和审议了国务院总理所作的\n政府工作报告\n。会议高度评价各项成就\n，决定批准。\n\n"
    text += "会议号召团结奋斗。\n"
    assert [p.text for p in read(text).paragraphs] == [
        "会议听取和审议了国务院总理所作的政府工作报告。会议高度评价各项成就，决定批准。",
        "会议号召团结奋斗。",
    ]


def test_a_list_and_a_table_of_contents_are_no_headings():
    contents = "目录如下。\n一、总则\n二、附则\n"
    parsed = read(contents + "一、总则\n本办法适用于全区。\n需要材料：\n1.身份证\n2.户口本\n")
    assert [p.text for p in parsed.paragraphs if p.attributes.kind == "heading"] == ["一、总则"]
    assert find(parsed, "1.身份证").attributes.kind == "body"


@pytest.mark.parametrize(
    "text", ["#", "# ", "▶", "一、", "1.", "第一章", "（", "牵头单位：", "抄送：", "。", "区教育局"]
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_single_line_is_a_document(text, suffix):
    parsed = read(text, suffix)
    assert [squeeze(p.text) for p in parsed.paragraphs] == [squeeze(text)]


SENTENCES = st.lists(
    st.sampled_from(
        ["坚持稳中求进，推动高质量发展。", "扎实做好保障，维护群众合法权益，不断提升水平。", "好。"]
    ),
    min_size=4,
    max_size=9,
).map("".join)


def wrap(paragraph, width):
    """As a newspaper prints it: the first line indented by two, no line begun with punctuation."""
    lines, rest, room = [], paragraph, width - 2
    while rest:
        cut = min(room, len(rest))
        while cut < len(rest) and rest[cut] in "，。":
            cut -= 1
        lines.append(rest[:cut])
        rest, room = rest[cut:], width
    return lines


@given(
    st.lists(SENTENCES, min_size=4, max_size=8),
    st.sampled_from([18, 22, 30]),
    st.sampled_from(["\n", "\n\n"]),
)
def test_no_sentence_of_print_stays_broken_and_no_item_runs_into_the_one_before(paragraphs, width, gap):
    numbered = [f"{number}.第{number}项任务部署安排。{text}" for number, text in enumerate(paragraphs, 1)]
    lines = [line for paragraph in numbered for line in wrap(paragraph, width)]
    found = [p.text for p in read(gap.join(lines)).paragraphs]
    assert all(text.endswith("。") for text in found)
    assert [text[:2] for text in found if text[0].isdecimal()] == [text[:2] for text in numbered]


CORPUS = Path(os.environ.get("RAG_DATA", "../shared/data")) / "corpus" / "laws.jsonl.gz"


@pytest.mark.skipif(
    not CORPUS.is_file(), reason=f"needs the law texts: RAG_DATA names no folder with {CORPUS}"
)
def test_laws_keep_every_character_and_find_their_titles():
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        laws = [json.loads(line) for number, line in enumerate(file) if number % 100 == 0]
    for law in laws:
        parsed = read(law["text"], ".md")
        assert "".join(squeeze(p.text) for p in parsed.paragraphs) == squeeze(parsed.document.text)
        assert squeeze(parsed.document.title) == squeeze(law["title"])

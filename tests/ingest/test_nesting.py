"""Section paths: numbers as the document counts them, run-in headings, and where sections end.

May import `ingest` and `rag`.
"""

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from ingest.loaded import Loaded
from ingest.structure import build
from rag.language.chinese import squeeze
from tests.ingest.element_texts import PROSE, path, piece, plain

JUDICIAL = """最高人民法院关于审理某类案件的解释

一、一般规定
第一条 人民法院应当受理。
第二条 下列情形除外：
（一）不属于民事案件；
（二）已经裁判。
前款所列情形，由人民法院认定。
二、附则
第三条 本解释自公布之日起施行。
"""
STANDARD = f"""临江市突发事件应急预案

1 总则
1.1 编制目的
{PROSE}
1.2 适用范围
1.2.1 地域范围
3.5倍于往年的降雨也在其中，{PROSE}
2 组织体系
{PROSE}
"""
REPORT = f"""2024年临江市政府工作报告

各位代表：
现在，我代表市人民政府向大会报告工作。
一、工作回顾
（一）稳增长。{PROSE}
（二）强科技。{PROSE}
（三）惠民生。{PROSE}
（四）防风险。{PROSE}
过去一年，成绩来之不易。{PROSE}
二、工作安排
第一，抓项目。{PROSE}
{PROSE}续前段。
第二，抓服务。{PROSE}
三、自身建设
一是坚持学习。{PROSE}二是坚持实干。{PROSE}
各位代表！让我们团结奋斗，共创未来！
"""


def test_courts_number_parts_above_articles():
    found = plain(JUDICIAL)
    assert path(found, "第二条") == ("一、一般规定", "第二条")
    assert path(found, "（二）已经裁判") == ("一、一般规定", "第二条", "下列情形除外")
    assert path(found, "前款所列") == ("一、一般规定", "第二条")
    assert path(found, "第三条") == ("二、附则", "第三条")


def test_decimal_numbers_count_parts_and_figures_do_not():
    found = plain(STANDARD)
    assert piece(found, "1 总则").attributes.kind == "heading"
    assert path(found, "1.2.1") == ("1 总则", "1.2 适用范围")
    assert path(found, "3.5倍于") == ("1 总则", "1.2 适用范围", "1.2.1 地域范围")
    assert path(found, "2 组织") == ()


def test_a_list_against_its_style_belongs_to_the_item_that_holds_it():
    items = f"（一）成立小组。{PROSE}\n（二）明确责任。{PROSE}\n"
    found = plain(
        f"关于加强管理的通知\n各单位：\n{PROSE}\n1、加强领导。{PROSE}\n{items}"
        f"2、强化落实。{PROSE}\n（一）督促检查。{PROSE}\n特此通知。\n"
    )
    assert path(found, "（二）明确") == ("1、加强领导", "（二）明确责任")
    assert path(found, "（一）督促") == ("2、强化落实", "（一）督促检查")
    assert path(found, "特此通知") == ()


def test_a_report_with_points_said_and_printed():
    found = plain(REPORT)
    assert path(found, "（四）") == ("一、工作回顾", "（四）防风险")
    assert path(found, "过去一年") == ("一、工作回顾",)
    assert path(found, "第一，") == ("二、工作安排", "第一，抓项目")
    assert [each.section for each in found.pieces if each.text.endswith("续前段。")] == [
        ("二、工作安排", "第一，抓项目")
    ]
    assert path(found, "第二，") == ("二、工作安排", "第二，抓服务")
    assert path(found, "一是坚持") == ("三、自身建设",)
    assert path(found, "各位代表！让我们") == ()


def test_sentences_that_head_paragraphs_open_sections():
    text = "关于改革的报告\n{0}\n一、改革任务\n（一）搞活企业。\n{0}\n（二）搞活市场。\n其次。{0}\n"
    found = plain(text.format(PROSE))
    assert path(found, "其次。") == ("一、改革任务", "（二）搞活市场")
    listed = plain(
        f"关于改革的报告\n{PROSE}\n一、改革任务\n（一）搞活企业。\n（二）搞活市场。\n其次。{PROSE}\n"
    )
    assert path(listed, "其次。") == ("一、改革任务",)


def test_a_decision_comes_into_force_below_none_of_its_points():
    found = plain(
        "临江市人民代表大会常务委员会关于修改条例的决定\n"
        f"一、第三条修改为：“{PROSE}”\n二、删去第五条。{PROSE}\n本决定自公布之日起施行。\n"
    )
    assert path(found, "本决定自") == ()


def test_headings_that_lost_their_numbers_stand_among_their_siblings():
    chapters = ["第一章 总则", "第二章 保护", "经费", "第四章 附则"]
    text = "临江市古城保护条例\n" + "".join(
        f"{chapter}\n第{number}条 {PROSE}\n" for chapter, number in zip(chapters, "一二三四", strict=True)
    )
    found = plain(text)
    assert path(found, "第三条") == ("经费", "第三条")
    assert path(found, "第四条") == ("第四章 附则", "第四条")


def test_the_name_of_a_chapter_may_break_and_may_be_a_body():
    found = plain(
        f"临江市信访条例\n第一章 仲裁委员会\n第一条 {PROSE}\n"
        f"第二章 人民代表大会及其常务委员会\n信访事项的受理和办理\n第二条 {PROSE}\n"
    )
    assert path(found, "第一条") == ("第一章 仲裁委员会", "第一条")
    assert path(found, "第二条") == ("第二章 人民代表大会及其常务委员会信访事项的受理和办理", "第二条")


def test_a_table_of_contents_heads_nothing():
    contents = "目录\n第一章 总则\n第一节 目的\n第二节 范围\n第二章 附则\n"
    body = f"第一章 总则\n第一节 目的\n第一条 {PROSE}\n第二节 范围\n第二条 {PROSE}\n"
    body += f"第二章 附则\n第三条 {PROSE}\n"
    found = plain(f"临江市立法条例\n{contents}{body}")
    headings = [each.text for each in found.pieces if each.attributes.kind == "heading"]
    assert headings[-4:] == ["第一章 总则", "第一节 目的", "第二节 范围", "第二章 附则"]
    assert len(headings) <= 5
    assert path(found, "第二条") == ("第一章 总则", "第二节 范围", "第二条")


@pytest.mark.parametrize("annex", ["附件1", "附件 2", "附录"])
def test_an_annex_after_the_signed_letter(annex):
    letter = "临江市人民政府关于印发分工方案的通知\n各单位：\n现印发给你们，请认真贯彻执行。\n"
    signed = "临江市人民政府\n2024年3月5日\n"
    found = plain(f"{letter}{signed}\n{annex}\n重点工作分工方案\n一、总体要求\n{PROSE}\n")
    assert path(found, "我们要认真") == (annex, "重点工作分工方案", "一、总体要求")
    assert (found.issuer, found.signed) == ("临江市人民政府", "2024年3月5日")


CORPUS = Path(os.environ.get("RAG_DATA", "../shared/data")) / "corpus" / "laws.jsonl.gz"
_ARTICLE = re.compile(r"(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)(?=\s)")


def known_paths(markdown):
    """Each line with the headings that Markdown puts above it, the title aside, and its article."""
    lines, above, article = [], [], ()
    for line in filter(None, map(str.strip, markdown.splitlines())):
        hashes = len(line) - len(line.lstrip("#"))
        text = line.lstrip("#* ").strip()
        if hashes:
            above = [(level, name) for level, name in above if level < hashes]
            article = ()
        named = _ARTICLE.match(text)
        article = (named.group(1),) if named else article
        lines.append((text, (*(squeeze(name) for level, name in above if level > 1), *article)))
        if hashes:
            above.append((hashes, text))
    return lines


@pytest.mark.skipif(
    not CORPUS.is_file(), reason=f"needs the law texts: RAG_DATA names no folder with {CORPUS}"
)
def test_laws_without_marks_have_the_paths_that_their_markdown_gives():
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        laws = [json.loads(line) for number, line in enumerate(file) if number % 60 == 7]
    right = total = 0
    for law in laws:
        lines = known_paths(law["text"])
        found = build(Loaded("\n".join(text for text, _ in lines), "text/plain"))
        known = {squeeze(text): path for text, path in lines}
        for each in found.pieces:
            expected = known.get(squeeze(each.text))
            if expected is not None:
                total += 1
                # The sentence that leads to a list stands above its items too.
                path = tuple(map(squeeze, each.section))
                right += path[: len(expected)] == expected and len(path) <= len(expected) + 1
    assert total > 1000
    assert right >= 0.95 * total

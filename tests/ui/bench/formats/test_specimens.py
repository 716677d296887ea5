"""What a specimen is known to hold: paths, notes, rows, merged cells; and how laws and reports become one."""

import gzip
import json
from pathlib import Path

import pytest

from eval.fidelity import Known
from rag.errors import UnreadableFile
from ui.bench.formats.shows import on_slides
from ui.bench.formats.sources import LAWS, REPORTS, choose, load_sources, read_tasks
from ui.bench.formats.specimens import Heading, Specimen, Table, Text, cell_spans, known
from ui.bench.formats.variants import annotated, known_briefs, newspaper, official

SEEDS = Path(__file__).parents[4] / "seeds" / "documents"
LAW = """# 供水条例

2020年1月1日 市人民代表大会通过

## 第一章  总则

第一条 为了规范供水，制定本条例。

市水务局负责供水工作。

### 第一节  用水

第二条 用水应当节约：

（一）不得浪费；

## 第二章  附则

第三条 本条例自公布之日起施行。
"""
ODD = f"{LAW}\n目录\n\n## 第三章 其他\n\n第四条 略。\n"
REPORT = """某省报告
来源：日报
各位代表：
现在报告工作。
一、过去一年
（一）经济平稳
增长5%。
二、今年工作
努力奋斗。
"""


@pytest.fixture
def sources(tmp_path):
    for name, title, texts in ((LAWS, "供水条例", (LAW, ODD)), (REPORTS, "某省报告", (REPORT,))):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(f"{json.dumps({'title': title, 'text': text})}\n" for text in texts)
    return load_sources(tmp_path, SEEDS)


def test_a_law_stands_under_its_chapters_sections_and_articles(sources):
    (law,) = sources.laws
    paths = {each.text: each.section for each in known(law) if each.kind == "body"}
    assert paths["2020年1月1日 市人民代表大会通过"] == ()
    assert paths["市水务局负责供水工作。"] == ("第一章 总则", "第一条")
    assert paths["（一）不得浪费；"] == ("第一章 总则", "第一节 用水", "第二条")
    assert paths["第三条 本条例自公布之日起施行。"] == ("第二章 附则", "第三条")


def test_a_law_with_a_table_of_contents_is_not_taken(sources):
    assert [law.title for law in sources.laws] == ["供水条例"]


def test_a_report_begins_with_its_address_and_has_numbered_headings(sources):
    (report,) = sources.reports
    assert known(report)[1:3] == (Known("body", "各位代表：", ()), Known("body", "现在报告工作。", ()))
    assert Known("body", "增长5%。", ("一、过去一年", "（一）经济平稳")) in known(report)


def test_the_founding_documents_are_known(sources):
    truth = known_briefs(sources)
    assert [each.text for each in truth if each.kind == "line"][:2] == ["区教育局", "区民政局"]
    assert truth[2].section == ("区教育局",)
    assert truth[2].text.startswith("一是提高站位，做好党的二十届三中全会的学习宣传贯彻。")
    assert len(sources.tasks) > 140
    assert ("贾元元副区长", "建立青少年心理危机预警、干预和转介机制。", "区卫健局") in sources.tasks


def test_missing_data_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match="laws"):
        load_sources(tmp_path, SEEDS)


def test_missing_seeds_are_named(tmp_path, sources):
    with pytest.raises(UnreadableFile, match="--seeds"):
        load_sources(tmp_path, tmp_path)


def test_tasks_are_joined_over_broken_lines():
    lines = [
        "一、张三副区长牵头工作",
        "1.建成学校",
        "三所。",
        "牵头单位：区教育局",
        "李四区长牵头工作",
        "2.通车。",
    ]
    assert list(read_tasks([*lines, "牵头单位：区交通局"])) == [
        ("张三副区长", "建成学校三所。", "区教育局"),
        ("李四区长", "通车。", "区交通局"),
    ]


def test_rows_read_alone_with_merged_cells_and_headers_of_two_rows():
    header = (("名称", "篇幅", ""), ("", "章", "条"))
    table = Table(header, (("条例", "3", "40"), ("", "5", ""), ("办法。", "1", "9")))
    rows = [each.text for each in known(Specimen("表", "", (table,)))]
    assert rows == [
        "名称：条例；篇幅/章：3；篇幅/条：40",
        "名称：条例；篇幅/章：5；篇幅/条：40",
        "名称：办法。篇幅/章：1；篇幅/条：9",
    ]


def test_cells_reach_over_the_empty_ones():
    spans = cell_spans([("名称", "篇幅", ""), ("", "章", "条")], across=True)
    assert spans == {(0, 0): (2, 1), (0, 1): (1, 2), (1, 1): (1, 1), (1, 2): (1, 1)}


def test_numbers_of_a_list_and_hashes_are_known_text():
    specimen = Specimen("名", "题", (Heading("一、甲"), Heading("（一）乙", 2), Text("丙。", item=4)))
    assert [each.text for each in known(specimen)] == ["题", "一、甲", "（一）乙", "4.丙。"]
    assert [each.text for each in known(specimen, hashes=True)] == [
        "# 题",
        "## 一、甲",
        "### （一）乙",
        "4.丙。",
    ]


def test_notes_differ_and_follow_their_paragraphs(sources):
    specimen = annotated(Specimen("名", "题", tuple(Text(f"第{n}段。") for n in range(20))))
    notes = [each.text for each in known(specimen) if each.kind == "note"]
    assert len(notes) == len(set(notes)) == 3
    assert known(specimen)[5] == Known("note", notes[0], ())


def test_a_slide_takes_a_few_short_paragraphs_and_one_to_be_spoken():
    texts = [Text("长" * 300), *(Text(f"第{n}段。") for n in range(6))]
    shown = on_slides(Specimen("名", "题", (Heading("甲"), *texts, Heading("乙"), *texts)), count=1)
    assert [part.text for part in shown.parts] == ["甲", "第0段。", "第1段。", "第2段。", "第3段。"]
    assert shown.parts[-1].note == "第4段。"


def test_an_official_letter_has_its_issuer_and_number_above_the_title(sources):
    (report,) = sources.reports
    lines = known(official(report))
    assert [each.kind for each in lines[:4]] == ["line", "line", "title", "body"]
    assert [each.text for each in lines[-2:]] == ["湖滨市人民政府", "2025年1月20日"]
    assert Known("body", "增长5%。", ("一、过去一年", "（一）经济平稳")) in lines


def test_a_newspaper_has_an_article_for_each_outermost_heading_but_the_first(sources):
    (law,) = sources.laws
    kinds = [(each.kind, each.section) for each in known(newspaper(law))]
    assert kinds.count(("heading", ())) == 1
    assert ("body", ("第二章 附则", "第三条")) in kinds
    assert ("body", ("第一条",)) in kinds


def test_other_documents_are_chosen_by_turning_the_lists():
    specimens = [Specimen(str(number), "题", (Text("文" * 100),)) for number in range(10)]
    assert [each.name for each in choose(specimens, longest=110, count=3)] == ["0", "3", "6"]
    assert [each.name for each in choose(specimens, longest=110, count=3, skip=2)] == ["4", "6", "8"]
    assert choose(specimens, longest=1000, count=3) == []

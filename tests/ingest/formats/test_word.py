"""Word files: those of LibreOffice and python-docx, and bodies written by hand, one trait each.

May import `ingest` and `rag`.
"""

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats.word import MEDIA_TYPE, load
from ingest.loaded import Loaded
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze
from tests.ingest.formats.office import (
    FILES,
    cell,
    check_whole,
    docx,
    paragraph,
    repacked,
    roles,
    row,
    saved,
    table,
    texts,
)


def _read(body: str, **parts: str) -> Loaded:
    loaded = load(docx(body, **parts), "文件.docx")
    check_whole(loaded)
    return loaded


def test_all_that_libreoffice_writes_is_read_in_order() -> None:
    loaded = load((FILES / "mixed.docx").read_bytes(), "mixed.docx")
    check_whole(loaded)
    assert loaded.media_type == MEDIA_TYPE
    assert roles(loaded) == [
        ("title", "校园安全管理办法"),
        ("heading1", "第一章 总则"),
        ("text", "为了加强校园安全管理，根据有关规定，制定本办法。本办法自印发之日起施行。"),
        ("note", "校园指区属中小学校。\n含幼儿园。"),
        ("heading2", "一.1适用范围"),
        ("text", "适用于全区学校，参见有关通知。\n另起一行。\t制表之后。共2页。"),
        ("text", "（一）落实责任。"),
        ("text", "（二）加强巡查。"),
        ("item", "● 门卫值守"),
        ("heading1", "第二章 保障措施"),
        ("text", "经费安排见下表。"),
        ("note", "数据来自区财政局。"),
        ("text", "文本框里的提示。"),
        ("row", "单位：区教育局；项目：监控设备；金额（万元）：120"),
        ("note", "含安装费。"),
        ("row", "单位：区教育局；项目：保安服务；金额（万元）：80"),
        ("row", "合计；金额（万元）：200"),
        ("text", "以上各项由区教育局负责解释。"),
    ]


def test_places_of_libreoffice_files_are_where_python_docx_finds_them() -> None:
    path = FILES / "mixed.docx"
    loaded, reference = load(path.read_bytes(), "mixed.docx"), Document(str(path))
    paragraphs = [each for each in loaded.places if each.kind == "paragraph" and each.area is None]
    assert len(paragraphs) == 11
    for place in paragraphs:
        assert place.row is not None
        there = squeeze(reference.paragraphs[place.row - 1].text)
        assert there in squeeze(loaded.text[place.start : place.end])
    cells = [each for each in loaded.places if each.kind == "table"]
    assert len(cells) == 8
    for place in cells:
        assert place.area is not None
        assert place.row is not None
        assert place.column is not None
        found = reference.tables[int(place.area) - 1].cell(place.row - 1, place.column - 1)
        assert loaded.text[place.start : place.end] == found.text
    notes = [
        (each.area, loaded.text[each.start : each.end]) for each in loaded.places if each.kind == "footnote"
    ]
    assert notes[0] == ("1", "校园指区属中小学校。\n含幼儿园。")
    assert [area for area, _ in notes] == ["1", "尾注 1", "2"]
    (box,) = [each for each in loaded.places if each.area == "文本框"]
    assert (box.kind, box.row) == ("paragraph", 10)


def test_a_page_of_html_that_became_a_word_file() -> None:
    loaded = load((FILES / "page.docx").read_bytes(), "page.docx")
    check_whole(loaded)
    assert roles(loaded)[:4] == [
        ("heading1", "区政府2024年工作要点"),
        ("text", "2024年是关键之年，现提出如下要点。"),
        ("heading2", "一、总体要求"),
        ("text", "坚持稳中求进。"),
    ]
    assert texts(loaded)[4:9] == [
        "1. 抓好项目建设。",
        "2. 抓好营商环境。",
        "1. 压缩时限。",
        "• 要点甲",
        "• 要点乙",
    ]
    assert texts(loaded)[10:12] == [
        "序号：1；任务：推进老旧小区改造，完成20个。牵头单位：区住建局",
        "序号：2；任务：• 新建公园 • 改造绿地；牵头单位：区园林局",
    ]


_TEXT = st.text(st.sampled_from("第一章二总则，。（）12 \t\n甲乙"), min_size=1, max_size=12)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), _TEXT), min_size=1, max_size=8))
def test_what_python_docx_writes_comes_back(written: list[tuple[int, str]]) -> None:
    document = Document()
    for level, text in written:
        document.add_heading(text, level) if level else document.add_paragraph(text)
    inked = [(level, text) for level, text in written if text.strip()]
    if not inked:
        return
    loaded = load(saved(document), "a.docx")
    check_whole(loaded)
    assert [(each.level or 0) for each in loaded.elements] == [level for level, _ in inked]
    assert [squeeze(text) for text in texts(loaded)] == [squeeze(text) for _, text in inked]


_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{rest}</w:style>'
    for id_, name, rest in (
        ("1", "heading 1", ""),
        ("a3", "标题 2", ""),
        ("mine", "我的标题", '<w:basedOn w:val="1"/>'),
        ("outlined", "公文三级", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("tocTitle", "TOC Heading", '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
        ("t", "Title", ""),
        ("toc1", "toc 1", ""),
        ("cap", "caption", ""),
        ("loop", "环", '<w:basedOn w:val="pool"/>'),
        ("pool", "环二", '<w:basedOn w:val="loop"/>'),
    )
)


@pytest.mark.parametrize(
    ("style", "properties", "role"),
    [
        ("1", "", "heading1"),
        ("a3", "", "heading2"),
        ("mine", "", "heading1"),
        ("outlined", "", "heading3"),
        ("outlined", '<w:outlineLvl w:val="9"/>', "text"),
        ("outlined", '<w:outlineLvl w:val="4"/>', "heading5"),
        ("", '<w:outlineLvl w:val="0"/>', "heading1"),
        ("tocTitle", "", "text"),
        ("toc1", "", "item"),
        ("cap", "", "note"),
        ("loop", "", "text"),
        ("missing", "", "text"),
    ],
)
def test_what_the_style_makes_of_a_paragraph(style: str, properties: str, role: str) -> None:
    loaded = _read(paragraph("总则", style=style, properties=properties), styles=_STYLES)
    assert roles(loaded) == [(role, "总则")]


def test_a_long_paragraph_is_no_heading_whatever_its_style() -> None:
    assert roles(_read(paragraph("长" * 200, style="1"), styles=_STYLES)) == [("text", "长" * 200)]


def test_only_the_first_title_is_the_title() -> None:
    body = "".join(
        paragraph(text, style=style) for text, style in zip("甲乙丙丁", ["t", "t", "", "t"], strict=True)
    )
    assert roles(_read(body, styles=_STYLES)) == [
        ("title", "甲"),
        ("title", "乙"),
        ("text", "丙"),
        ("heading1", "丁"),
    ]


def test_strict_files_and_unusual_wrappers_are_read() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt><x:new>{paragraph('乙')}</x:new>"
    raw = docx(f"{body}<w:del>{paragraph('丙')}</w:del>")
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = re.sub(re.escape(transitional), strict, _part(raw, "d.xml"))
    assert texts(load(repacked(raw, {"d.xml": document}), "a.docx")) == ["甲", "乙"]


def _part(raw: bytes, name: str) -> bytes:

    with zipfile.ZipFile(BytesIO(raw)) as file:
        return file.read(name)


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl><w:tr><w:tc>" * 80 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 80,
        "<w:sdt>" * 240 + paragraph("底") + "</w:sdt>" * 240,
        paragraph("<w:ins>" * 240 + "<w:r><w:t>底</w:t></w:r>" + "</w:ins>" * 240),
        "<w:p><w:r><x:a><w:txbxContent>" * 60 + paragraph("底") + "</w:txbxContent></x:a></w:r></w:p>" * 60,
    ],
    ids=["tables", "controls", "insertions", "boxes"],
)
def test_deep_nesting_is_read(body: str) -> None:
    assert texts(_read(body)) == ["底"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "不是完好的 XML"),
        (docx(""), "没有文字"),
        (docx(paragraph("")), "没有文字"),
        (repacked(docx(paragraph("甲")), {"d.xml": "<a/>"}), "不是 Word 文档"),
        (repacked(docx(paragraph("甲")), {"_rels/.rels": "<Relationships/>"}), "不是 Word 文档"),
        (repacked(docx("甲", styles=""), {"styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "DOCTYPE"),
        (docx(paragraph("<w:r/>" * 2_000_000)), "压缩比|标记超过"),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_what_cannot_be_read_is_refused_by_name(raw: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"坏\.docx.*({why})"):
        load(raw, "坏.docx")


def test_a_merged_cell_cannot_blow_up_the_text() -> None:
    top = row(cell("长" * 30_000, properties='<w:vMerge w:val="restart"/>'), cell("甲"))
    below = row(cell(properties="<w:vMerge/>"), cell("乙"))
    with pytest.raises(UnreadableFile, match="太多"):
        load(docx(table(top, below * 1000)), "a.docx")


def test_parts_that_are_missing_are_done_without() -> None:
    raw = docx(paragraph("甲", style="1"), styles=_STYLES)
    relations = '<Relationships><Relationship Id="s" Type="x/styles" Target="none.xml"/></Relationships>'
    assert roles(load(repacked(raw, {"_rels/d.xml.rels": relations}), "a.docx")) == [("text", "甲")]

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
from rag.chinese import squeeze
from rag.errors import UnreadableFile
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


@pytest.mark.parametrize(
    ("run", "read"),
    [
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", "甲\n乙\n丙"),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', "甲乙"),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:t>2</w:t></w:r>", "A-12"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>合格</w:t></w:r>', "✓合格"),
        ('<w:r><w:sym w:font="Strange" w:char="F0FC"/><w:sym w:char="zz"/><w:t>甲</w:t></w:r>', "甲"),
        ("<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "增"),
        (
            "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>",
            "新",
        ),
        ('<w:hyperlink r:id="r1"><w:r><w:t>链接</w:t></w:r></w:hyperlink>', "链接"),
        ('<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>', "3"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        ("<w:smartTag><w:r><w:t>湖北</w:t></w:r></w:smartTag>", "湖北"),
        ("<x:new><w:r><w:t>未知</w:t></w:r></x:new>", "未知"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r>", "显"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>', "显"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "汉",
        ),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>",
            "a/b",
        ),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:t>新</w:t></mc:Choice>"
            "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "新",
        ),
        (
            "<w:r><mc:AlternateContent><mc:Choice><x:new/></mc:Choice>"
            "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "旧",
        ),
    ],
)
def test_what_a_reader_sees_of_a_paragraph(run: str, read: str) -> None:
    assert texts(_read(paragraph(run))) == [read]


def _field(instruction: str, result: str, *, end: str = '<w:r><w:fldChar w:fldCharType="end"/></w:r>') -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"{instruction}"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{result}</w:t></w:r>{end}"
    )


def test_results_of_fields_are_read_and_not_their_instructions() -> None:
    code = "<w:r><w:instrText>IF </w:instrText></w:r>" + _field("<w:r><w:t>里</w:t></w:r>", "层")
    body = (
        paragraph("前", _field(code, "果"), "后") + paragraph(_field("", "开", end="")) + paragraph("下一段")
    )
    assert texts(_read(body)) == ["前果后", "开", "下一段"]


def test_paragraphs_whose_end_was_deleted_run_on() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    body = (
        paragraph("上半", properties=deleted)
        + paragraph("下半。", style="x")
        + table(row(cell("一格", paragraph("末", properties=deleted))))
    )
    assert texts(_read(body)) == ["上半下半。", "一格", "末"]


def test_a_dropped_capital_belongs_to_its_paragraph() -> None:
    body = paragraph("春", properties='<w:framePr w:dropCap="drop"/>') + paragraph("天来了。")
    assert texts(_read(body)) == ["春天来了。"]


def test_text_boxes_are_read_once_after_the_paragraph_they_hang_on() -> None:
    def box(text: str) -> str:
        heading = paragraph(text, properties='<w:outlineLvl w:val="0"/>')
        return f"<x:box><w:txbxContent>{heading}{table(row(cell('格')))}</w:txbxContent></x:box>"

    run = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box('提示')}</mc:Choice>"
        f"<mc:Fallback>{box('提示')}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    loaded = _read(paragraph("前", run, "后") + paragraph("下一段"))
    assert roles(loaded) == [("text", "前后"), ("text", "提示"), ("text", "格"), ("text", "下一段")]
    assert [(each.row, each.area) for each in loaded.places[:2]] == [(1, None), (1, "文本框")]


def test_notes_follow_what_refers_to_them_each_once() -> None:
    def mark(number: int, own: str = "") -> str:
        custom = 'w:customMarkFollows="1"' if own else ""
        return f'<w:r><w:footnoteReference w:id="{number}" {custom}/><w:t>{own}</w:t></w:r>'

    notes = "".join(
        f'<w:footnote w:id="{number}" {kind}>{paragraph("<w:r><w:footnoteRef/></w:r>", text)}</w:footnote>'
        for number, kind, text in (
            (0, 'w:type="separator"', "线"),
            (1, "", "甲注"),
            (2, "", "乙注"),
            (3, "", "无人"),
        )
    )
    body = paragraph("前", mark(2, "※"), mark(0), mark(9), "后") + paragraph("再", mark(1), mark(2))
    loaded = _read(body, footnotes=notes)
    assert roles(loaded) == [("text", "前后"), ("note", "乙注"), ("text", "再"), ("note", "甲注")]
    assert [each.area for each in loaded.places if each.kind == "footnote"] == ["1", "2"]


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

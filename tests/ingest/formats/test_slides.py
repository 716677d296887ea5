"""Slides: those of LibreOffice and python-pptx, and shapes written by hand.

May import `ingest` and `rag`.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.slide import Slide
from pptx.util import Inches, Pt

from ingest.formats.slides import MEDIA_TYPE, load
from ingest.loaded import Loaded
from rag.datatypes import Place
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze
from tests.ingest.formats.office import FILES, check_whole, packed, repacked, roles, saved, texts

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
TITLE_SLIDE, BULLETS, TITLE_ONLY, BLANK = 0, 1, 5, 6


def _read(presentation: Presentation) -> Loaded:
    loaded = load(saved(presentation), "a.pptx")
    check_whole(loaded)
    return loaded


def _box(slide: Slide, text: str, left: float, top: float, size: int = 0) -> None:
    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(1)).text_frame
    frame.text = text
    if size:
        frame.paragraphs[0].runs[0].font.size = Pt(size)


def _blank(presentation: Presentation) -> Slide:
    return presentation.slides.add_slide(presentation.slide_layouts[BLANK])


def test_all_that_libreoffice_writes_is_read_in_order() -> None:
    loaded = load((FILES / "briefing.pptx").read_bytes(), "briefing.pptx")
    check_whole(loaded)
    assert loaded.media_type == MEDIA_TYPE
    assert roles(loaded) == [
        ("title", "重点项目推进情况"),
        ("text", "区发展和改革局"),
        ("text", "二〇二四年十二月"),
        ("heading1", "一、总体情况"),
        ("item", "1. 全年开工项目一百二十个。"),
        ("item", "其中民生类四十个"),
        ("item", "2. 完成投资三百亿元。"),
        ("text", "左框"),
        ("text", "右框"),
        ("note", "此处说明去年同期数。"),
        ("heading1", "二、分类情况"),
        ("row", "类别：产业；项目数：50；投资（亿元）：200"),
        ("row", "类别：民生；项目数：40；投资（亿元）：200"),
    ]


def test_places_name_the_slide_and_what_of_it() -> None:
    loaded = load((FILES / "briefing.pptx").read_bytes(), "briefing.pptx")
    found = {loaded.text[each.start : each.end]: each for each in loaded.places}
    title, note, value = found["一、总体情况"], found["此处说明去年同期数。"], found["40"]
    assert title == Place("slide", title.start, title.end, page=2)
    assert note == Place("slide", note.start, note.end, page=2, area="备注")
    assert value == Place("slide", value.start, value.end, page=3, area="表 1", row=3, column=2)


_TEXT = st.text(st.sampled_from("第一章，。12 ab甲乙"), max_size=10)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(_TEXT, st.lists(_TEXT, max_size=3), _TEXT), min_size=1, max_size=3))
def test_what_python_pptx_writes_comes_back(written: list[tuple[str, list[str], str]]) -> None:
    presentation = Presentation()
    expected = []
    for title, lines, note in written:
        slide = presentation.slides.add_slide(presentation.slide_layouts[BULLETS])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(lines)
        if note:
            slide.notes_slide.notes_text_frame.text = note
        expected += [title, *lines, note]
    inked = [squeeze(text) for text in expected if text.strip()]
    if inked:
        assert [squeeze(text) for text in texts(_read(presentation))] == inked


def test_shapes_are_read_from_the_top_and_from_the_left() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
    for text, left, top in (("四", 1, 6), ("三", 5, 3), ("二", 1, 3.1), ("一", 1, 2)):
        _box(slide, text, left, top)
    group = slide.shapes.add_group_shape()
    for text, left in (("六", 4), ("五", 1)):
        frame = group.shapes.add_textbox(Inches(left), Inches(6.8), Inches(1), Inches(1)).text_frame
        frame.text = text
    slide.shapes.title.text = "标题"
    assert texts(_read(presentation)) == ["标题", "一", "二", "三", "四", "五", "六"]


def test_placeholders_stand_where_their_layout_says() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[3])
    title, left, right = slide.placeholders
    tree = left._element.getparent()
    tree.remove(left._element)
    tree.append(left._element)
    title.text, left.text, right.text = "对比", "左栏", "右栏"
    assert texts(_read(presentation)) == ["对比", "左栏", "右栏"]


def test_the_title_of_a_slide_without_placeholders_is_its_largest_line() -> None:
    presentation = Presentation()
    first, second, third = (_blank(presentation) for _ in range(3))
    _box(first, "副题", 1, 1, 20)
    _box(first, "题目", 1, 3, 40)
    _box(second, "正文一段", 1, 3)
    _box(second, "小标题", 1, 5, 28)
    _box(third, "大", 1, 1, 28)
    _box(third, "同样大", 1, 3, 28)
    assert roles(_read(presentation)) == [
        ("title", "题目"),
        ("text", "副题"),
        ("heading1", "小标题"),
        ("text", "正文一段"),
        ("text", "大"),
        ("text", "同样大"),
    ]


def test_hidden_slides_are_read_and_footers_are_not() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_SLIDE])
    slide._element.set("show", "0")
    slide.shapes.title.text = "隐藏的一页"
    for layout_shape in presentation.slide_layouts[TITLE_SLIDE].placeholders:
        if layout_shape.placeholder_format.idx >= 10:
            slide.shapes.clone_placeholder(layout_shape)
    for shape in slide.placeholders:
        if shape.placeholder_format.idx >= 10:
            shape.text = "页脚"
    assert texts(_read(presentation)) == ["隐藏的一页"]


@pytest.mark.parametrize(
    ("kinds", "labels"),
    [
        (["arabicPeriod"] * 2, ["1. ", "2. "]),
        (["circleNumDbPlain"] * 2, ["① ", "② "]),
        (["ea1ChsPeriod", "ea1ChsPeriod"], ["一. ", "二. "]),
        (["alphaUcParenBoth", "romanLcParenR"], ["(A) ", "i) "]),
        (["arabicPlain", "", "arabicPlain"], ["1 ", "", "1 "]),
    ],
)
def test_automatic_numbers_are_written_out(kinds: list[str], labels: list[str]) -> None:
    presentation = Presentation()
    _box(_blank(presentation), "\n".join("文" for _ in kinds), 1, 1)
    for paragraph, kind in zip(presentation.slides[0].shapes[0].text_frame.paragraphs, kinds, strict=True):
        if kind:
            etree.SubElement(paragraph._p.get_or_add_pPr(), f"{{{A}}}buAutoNum", type=kind)
    loaded = _read(presentation)
    assert texts(loaded) == [f"{label}文" for label in labels]
    assert [each.role for each in loaded.elements] == ["item" if label else "text" for label in labels]


def test_breaks_fields_and_bullets() -> None:
    presentation = Presentation()
    _box(_blank(presentation), "甲\v乙", 1, 1)
    paragraph = presentation.slides[0].shapes[0].text_frame.paragraphs[0]._p
    for kind, text in (("slidenum", "7"), ("datetime1", "十二月")):
        etree.SubElement(etree.SubElement(paragraph, f"{{{A}}}fld", type=kind), f"{{{A}}}t").text = text
    etree.SubElement(paragraph.get_or_add_pPr(), f"{{{A}}}buChar", char="•")
    assert roles(_read(presentation)) == [("item", "甲\n乙十二月")]


def test_tables_are_rows_and_merged_cells_are_spelt_out() -> None:
    presentation = Presentation()
    slide = _blank(presentation)
    frame = slide.shapes.add_table(4, 3, Inches(1), Inches(1), Inches(6), Inches(3))
    written = (("类别", "项目", "投资"), ("产业", "工厂", "5"), ("", "园区", "6"), ("合计", "", "11"))
    for place, values in enumerate(written):
        for column, text in enumerate(values):
            frame.table.cell(place, column).text = text
    frame.table.cell(1, 0).merge(frame.table.cell(2, 0))
    frame.table.cell(3, 0).merge(frame.table.cell(3, 1))
    single = slide.shapes.add_table(1, 2, Inches(1), Inches(5), Inches(6), Inches(1)).table
    single.cell(0, 0).text, single.cell(0, 1).text = "左格", "右格"
    loaded = _read(presentation)
    assert roles(loaded) == [
        ("row", "类别：产业；项目：工厂；投资：5"),
        ("row", "类别：产业；项目：园区；投资：6"),
        ("row", "合计；投资：11"),
        ("text", "左格"),
        ("text", "右格"),
    ]
    assert {each.area for each in loaded.places} == {"表 1", "表 2"}
    assert [(each.row, each.column) for each in loaded.places][:4] == [(2, 1), (2, 2), (2, 3), (2, 1)]


def test_charts_give_their_figures() -> None:
    presentation = Presentation()
    slide = _blank(presentation)
    data = CategoryChartData()
    data.categories = ["一季度", "二季度"]
    data.add_series("收入", (1.5, 2))
    data.add_series("支出", (1, None))
    box = Inches(1), Inches(1), Inches(4), Inches(3)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "分季度收支"
    points = XyChartData()
    points.add_series("散点").add_data_point(3, 4)
    slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, Inches(5), Inches(5), *box[2:], points)
    assert roles(_read(presentation)) == [
        ("note", "分季度收支"),
        ("row", "一季度；收入：1.5；支出：1"),
        ("row", "二季度；收入：2"),
        ("row", "3；散点：4"),
    ]


def test_words_of_diagrams_are_read() -> None:
    presentation = Presentation()
    slide = _blank(presentation)
    dgm = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    points = "".join(
        f'<d:pt type="{kind}"><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>'
        for kind, text in (("doc", "根"), ("node", "调研"), ("pres", "调研"), ("node", "起草"))
    )
    frame = slide.shapes.add_table(1, 1, 0, 0, Inches(1), Inches(1))._element
    (data,) = frame.iter(f"{{{A}}}graphicData")
    data.clear()
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    etree.SubElement(data, f"{{{dgm}}}relIds").set(f"{{{r}}}dm", "rId99")
    model = f'<d:dataModel xmlns:d="{dgm}" xmlns:a="{A}"><d:ptLst>{points}</d:ptLst></d:dataModel>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId99" Type="x/diagramData" Target="../diagrams/data1.xml"/></Relationships>'
    )
    parts = {"ppt/slides/_rels/slide1.xml.rels": relations, "ppt/diagrams/data1.xml": model}
    assert roles(load(repacked(saved(presentation), parts), "a.pptx")) == [("item", "调研"), ("item", "起草")]


def _without_text() -> bytes:
    presentation = Presentation()
    _blank(presentation)
    return saved(presentation)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (_without_text(), "没有文字"),
        (saved(Presentation()), "没有文字"),
        (packed({"ppt/presentation.xml": "<a/>"}), "不是幻灯片"),
        (packed({"a.xml": "<a/>"}), "不是幻灯片"),
        (
            repacked(_without_text(), {"ppt/slides/slide1.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
            "DOCTYPE",
        ),
        (repacked(_without_text(), {"ppt/slides/slide1.xml": "<p:sld>"}), "不是完好的 XML"),
    ],
    ids=["blank", "no slides", "other root", "no parts", "doctype", "broken"],
)
def test_what_cannot_be_read_is_refused_by_name(raw: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"坏\.pptx.*{why}"):
        load(raw, "坏.pptx")


def test_a_slide_that_has_lost_its_layout_is_read() -> None:
    presentation = Presentation()
    for text in "甲乙":
        _box(_blank(presentation), text, 1, 1)
    lost = repacked(saved(presentation), {"ppt/slides/_rels/slide1.xml.rels": "<Relationships/>"})
    assert texts(load(lost, "a.pptx")) == ["甲", "乙"]


def test_a_slide_that_is_missing_is_passed_over_and_one_named_twice_read_once() -> None:
    spaces = (
        f'xmlns:a="{A}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    shape = "<p:sp><p:txBody><a:p><a:r><a:t>乙</a:t></a:r></a:p></p:txBody></p:sp>"
    slides = "".join(f'<p:sldId r:id="{each}"/>' for each in "abbc")
    relation = '<Relationship Id="{0}" Type="x/{1}" Target="{0}.xml"/>'
    related = relation.format("a", "slide") + relation.format("b", "slide")
    parts = {
        "_rels/.rels": f"<Relationships>{relation.format('p', 'officeDocument')}</Relationships>",
        "_rels/p.xml.rels": f"<Relationships>{related}</Relationships>",
        "p.xml": f"<p:presentation {spaces}><p:sldIdLst>{slides}</p:sldIdLst></p:presentation>",
        "b.xml": f"<p:sld {spaces}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>",
    }
    loaded = load(packed(parts), "a.pptx")
    assert loaded.text == "乙"
    assert loaded.places == (Place("slide", 0, 1, page=2),)

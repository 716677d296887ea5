"""The page in the shape of its file: prose, sheets, tables, slides, printed pages; all of it escaped."""

from io import BytesIO

from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from rag.datatypes import Box, Metadata, Paragraph, Place, StoredDocument
from tests.ui.original.conftest import Elements, Shown
from ui.original.extract import MOST_PARAGRAPHS, Extract
from ui.original.grid import MOST_COLUMNS
from ui.original.marks import Span
from ui.original.page import render_absence, render_original

HOSTILE = "<script>alert('x')</script>"


def workbook(*rows: tuple[object, ...], title: str = "预算") -> bytes:
    book, buffer = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(buffer)
    return buffer.getvalue()


def rows(elements: Elements) -> list[list[str]]:
    """The tables of a page as text, row by row."""
    table: list[list[str]] = []
    for each in elements.all:
        if each.tag == "tr":
            table.append([])
        elif each.tag in ("td", "th"):
            table[-1].append(each.text)
    return [row for row in table if row]


def cited(elements: Elements) -> list[str]:
    return [each.text for each in elements.all if each.attributes.get("class") == "cited"]


def test_a_sheet_is_a_grid_under_its_letters_with_the_cited_cells_marked(shown: Shown):
    raw = workbook(
        ("项目", "牵头单位", "金额"), ("老旧小区改造", "区住建局", 12500), ("学校扩建", None, 20300)
    )
    page = Elements(render_original(shown(raw, "表.xlsx", "牵头单位：区住建局；金额：12500")))
    assert rows(page) == [
        ["", "A", "B", "C"],
        ["", "项目", "牵头单位", "金额"],
        ["2", "老旧小区改造", "区住建局", "12500"],
        ["3", "学校扩建", "", "20300"],
    ]
    assert cited(page) == ["区住建局", "12500"]
    assert [each.text for each in page.named("mark")] == ["区住建局", "12500"]
    assert page.named("b")[0].text == "工作表“预算”B2:C2"


def test_every_paragraph_of_a_sheet_can_be_gone_to(shown: Shown):
    raw = workbook(
        ("2024年预算表",), ("项目", "金额"), ("道路", 740), ("桥梁", 80), ("注：金额单位为万元。",)
    )
    extract = shown(raw, "表.xlsx")
    anchors = {each.attributes.get("id") for each in Elements(render_original(extract)).all}
    assert {f"p{each.number}" for each in extract.paragraphs} <= anchors


def test_a_csv_file_has_row_numbers_and_no_letters(shown: Shown):
    page = Elements(render_original(shown("项目,金额\n道路,740\n".encode(), "表.csv", "740")))
    assert rows(page) == [["", "项目", "金额"], ["2", "道路", "740"]]
    assert page.named("b")[0].text == "第 2 行"


def test_new_headers_begin_where_they_change(shown: Shown):
    raw = workbook(("项目", "金额"), ("道路", 740), (), ("姓名", "科室", "电话"), ("张三", "办公室", "1234"))
    page = Elements(render_original(shown(raw, "表.xlsx")))
    assert rows(page)[1:] == [
        ["", "项目", "金额", ""],
        ["2", "道路", "740", ""],
        ["", "姓名", "科室", "电话"],
        ["5", "张三", "办公室", "1234"],
    ]


def test_a_very_wide_sheet_shows_the_columns_about_the_citation(shown: Shown):
    wide = workbook(tuple(f"指标{column}" for column in range(300)), tuple(range(5000, 5300)))
    page = Elements(render_original(shown(wide, "表.xlsx", "5200")))
    assert cited(page) == ["5200"]
    assert len(rows(page)[0]) == MOST_COLUMNS + 1
    assert f"另有 {300 - MOST_COLUMNS} 列未显示" in page.named("p", class_="note")[0].text


def test_a_sheet_of_very_many_rows_makes_a_small_page_with_ways_on(shown: Shown):
    book = ["编号,摘要\n", *(f"{number},第{number}笔支出用于路灯维护\n" for number in range(1, 3001))]
    extract = shown("".join(book).encode(), "流水.csv", "第2000笔支出")
    markup = render_original(extract)
    assert len(markup) < 200_000
    assert len(rows(Elements(markup))) <= MOST_PARAGRAPHS + 1
    page = Elements(markup)
    assert cited(page) == ["第2000笔支出用于路灯维护"]
    ways = {each.text: each.attributes["href"] for each in page.named("a")}
    assert {"开头", "前一部分", "后一部分", "末尾"} <= ways.keys()
    assert ways["后一部分"] == (
        f"?start={extract.span.start}&end={extract.span.end}&around={extract.last + 1}#p{extract.last + 1}"
    )


def test_a_word_file_keeps_headings_tables_and_their_order(shown: Shown):
    document, buffer = Document(), BytesIO()
    document.add_heading("一、任务分工", 1)
    document.add_paragraph("分工见下表。")
    table = document.add_table(rows=0, cols=2)
    for row in (("事项", "单位"), ("归集数据", "区大数据局"), ("培训人员", "区人社局")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("经费由区财政局统筹。")
    document.save(buffer)
    page = Elements(render_original(shown(buffer.getvalue(), "通知.docx", "单位：区人社局")))
    assert rows(page) == [["事项", "单位"], ["归集数据", "区大数据局"], ["培训人员", "区人社局"]]
    assert cited(page) == ["区人社局"]
    assert [each.text for each in page.named("figcaption")] == ["表 1"]
    order = [
        each.tag for each in page.all if each.tag in ("h2", "figure") or each.attributes.get("id") == "p5"
    ]
    assert order[-2:] == ["figure", "p"]
    assert page.named("b")[0].text == "表 1 第 3 行第 2 列"


def test_slides_are_cards_with_notes_at_their_foot(shown: Shown):
    deck, buffer = Presentation(), BytesIO()
    for title, body, note in (
        ("停车建设", "建设泊位三千个。", "先致谢。"),
        ("下一步", "推广无感支付。", "强调牵头单位。"),
    ):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, body
        slide.notes_slide.notes_text_frame.text = note
    deck.save(buffer)
    page = Elements(render_original(shown(buffer.getvalue(), "汇报.pptx", "强调牵头单位。")))
    cards = page.named("section", class_="slide")
    assert ["第 1 张幻灯片" in cards[0].text, "第 2 张幻灯片" in cards[1].text] == [True, True]
    assert "先致谢" in cards[0].text
    notes = page.named("aside")
    assert len(notes) == 2
    assert "强调牵头单位。" in notes[1].text
    assert page.named("mark")[0].text == "强调牵头单位。"
    assert page.named("b")[0].text == "第 2 张幻灯片备注"


PAGES = [(595.0, 842.0)] * 3
PRINTED = "第一页的话。\n第二页的话。\n第三页的话。"
STORED = StoredDocument(
    "d1", "标题<b>", "/srv/夹/名<i>.pdf", "application/pdf", Metadata(), 3, 3, "2024-01-01", "ready"
)


def printed(span: Span | None) -> Extract:
    starts = (0, 7, 14)
    paragraphs = [
        Paragraph("d1", number, PRINTED[at : at + 6], at, at + 6, number)
        for number, at in enumerate(starts, 1)
    ]
    places = [
        Place("page", at, at + 6, number, box=Box(0.1, 0.2, 0.5, 0.25)) for number, at in enumerate(starts, 1)
    ]
    return Extract(STORED, PRINTED, paragraphs, places, span)


def test_printed_pages_are_pictures_with_boxes_over_the_cited_lines():
    page = Elements(render_original(printed(Span(7, 13)), PAGES))
    pictures = page.named("img")
    assert [each.attributes["loading"] for each in pictures] == ["lazy", "eager", "lazy"]
    assert all((each.attributes["src"] or "").startswith("/documents/d1/pages/") for each in pictures)
    (box,) = page.named("rect")
    x, y, width, height = (int(box.attributes[name] or 0) / 10_000 for name in ("x", "y", "width", "height"))
    assert x <= 0.1 < 0.5 <= x + width
    assert y <= 0.2 < 0.25 <= y + height
    assert [each.text for each in page.named("mark")] == ["第二页的话。"]
    assert page.named("b")[0].text == "第 2 页"


def test_without_a_citation_nothing_is_marked():
    page = Elements(render_original(printed(None), PAGES))
    assert page.named("mark") == page.named("rect") == page.named("b") == []


def test_pages_that_cannot_be_drawn_are_shown_as_text():
    page = Elements(render_original(printed(Span(7, 13))))
    assert page.named("img") == []
    assert [each.text for each in page.named("mark")] == ["第二页的话。"]


def test_nothing_a_file_says_becomes_markup(shown: Shown):
    files = {
        "文.txt": f"{HOSTILE}这一段写着网页标记。".encode(),
        "表.csv": f"{HOSTILE},<b>金额\n<img src=x>,740\n{HOSTILE},1\n".encode(),
        "表.xlsx": workbook((HOSTILE, "<b>金额"), ("<img src=x>", 740), title="<i>预算"),
    }
    for name, raw in files.items():
        markup = render_original(shown(raw, name, "<"))
        page = Elements(markup)
        assert len(page.named("script")) == 1
        assert page.named("img") == page.named("i") == []
        assert "alert(" not in page.named("script")[0].text
        assert "alert(&#x27;x&#x27;)" in markup
    markup = render_original(printed(None))
    assert "标题<b>" not in markup
    assert "名<i>" not in markup
    assert "/srv/" not in markup


def test_an_absence_is_a_page_of_its_own():
    assert "没有这份文件：&lt;b&gt;" in render_absence("没有这份文件：<b>")

"""Tables of Word files: which rows are headers, what merged and nested cells become.

May import `ingest` and `rag`.
"""

import pytest
from docx import Document

from ingest.formats.word import load
from ingest.loaded import Loaded
from tests.ingest.formats.office import cell, check_whole, docx, paragraph, roles, row, saved, table, texts

BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
DATA = row(cell("1"), cell("修路"), cell("区住建局")), row(cell("2"), cell("种树"), cell("区园林局"))


def _read(*body: str, **parts: str) -> Loaded:
    loaded = load(docx("".join(body), **parts), "a.docx")
    check_whole(loaded)
    return loaded


def _bold(text: str) -> str:
    return cell(paragraph(BOLD.format(text)))


@pytest.mark.parametrize(
    "header",
    [
        row(cell("甲"), cell("乙"), cell("丙"), properties="<w:tblHeader/>"),
        row(_bold("甲"), _bold("乙"), _bold("丙")),
        row(*(cell(each, properties='<w:shd w:fill="D9D9D9"/>') for each in "甲乙丙")),
        row(*(cell(paragraph(each, style="strong")) for each in "甲乙丙")),
    ],
    ids=["declared", "bold", "shaded", "bold by style"],
)
def test_a_header_is_known_by_what_the_file_says_of_it(header: str) -> None:
    style = '<w:style w:styleId="strong"><w:name w:val="粗"/><w:rPr><w:b/></w:rPr></w:style>'
    loaded = _read(table(header, *DATA), styles=style)
    assert texts(loaded) == ["甲：1；乙：修路；丙：区住建局", "甲：2；乙：种树；丙：区园林局"]
    assert [each.header for each in loaded.elements[0].cells] == ["甲", "乙", "丙"]


def test_a_header_is_known_by_the_style_of_its_table() -> None:
    styles = (
        '<w:style w:type="table" w:styleId="grid"><w:name w:val="网格"/>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    )
    look = '<w:tblPr><w:tblStyle w:val="grid"/><w:tblLook w:firstRow="{}"/></w:tblPr>'
    rows = row(cell("甲方"), cell("乙方")), row(cell("张三"), cell("李四"))
    assert texts(_read(table(look.format(1), *rows), styles=styles)) == ["甲方：张三；乙方：李四"]
    assert texts(_read(table(look.format(0), *rows), styles=styles)) == ["甲方；乙方", "张三；李四"]


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ((("序号", "任务"), ("1", "修路")), ["序号：1；任务：修路"]),
        ((("指标", "2024年"), ("人口", "30")), ["指标：人口；2024年：30"]),
        ((("项目名称", "区医院"), ("建设单位", "区卫健局")), ["项目名称；区医院", "建设单位；区卫健局"]),
        ((("姓名：", "性别："), ("甲", "男")), ["姓名：；性别：", "甲；男"]),
        ((("修好路。", "区住建局"), ("种树。", "区园林局")), ["修好路。区住建局", "种树。区园林局"]),
        ((("1", "2"), ("3", "4")), ["1；2", "3；4"]),
        ((("序号", "任务"),), ["序号", "任务"]),
        ((("甲",), ("乙",)), ["甲", "乙"]),
        ((("序号", "单位"), ("", "")), ["序号；单位"]),
    ],
)
def test_a_header_is_guessed_by_its_words(rows: tuple[tuple[str, ...], ...], read: list[str]) -> None:
    assert texts(_read(table(*(row(*map(cell, each)) for each in rows)))) == read


def test_what_python_docx_merges_is_spelt_out() -> None:
    document = Document()
    grid = document.add_table(5, 4)
    labels = ("单位", "投资", "", "备注"), ("", "2023年", "2024年", "")
    values = ("区教育局", "1", "2", "甲"), ("", "3", "4", "乙"), ("合计", "", "6", "")
    for place, written in enumerate((*labels, *values)):
        for column, text in enumerate(written):
            grid.cell(place, column).text = text
    grid.cell(0, 0).merge(grid.cell(1, 0))
    grid.cell(0, 3).merge(grid.cell(1, 3))
    grid.cell(0, 1).merge(grid.cell(0, 2))
    grid.cell(2, 0).merge(grid.cell(3, 0))
    grid.cell(4, 0).merge(grid.cell(4, 1))
    loaded = load(saved(document), "a.docx")
    check_whole(loaded)
    assert texts(loaded) == [
        "单位：区教育局；投资/2023年：1；投资/2024年：2；备注：甲",
        "单位：区教育局；投资/2023年：3；投资/2024年：4；备注：乙",
        "合计；投资/2024年：6",
    ]
    repeated = [each for each in loaded.places if loaded.text[each.start : each.end] == "区教育局"]
    assert [(each.row, each.column) for each in repeated] == [(3, 1), (3, 1)]


def test_a_cell_over_the_whole_width_names_the_table_or_stands_alone() -> None:
    def wide(text: str) -> str:
        return row(cell(text, properties='<w:gridSpan w:val="3"/>'))

    header = row(cell("序号"), cell("任务"), cell("单位"))
    loaded = _read(table(wide("表1 任务分工"), header, DATA[0], wide("二、生态"), DATA[1]))
    assert roles(loaded) == [
        ("note", "表1 任务分工"),
        ("row", "序号：1；任务：修路；单位：区住建局"),
        ("row", "二、生态"),
        ("row", "序号：2；任务：种树；单位：区园林局"),
    ]


def test_rows_that_were_deleted_are_left_out() -> None:
    header = row(cell("序号"), cell("任务"))
    rows = (
        row(cell("1"), cell("旧"), properties="<w:del/>"),
        row(cell("2"), cell("新"), properties="<w:ins/>"),
    )
    assert texts(_read(table(header, *rows))) == ["序号：2；任务：新"]


def test_cells_that_begin_further_right_stand_below_their_header() -> None:
    header = row(cell("甲项"), cell("乙项"), properties="<w:tblHeader/>")
    late = row(cell("值"), properties='<w:gridBefore w:val="1"/>')
    assert texts(_read(table(header, late))) == ["乙项：值"]


@pytest.mark.parametrize("columns", ["-7", "0", "99999999", "9" * 5000, "三", ""])
def test_absurd_spans_are_bounded(columns: str) -> None:
    odd = cell("值", properties=f'<w:gridSpan w:val="{columns}"/>')
    late = row(odd, cell("末"), properties=f'<w:gridBefore w:val="{columns}"/>')
    assert texts(_read(table(row(cell("甲"), cell("乙")), late))) == ["甲；乙", "值；末"]


def test_tables_in_cells_follow_their_row() -> None:
    inner = table(row(cell("指标"), cell("数值")), row(cell("人口"), cell("3")))
    outer = table(
        row(cell("序号"), cell("内容")), row(cell("1"), cell("见表", inner)), row(cell("2"), cell("完"))
    )
    loaded = _read(paragraph("前"), outer, outer)
    assert texts(loaded)[:4] == ["前", "序号：1；内容：见表", "指标：人口；数值：3", "序号：2；内容：完"]
    assert {each.area for each in loaded.places if each.kind == "table"} == {"1", "1.1", "2", "2.1"}


def test_one_row_only_arranges_paragraphs() -> None:
    heading = paragraph("总则", properties='<w:outlineLvl w:val="0"/>')
    loaded = _read(table(row(cell(heading, "正文。"), cell("旁注"))))
    assert roles(loaded) == [("heading1", "总则"), ("text", "正文。"), ("text", "旁注")]
    assert [(each.area, each.row, each.column) for each in loaded.places] == [
        ("1", 1, 1),
        ("1", 1, 1),
        ("1", 1, 2),
    ]


def test_notes_and_boxes_of_a_cell_follow_its_row_even_from_the_header() -> None:
    def mark(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    box = f"<w:r><x:box><w:txbxContent>{paragraph('框')}</w:txbxContent></x:box></w:r>"
    header = row(cell(paragraph("序号", mark(1))), cell("任务"))
    notes = "".join(f'<w:footnote w:id="{each}">{paragraph(f"注{each}")}</w:footnote>' for each in (1, 2))
    loaded = _read(table(header, row(cell("1"), cell(paragraph("修路", mark(2), box)))), footnotes=notes)
    assert roles(loaded) == [
        ("row", "序号：1；任务：修路"),
        ("note", "注1"),
        ("note", "注2"),
        ("text", "框"),
    ]


def test_columns_too_thin_to_be_seen_are_none() -> None:
    def over(text: str, columns: int) -> str:
        return cell(text, properties=f'<w:gridSpan w:val="{columns}"/>')

    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in (3000, 3000, 1, 3000))
    grid = f"<w:tblGrid>{columns}</w:tblGrid>"
    header = row(cell("序号"), over("任务", 2), cell("单位"))
    rows = row(cell("1"), over("修路", 2), cell("区住建局")), row(over("合计", 2), over("两项", 2))
    loaded = _read(table(grid, header, *rows))
    assert texts(loaded) == ["序号：1；任务：修路；单位：区住建局", "合计；单位：两项"]
    assert [each.column for each in loaded.places] == [1, 2, 3, 1, 3]

"""Workbooks as openpyxl and LibreOffice Calc write them, and as nobody should.

May import `ingest` and `rag`. `files/plan.xlsx` was written by openpyxl and saved again by Calc,
which calculated its formulas.
"""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import range_boundaries

from ingest.loading import load
from rag.errors import UnreadableFile
from tests.ingest.formats.showing import cells, stretches, texts

FILES = Path(__file__).parent / "files"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _book(*rows, name="Sheet1") -> Workbook:
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return book


def _with_sheet(rows: str, after: str = "") -> bytes:
    """A workbook whose only sheet claims the whole grid and holds these rows of XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_saved(_book()))) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>'
            sheet += f"<sheetData>{rows}</sheetData>{after}</worksheet>"
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return stream.getvalue()


def _cell(place: str, text: str) -> str:
    row = "".join(filter(str.isdigit, place))
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def test_a_plan_as_calc_saves_it():
    loaded = load((FILES / "plan.xlsx").read_bytes(), "plan.xlsx")
    assert stretches(loaded) == [
        ("heading 1", "重点项目"),
        ("heading 2", "2024年重点项目投资计划表"),
        ("text", "单位：万元"),
        (
            "row",
            "序号：1；责任单位：区水利局；投资额/2023年：1,200.50；投资额/2024年：1,500；投资额/增幅：24.9%；开工日期：2024年3月1日",
        ),
        (
            "row",
            "序号：2；责任单位：区水利局；投资额/2023年：800.00；投资额/2024年：1,000；投资额/增幅：25.0%；开工日期：2024年5月20日",
        ),
        (
            "row",
            "序号：3；责任单位：区教育局；投资额/2023年：600.00；投资额/2024年：900；投资额/增幅：50.0%；开工日期：2024年9月1日",
        ),
        ("row", "序号：合计；投资额/2023年：2,600.50；投资额/2024年：3,400.00"),
        ("note", "备注：投资额含征迁费用。"),
        ("note", "数据由水利局核定。"),
        ("heading 1", "联系人"),
        ("row", "单位：区水利局；联系人：王芳；在岗：是"),
        ("row", "单位：区教育局；联系人：李强；在岗：否"),
    ]


def test_every_place_is_the_cell_that_another_reader_finds_there():
    raw = (FILES / "plan.xlsx").read_bytes()
    book = load_workbook(io.BytesIO(raw), data_only=True)
    merged = {
        (sheet.title, row, area.min_col): (area.min_row, area.min_col)
        for sheet in book
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
    }
    placed = {place: text for place, text in cells(load(raw, "plan.xlsx")).items() if place[1]}
    assert len(placed) == 30
    for (area, row, column), text in placed.items():
        value = book[area].cell(*merged.get((area, row, column), (row, column))).value
        if isinstance(value, str) and not book[area].cell(row, column).comment:
            assert text == value


def test_cells_know_their_headers():
    loaded = load(_saved(_book(["单位", "人数"], ["教育局", 3])), "a.xlsx")
    (row,) = loaded.elements
    assert [(cell.header, loaded.text[cell.start : cell.end]) for cell in row.cells] == [
        ("单位", "教育局"),
        ("人数", "3"),
    ]


def test_one_sheet_with_a_default_name_has_its_title_from_its_first_line():
    book = _book(["2024年名单"], ["单位", "人数"], ["教育局", 3], name="工作表1")
    assert stretches(load(_saved(book), "a.xlsx"))[0] == ("title", "2024年名单")


def test_one_sheet_with_a_name_and_no_title_is_headed_by_its_name():
    book = _book(["单位", "人数"], ["教育局", 3], name="编制")
    assert stretches(load(_saved(book), "a.xlsx"))[0] == ("heading 1", "编制")


def test_empty_sheets_say_nothing():
    book = _book(["单位", "人数"], ["教育局", 3])
    book.create_sheet("空表")
    assert texts(load(_saved(book), "a.xlsx")) == ["单位：教育局；人数：3"]


def test_several_tables_with_their_titles():
    book = _book(
        ["一、收入情况", None],
        ["项目", "金额"],
        ["税收", 5],
        [None],
        ["二、支出情况"],
        ["科目", "数额"],
        ["教育", 3],
    )
    assert stretches(load(_saved(book), "a.xlsx")) == [
        ("title", "一、收入情况"),
        ("row", "项目：税收；金额：5"),
        ("heading 1", "二、支出情况"),
        ("row", "科目：教育；数额：3"),
    ]


def test_a_sheet_of_prose_is_read_line_by_line():
    book = _book(["会议纪要"], ["一、听取汇报。"], ["二、研究部署。"])
    assert texts(load(_saved(book), "a.xlsx")) == ["会议纪要", "一、听取汇报。", "二、研究部署。"]


def test_errors_and_formulas_without_a_value_are_left_out():
    book = _book(["单位", "人数", "占比"], ["教育局", "=1+1", "5%"], ["水利局", 2, "#N/A"])
    assert texts(load(_saved(book), "a.xlsx")) == ["单位：教育局；占比：5%", "单位：水利局；人数：2"]


def test_dates_in_the_formats_that_chinese_programs_know_by_number():
    book = _book(["单位", "日期"], ["教育局", 45352])
    book.active["B2"].number_format = "#,##0.0"
    raw = _saved(book)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, part.replace(b'<xf numFmtId="164"', b'<xf numFmtId="31"') if "styles" in name else part
            )
    assert texts(load(stream.getvalue(), "a.xlsx")) == ["单位：教育局；日期：2024年3月1日"]


def test_comments_stand_at_their_cells():
    book = _book(["单位", "人数"], ["教育局", 3])
    book.active["B2"].comment = Comment("含借调人员", "审核")
    loaded = load(_saved(book), "a.xlsx")
    assert stretches(loaded)[-1] == ("note", "含借调人员")
    assert loaded.places[-1].row == loaded.places[-1].column == 2


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(
            st.none() | st.integers(-999, 999) | st.text("甲乙丙丁，。", min_size=1, max_size=5), max_size=5
        ),
        min_size=1,
        max_size=6,
    )
)
def test_every_value_is_read_at_its_cell_or_above_one(rows):
    book = _book(["列一", "列二", "列三", "列四", "列五"], *rows)
    filled = {
        (number, column): str(value)
        for number, row in enumerate(rows, 2)
        for column, value in enumerate(row, 1)
        if value is not None
    }
    if not filled:
        return
    placed = cells(load(_saved(book), "a.xlsx"))
    assert {(row, column): text for (_, row, column), text in placed.items() if row > 1} == filled


@pytest.mark.parametrize(
    ("rows", "after", "read"),
    [
        (_cell("A1", "文字"), "", "文字"),
        (_cell("XFD1048576", "文字"), "", "文字"),
        (_cell("A1", "文字"), '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "文字"),
    ],
)
def test_what_a_sheet_claims_of_its_size_costs_nothing(rows, after, read):
    assert load(_with_sheet(rows, after), "a.xlsx").text == read


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (_cell("A99999999999", "文字"), "完好|太多"),
        ('<row r="99999999999"><c t="inlineStr"><is><t>文字</t></is></c></row>', "太多"),
        ("".join(_cell(f"XFD{row}", "1") for row in range(1, 1000)), "太多"),
        ('<row r="1"><c r="A1"><v>不是数</v></c></row>', "不是完好的"),
        ('<row r="1"><c r="A1"><v>' + "9" * 10_000 + "</v></c></row>", "不是完好的"),
        ('<row r="1"><c r="A1"><v>1</c></row>', "不是完好的"),
        ('<row r="1"><c r="A1" s="99"><v>1</v></c></row>', "不是完好的"),
        ("", "没有文字"),
    ],
)
def test_a_hostile_or_broken_sheet_is_refused_by_name(rows, reason):
    with pytest.raises(UnreadableFile, match=reason) as refused:
        load(_with_sheet(rows), "表.xlsx")
    assert "表.xlsx" in str(refused.value)


def test_a_doctype_is_refused():
    raw = _with_sheet("")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + part
            new.writestr(name, bomb if "sheet1" in name else part)
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        load(stream.getvalue(), "a.xlsx")


def test_merged_ranges_are_understood_as_openpyxl_does():
    book = _book(["甲", None, "乙"], ["一", "二", "三"], ["四", "五", "六"])
    for area in ("A1:B1", "C2:C3"):
        book.active.merge_cells(area)
        assert range_boundaries(area)
    assert texts(load(_saved(book), "a.xlsx")) == ["甲/一：四；甲/二：五；乙/三：三"]

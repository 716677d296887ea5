"""Files made by real programs say what their specimen says, and are read again at their places."""

import csv
import shutil
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from eval.fidelity import Fidelity, Share
from rag.datatypes import Document, Paragraph, ParsedDocument, Place
from rag.errors import ServiceError, SettingsError
from rag.language.chinese import squeeze
from ui.bench.formats import layouts, pages, plain, sheets, slides, word, writer
from ui.bench.formats.again import reread
from ui.bench.formats.draft import Draft
from ui.bench.formats.measure import Measured, read
from ui.bench.formats.programs import Programs
from ui.bench.formats.report import lines, worst
from ui.bench.formats.specimens import Heading, Specimen, Table, Text, known, row_texts
from ui.bench.formats.workshop import Made, make

TABLE = Table((("名称", "篇幅", ""), ("", "章", "条")), (("供水条例", "3", "40"), ("", "5", "60")))
SPECIMEN = Specimen(
    "供水",
    "供水 <条例>",
    (
        Heading("第一章 总则"),
        Text("第一条 为了规范供水 & 用水，制定本条例。", label="第一条", note="见释义。"),
        TABLE,
    ),
)
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice is not installed")
needs_browser = pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")


def _draft(suffix, raw, **options):
    return Draft(SPECIMEN, suffix, "版式", "程序", raw, known=known(SPECIMEN), **options)


@needs_office
def test_writer_makes_word_with_headings_notes_and_a_table(tmp_path):
    raw = writer.write(SPECIMEN, layouts.TWO).encode()
    (made,) = make([_draft("docx", raw, source="fodt", target="docx:MS Word 2007 XML")], tmp_path)
    document = docx.Document(BytesIO(made.path.read_bytes()))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.text}
    assert styles["供水 <条例>"] == "Title"
    assert styles["第一章 总则"] == "Heading 1"
    assert document.tables[0].cell(3, 0).text == "供水条例"
    assert "见释义。" in ZipFile(made.path).read("word/footnotes.xml").decode()


@needs_browser
def test_chromium_prints_a_newspaper_page(tmp_path):
    page = pages.newspaper(SPECIMEN, layouts.NEWSPAPER).encode()
    (made,) = make([_draft("pdf", page, source="html", target="plain")], tmp_path)
    text = squeeze(pypdfium2.PdfDocument(made.path)[0].get_textpage().get_text_range())
    assert "钱塘新报" in text
    assert "第一条为了规范供水&用水，制定本条例。" in text


def test_a_missing_program_is_named_with_its_package(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SettingsError, match="apt-get install libreoffice"):
        Programs(tmp_path)


def test_word_has_the_merged_cells_and_running_heads():
    document = docx.Document(BytesIO(word.write(SPECIMEN, layouts.ONE)))
    grid = document.tables[0]
    assert grid.cell(0, 1).text == grid.cell(0, 2).text == "篇幅"
    assert grid.cell(3, 0).text == "供水条例"
    assert document.sections[0].header.paragraphs[0].text == SPECIMEN.title


def test_a_workbook_has_a_sheet_for_each_heading_and_numbers_as_numbers():
    book = load_workbook(
        BytesIO(sheets.write(replace(SPECIMEN, parts=(Heading("甲"), TABLE, Heading("乙"), TABLE))))
    )
    assert book.sheetnames == ["甲", "乙"]
    assert book["乙"]["C4"].value == 60
    assert {str(area) for area in book["甲"].merged_cells.ranges} == {"A1:A2", "B1:C1", "A3:A4"}


def test_csv_has_the_rows_of_the_table():
    rows = list(csv.reader(StringIO(sheets.write_csv(SPECIMEN, encoding="gb18030").decode("gb18030"))))
    assert rows == [list(row) for row in (*TABLE.header, *TABLE.rows)]


def test_slides_have_titles_bodies_notes_and_tables():
    show = Presentation(BytesIO(slides.write(SPECIMEN)))
    assert [slide.shapes.title.text for slide in show.slides] == ["供水 <条例>", "第一章 总则"]
    assert show.slides[1].notes_slide.notes_text_frame.text == "见释义。"


def test_broken_lines_say_the_same_as_whole_ones():
    whole, broken = plain.write(SPECIMEN).decode(), plain.write(SPECIMEN, width=12).decode()
    assert squeeze(whole) == squeeze(broken)
    assert max(map(len, broken.splitlines())) <= 14
    assert not [line for line in broken.splitlines() if line[:1] in tuple("，。；：、")]


def test_a_web_page_has_the_article_once_amid_links():
    page = pages.web_page(SPECIMEN)
    assert page.count("第一条 为了规范供水 &amp; 用水") == 1
    assert "网站地图" in page
    assert "供水 &lt;条例&gt;" in page


def test_a_file_read_rightly_has_no_fault_and_every_place_holds_what_is_cited(tmp_path):
    rows = tuple((str(number), f"条例{number}", "施行") for number in range(1, 9))
    parts = (*SPECIMEN.parts[:1], Text("下表列出条例。"), Table((("序号", "名称", "备注"),), rows))
    specimen = replace(SPECIMEN, parts=parts)
    path = tmp_path / "供水.docx"
    path.write_bytes(word.write(specimen, layouts.ONE))
    measured = read(Made(replace(_draft("docx", b""), known=known(specimen)), path))
    assert (measured.fidelity.errors, measured.fidelity.f1, measured.refused) == (0, 1, "")
    assert measured.places.right == measured.places.of == 2 + 1 + 24


def test_a_file_that_is_refused_has_lost_everything(tmp_path):
    path = tmp_path / "供水.docx"
    path.write_bytes(b"no zip at all")
    measured = read(Made(_draft("docx", b""), path))
    assert measured.refused
    assert measured.fidelity.error_rate == 1


@pytest.mark.parametrize(
    ("suffix", "raw", "right", "wrong"),
    [
        (
            "xlsx",
            sheets.write(SPECIMEN),
            {"area": "第一章 总则", "row": 5, "column": 3},
            {"column": 2},
        ),
        ("csv", sheets.write_csv(SPECIMEN), {"row": 4, "column": 3}, {"row": 3, "column": 3}),
        ("docx", word.write(SPECIMEN, layouts.ONE), {"area": "1", "row": 4, "column": 3}, {"row": 3}),
    ],
)
def test_a_place_holds_its_cell_and_no_other(suffix, raw, right, wrong):
    kind = "table" if suffix == "docx" else "sheet"
    for fields, count in ((right, 1), (right | wrong, 0)):
        document = Document("d", "题", "源", "类", "60")
        parsed = ParsedDocument(document, (), (), raw, (Place(kind, 0, 2, **fields),))
        assert reread(parsed, suffix) == Share(count, 1)


def test_the_table_has_a_line_for_each_shape_and_format_and_all(tmp_path):
    good = _measured(tmp_path, Fidelity(1000, 0, paths=Share(3, 3)))
    bad = _measured(tmp_path, Fidelity(1000, 50, paths=Share(0, 3)))
    table = list(lines([good, bad]))
    assert [line.split(" | ")[3:6] for line in table[1:]] == [["2", "2,000", "2.500%"]] * 3
    assert "| 0.500 | — | — | 20,000 |" in table[-1]


def test_only_files_that_miss_a_mark_are_named(tmp_path):
    good = _measured(tmp_path, Fidelity(1000, 5))
    bad = [_measured(tmp_path, Fidelity(1000, 6)), _measured(tmp_path, Fidelity(trips=Share(2999, 3000)))]
    named = list(worst([good, *bad]))
    assert len(named) == 2
    assert "往返 0.999" in " ".join(named)


def _measured(folder, figures):
    return Measured(Made(_draft("pdf", b""), folder / "供水.pdf"), figures, Share(0, 0), 0.05)


def test_row_texts_are_rows():
    assert row_texts(TABLE)[0] == "名称：供水条例；篇幅/章：3；篇幅/条：40"


def test_an_old_page_lays_its_text_out_by_tables():
    page = pages.old_page(SPECIMEN).decode("gb18030")
    assert page.count("<table") == 4
    assert "&nbsp;第一条 为了规范供水 &amp; 用水，制定本条例。<br>" in page


def test_a_ledger_holds_dates_amounts_and_shares_as_numbers_and_is_cited_as_shown():
    header = ("日期", "金额", "比例")
    specimen = Specimen("台账", "", (Table((header,), (("2024-03-01", "1,234.50", "12.5%"),)),))
    raw = sheets.write(specimen)
    cells = next(load_workbook(BytesIO(raw)).active.iter_rows(min_row=2, values_only=True))
    assert (cells[0].isoformat(), *cells[1:]) == ("2024-03-01T00:00:00", 1234.5, 0.125)
    for column, shown in enumerate(("2024-03-01", "1,234.50", "12.5%"), 1):
        place = Place("sheet", 0, len(shown), area="Sheet", row=2, column=column)
        parsed = ParsedDocument(Document("d", "题", "源", "类", shown), (), (), raw, (place,))
        assert reread(parsed, "xlsx") == Share(1, 1)


def test_a_program_that_fails_is_named(tmp_path, monkeypatch):
    for name in ("soffice", "chromium"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 3\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(ServiceError, match="soffice 没有正常结束"):
        list(make([_draft("docx", b"", source="fodt", target="docx")], tmp_path))


def test_a_program_that_makes_nothing_is_named(tmp_path, monkeypatch):
    for name in ("soffice", "chromium"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(ServiceError, match="没有做出文件"):
        list(make([_draft("docx", b"", source="fodt", target="docx")], tmp_path))


def test_a_paragraph_without_a_place_counts_as_not_held():
    document = Document("d", "题", "源", "类", "名称\n甲")
    paragraphs = (Paragraph("d", 1, "名称", 0, 2), Paragraph("d", 2, "甲", 3, 4))
    parsed = ParsedDocument(
        document, paragraphs, (), "名称\n".encode(), (Place("sheet", 0, 2, row=1, column=1),)
    )
    assert reread(parsed, "csv") == Share(1, 2)
    assert reread(parsed, "txt") == Share(0, 0)

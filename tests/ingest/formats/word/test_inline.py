"""What stands in a paragraph of a Word file, and what hangs on it, one trait each.

May import `ingest` and `rag`.
"""

import pytest

from ingest.formats.word import load
from ingest.loaded import Loaded
from tests.ingest.formats.office import cell, check_whole, docx, paragraph, roles, row, table, texts


def _read(body: str, **parts: str) -> Loaded:
    loaded = load(docx(body, **parts), "文件.docx")
    check_whole(loaded)
    return loaded


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

"""The text of an office file, put together piece by piece.

May import `ingest` and `rag`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.projection import MAX_CHARACTERS, Projection, Spot, Value
from ingest.loaded import Loaded
from rag.datatypes import Place
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze

TEXTS = st.text(st.sampled_from("甲乙。；：ab \t\n\r\x0b\u2028\u3000\xad\x07"), max_size=8)
VALUES = st.builds(Value, TEXTS, TEXTS, st.just(Spot("table", area="1", row=1, column=1)))
PIECES = st.lists(st.one_of(TEXTS, st.lists(VALUES, max_size=4)), max_size=6)


def _project(pieces: list[str | list[Value]]) -> Loaded:
    projection = Projection("表.docx")
    for piece in pieces:
        if isinstance(piece, str):
            projection.paragraph(piece, Spot("paragraph", row=1))
        else:
            projection.row(piece)
    return projection.finish("application/x")


def _stretches(loaded: Loaded) -> list[str]:
    return [loaded.text[each.start : each.end] for each in loaded.elements]


def test_paragraphs_stand_on_lines_of_their_own_and_keep_their_breaks() -> None:
    projection = Projection("a.docx")
    projection.paragraph(" 第一章 \n\n 总则 ", Spot("paragraph", row=3), role="heading", level=1)
    projection.paragraph("\u3000\n")
    projection.paragraph("为了\u00ad规范。", Spot("paragraph", row=5))
    loaded = projection.finish("application/x")
    assert loaded.text == "第一章\n总则\n为了规范。"
    assert [(each.role, each.level) for each in loaded.elements] == [("heading", 1), ("text", None)]
    assert _stretches(loaded) == ["第一章\n总则", "为了规范。"]
    assert loaded.places == (Place("paragraph", 0, 6, row=3), Place("paragraph", 7, 12, row=5))


def test_a_row_reads_alone_and_each_value_has_its_header_and_place() -> None:
    cell = Spot("table", area="1", row=2, column=1)
    loaded = _project(["表", [Value("1", "序\n号", cell), Value("", "备注"), Value("甲\n乙", "单位：")]])
    assert loaded.text == "表\n序号：1；单位：甲 乙"
    row = loaded.elements[1]
    assert [(each.header, loaded.text[each.start : each.end]) for each in row.cells] == [
        ("序号", "1"),
        ("单位", "甲 乙"),
    ]
    assert loaded.places[1] == Place("table", 5, 6, area="1", row=2, column=1)


@pytest.mark.parametrize(
    ("values", "written"),
    [
        (["甲", "乙"], "甲；乙"),
        (["做完。", "乙"], "做完。乙"),
        (["甲；", "乙；"], "甲；乙；"),
        (["甲，\n乙\n丙"], "甲，乙 丙"),
    ],
)
def test_values_that_end_in_a_mark_are_given_no_second_one(values: list[str], written: str) -> None:
    assert _project([[Value(value) for value in values]]).text == written


@given(PIECES)
def test_elements_hold_all_ink_and_places_lie_in_them(pieces: list[str | list[Value]]) -> None:
    try:
        loaded = _project(pieces)
    except UnreadableFile:
        return
    assert "\n".join(_stretches(loaded)) == loaded.text
    assert all(stretch == stretch.strip() != "" for stretch in _stretches(loaded))
    pairs = zip(loaded.places, loaded.places[1:], strict=False)
    assert all(first.end <= second.start for first, second in pairs)
    for element in loaded.elements:
        for cell in element.cells:
            assert element.start <= cell.start < cell.end <= element.end
            assert cell.header == "" or loaded.text[: cell.start].endswith(f"{cell.header}：")


@given(st.lists(st.text(st.sampled_from("甲乙ab \n\t"), max_size=8), max_size=6))
def test_no_character_of_a_paragraph_is_lost(texts: list[str]) -> None:
    try:
        loaded = _project(texts)
    except UnreadableFile:
        assert not squeeze("".join(texts))
    else:
        assert squeeze(loaded.text) == squeeze("".join(texts))


def test_nothing_to_read_is_refused_by_name() -> None:
    with pytest.raises(UnreadableFile, match="表.docx"):
        _project(["", [Value(" ", "表头")]])


def test_more_than_a_document_holds_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="太多"):
        _project(["甲" * (MAX_CHARACTERS // 4)] * 5)

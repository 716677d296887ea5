"""Automatic numbers of Word paragraphs, as Word counts them.

May import `ingest` and `rag`.
"""

import pytest

from ingest.formats.word import load
from tests.ingest.formats.office import docx, paragraph, texts


def _level(depth: int, text: str, style: str = "decimal", more: str = "") -> str:
    shown = f'<w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>{shown}</w:lvl>'


def _list(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def _numbered(depth: int, number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph("文", properties=properties)


def _labels(numbering: str, body: str, styles: str = "") -> list[str]:
    loaded = load(docx(body, numbering=numbering, styles=styles), "a.docx")
    return [text.removesuffix("文") for text in texts(loaded)]


OFFICIAL = _list(
    _level(0, "第%1章", "chineseCountingThousand", '<w:suff w:val="nothing"/>'),
    _level(1, "（%2）", "chineseCounting"),
    _level(2, "%3.", "decimal"),
    _level(3, "%1.%4", "decimal", "<w:isLgl/>"),
)


def test_official_numbering_is_written_out_and_begins_anew_below_each_heading() -> None:
    body = "".join(map(_numbered, (0, 1, 1, 2, 2, 1, 2, 0, 1, 3, 3)))
    assert _labels(OFFICIAL, body) == [
        *("第一章 ", "（一）", "（二）", "1. ", "2. ", "（三）", "1. "),
        *("第二章 ", "（一）", "2.1 ", "2.2 "),
    ]


def test_a_level_skipped_counts_as_begun() -> None:
    numbering = _list(_level(0, "%1."), _level(1, "%1.%2"))
    assert _labels(numbering, _numbered(1) + _numbered(1) + _numbered(0)) == ["1.1 ", "1.2 ", "2. "]


@pytest.mark.parametrize(
    ("restart", "labels"),
    [("", ["1. ", "a ", "b ", "2. ", "a "]), ('<w:lvlRestart w:val="0"/>', ["1. ", "a ", "b ", "2. ", "c "])],
)
def test_a_level_may_count_on_below_the_next_heading(restart: str, labels: list[str]) -> None:
    numbering = _list(_level(0, "%1."), _level(1, "%2", "lowerLetter", restart))
    assert _labels(numbering, "".join(map(_numbered, (0, 1, 1, 0, 1)))) == labels


def test_lists_of_one_scheme_count_on_unless_they_say_otherwise() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/>'
        f'<w:lvlOverride w:ilvl="0">{_level(0, "%1)")}</w:lvlOverride></w:num>'
    )
    body = "".join(_numbered(0, number) for number in (1, 1, 2, 3, 3, 4, 1))
    labels = _labels(_list(_level(0, "%1."), lists=lists), body)
    assert labels == ["1. ", "2. ", "3. ", "5. ", "6. ", "7) ", "8. "]


def test_a_style_numbers_its_paragraphs_at_the_level_that_names_it() -> None:
    numbering = _list(
        _level(0, "第%1章", "chineseCounting", '<w:pStyle w:val="h1"/>'),
        _level(1, "第%2条", "chineseCounting", '<w:pStyle w:val="h2"/>'),
    )
    linked = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/>{linked}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/>{linked}</w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="条"/><w:basedOn w:val="h2"/></w:style>'
    )
    without = paragraph("文", style="h2", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    body = "".join(paragraph("文", style=style) for style in ("h1", "h2", "mine", "h1", "h2")) + without
    assert _labels(numbering, body, styles) == ["第一章 ", "第一条 ", "第二条 ", "第二章 ", "第一条 ", ""]


def test_a_list_may_take_its_scheme_from_the_style_of_another() -> None:
    level = _level(0, "%1、", "chineseCounting")
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="甲"/>{level}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="甲"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert _labels(numbering, _numbered(0) + _numbered(0)) == ["一、", "二、"]


def test_bullets_are_plain_signs_and_make_items() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    numbering = _list(_level(0, "\uf06c", "bullet", font), _level(1, "\uf0b7", "bullet"))
    loaded = load(docx(_numbered(0) + _numbered(1), numbering=numbering), "a.docx")
    assert texts(loaded) == ["● 文", "• 文"]
    assert {each.role for each in loaded.elements} == {"item"}


def test_empty_paragraphs_count_but_are_not_read() -> None:
    empty = _numbered(0).replace("文", "")
    assert _labels(_list(_level(0, "%1.")), _numbered(0) + empty + _numbered(0)) == ["1. ", "3. "]


@pytest.mark.parametrize("number", [9, 0, -1, 10**12])
def test_lists_that_are_not_there_number_nothing(number: int) -> None:
    assert _labels(_list(_level(0, "%1.")), _numbered(0, number)) == [""]


@pytest.mark.parametrize("depth", ["999999999", "-1", "--2", "9" * 5000, "九", ""])
def test_levels_beyond_the_ninth_are_none(depth: str) -> None:
    levels = _list(_level(0, "%1."), _level(0, "%1-").replace('ilvl="0"', f'ilvl="{depth}"'))
    body = _numbered(0) + _numbered(0).replace('ilvl w:val="0"', f'ilvl w:val="{depth}"')
    assert _labels(levels, body)[0] == "1. "


def test_levels_that_are_not_there_number_nothing() -> None:
    assert _labels(_list(_level(0, "%1.%7")), _numbered(5) + _numbered(0)) == ["", "1. "]

"""Pages of every charset, and pages that nobody wrote to be read.

May import `ingest` and `rag`.
"""

import pytest

from ingest.loading import load
from rag.errors import UnreadableFile
from tests.ingest.formats.showing import texts

TEXT = "各区县人民政府，市府各部门：现就有关事项通知如下。"


def _page(charset: str, text: str = TEXT) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{meta}</head><p>{text}</p>"


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("gb2312", "utf-8"),
        ("iso-8859-1", "gb18030"),
        ("utf-8", "utf-8"),
        ("utf-8", "utf-16"),
        ("no-such-charset", "gb18030"),
    ],
)
def test_a_page_is_read_in_the_charset_that_it_is_written_in(declared, written):
    text = TEXT + "䶮𬍛"
    assert texts(load(_page(declared, text).encode(written), "a.html")) == [text]


def test_a_short_page_in_big5_is_believed():
    assert texts(load(_page("big5", "總則").encode("big5"), "a.html")) == ["總則"]


def test_an_xml_declaration_and_a_mark_are_no_text():
    page = f'\ufeff<?xml version="1.0" encoding="gb2312"?><html xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></html>'
    assert texts(load(page.encode(), "a.xhtml")) == [TEXT]


def test_entities_of_html_are_resolved_and_others_are_not():
    bomb = '<!DOCTYPE html [<!ENTITY a "哈"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    page = f"{bomb}<html><p>A&amp;B &#31532;&nbsp;&ldquo;一&rdquo; &b;&x;</p></html>"
    assert texts(load(page.encode(), "a.html")) == ["A&B 第\xa0“一” &b;&x;"]


def test_pictures_written_into_a_page_cost_nothing():
    page = f"<body><img src='data:image/png;base64,{'A' * 12_000_000}'><p>{TEXT}</p></body>"
    assert texts(load(page.encode(), "a.html")) == [TEXT]


def test_a_line_of_ten_million_characters_is_read():
    assert len(load(("<p>" + "字" * 10_000_000).encode(), "a.html").text) == 10_000_000


def test_deep_nesting_is_read_as_far_as_the_parser_goes_and_refused_beyond():
    assert texts(load(f"<body>{'<div>' * 1500}{TEXT}".encode(), "a.html")) == [TEXT]
    with pytest.raises(UnreadableFile, match="嵌套过深"):
        load(f"<body>{'<div>' * 5000}{TEXT}".encode(), "a.html")


def test_a_tag_with_a_million_attributes_is_read_without_them():
    crowd = " ".join(f"a{number}" for number in range(1_000_000))
    assert texts(load(f"<body><p {crowd}>{TEXT}</p>".encode(), "a.html")) == [TEXT]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<div>" * 10_000_000, "太多"),
        ("<" * 1_000_000, "太多"),
        ("<p a b c d e>" * 250_000, "太多"),
        ("<html><body><img src=a.png></body></html>", "没有文字"),
        ("<!-- -->", "没有"),
        ("", "空文件"),
        ("<p>甲\0乙</p>", "不是文本文件"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(page, reason):
    with pytest.raises(UnreadableFile, match=reason) as refused:
        load(page.encode(), "页.html")
    assert "页.html" in str(refused.value)

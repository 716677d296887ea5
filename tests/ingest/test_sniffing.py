"""What a file is by its bytes, against what its name says.

May import `ingest` and `rag`.
"""

import io
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation

from ingest.loading import load
from ingest.sniffing import sniff
from rag.errors import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _zip(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return stream.getvalue()


def _image(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, kind)
    return stream.getvalue()


PAGE = "<!DOCTYPE html><html><body><p>正文</p></body></html>"
OFFICE = {
    ".docx": _saved(Document()),
    ".xlsx": _saved(openpyxl.Workbook()),
    ".pptx": _saved(Presentation()),
}


@pytest.mark.parametrize("suffix", OFFICE)
@pytest.mark.parametrize("name", ["a.zip", "a.txt", "a.docm", "a", "a.doc", "a.pdf"])
def test_an_office_file_is_known_under_any_name(suffix, name):
    assert sniff(OFFICE[suffix], name) == suffix


@pytest.mark.parametrize("name", ["a.zip", "a", "a.docx"])
def test_another_zip_is_a_zip(name):
    assert sniff(_zip(word__a_dot_docx="x", notes="y"), name) == ".zip"


def test_a_zip_of_an_office_file_is_no_office_file():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.docx", OFFICE[".docx"])
    assert sniff(stream.getvalue(), "a.zip") == ".zip"


@pytest.mark.parametrize(
    ("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("TIFF", ".tif"), ("BMP", ".bmp")]
)
def test_images_are_known_by_their_first_bytes(kind, suffix):
    assert sniff(_image(kind), "扫描件") == suffix


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n...", b"\r\n\xef\xbb\xbf%PDF-1.4 ... startxref 9 %%EOF"])
def test_a_pdf_under_a_text_name_is_a_pdf(raw):
    assert sniff(raw, "a.txt") == ".pdf"


def test_a_text_about_pdf_is_a_text():
    assert sniff("文件以 %PDF- 开头。".encode(), "a.txt") == ".txt"


@pytest.mark.parametrize(
    "head",
    ["", "\ufeff", "\n  ", "<?xml version='1.0'?>\n", "<!-- saved from url=(0014)about:internet -->\r\n"],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "gb18030"])
def test_a_page_under_another_name_is_a_page(head, charset):
    assert sniff((head + PAGE).encode(charset), "a.pdf") == ".html"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), ".doc"),
        (OLE + "Workbook".encode("utf-16-le"), ".xls"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), ".ppt"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (OLE, "旧版"),
        (rb"{\rtf1\ansi ...}", "RTF"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (_zip(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (_zip(**{"[Content_Types]_dot_xml": "x", "xl__workbook_dot_bin": "x"}), ".xlsb"),
    ],
)
def test_what_nothing_reads_is_refused_by_name(raw, name):
    with pytest.raises(UnreadableFile, match=name) as refused:
        load(raw, "目录/文件.docx")
    assert "文件.docx" in str(refused.value)
    assert "再收入" in str(refused.value)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pptx", ".pdf", ".zip", ".png", ".JPG"])
@pytest.mark.parametrize("raw", [b"", "不是这种文件".encode(), OFFICE[".docx"][:-200], b"PK\x03\x04"])
def test_a_promise_that_the_bytes_break_is_said(suffix, raw):
    with pytest.raises(UnreadableFile, match="内容却不是"):
        load(raw, f"文件{suffix}")


@pytest.mark.parametrize("name", ["说明", "附件1.总则与附则", "报告.2024", ".hidden"])
def test_a_name_without_a_suffix_is_read_as_text(name):
    assert load("第一条　本办法自公布之日起施行。".encode(), name).media_type == "text/plain"


def test_an_unknown_suffix_is_refused_with_those_known():
    with pytest.raises(UnreadableFile, match=r"\.txt、.*\.xlsx"):
        load("文字".encode(), "a.dwg")


@given(st.binary(max_size=200), st.sampled_from(["a.docx", "a.txt", "a", "a.pdf", "a.zip"]))
def test_any_bytes_are_named_or_refused(raw, name):
    for begin in (b"", b"PK\x03\x04", OLE[:8], b"PK\x05\x06", b"%PDF-"):
        with suppress(UnreadableFile):
            assert sniff(begin + raw, name).startswith(".")

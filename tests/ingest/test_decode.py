"""Charsets: the same words come back whatever they were written in; what is no text is refused.

May import `ingest` and `rag`.
"""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decode import decode
from rag.errors import UnreadableFile
from tests.ingest.seeds import NAMES, parsed

CHINESE = "区教育局党委深入学习贯彻全会精神，扎实推进各项工作落到实处。\n"
TRADITIONAL = "臺北市政府為加強國民教育，特訂定本辦法，並自公布日施行。\n學校應依規定辦理。\n"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("name", NAMES)
def test_the_founding_documents_read_alike_in_every_charset(name, charset):
    text = parsed(name).document.text
    assert decode(text.encode(charset), "a.txt") == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE])
def test_a_big_endian_mark_is_obeyed(mark):
    charset = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-32-be"
    assert decode(mark + CHINESE.encode(charset), "a.txt") == CHINESE


@pytest.mark.parametrize("charset", ["big5", "big5hkscs", "cp950"])
def test_traditional_text_in_big5_is_not_taken_for_gb18030(charset):
    assert decode(TRADITIONAL.encode(charset), "a.txt") == TRADITIONAL


def test_traditional_text_in_gb18030_is_not_taken_for_big5():
    assert decode(TRADITIONAL.encode("gb18030"), "a.txt") == TRADITIONAL


@pytest.mark.parametrize("charset", ["gb18030", "big5"])
def test_a_short_text_is_enough(charset):
    assert decode("總則".encode(charset) if charset == "big5" else "总则".encode(charset), "a.txt") in (
        "總則",
        "总则",
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_text_in_utf8_comes_back(text):
    assert decode(b"\xef\xbb\xbf" + text.encode(), "a.txt") == text


def test_line_ends_are_kept():
    assert decode("一\r\n二\r三".encode(), "a.txt") == "一\r\n二\r三"


def test_a_text_damaged_in_one_place_is_read():
    raw = bytearray((CHINESE * 200).encode())
    raw[3000] = 0xFF
    assert decode(bytes(raw), "a.txt").count("区教育局") >= 199


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4,
        b"PK\x03\x04" + bytes(range(256)) * 4,
        b"text with a \0 inside",
        b"\x01\x02\x03\x04\x05 bells and whistles",
        codecs.BOM_UTF16_LE + b"\x00",
        codecs.BOM_UTF8 + b"\xff\xfe\xfd",
    ],
)
def test_what_is_no_text_is_refused_by_name(raw):
    with pytest.raises(UnreadableFile, match=r"图片\.txt"):
        decode(raw, "图片.txt")


@pytest.mark.parametrize("raw", [b"", b" \n\t\r\n", codecs.BOM_UTF8, "\u3000\n".encode("utf-16")])
def test_an_empty_file_is_refused(raw):
    with pytest.raises(UnreadableFile, match="空文件"):
        decode(raw, "空.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw):
    try:
        text = decode(raw, "a.txt")
    except UnreadableFile:
        return
    assert text.strip()
    assert "\0" not in text

"""Office files opened with suspicion: zips made by hand, each hostile or damaged in one way.

May import `ingest` and `rag`.
"""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from ingest.formats import package
from ingest.formats.package import Package, Relation, check
from rag.errors import UnreadableFile

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="b" Type="http://x/hyperlink" Target="http://x/y" TargetMode="External"/>'
    '<Relationship Id="c" Type="http://x/styles" Target="/word/../word/styles.xml"/></Relationships>'
)
BOMB = (
    '<!DOCTYPE a [<!ENTITY x "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY x{n} "{f"&x{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]><a>&x9;</a>"
)


def _zip(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def _docx() -> bytes:
    buffer = BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


def test_parts_and_relations_are_read() -> None:
    opened = Package(_zip({"_rels/.rels": RELATIONS, "word/Document.xml": "<a>文</a>"}), "a.docx")
    assert opened.relations("") == {
        "a": Relation("officeDocument", "word/document.xml"),
        "c": Relation("styles", "word/styles.xml"),
    }
    main = opened.related("", "officeDocument")
    assert main is not None
    root = opened.xml(main)
    assert root is not None
    assert root.text == "文"
    assert opened.xml("word/styles.xml") is None
    assert opened.relations("word/document.xml") == {}


def test_strict_files_speak_the_same_vocabulary() -> None:
    xml = '<w:a xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    root = Package(_zip({"a.xml": xml}), "a.docx").xml("a.xml")
    assert root is not None
    assert root.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}a"


def test_a_file_of_a_real_library_passes() -> None:
    check(_docx(), "a.docx")


@pytest.mark.parametrize(
    "xml",
    [BOMB, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', '<!DOCTYPE a SYSTEM "x"><a/>'],
    ids=["bomb", "external entity", "external subset"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_doctypes_are_refused(xml: str, encoding: str) -> None:
    raw = _zip({"a.xml": xml.encode(encoding)})
    with pytest.raises(UnreadableFile, match=r"a\.docx.*(DOCTYPE|XML)"):
        Package(raw, "a.docx").xml("a.xml")
    with pytest.raises(UnreadableFile, match=r"a\.docx.*DOCTYPE"):
        check(raw, "a.docx")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "不是完好的"),
        (b"PK\x03\x04 but nothing follows", "不是完好的"),
        (_docx()[:5000], "不是完好的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码保护或是旧版格式"),
        (_zip({"../../escape.xml": "<a/>"}), "指向文件之外"),
        (_zip({"/etc/passwd": "x"}), "指向文件之外"),
        (_zip({"..\\escape.xml": "<a/>"}), "指向文件之外"),
        (_zip({"a.xml": "<a/>", "A.xml": "<b/>"}), "重名"),
        (_zip({"a.xml": "<a/>"}, method=zipfile.ZIP_LZMA), "压缩方式"),
        (_zip({"a.xml": bytes(package.MAX_XML_BYTES + 1)}), "展开后超过"),
        (_zip({"a.bin": bytes(20 * 2**20)}), "压缩比"),
        (b"PK\x01\x02" * (package.MAX_PARTS + 1), "个部件"),
    ],
    ids=lambda each: each if isinstance(each, str) else f"{len(each)} bytes",
)
def test_what_is_no_office_file_is_refused_by_name(raw: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=f"a\\.docx.*{why}"):
        Package(raw, "a.docx")


def test_a_declared_size_beyond_all_bounds_is_refused() -> None:
    raw = bytearray(_zip({"a.xml": "<a/>"}))
    entry = raw.rindex(b"PK\x01\x02")
    raw[entry + 24 : entry + 28] = (2**31).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="展开后超过"):
        Package(bytes(raw), "a.docx")


def test_a_locked_part_is_refused() -> None:
    raw = bytearray(_zip({"a.xml": "<a/>"}))
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="密码"):
        Package(bytes(raw), "a.docx")


@pytest.mark.parametrize("content", [b"<a><b></a>", b"", b"<a>" * 5000, b"\x00\x01", "<a>".encode("utf-16")])
def test_xml_that_does_not_parse_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="不是完好的 XML"):
        Package(_zip({"a.xml": content}), "a.docx").xml("a.xml")


def test_damage_inside_a_part_is_found_by_its_checksum() -> None:
    raw = _zip({"a.xml": "<a>文件</a>"}, method=zipfile.ZIP_STORED)
    with pytest.raises(UnreadableFile, match="已损坏"):
        Package(raw.replace("文".encode(), "丈".encode()), "a.docx").xml("a.xml")

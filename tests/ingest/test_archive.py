"""Zips as Windows, Linux and mischief make them: what is inside, within bounds, under harmless names.

May import `ingest`.
"""

import struct
import unicodedata
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.archive import Bounds, Found, expand, is_archive
from ingest.naming import member_name

SMALL = Bounds(file_bytes=10_000, archive_files=20, archive_bytes=100_000, archive_depth=3)


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return raw.getvalue()


def named_in_bytes(raw: bytes, placeholder: bytes, name: bytes) -> bytes:
    """The zip with a member's name replaced by bytes as another system would have written them."""
    assert len(placeholder) == len(name)
    assert raw.count(placeholder) == 2
    return raw.replace(placeholder, name)


def opened(origin: bytes | str, bounds: Bounds = SMALL) -> list[Found]:
    return list(expand(origin, "a.zip", bounds))


def sources(found: Sequence[Found]) -> list[str]:
    return [each.source for each in found]


@given(st.lists(st.binary(max_size=200), max_size=10), st.sampled_from([0, 8, 12, 14]))
def test_what_was_packed_comes_out(contents: list[bytes], method: int):
    raw = zipped(*((f"夹/{i}.txt", content) for i, content in enumerate(contents)), method=method)
    found = opened(raw)
    if contents:
        assert [each.raw for each in found] == contents
        assert sources(found) == [f"a.zip!/夹/{i}.txt" for i in range(len(contents))]
    else:
        assert [each.source for each in found if "没有文件" in (each.reason or "")] == ["a.zip"]


def test_an_archive_on_disk_is_read_by_its_path(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(zipped(("b.txt", b"x")))
    assert opened(str(tmp_path / "a.zip")) == [Found("a.zip!/b.txt", b"x")]
    assert "读不了" in (opened(str(tmp_path / "none.zip"))[0].reason or "")


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_names_without_a_charset_are_read_as_chinese(charset: str):
    name = "关于印发/实施方案.txt".encode(charset)
    raw = zipped(("x" * len(name), b"y"))
    assert sources(opened(named_in_bytes(raw, b"x" * len(name), name))) == ["a.zip!/关于印发/实施方案.txt"]


def test_a_name_given_in_unicode_beside_the_name_counts():
    member = zipfile.ZipInfo("plain.txt")
    path = "通知.txt".encode()
    member.extra = struct.pack("<HHBI", 0x7075, 5 + len(path), 1, 0) + path
    assert sources(opened(zipped((member, b"x")))) == ["a.zip!/通知.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("\x1b[2J\n.txt", r"\x1b[2J\n.txt"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("...", "未命名"),
        ("x" * 5000 + ".txt", "x" * 996 + ".txt"),
    ],
)
def test_names_lead_nowhere_and_steer_nothing(name: str, shown: str):
    assert member_name(name) == shown


@given(st.text())
def test_any_name_is_a_relative_printable_one(name: str):
    shown = member_name(name)
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, shown))
    assert not shown.startswith("/")
    assert not {"", ".", ".."} & set(shown.split("/"))
    assert 0 < len(shown) <= 1000


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read():
    raw = zipped(("a.txt", b"1"), ("../a.txt", b"2"), ("a.txt", b"3"), ("b/c", b"4"), ("b//c", b"5"))
    found = opened(raw)
    assert sources(found) == [f"a.zip!/{name}" for name in ("a.txt", "a~2.txt", "a~3.txt", "b/c", "b/c~2")]
    assert [each.raw for each in found] == [b"1", b"2", b"3", b"4", b"5"]


def test_what_systems_leave_in_archives_is_skipped():
    names = ("__MACOSX/._a.txt", ".DS_Store", "b/Thumbs.db", "~$a.docx", ".git/config", "空/", "a.txt")
    assert sources(opened(zipped(*((name, b"x") for name in names)))) == ["a.zip!/a.txt"]


def test_archives_in_archives_are_opened_to_a_depth():
    raw = b"deep"
    for level in range(5):
        raw = zipped((f"{level}.zip" if level else "a.txt", raw), (f"note{level}.txt", b"n"))
    found = opened(raw)
    good = [each.source for each in found if each.raw]
    assert good == ["a.zip!/4.zip!/3.zip!/note2.txt", "a.zip!/4.zip!/note3.txt", "a.zip!/note4.txt"]
    (refused,) = [each for each in found if each.reason]
    assert refused.source == "a.zip!/4.zip!/3.zip!/2.zip"
    assert "3 层" in (refused.reason or "")


def test_an_encrypted_member_costs_itself_alone():
    raw = bytearray(zipped(("a.txt", b"1"), ("b.txt", b"2")))
    place = raw.index(b"PK\1\2")
    raw[place + 8] |= 1
    first, second = opened(bytes(raw))
    assert "密码" in (first.reason or "")
    assert second == Found("a.zip!/b.txt", b"2")


def test_a_damaged_member_costs_itself_alone():
    raw = zipped(("a.txt", b"1111"), ("b.txt", b"2222"), method=zipfile.ZIP_STORED)
    first, second = opened(raw.replace(b"1111", b"1112"))
    assert "已损坏" in (first.reason or "")
    assert second.raw == b"2222"


def test_an_unknown_way_of_packing_is_named():
    raw = bytearray(zipped(("a.txt", b"1"), ("b.txt", b"2")))
    raw[8:10] = raw[raw.index(b"PK\1\2") + 10 : raw.index(b"PK\1\2") + 12] = struct.pack("<H", 9)
    first, second = opened(bytes(raw))
    assert "压缩方法" in (first.reason or "")
    assert second.raw == b"2"


def test_a_member_larger_than_a_file_may_be_is_refused_whatever_it_declares():
    raw = zipped(("a.txt", b"0" * 20_000), ("b.txt", b"1"))
    honest, after = opened(raw)
    assert "20000 字节" in (honest.reason or "")
    assert after.raw == b"1"
    liar = raw.replace(struct.pack("<I", 20_000), struct.pack("<I", 5_000))
    first, second = opened(liar)
    assert first.raw is None
    assert "已损坏" in (first.reason or "")
    assert second.raw == b"1"
    giant = raw.replace(struct.pack("<I", 20_000), struct.pack("<I", 2**31))
    assert "2147483648 字节" in (opened(giant)[0].reason or "")


def test_an_archive_that_holds_too_much_is_left_with_one_reason():
    found = opened(zipped(*((f"{i}.txt", bytes(9_000)) for i in range(19))))
    assert len(found) == 12
    assert found[-1].source == "a.zip"
    assert "压缩炸弹" in (found[-1].reason or "")
    many = opened(zipped(*((f"{i}.txt", b"") for i in range(50))))
    assert (len(many), many[-1].source) == (21, "a.zip")
    assert "超过 20 个" in (many[-1].reason or "")


def test_an_archive_of_which_nothing_can_be_read_is_left_with_one_reason():
    raw = bytearray(zipped(*((f"{i}.txt", b"x") for i in range(300))))
    for place in range(len(raw)):
        if raw.startswith(b"PK\1\2", place):
            raw[place + 8] |= 1
    found = opened(bytes(raw), Bounds())
    assert len(found) == 101
    assert (found[-1].source, "100 个文件读不出" in (found[-1].reason or "")) == ("a.zip", True)


def test_archives_in_archives_share_the_bounds():
    inner = zipped(*((f"{i}.txt", bytes(9_000)) for i in range(8)))
    found = opened(zipped(*((f"{i}.zip", inner) for i in range(3))))
    assert sum(len(each.raw or b"") for each in found) <= SMALL.archive_bytes
    assert "压缩炸弹" in (found[-1].reason or "")


@pytest.mark.parametrize("raw", [b"PK\3\4", b"PK\5\6" + bytes(10), b"PK\3\4" + bytes(500), b""])
def test_what_is_no_archive_is_refused(raw: bytes):
    (found,) = opened(raw)
    assert found.source == "a.zip"
    assert found.reason


@given(st.data())
def test_a_damaged_archive_raises_nothing(data: st.DataObject):
    raw = bytearray(zipped(("甲.txt", b"1" * 50), ("b.zip", zipped(("c.txt", b"2")))))
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    for found in opened(bytes(raw)):
        assert (found.raw is None) == (found.reason is not None)


def test_an_office_file_is_no_archive():
    office = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))
    assert not is_archive(office, "a.docx")
    assert not is_archive(b"text", "a.zip")
    assert is_archive(zipped(("a.txt", b"1")), "a.bin")

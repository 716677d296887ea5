"""Bytes on disk until they are in the library."""

import errno
import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsing import document_id
from rag.errors import ServiceError, UnreadableFile
from ui.spool import NoSpace, Spool


@given(content=st.binary(max_size=100))
def test_what_is_kept_is_read_whole_under_the_id_of_its_bytes(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
):
    folder = tmp_path_factory.mktemp("home") / "incoming"
    assert Spool(folder).keep("job", BytesIO(content)) == document_id(content)
    assert Spool(folder).read("job") == content


def test_a_file_of_many_blocks_is_kept_under_the_id_of_all_its_bytes(tmp_path: Path):
    content = bytes(range(251)) * 10_000
    assert Spool(tmp_path).keep("job", BytesIO(content)) == document_id(content)
    assert Spool(tmp_path).read("job") == content


def test_what_was_dropped_is_gone_and_says_what_to_do(tmp_path: Path):
    spool = Spool(tmp_path / "incoming")
    spool.keep("job", BytesIO(b"x"))
    spool.drop("job")
    spool.drop("job")
    with pytest.raises(UnreadableFile, match="请重新上传"):
        spool.read("job")


def test_only_what_is_wanted_survives_a_sweep(tmp_path: Path):
    spool = Spool(tmp_path / "incoming")
    spool.sweep(["job"])
    for name in ("wanted", "left"):
        spool.keep(name, BytesIO(name.encode()))
    spool.sweep(["wanted"])
    assert [path.name for path in (tmp_path / "incoming").iterdir()] == ["wanted"]


class FullDisk(BytesIO):
    """Reading from it fails as writing to a full disk does, which no test can fill."""

    def __init__(self, number: int) -> None:
        super().__init__(b"x")
        self._error = OSError(number, os.strerror(number))

    def read(self, size: int | None = -1) -> bytes:
        raise self._error


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [(errno.ENOSPC, NoSpace, "磁盘已满"), (errno.EIO, ServiceError, "请检查磁盘和文件夹权限")],
)
def test_a_disk_that_takes_no_more_says_so_and_keeps_nothing(
    tmp_path: Path, number: int, kind: type[ServiceError], words: str
):
    spool = Spool(tmp_path / "incoming")
    with pytest.raises(kind, match=words):
        spool.keep("job", FullDisk(number))
    assert list((tmp_path / "incoming").iterdir()) == []

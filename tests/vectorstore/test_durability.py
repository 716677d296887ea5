"""Flushing takes files and folders alike, and says when it cannot."""

from pathlib import Path

import pytest

from vectorstore.durability import flush


def test_flushes_files_and_folders_without_touching_them(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    flush(file)
    flush(tmp_path)
    assert file.read_bytes() == b"x"


def test_what_is_not_there_cannot_be_flushed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        flush(tmp_path / "absent")

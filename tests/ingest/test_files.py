"""Files on disk: found once and in order, however deep; read only as they were at one moment."""

import os
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest

from ingest.files import find, mark, read
from rag.errors import UnreadableFile


def test_files_are_found_once_in_order_however_they_are_named(tmp_path: Path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/e/3.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    names = ["c/d/e/3.txt", "a.txt", "b/1.txt", "b/2.txt"]
    paths = [tmp_path / "c/d", tmp_path / "b" / ".." / "a.txt", tmp_path, tmp_path / "b", tmp_path / "a.txt"]
    assert [os.path.relpath(os.path.realpath(each.path), tmp_path) for each in find(paths)] == names


def test_folders_may_be_as_deep_as_a_path_can_be(tmp_path: Path):
    bottom = tmp_path.joinpath(*["d"] * 900)
    for depth in range(100, 901, 100):
        tmp_path.joinpath(*["d"] * depth).mkdir(parents=True)
    (bottom / "a.txt").write_bytes(b"x")
    assert [each.path for each in find([tmp_path])] == [bottom / "a.txt"]
    for _ in range(900):
        for file in bottom.iterdir():
            file.unlink() if file.is_file() else file.rmdir()
        bottom = bottom.parent


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path):
    (tmp_path / "a").mkdir(mode=0)
    (entry,) = find([tmp_path])
    assert "打不开文件夹" in (entry.reason or "")


def test_a_file_that_keeps_changing_is_refused_and_read_when_it_is_done(tmp_path: Path):
    file, done = tmp_path / "a.txt", Event()
    # Long enough in the reading for the change to fall within it, however busy the machine.
    file.write_bytes(b"x" * 2**27)

    def change() -> None:
        for moment in count(1):
            os.utime(file, ns=(moment, moment))
            if done.is_set():
                return

    changing = Thread(target=change)
    changing.start()
    try:
        with pytest.raises(UnreadableFile, match=r"a\.txt' 正在被改动"):
            read(file, 2**28)
    finally:
        done.set()
        changing.join()
    assert read(file, 2**28) == b"x" * 2**27


def test_a_mark_tells_one_state_of_a_file_from_another(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"x")
    before = mark(file)
    assert mark(file) == before
    file.write_bytes(b"xy")
    assert mark(file) != before
    file.unlink()
    with pytest.raises(UnreadableFile):
        mark(file)


@pytest.mark.parametrize("name", ["x" * 5000, ""])
def test_a_name_that_cannot_be_is_refused(name: str):
    with pytest.raises(UnreadableFile):
        read(Path("/none") / name, 100)

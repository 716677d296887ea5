"""A folder and the library kept the same, whatever is done to the folder; real files, real watching.

May import `ingest` and `rag`.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from zipfile import ZipFile

import pytest

from ingest.isolation import Isolated
from ingest.mirroring import Mirror
from ingest.pipeline import Bounds, Listener, Report, ingest
from ingest.watching import watch
from rag.errors import ServiceError
from tests.ingest.shelf import Shelf


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolated]:
    with Isolated(seconds=60, memory=2**30) as processes:
        yield processes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    (folder / "子").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "子/c.txt", "重要!/d.txt"):
        write(folder / name, name)
    with ZipFile(folder / "e.zip", "w") as archive:
        archive.writestr("f.txt", "压缩包里的。")
        archive.writestr("g.txt", "压缩包里的另一份。")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{text}的内容。", encoding="utf-8")


def mirror_of(folder: Path, shelf: Shelf, isolated: Isolated) -> Mirror:
    return Mirror((folder,), shelf, isolated, Bounds(), Listener())


def names(shelf: Shelf, folder: Path) -> set[str]:
    return {source.removeprefix(f"{folder.as_posix()}/") for source in shelf.by_source}


ALL = {"a.txt", "b.txt", "子/c.txt", "重要!/d.txt", "e.zip!/f.txt", "e.zip!/g.txt"}


def test_what_is_gone_is_removed_and_nothing_outside_the_folder(folder: Path, isolated: Isolated):
    shelf = Shelf()
    beside = folder.parent / "文件2"
    write(beside / "a.txt", "旁边")
    ingest([beside], shelf, isolated, bounds=Bounds())
    mirror = mirror_of(folder, shelf, isolated)
    assert mirror.sync().removed == ()
    (folder / "a.txt").unlink()
    shutil.rmtree(folder / "重要!")
    write(folder / "b.txt", "新的")
    with ZipFile(folder / "e.zip", "w") as archive:
        archive.writestr("g.txt", "压缩包里的另一份。")
    report = mirror.sync()
    assert set(report.removed) == {f"{folder}/a.txt", f"{folder}/重要!/d.txt", f"{folder}/e.zip!/f.txt"}
    assert (report.count("replaced"), report.count("unchanged")) == (1, 2)
    assert names(shelf, folder) == {"b.txt", "子/c.txt", "e.zip!/g.txt", f"{beside}/a.txt"}
    assert mirror.sync().removed == ()


def test_what_cannot_be_read_now_is_not_gone(folder: Path, isolated: Isolated):
    shelf = Shelf()
    mirror = mirror_of(folder, shelf, isolated)
    mirror.sync()
    (folder / "a.txt").write_bytes(b"\0\1\2" * 50)
    (folder / "e.zip").write_bytes(b"PK\3\4 half")
    report = mirror.sync()
    assert (report.removed, report.count("failed")) == ((), 2)
    assert names(shelf, folder) == ALL


def test_a_folder_that_is_not_there_or_empty_loses_nothing(folder: Path, isolated: Isolated):
    shelf = Shelf()
    mirror = mirror_of(folder, shelf, isolated)
    mirror.sync()
    shutil.move(folder, folder.parent / "away")
    assert mirror.sync().removed == mirror.follow([folder, folder / "a.txt"]).removed == ()
    folder.mkdir()
    assert mirror.sync().removed == ()
    assert names(shelf, folder) == ALL


def test_a_run_that_is_stopped_removes_nothing(folder: Path, isolated: Isolated):
    shelf = Shelf()
    mirror_of(folder, shelf, isolated).sync()
    (folder / "a.txt").unlink()
    stopping = Mirror((folder,), shelf, isolated, Bounds(), Listener(stopped=lambda: True))
    assert stopping.sync().removed == ()
    assert names(shelf, folder) == ALL


def test_changes_are_followed_one_by_one(folder: Path, isolated: Isolated):
    shelf = Shelf()
    mirror = mirror_of(folder, shelf, isolated)
    mirror.sync()
    shutil.move(folder / "子", folder / "改名")
    report = mirror.follow([folder / "子", folder / "改名"])
    assert (report.count("added"), len(report.removed)) == (1, 1)
    write(folder / ".hidden/x.txt", "藏")
    write(folder.parent / "outside.txt", "外")
    assert mirror.follow([folder / ".hidden", folder / ".hidden/x.txt", folder.parent]).results == ()
    (folder / "e.zip").unlink()
    mirror.follow([folder / "e.zip"])
    assert names(shelf, folder) == {"a.txt", "b.txt", "改名/c.txt", "重要!/d.txt"}


def test_links_neither_lead_out_nor_remove(folder: Path, isolated: Isolated):
    shelf = Shelf()
    mirror = mirror_of(folder, shelf, isolated)
    mirror.sync()
    outside = folder.parent / "outside"
    write(outside / "secret.txt", "秘密")
    (folder / "out").symlink_to(outside)
    (folder / "secret.txt").symlink_to(outside / "secret.txt")
    (folder / "self").symlink_to(folder)
    changed = [folder / name for name in ("out", "out/secret.txt", "secret.txt", "self", "self/a.txt")]
    assert mirror.follow(changed).removed == ()
    assert names(shelf, folder) == ALL


@contextmanager
def watching(mirror: Mirror) -> Iterator[list[Report]]:
    stop, heard = Event(), []
    thread = Thread(target=watch, args=(mirror, heard.append, stop.is_set))
    thread.start()
    try:
        until(lambda: bool(heard))
        yield heard
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


def until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it does not come")


def test_a_watched_folder_and_the_library_stay_the_same(folder: Path, isolated: Isolated):
    shelf = Shelf()
    with watching(mirror_of(folder, shelf, isolated)):
        assert names(shelf, folder) == ALL
        write(folder / "new.txt", "新")
        write(folder / "新夹/h.txt", "新夹里的")
        (folder / "a.txt").unlink()
        until(lambda: names(shelf, folder) == ALL - {"a.txt"} | {"new.txt", "新夹/h.txt"})
        os.replace(folder / "新夹", folder / "改名")
        with open(folder / "b.txt", "w", encoding="utf-8") as file:
            for part in range(10):
                file.write(f"第{part}段。\n")
                file.flush()
                time.sleep(0.05)
        until(lambda: "改名/h.txt" in names(shelf, folder) and "新夹/h.txt" not in names(shelf, folder))
        until(lambda: "第9段" in shelf.by_source[f"{folder}/b.txt"].document.text)


def test_watching_survives_a_library_that_fails(folder: Path, isolated: Isolated, monkeypatch, caplog):
    monkeypatch.setattr("ingest.watching._PAUSE", 0.1)
    shelf = Shelf()
    put_all, broken = shelf.put_all, [True]

    def put_all_unless_broken(parsed):
        if broken[0]:
            raise ServiceError("磁盘满了。")
        return put_all(parsed)

    monkeypatch.setattr(shelf, "put_all", put_all_unless_broken)
    stop = Event()
    thread = Thread(target=watch, args=(mirror_of(folder, shelf, isolated), lambda _: None, stop.is_set))
    thread.start()
    until(lambda: "磁盘满了" in caplog.text)
    broken[0] = False
    until(lambda: names(shelf, folder) == ALL)
    stop.set()
    thread.join(30)
    assert caplog.text.count("磁盘满了") == 1


def test_watching_survives_the_folder_going_and_coming_back(folder: Path, isolated: Isolated, monkeypatch):
    monkeypatch.setattr("ingest.watching._PAUSE", 0.1)
    shelf = Shelf()
    away = folder.parent / "away"
    with watching(mirror_of(folder, shelf, isolated)) as heard:
        os.replace(folder, away)
        time.sleep(1)
        assert names(shelf, folder) == ALL
        write(away / "new.txt", "新")
        before = len(heard)
        os.replace(away, folder)
        until(lambda: len(heard) > before and names(shelf, folder) == ALL | {"new.txt"})

"""Files in, stored documents out, through real processes, against a writer that keeps what it is given.

May import `ingest` and `rag`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.isolation import Isolated
from ingest.pipeline import Bounds, FileResult, Listener, Progress, Report, ingest, ingest_bytes, parse
from tests.ingest.seeds import FOLDER, NAMES
from tests.ingest.shelf import Shelf

SMALL = Bounds(file_bytes=1000)


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolated]:
    with Isolated(seconds=60, memory=2**30, workers=2) as processes:
        yield processes


def outcomes(report: Report) -> list[str]:
    return [result.outcome for result in report.results]


def test_a_folder_is_taken_in_sorted_without_hidden_files(tmp_path: Path, isolated: Isolated):
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.txt", ".git/d.txt", "~$a.docx", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}的内容。", encoding="utf-8")
    heard: list[FileResult] = []
    shelf = Shelf()
    report = ingest([tmp_path], shelf, isolated, bounds=SMALL, listener=Listener(heard.append))
    assert [os.path.relpath(r.path, tmp_path) for r in report.results] == ["a.md", "b.txt", "sub/c.txt"]
    assert sorted(heard, key=lambda r: r.path) == sorted(report.results, key=lambda r: r.path)
    assert report.count("added") == 3
    assert sorted(shelf.by_source) == sorted(r.path for r in report.results)


def test_what_is_stored_is_what_reading_here_gives(isolated: Isolated):
    shelf = Shelf()
    report = ingest([FOLDER / name for name in NAMES], shelf, isolated, bounds=Bounds())
    for result, name in zip(report.results, NAMES, strict=True):
        assert shelf.by_source[result.path] == parse((FOLDER / name).read_bytes(), result.path)
        assert result.paragraphs == len(shelf.by_source[result.path].paragraphs)
        assert result.characters == len(shelf.by_source[result.path].document.text)


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path, isolated: Isolated):
    (tmp_path / "a.txt").write_bytes(b"\0\1\2" * 50)
    (tmp_path / "b.pdfx").write_bytes(b"x")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_bytes("好".encode() * 400)
    (tmp_path / "e.txt").write_text("好。", encoding="utf-8")
    os.mkfifo(tmp_path / "f.txt")
    (tmp_path / "g.zip").write_bytes(b"PK\5\6" + bytes(18))
    (tmp_path / "h.txt").symlink_to("/etc/passwd")
    report = ingest([tmp_path, tmp_path / "missing.txt"], Shelf(), isolated, bounds=SMALL)
    assert outcomes(report) == ["failed"] * 4 + ["added"] + ["failed"] * 4
    expected = (
        "不是文本",
        "暂不支持",
        "空文件",
        "1200 字节",
        "不是普通文件",
        "没有文件",
        "文件夹之外",
        "没有这个文件",
    )
    for words, result in zip(expected, report.failed, strict=True):
        assert words in (result.reason or "")
        assert Path(result.path).name in (result.reason or "")


def test_the_same_file_again_is_unchanged_and_a_new_version_replaces_it(tmp_path: Path, isolated: Isolated):
    file = tmp_path / "a.txt"
    shelf = Shelf()
    found = []
    for text in ("第一版。", "第一版。", "第二版。"):
        file.write_text(text, encoding="utf-8")
        found.append(outcomes(ingest([file, tmp_path], shelf, isolated, bounds=SMALL)))
    assert found == [["added"], ["unchanged"], ["replaced"]]


def test_unchanged_files_are_not_parsed(tmp_path: Path):
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(f"第{number}号。", encoding="utf-8")
    shelf = Shelf()
    with Isolated(seconds=60, memory=2**30) as working:
        ingest([tmp_path], shelf, working, bounds=SMALL)
    # Closed processes would refuse to parse.
    assert ingest([tmp_path], shelf, working, bounds=SMALL).count("unchanged") == 20
    (tmp_path / "3.txt").write_text("新。", encoding="utf-8")
    report = ingest([tmp_path], shelf, working, bounds=SMALL)
    assert (report.count("unchanged"), report.count("failed")) == (19, 1)


def test_small_files_are_stored_together_and_progress_counts_them(tmp_path: Path, isolated: Isolated):
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(f"第{number}号。", encoding="utf-8")
    steps: list[Progress] = []
    shelf = Shelf()
    report = ingest([tmp_path], shelf, isolated, bounds=SMALL, listener=Listener(progress=steps.append))
    assert sum(shelf.batches) == report.count("added") == 200
    assert len(shelf.batches) < 20
    assert [step.done for step in steps] == list(range(1, 201))
    assert {step.total for step in steps} == {200}
    last = steps[-1]
    assert (last.paragraphs, last.characters) == (200, sum(r.characters for r in report.results))
    assert last.seconds_left == 0


def test_what_is_stored_stays_when_a_run_is_stopped(tmp_path: Path, isolated: Isolated):
    for number in range(400):
        (tmp_path / f"{number:03}.txt").write_text(f"第{number}号。" * 2000, encoding="utf-8")
    shelf = Shelf()
    listener = Listener(stopped=lambda: bool(shelf.by_source))
    report = ingest([tmp_path], shelf, isolated, bounds=Bounds(), listener=listener)
    assert report.stopped
    assert 0 < len(report.results) < 400
    assert {result.path for result in report.results} == set(shelf.by_source)
    rest = ingest([tmp_path], shelf, isolated, bounds=Bounds())
    assert rest.count("unchanged") == len(report.results)
    assert rest.count("added") == 400 - len(report.results)


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path, isolated: Isolated):
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text("秘密。", encoding="utf-8")
    (inside / "own.txt").write_text("自己的。", encoding="utf-8")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "again.txt").symlink_to(inside / "own.txt")
    shelf = Shelf()
    report = ingest([inside], shelf, isolated, bounds=SMALL)
    assert list(shelf.by_source) == [(inside / "own.txt").as_posix()]
    assert sorted(r.path for r in report.failed) == [f"{inside}/folder", f"{inside}/link.txt"]
    assert all("文件夹之外" in (r.reason or "") for r in report.failed)


def test_names_that_cannot_be_shown_are_escaped(tmp_path: Path, isolated: Isolated):
    name = "换\n行\x1b[2J\u202e倒\udcff.txt"
    with open(os.fsencode(tmp_path / name), "wb") as file:
        file.write("好。".encode())
    shelf = Shelf()
    assert outcomes(ingest([tmp_path], shelf, isolated, bounds=SMALL)) == ["added"]
    assert outcomes(ingest([tmp_path], shelf, isolated, bounds=SMALL)) == ["unchanged"]
    assert next(iter(shelf.by_source)).endswith(r"/换\n行\x1b[2J\u202e倒\udcff.txt")


def test_an_archive_is_taken_in_file_by_file(tmp_path: Path, isolated: Isolated):
    archive = tmp_path / "报表.zip"
    with ZipFile(archive, "w") as file:
        file.writestr("一季度/总表.txt", "一季度。")
        file.writestr("坏.txt", b"\0\1\2" * 50)
        file.writestr("二季度.md", "二季度。")
    shelf = Shelf()
    steps: list[Progress] = []
    report = ingest([tmp_path], shelf, isolated, bounds=SMALL, listener=Listener(progress=steps.append))
    names = [result.path.removeprefix(archive.as_posix()) for result in report.results]
    assert names == ["!/一季度/总表.txt", "!/坏.txt", "!/二季度.md"]
    assert outcomes(report) == ["added", "failed", "added"]
    assert (steps[-1].done, steps[-1].total) == (3, 3)
    assert outcomes(ingest([tmp_path], shelf, isolated, bounds=SMALL)) == ["unchanged", "failed", "unchanged"]
    stored = Shelf()
    uploaded = ingest_bytes(archive.read_bytes(), "upload/报表.zip", stored, isolated, bounds=SMALL)
    assert outcomes(uploaded) == outcomes(report)
    assert set(stored.by_source) == {"upload/报表.zip!/一季度/总表.txt", "upload/报表.zip!/二季度.md"}


def test_an_archive_larger_than_a_file_may_be_is_read_from_the_disk(tmp_path: Path, isolated: Isolated):
    with ZipFile(tmp_path / "大.zip", "w") as file:
        for number in range(30):
            file.writestr(f"{number}.txt", f"第{number}号。")
    assert (tmp_path / "大.zip").stat().st_size > SMALL.file_bytes
    assert outcomes(ingest([tmp_path], Shelf(), isolated, bounds=SMALL)) == ["added"] * 30

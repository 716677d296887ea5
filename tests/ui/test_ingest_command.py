"""`rag ingest` as a user meets it: its report, its exit codes, Ctrl+C, and a watched folder."""

import json
import signal
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import sleep
from zipfile import ZipFile

import pytest

from rag.errors import UnreadableFile
from tests.ui.conftest import settings_for
from tests.ui.program import Program, rag_apart, refused, started
from ui.compose import REASONS, Application

SENTENCE = "第{number}号通知要求各单位认真做好本职工作。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(SENTENCE.format(number=number), encoding="utf-8")
    return folder


def test_a_report_tells_what_became_of_the_files(rag: Program, tmp_path: Path, folder: Path):
    home = tmp_path / "library"
    assert "新收入 3，替换 0，无变化 0，未收入 0" in rag(home, "ingest", str(folder)).stdout
    (folder / "0.txt").write_text("新的一版。", encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"not a pdf")
    done = rag(home, "ingest", str(folder))
    assert "新收入 0，替换 1，无变化 2，未收入 1" in done.stdout
    assert "未收入  坏.pdf：" in done.stdout
    assert "1 个文件未能收入" in refused(done, 2)
    body = json.loads(rag(home, "ingest", str(folder), "--json").stdout)
    assert [result["outcome"] for result in body["files"]] == ["unchanged"] * 3 + ["failed"]


def test_watching_needs_folders(rag: Program, tmp_path: Path, folder: Path):
    assert "0.txt" in refused(rag(tmp_path / "library", "ingest", "--watch", str(folder / "0.txt")), 2)


def until(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    for _ in range(1200):
        if condition():
            return
        assert process.poll() is None
        sleep(0.05)
    raise AssertionError("it does not come")


def held(home: Path) -> int:
    return rag_apart(home, "documents").stdout.count(".txt")


def test_ctrl_c_ends_in_good_order_and_what_was_stored_stays(tmp_path: Path):
    home, folder = tmp_path / "library", tmp_path / "many"
    folder.mkdir()
    text = "".join(SENTENCE.format(number=number) for number in range(1000))
    for number in range(200):
        (folder / f"{number:03}.txt").write_text(f"{number}\n{text}", encoding="utf-8")
    catalogue = home / "catalogue.db-wal"
    with started(home, "ingest", str(folder)) as process:
        until(lambda: catalogue.exists() and catalogue.stat().st_size > 2_000_000, process)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 130, err
    assert "已中断" in out
    assert "Traceback" not in err
    with Application.open(settings_for(home), writable=True) as application:
        stored = application.library.catalogue.count()
        assert 0 < stored < 200
        assert f"新收入 {stored}" in out
        assert application.library.check().ok


def test_a_watched_folder_is_followed_until_the_end(tmp_path: Path, folder: Path):
    home = tmp_path / "library"
    with started(home, "ingest", "--watch", str(folder)) as process:
        assert process.stdout is not None
        assert "新收入 3" in process.stdout.readline()
        (folder / "3.txt").write_text("后来的。", encoding="utf-8")
        assert "新收入 1" in process.stdout.readline()
        (folder / "0.txt").unlink()
        assert "移除 1" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        assert process.returncode == 0
    assert held(home) == 3


def zipped(**members: str) -> bytes:
    raw = BytesIO()
    with ZipFile(raw, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return raw.getvalue()


def test_an_uploaded_archive_is_stored_file_by_file(tmp_path: Path):
    shares: list[float] = []
    with Application.open(settings_for(tmp_path / "library"), writable=True) as application:
        catalogue = application.library.catalogue
        application.store(zipped(甲="甲的内容。", 乙="乙的内容。"), "上传.zip", shares.append)
        assert catalogue.sources_under("upload/") == ["upload/上传.zip!/乙.txt", "upload/上传.zip!/甲.txt"]
        assert shares == [0.5, 1.0]
        with pytest.raises(UnreadableFile, match=r"1 个文件未能收入，其余 1 个已收入。.*坏\.txt"):
            application.store(zipped(甲="甲的新内容。", 坏="\0\1\2" * 50), "上传.zip", shares.append)
        assert catalogue.sources_under("upload/") == ["upload/上传.zip!/甲.txt"]
        many = zipped(**{f"坏{number}": "" for number in range(REASONS + 5)})
        with pytest.raises(UnreadableFile, match=r"25 个文件未能收入.*另有 5 个"):
            application.store(many, "坏.zip", shares.append)


def test_an_upload_that_crashes_its_reader_costs_itself_alone(tmp_path: Path):
    settings = settings_for(tmp_path / "library", file_seconds=0.001)
    with Application.open(settings, writable=True) as application:
        with pytest.raises(UnreadableFile, match=r"甲\.txt.*超时"):
            application.store("甲的内容。".encode(), "甲.txt", lambda _share: None)
        assert application.library.catalogue.count() == 0

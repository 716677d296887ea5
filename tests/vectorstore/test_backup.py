"""A library as one file: what comes back is what was there, whatever happened in between."""

import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from rag.errors import LibraryDamaged, LibraryLocked, LibraryMismatch, ServiceError, UnreadableFile
from tests.vectorstore.contract import keys
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore.backup import back_up, restore
from vectorstore.jobs import INCOMING
from vectorstore.library import CATALOGUE_FILE, Library

ROOT = Path(__file__).parents[2]
UPLOAD = "0123456789abcdef" * 2


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


def write(home: Path) -> Library:
    return Library.open(home, BigramEmbedder(), writable=True)


def read(home: Path) -> Library:
    return Library.open(home, BigramEmbedder(), writable=False)


def put(home: Path, lines: list[str], name: str) -> None:
    with write(home) as library:
        library.put(parsed(lines, source=name, document_id=name))


def held(home: Path) -> dict[str, tuple[object, ...]]:
    """Everything a library tells of its documents."""
    with read(home) as library:
        assert library.check().problems == ()
        catalogue = library.catalogue
        return {
            each: (
                catalogue.document(each),
                catalogue.sources(each),
                catalogue.raw(each),
                catalogue.paragraphs(each),
                catalogue.chunks(each),
            )
            for each in catalogue.document_ids()
        }


def test_what_comes_back_is_what_was_there(home: Path, file: Path, tmp_path: Path) -> None:
    put(home, WATER, "water")
    put(home, SCHOOL, "school")
    assert back_up(home, file).documents == 2
    restore(tmp_path / "elsewhere", file)
    assert held(tmp_path / "elsewhere") == held(home)


def test_what_came_after_the_backup_is_gone_and_what_went_is_back(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    before = held(home)
    back_up(home, file)
    put(home, SCHOOL, "school")
    with write(home) as library:
        library.delete("water")
    restore(home, file)
    assert held(home) == before
    with read(home) as library:
        assert keys(library.lexical.search("课后服务", limit=3)) == []
        assert keys(library.dense.search("新增城市绿地", limit=1)) == [("water", 2)]


def test_a_restored_library_is_written_on(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    back_up(home, file)
    restore(home, file)
    put(home, SCHOOL, "school")
    assert sorted(held(home)) == ["school", "water"]


def test_a_library_is_backed_up_while_it_is_written(home: Path, file: Path, tmp_path: Path) -> None:
    put(home, WATER, "water")
    stop = threading.Event()

    def keep_writing(library: Library) -> None:
        number = 0
        while not stop.is_set():
            library.put(
                parsed([f"第{number}号通知已经印发。"], source=f"s{number}", document_id=f"d{number}")
            )
            number += 1

    with write(home) as library:
        thread = threading.Thread(target=keep_writing, args=(library,))
        thread.start()
        made = [back_up(home, file).documents for _ in range(3)]
        stop.set()
        thread.join()
    assert made == sorted(made)
    restore(tmp_path / "elsewhere", file)
    assert len(held(tmp_path / "elsewhere")) == made[-1]


def test_a_reader_sees_the_restored_library_without_opening_it_again(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    back_up(home, file)
    put(home, SCHOOL, "school")
    with read(home) as library:
        assert keys(library.lexical.search("课后服务", limit=3)) == [("school", 2)]
        restore(home, file)
        assert keys(library.lexical.search("课后服务", limit=3)) == []
        assert keys(library.lexical.search("城市绿地", limit=3)) == [("water", 2)]
        assert keys(library.dense.search("城市绿地", limit=1)) == [("water", 2)]


def test_nobody_restores_a_library_that_another_writes(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    back_up(home, file)
    with write(home), pytest.raises(LibraryLocked, match="正被"):
        restore(home, file)


def test_a_ruined_catalogue_is_replaced(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    before = held(home)
    back_up(home, file)
    (home / CATALOGUE_FILE).write_bytes(b"ruin" * 1000)
    with pytest.raises(LibraryDamaged):
        write(home)
    restore(home, file)
    assert held(home) == before


def test_uploads_that_wait_come_along(home: Path, file: Path, tmp_path: Path) -> None:
    put(home, WATER, "water")
    (home / INCOMING).mkdir(exist_ok=True)
    (home / INCOMING / UPLOAD).write_bytes(b"bytes")
    (home / INCOMING / "..evil").write_bytes(b"no upload of ours")
    back_up(home, file)
    restore(tmp_path / "elsewhere", file)
    brought = {path.name: path.read_bytes() for path in (tmp_path / "elsewhere" / INCOMING).iterdir()}
    assert brought == {UPLOAD: b"bytes"}


def test_a_backup_replaces_an_older_one_whole(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    back_up(home, file)
    put(home, SCHOOL, "school")
    back_up(home, file)
    restore(home, file)
    assert sorted(held(home)) == ["school", "water"]
    assert {path.name for path in file.parent.iterdir()} == {"backup.zip", "library"}


def test_there_must_be_a_library_to_back_up(tmp_path: Path, file: Path) -> None:
    with pytest.raises(LibraryDamaged, match="没有可备份"):
        back_up(tmp_path / "nothing", file)
    assert not file.exists()


def test_a_damaged_library_is_not_backed_up(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    whole = (home / CATALOGUE_FILE).stat().st_size
    with (home / CATALOGUE_FILE).open("r+b") as catalogue:
        catalogue.truncate(whole // 2)
    with pytest.raises((LibraryDamaged, ServiceError)):
        back_up(home, file)
    assert not file.exists()


def test_where_it_cannot_be_written_the_way_out_is_named(home: Path, tmp_path: Path) -> None:
    put(home, WATER, "water")
    with pytest.raises(ServiceError, match="写不了备份文件"):
        back_up(home, tmp_path / "no" / "folder" / "backup.zip")


def spoilt(file: Path, how: str) -> None:
    raw = file.read_bytes()
    if how == "halved":
        file.write_bytes(raw[: len(raw) // 2])
    elif how == "no archive":
        file.write_bytes(b"not a backup")
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "a byte changed":
        file.write_bytes(raw[: len(raw) // 3] + bytes([raw[len(raw) // 3] ^ 1]) + raw[len(raw) // 3 + 1 :])
    else:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("manifest.json", how)


@pytest.mark.parametrize(
    "how",
    ["halved", "no archive", "empty", "a byte changed", "{}", "[]", "nonsense", json.dumps({"format": 1})],
)
def test_what_is_no_sound_backup_changes_nothing(home: Path, file: Path, how: str) -> None:
    put(home, WATER, "water")
    before = held(home)
    back_up(home, file)
    spoilt(file, how)
    with pytest.raises(UnreadableFile, match=r"backup\.zip"):
        restore(home, file)
    assert held(home) == before
    assert not list(home.glob("restore-*"))


def test_a_backup_of_another_version_is_refused(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    back_up(home, file)
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        catalogue = archive.read(CATALOGUE_FILE)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest | {"format": 99}))
        archive.writestr(CATALOGUE_FILE, catalogue)
    with pytest.raises(UnreadableFile, match="备份格式 99"):
        restore(home, file)


def test_names_in_a_backup_never_become_paths(home: Path, file: Path) -> None:
    put(home, WATER, "water")
    back_up(home, file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../escaped", b"x")
        archive.writestr(f"{INCOMING}/../../escaped", b"x")
        archive.writestr("/tmp/escaped-by-backup", b"x")
    restore(home, file)
    assert not (home.parent / "escaped").exists()
    assert not Path("/tmp/escaped-by-backup").exists()


def test_a_missing_backup_is_named(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="没有这个备份文件"):
        restore(home, tmp_path / "none.zip")


RESTORE = """
import sys
from pathlib import Path
from vectorstore.backup import restore
print("begin", flush=True)
restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.2, 0.6])
def test_a_killed_restore_leaves_the_old_library_or_the_new(home: Path, file: Path, moment: float) -> None:
    put(home, [f"第{number}号通知已经印发。" for number in range(400)], "old")
    back_up(home, file)
    backed_up = held(home)
    put(home, SCHOOL, "school")
    before = held(home)
    command = [sys.executable, "-c", RESTORE, str(home), str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
    with write(home):
        pass
    assert held(home) in (before, backed_up)


def test_another_models_backup_says_how_to_go_on(home: Path, file: Path, tmp_path: Path) -> None:
    another = BigramEmbedder(dimension=128)
    put(home, WATER, "water")
    back_up(home, file)
    restore(tmp_path / "elsewhere", file)
    with pytest.raises(LibraryMismatch, match="rag doctor --rebuild"):
        Library.open(tmp_path / "elsewhere", another, writable=True)
    with Library.open(tmp_path / "elsewhere", another, writable=True, rebuild=True) as library:
        assert library.check().ok

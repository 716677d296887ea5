"""Hostile files that are quickly made, let loose together with good ones; what the bench tells of them."""

import hashlib
import os
import socket
from pathlib import Path
from time import sleep
from zipfile import ZipFile

import pytest

from ingest.isolation import Isolated
from ingest.naming import source_of
from ingest.pipeline import Bounds, FileResult, Report, ingest
from rag.settings import Settings
from tests.ingest.shelf import Shelf
from ui.bench.hostile.archives import forged, zeros
from ui.bench.hostile.command import SPECIMENS, faults
from ui.bench.hostile.ground import GOOD, Ground, listening, prepared
from ui.bench.hostile.measure import Reading, peak_memory, read_alone
from ui.bench.hostile.specimen import SECRET, Specimen, of_bytes

QUICK = [each for each in SPECIMENS if not each.slow]


def fingerprint(ground: Ground) -> dict[str, str]:
    """Everything beside the folder that is taken in."""
    return {
        path.relative_to(ground.base).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in ground.base.rglob("*")
        if path.is_file() and not path.is_relative_to(ground.folder)
    }


def test_good_files_are_taken_in_whatever_stands_beside_them(tmp_path: Path):
    shelf, settings = Shelf(), Settings(_env_file=None)
    with (
        listening() as (address, asked),
        prepared(tmp_path / "a" / "b", QUICK, address) as ground,
        Isolated(seconds=30, memory=settings.file_memory, workers=2) as isolated,
    ):
        before = fingerprint(ground)
        report = ingest([ground.folder], shelf, isolated, bounds=Bounds())
        assert fingerprint(ground) == before == {"secret.txt": before["secret.txt"]}
        assert not asked()
        good = [result for result in report.results if result.path.startswith(source_of(ground.good))]
        assert [result.outcome for result in good] == ["added"] * len(GOOD)
        for number, specimen in enumerate(QUICK):
            place = source_of(ground.place(number))
            found = [result.outcome for result in report.results if result.path.startswith(f"{place}/")]
            assert found, specimen.name
            if specimen.fate != "either":
                assert ("added" in found) == (specimen.fate == "read"), specimen.name
    assert not [source for source, held in shelf.by_source.items() if SECRET in held.document.text]
    assert all(source.startswith(source_of(ground.folder)) for source in shelf.by_source)


def test_the_address_knows_when_it_is_asked():
    with listening() as (address, asked):
        assert not asked()
        with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))):
            assert asked()


def test_a_forged_archive_holds_what_it_should(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(forged("a.txt", zeros(5 * 2**20), size=5 * 2**20))
    with ZipFile(tmp_path / "a.zip") as archive, archive.open("a.txt") as member:
        assert member.read(3 * 2**20) == bytes(3 * 2**20)


def test_reading_alone_measures_the_readers(tmp_path: Path):
    (tmp_path / "a.txt").write_text("好。", encoding="utf-8")
    reading = read_alone(tmp_path, seconds=30, memory=2**28, bounds=Bounds())
    assert reading.was_read
    assert 20 < reading.megabytes < 200
    assert 0 < reading.seconds < 30
    with peak_memory(os.getpid()) as peak:
        sleep(0.2)
    assert peak() > 2**25


@pytest.mark.parametrize(
    ("outcome", "seconds", "megabytes", "expected"),
    [
        ("failed", 1.0, 50.0, []),
        ("added", 1.0, 50.0, ["应当拒绝"]),
        ("failed", 11.0, 501.0, ["11.0 秒", "501 MB"]),
    ],
)
def test_faults_are_told(outcome, seconds: float, megabytes: float, expected: list[str]):
    specimen = Specimen("坏.txt", "坏", of_bytes(b""), "refused")
    report = Report((FileResult("坏.txt", outcome, reason="坏。"),))
    told = faults(specimen, Reading(report, seconds, megabytes))
    assert len(told) == len(expected)
    assert all(words in fault for words, fault in zip(expected, told, strict=True))

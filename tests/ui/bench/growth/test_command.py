"""The benchmark of growth, on libraries of some dozens of paragraphs."""

import shutil
from pathlib import Path

import pytest

from rag.errors import ServiceError
from tests.ui.bench.growth.laws import write_laws
from ui.bench import figures
from ui.bench.figures import Build, Growth, Opening, load
from ui.bench.growth import command

SIZES = (60, 300)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "SIZES", SIZES)
    write_laws(tmp_path / "data")
    return tmp_path / "data"


def test_each_size_is_built_opened_and_asked_once(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output, folder = tmp_path / "figures", tmp_path / "kept"
    command.run(data, paragraphs=60, questions=3, folder=folder, output=output)
    first = load(output / figures.BUILDS, Build)
    command.run(data, paragraphs=300, questions=3, folder=folder, output=output)
    builds = load(output / figures.BUILDS, Build)
    assert [build.size for build in builds] == list(SIZES)
    assert builds[0] == first[0]
    assert builds[1].paragraphs == builds[0].paragraphs + builds[1].added
    assert 300 <= builds[1].paragraphs < 300 + 102
    assert [opening.size for opening in load(output / figures.OPENINGS, Opening)] == list(SIZES)
    asked = load(output / figures.GROWTH, Growth)
    searched = [(each.size, each.clients) for each in asked if not each.answered]
    assert searched == [(60, 1), (60, 8), (300, 1), (300, 8)]
    assert [(each.size, each.clients) for each in asked if each.answered] == [(60, 1), (300, 1)]
    assert all(0 < each.p50_ms <= each.p95_ms <= each.p99_ms for each in asked)
    printed = capsys.readouterr().out
    assert "| 60 | 300 | 5 | 2.24 |" in printed
    assert not list(folder.glob("files-*"))


def test_a_library_that_the_disk_cannot_hold_is_not_begun(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000))
    with pytest.raises(ServiceError, match="--paragraphs"):
        command.run(data, paragraphs=60, questions=3, folder=tmp_path / "kept", output=tmp_path)
    assert list((tmp_path / "kept").iterdir()) == []

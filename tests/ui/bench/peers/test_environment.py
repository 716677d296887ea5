"""Where the environment of the peers is kept, and what is said when it cannot be made."""

from pathlib import Path

import pytest

from rag.errors import ServiceError
from ui.bench.peers.environment import PACKAGES, PINS, cache, prepare


def test_all_that_is_asked_for_is_pinned_exactly() -> None:
    pins = [line for line in PINS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert all(pin.count("==") == 1 for pin in pins)
    names = {pin.split("==")[0].lower().replace("_", "-") for pin in pins}
    assert set(PACKAGES) <= names


def test_the_cache_is_where_it_is_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert cache().parent == tmp_path / "cache"
    monkeypatch.setenv("RAG_BENCH_HOME", str(tmp_path / "own"))
    assert cache() == tmp_path / "own"


def test_an_environment_that_cannot_be_made_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    for _ in range(2):
        with pytest.raises(ServiceError, match="torch"):
            prepare(tmp_path)

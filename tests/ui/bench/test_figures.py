"""Figures written by one benchmark and read by another."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import UnreadableFile
from ui.bench.figures import Growth, System, load, save

OURS = System("知引", "CMRC2018 dev", 0.98, 0.998, 7.5, ingest_s=12.0, memory_mb=300.0)
PEER = System("同类", "CMRC2018 dev", 0.9, 0.98, 21.0)
POINT = Growth(1000, 1, reranked=False, p50_ms=4.0, p95_ms=6.0, p99_ms=8.0, cpu_ms=4.5, queries_per_s=240.0)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    save(tmp_path / "new" / "systems.jsonl", [OURS, PEER])
    save(tmp_path / "growth.jsonl", [POINT])
    assert load(tmp_path / "new" / "systems.jsonl", System) == [OURS, PEER]
    assert load(tmp_path / "growth.jsonl", Growth) == [POINT]


def test_what_is_measured_again_takes_its_own_place(tmp_path: Path) -> None:
    file = tmp_path / "systems.jsonl"
    other_set = replace(OURS, set="DRCD dev")
    save(file, [OURS, other_set])
    better = replace(OURS, query_p50_ms=5.0)
    save(file, [PEER, better])
    assert load(file, System) == [better, other_set, PEER]


def test_nothing_measured_leaves_no_file(tmp_path: Path) -> None:
    save(tmp_path / "systems.jsonl", list[System]())
    assert list(tmp_path.iterdir()) == []
    assert load(tmp_path / "systems.jsonl", System) == []


@pytest.mark.parametrize("text", ['{"name": "知引"}', "不是 JSON", "[1, 2]"])
def test_a_file_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "systems.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"systems\.jsonl"):
        load(file, System)

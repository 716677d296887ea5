"""The benchmark of taking in, on a corpus of three texts."""

import gzip
import json
from pathlib import Path

import pytest

from ui.bench.throughput import CORPORA, run

TEXT = "# 供水条例\n\n第一条 为了加强供水管理，制定本条例。\n\n第二条 供水单位应当保障水质。\n"


def test_what_was_taken_in_is_counted_and_weighed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "corpus").mkdir()
    for name in CORPORA:
        with gzip.open(tmp_path / "corpus" / name, "wt", encoding="utf-8") as file:
            file.write(json.dumps({"text": f"{TEXT}第三条 本条例见于{name}。\n"}) + "\n")
    run(tmp_path, every=1)
    printed = capsys.readouterr().out
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ") for line in printed.splitlines()}
    assert rows["第一遍"][2] == rows["第二遍"][2] == "3"
    assert int(rows["第一遍"][5]) >= 9
    assert float(rows["第二遍"][1]) < float(rows["第一遍"][1]) * 3
    assert "目录" in printed.splitlines()[-1]

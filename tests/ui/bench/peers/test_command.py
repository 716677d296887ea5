"""The whole benchmark on two paragraphs: one real peer in an environment made for it, and ours."""

from pathlib import Path

import pytest

from rag.errors import InvalidRequest
from tests.ui.bench.peers.test_corpus import write_data
from ui.bench.figures import SYSTEMS, System, load
from ui.bench.peers.command import run


def test_a_peer_that_is_not_known_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="txtai"):
        run(tmp_path, only=["没有这样的"])


@pytest.mark.network
def test_a_peer_stands_beside_ours_in_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(write_data(tmp_path), paragraphs=3, only=["txtai · bundled-fast"], output=tmp_path)
    printed = capsys.readouterr().out
    assert printed.count("| 知引 · bundled-fast |") == printed.count("| txtai · bundled-fast |") == 2
    assert "未完成" not in printed
    kept = load(tmp_path / SYSTEMS, System)
    assert len(kept) == 4
    assert all(each.recall_at_5 == 1.0 for each in kept)

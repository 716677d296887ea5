"""The benchmark of replacing, for three rounds."""

import pytest

from ui.bench import churn


def test_what_was_replaced_is_found_and_takes_no_more_than_twice_the_space(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(churn, "FILES", 8)
    churn.run(cycles=4, each=2, seed=1)
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert [row[0] for row in rows[1:]] == ["| 1", "| 2", "| 4"]
    assert {row[1] for row in rows[1:]} == {"800"}
    for row in rows[1:]:
        assert float(row[2]) >= 0.99
        assert float(row[3]) >= 0.99

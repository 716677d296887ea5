"""The table of results and what of it is kept for the plots."""

from collections.abc import Iterator
from dataclasses import replace

from ui.bench.peers.table import COLUMNS, lines, system
from ui.bench.peers.trial import Candidate, Result

US, THEM = Candidate("知引", "ours"), Candidate("别家", "other")
OURS = Result("知引", 0.98, 0.99, 1.0, 2.0, 3.0, 4.0, 8.0, 5.0, 200.0)
OTHER = Result("别家", 0.87, 0.98, 9.0, 7.0, 12.0, 10.0, 30.0, 15.0, 1_000.0)
FAILED = Result("坏的", failed="ValueError: a | b")


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_multiples_are_of_ours() -> None:
    rows = [_cells(row) for row in list(lines([(US, OURS), (THEM, OTHER)]))[2:]]
    assert rows[0][-5:] == ["1.00"] * 5
    assert rows[1] == "别家 0.870 0.980 9.0 7.0 12.0 10.0 30.0 15.0 1,000 3.50 4.00 2.50 3.00 5.00".split()


def test_multiples_are_of_the_nearest_of_ours_above() -> None:
    quicker = replace(OURS, ingest_s=1.0)
    rows = list(lines([(US, OURS), (THEM, OTHER), (US, quicker), (THEM, OTHER)]))[2:]
    assert [_cells(row)[10] for row in rows] == ["1.00", "3.50", "1.00", "7.00"]


def test_a_failure_is_a_row_as_wide_as_the_others() -> None:
    width = len(COLUMNS) + 1
    rows = list(lines([(US, FAILED), (THEM, OTHER)]))
    assert [row.count("|") for row in rows] == [width] * 4
    assert "ValueError" in rows[2]
    assert _cells(rows[3])[-5:] == [""] * 5


def test_each_row_comes_as_soon_as_it_is_measured() -> None:
    measured = []

    def results() -> Iterator[tuple[Candidate, Result]]:
        for each in ((US, OURS), (THEM, OTHER)):
            measured.append(each)
            yield each

    rows = lines(results())
    assert [next(rows) and len(measured) for _ in range(4)] == [0, 0, 1, 2]


def test_what_was_measured_is_kept() -> None:
    kept = system(OTHER, "某集")
    assert (kept.name, kept.set, kept.recall_at_1, kept.ingest_s, kept.memory_mb) == (
        "别家",
        "某集",
        0.87,
        7.0,
        1_000.0,
    )

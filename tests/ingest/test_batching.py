"""Documents wait until they are many or have waited long."""

import pytest

from ingest.batching import LONGEST_WAIT, MOST_CHUNKS, Batch
from ingest.parsing import parse

SMALL = parse("好。".encode(), "a.txt")
LARGE = parse(("认真做好本职工作，" * 20 + "。\n").encode() * (MOST_CHUNKS // 3), "b.txt")


@pytest.fixture
def now() -> list[float]:
    return [100.0]


def test_nothing_is_never_due(now: list[float]):
    batch = Batch(lambda: now[0])
    now[0] += 10 * LONGEST_WAIT
    assert not batch.is_due
    assert batch.take() == []


def test_a_batch_is_due_when_the_first_has_waited_long(now: list[float]):
    batch = Batch(lambda: now[0])
    for key in range(3):
        batch.add(key, SMALL)
        now[0] += LONGEST_WAIT / 4
    assert not batch.is_due
    now[0] += LONGEST_WAIT / 4
    assert batch.is_due
    assert [key for key, _ in batch.take()] == [0, 1, 2]
    batch.add(3, SMALL)
    assert not batch.is_due


def test_a_batch_is_due_when_it_is_large(now: list[float]):
    batch = Batch(lambda: now[0])
    batch.add(0, SMALL)
    assert not batch.is_due
    for key in range(1, 1 + MOST_CHUNKS // len(LARGE.chunks) + 1):
        batch.add(key, LARGE)
    assert batch.is_due
    batch.take()
    assert not batch.is_due

"""Jobs beside the documents: all or none, in order, bounded, still there after closing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vectorstore.catalogue import Catalogue
from vectorstore.jobs import Job, JobStore, QueueFull


def jobs(*names: str) -> list[Job]:
    return [Job(f"job-{name}", f"document-{name}", f"{name}.txt") for name in names]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of an empty catalogue."""
    Catalogue.open(tmp_path / "catalogue.db", writable=True).close()
    return tmp_path / "catalogue.db"


@pytest.fixture
def store(path: Path) -> Iterator[JobStore]:
    opened = JobStore.open(path)
    yield opened
    opened.close()


def test_jobs_are_read_back_in_order_after_closing(path: Path):
    first = JobStore.open(path)
    first.add(jobs("甲", "乙"), most_waiting=9)
    first.add(jobs("丙"), most_waiting=9)
    first.finish(replace(jobs("甲")[0], status="done", progress=1.0), remembered=9)
    first.close()
    again = JobStore.open(path)
    assert again.waiting() == jobs("乙", "丙")
    assert again.job("job-甲") == Job("job-甲", "document-甲", "甲.txt", "done", 1.0)
    again.close()
    Catalogue.open(path, writable=False).close()


def test_too_many_are_refused_together_and_those_that_ended_make_room(store: JobStore):
    store.add(jobs("甲", "乙"), most_waiting=3)
    with pytest.raises(QueueFull, match="还有 2 个.*上限 3 个"):
        store.add(jobs("丙", "丁"), most_waiting=3)
    assert store.waiting() == jobs("甲", "乙")
    store.finish(replace(jobs("甲")[0], status="failed", error="坏。"), remembered=9)
    store.add(jobs("丙", "丁"), most_waiting=3)
    assert store.waiting() == jobs("乙", "丙", "丁")


def test_the_oldest_that_ended_are_forgotten_and_none_that_waits(store: JobStore):
    store.add(jobs("等", "甲", "乙", "丙"), most_waiting=9)
    for job in jobs("甲", "乙", "丙"):
        store.finish(replace(job, status="done", progress=1.0), remembered=2)
    assert [store.job(job.id) is not None for job in jobs("等", "甲", "乙", "丙")] == [
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("job_id", ["", "job-无", "\x00", "\ud800"])
def test_an_unknown_id_has_no_job(store: JobStore, job_id: str):
    assert store.job(job_id) is None


def test_jobs_and_documents_are_written_from_one_process_at_once(path: Path, store: JobStore):
    catalogue = Catalogue.open(path, writable=True)
    store.add(jobs("甲"), most_waiting=9)
    catalogue.seal({"dense": "as closed"})
    store.add(jobs("乙"), most_waiting=9)
    assert catalogue.standing().dense.seal == "as closed"
    assert store.waiting() == jobs("甲", "乙")
    catalogue.close()

"""The queue of uploads: order, failures, bounds, giving up, and what outlives the server."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from rag.errors import ServiceError, UnreadableFile
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import WATER, parsed
from ui.jobs import (
    MOST_WAITING,
    JobNotFound,
    JobQueue,
    JobUnderWay,
    Progress,
    Store,
    Upload,
)
from ui.spool import Spool
from vectorstore.backup import back_up, restore
from vectorstore.jobs import INCOMING, Job, JobStore, QueueFull
from vectorstore.library import CATALOGUE_FILE, Library

Opener = Callable[[Store], JobQueue]


def upload(name: str) -> Upload:
    return Upload(name, BytesIO(name.encode()))


def ended(queue: JobQueue, job: Job) -> Job:
    for _ in range(1000):
        if queue.job(job.id).status in ("done", "failed"):
            return queue.job(job.id)
        sleep(0.01)
    raise AssertionError("the job does not end")


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[Opener]:
    """Opens queues over one folder; those not closed by the test are closed at the end."""
    opened: list[JobQueue] = []

    def open_queue(store: Store) -> JobQueue:
        queue = JobQueue.open(tmp_path, store)
        opened.append(queue)
        queue.start()
        return queue

    yield open_queue
    for queue in opened:
        queue.close()


class Gate:
    """A store that waits until it is let go."""

    def __init__(self) -> None:
        self.entered, self.go, self.stored = Event(), Event(), []

    def __call__(self, raw: bytes, filename: str, progress: Progress) -> None:
        progress(0.5)
        self.entered.set()
        self.go.wait(30)
        self.stored.append((raw.decode(), filename))


def test_uploads_are_stored_one_after_another_in_order(opener: Opener, tmp_path: Path):
    stored = []
    queue = opener(lambda raw, name, _progress: stored.append((raw.decode(), name)))
    jobs = queue.submit([upload("甲"), upload("乙")]) + queue.submit([upload("丙")])
    assert [ended(queue, job).status for job in jobs] == ["done"] * 3
    assert stored == [(name, name) for name in ("甲", "乙", "丙")]
    assert list((tmp_path / INCOMING).iterdir()) == []


def test_a_failure_is_told_and_the_next_upload_stored(opener: Opener, caplog: pytest.LogCaptureFixture):
    def store(raw: bytes, filename: str, progress: Progress) -> None:
        progress(0.25)
        if filename == "坏":
            raise UnreadableFile("读不了。")
        if filename == "怪":
            raise ZeroDivisionError

    queue = opener(store)
    bad, odd, good = (ended(queue, job) for job in queue.submit([upload("坏"), upload("怪"), upload("好")]))
    assert (bad.status, bad.progress, bad.error) == ("failed", 0.25, "读不了。")
    assert odd.status == "failed"
    assert "内部错误" in (odd.error or "")
    assert "ZeroDivisionError" in caplog.text
    assert (good.status, good.progress) == ("done", 1.0)


def test_the_queue_is_bounded_and_refuses_without_a_trace(opener: Opener, tmp_path: Path):
    gate = Gate()
    queue = opener(gate)
    jobs = queue.submit([upload(str(number)) for number in range(MOST_WAITING)])
    with pytest.raises(QueueFull, match=str(MOST_WAITING)):
        queue.submit([upload("多")])
    assert len(list((tmp_path / INCOMING).iterdir())) == MOST_WAITING
    gate.entered.wait(30)
    first = queue.job(jobs[0].id)
    assert (first.status, first.progress) == ("running", 0.5)
    assert queue.job(jobs[1].id).status == "queued"
    gate.go.set()


def test_what_waits_when_the_server_ends_is_stored_by_the_next_in_order(opener: Opener):
    gate = Gate()
    queue = opener(gate)
    jobs = queue.submit([upload("甲"), upload("乙"), upload("丙")])
    gate.entered.wait(30)
    gate.go.set()
    queue.close()
    later = Gate()
    later.go.set()
    again = opener(later)
    assert [ended(again, job).status for job in jobs] == ["done"] * 3
    assert [name for _, name in gate.stored + later.stored] == ["甲", "乙", "丙"]


def test_a_file_whose_storing_is_broken_off_by_the_end_is_taken_up_again(opener: Opener):
    entered = Event()
    queue = None

    def broken_off(raw: bytes, filename: str, progress: Progress) -> None:
        entered.set()
        while not queue._closing.is_set():
            sleep(0.01)
        raise ServiceError("读取文件的进程已经停止。")

    queue = opener(broken_off)
    (job,) = queue.submit([upload("甲")])
    entered.wait(30)
    queue.close()
    again = opener(lambda _raw, _name, _progress: None)
    assert ended(again, job).status == "done"


def test_an_accepted_file_that_is_gone_fails_and_what_was_not_accepted_is_cleared(
    opener: Opener, tmp_path: Path
):
    gate = Gate()
    gate.go.set()
    opener(gate).close()
    store = JobStore.open(tmp_path / CATALOGUE_FILE)
    store.add([Job("accepted", "document", "甲.txt")], most_waiting=1)
    store.close()
    Spool(tmp_path / INCOMING).keep("never-acknowledged", BytesIO(b"x"))
    again = opener(gate)
    job = ended(again, Job("accepted", "", ""))
    assert job.status == "failed"
    assert "重新上传" in (job.error or "")
    assert list((tmp_path / INCOMING).iterdir()) == []


def test_a_waiting_job_can_be_given_up_and_one_under_way_cannot(opener: Opener, tmp_path: Path):
    gate = Gate()
    queue = opener(gate)
    first, second = queue.submit([upload("甲"), upload("乙")])
    gate.entered.wait(30)
    with pytest.raises(JobUnderWay, match="甲"):
        queue.cancel(first.document_id)
    assert queue.cancel(second.document_id)
    assert not queue.cancel(second.document_id)
    given_up = queue.job(second.id)
    assert given_up.status == "failed"
    assert "已被删除" in (given_up.error or "")
    gate.go.set()
    assert ended(queue, first).status == "done"
    queue.close()
    assert [name for _, name in gate.stored] == ["甲"]
    assert list((tmp_path / INCOMING).iterdir()) == []


def test_an_unknown_job_is_not_found(opener: Opener):
    with pytest.raises(JobNotFound, match="没有这个任务：'无'"):
        opener(lambda _raw, _name, _progress: None).job("无")


def test_a_backup_brings_along_the_uploads_that_wait(tmp_path: Path, opener: Opener):
    with Library.open(tmp_path, BigramEmbedder(), writable=True) as library:
        library.put(parsed(WATER, source="water", document_id="water"))
    gate = Gate()
    first, second = opener(gate).submit([upload("甲.txt"), upload("乙.txt")])
    assert gate.entered.wait(10)
    back_up(tmp_path, tmp_path / "backup.zip")
    gate.go.set()
    elsewhere = tmp_path / "elsewhere"
    restore(elsewhere, tmp_path / "backup.zip")
    stored: list[bytes] = []
    queue = JobQueue.open(elsewhere, lambda raw, _name, _progress: stored.append(raw))
    queue.start()
    assert [ended(queue, job).status for job in (first, second)] == ["done", "done"]
    queue.close()
    assert stored == ["甲.txt".encode(), "乙.txt".encode()]

"""The queue of uploads: order, failures, bounds, closing."""

from io import BytesIO
from threading import Event
from time import sleep

import pytest

from rag.errors import UnreadableFile
from ui.jobs import MOST_REMEMBERED, MOST_WAITING, Job, JobNotFound, JobQueue, Progress, QueueFull, Upload


def upload(name: str) -> Upload:
    return Upload(name, f"id-{name}", BytesIO(name.encode()))


def ended(queue: JobQueue, job: Job) -> Job:
    for _ in range(500):
        if queue.job(job.id).status in ("done", "failed"):
            return queue.job(job.id)
        sleep(0.01)
    raise AssertionError("the job does not end")


def test_uploads_are_stored_one_after_another_in_order():
    stored = []
    queue = JobQueue(lambda each, _progress: stored.append((each.filename, each.content.read())))
    queue.start()
    jobs = queue.submit([upload("甲"), upload("乙")]) + queue.submit([upload("丙")])
    assert [ended(queue, job).status for job in jobs] == ["done"] * 3
    assert stored == [(name, name.encode()) for name in ("甲", "乙", "丙")]
    queue.close()


def test_a_failure_is_told_and_the_next_upload_stored(caplog: pytest.LogCaptureFixture):
    def store(each: Upload, _progress: Progress) -> None:
        if each.filename == "坏":
            raise UnreadableFile("读不了。")
        if each.filename == "怪":
            raise ZeroDivisionError

    queue = JobQueue(store)
    queue.start()
    bad, odd, good = (ended(queue, job) for job in queue.submit([upload("坏"), upload("怪"), upload("好")]))
    assert (bad.status, bad.error) == ("failed", "读不了。")
    assert odd.status == "failed"
    assert "内部错误" in (odd.error or "")
    assert "ZeroDivisionError" in caplog.text
    assert good.status == "done"
    queue.close()


def test_the_queue_is_bounded_and_what_waits_at_the_end_is_dropped():
    go, running, stored = Event(), Event(), []

    def store(each: Upload, progress: Progress) -> None:
        progress(0.5)
        running.set()
        go.wait()
        stored.append(each.filename)

    queue = JobQueue(store)
    queue.start()
    jobs = queue.submit([upload(str(number)) for number in range(MOST_WAITING)])
    with pytest.raises(QueueFull, match=str(MOST_WAITING)):
        queue.submit([upload("多")])
    running.wait()
    first = queue.job(jobs[0].id)
    assert (first.status, first.progress) == ("running", 0.5)
    assert queue.job(jobs[1].id).status == "queued"
    go.set()
    queue.close()
    assert stored == [str(number) for number in range(len(stored))]


def test_old_jobs_are_forgotten_and_unknown_ones_not_found():
    queue = JobQueue(lambda _each, _progress: None)
    queue.start()
    first = ended(queue, queue.submit([upload("先")])[0])
    for _ in range(MOST_REMEMBERED // 100 + 1):
        for job in queue.submit([upload("后")] * 0 + [upload(str(number)) for number in range(100)]):
            ended(queue, job)
    with pytest.raises(JobNotFound, match=first.id):
        queue.job(first.id)
    queue.close()

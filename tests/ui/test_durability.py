"""What a server has accepted outlives it, however it ends."""

from pathlib import Path
from time import sleep

import httpx

from tests.ui.program import served, until_ready
from vectorstore.jobs import INCOMING

FILES = 8


def _text(number: int) -> bytes:
    return f"第{number}号通知\n\n{number}号街道的路灯由{number}号所维护。\n".encode() * 40


def _upload(url: str, name: str, content: bytes) -> dict:
    response = httpx.post(f"{url}/api/v1/documents", files={"file": (name, content)}, timeout=30)
    assert response.status_code == 202, response.text
    return response.json()["jobs"][0]


def _ended(url: str, job_id: str) -> dict:
    for _ in range(1200):
        job = httpx.get(f"{url}/api/v1/jobs/{job_id}", timeout=30).json()
        if job["status"] in ("done", "failed"):
            return job
        sleep(0.05)
    raise AssertionError(f"job {job_id} does not end")


def test_a_server_killed_right_after_accepting_files_has_them_when_it_is_back(tmp_path: Path):
    home = tmp_path / "library"
    with served(home) as (process, url):
        until_ready(process, url)
        jobs = [_upload(url, f"{number}.txt", _text(number)) for number in range(FILES)]
        process.kill()
        process.wait()
    assert list((home / INCOMING).iterdir()), "killed too late to show anything"
    with served(home) as (process, url):
        until_ready(process, url)
        assert [_ended(url, job["job_id"])["status"] for job in jobs] == ["done"] * FILES
        listed = httpx.get(f"{url}/api/v1/documents", timeout=30).json()
        assert sorted(each["id"] for each in listed["documents"]) == sorted(
            job["document_id"] for job in jobs
        )
        raw = httpx.get(f"{url}/api/v1/documents/{jobs[-1]['document_id']}/raw", timeout=30)
        assert raw.content == _text(FILES - 1)
    assert list((home / INCOMING).iterdir()) == []

"""Uploading, replacing, and what must not be taken in."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from time import sleep
from zipfile import ZipFile

import pytest

from tests.ui.conftest import Site
from tests.ui.idle import until_there
from ui.jobs import MOST_WAITING

Wait = Callable[[str], dict]


def upload(site: Site, *files: tuple[str, bytes]) -> list[dict]:
    response = site.http.post("/api/v1/documents", files=[("file", file) for file in files])
    assert response.status_code == 202, response.text
    return response.json()["jobs"]


def test_an_upload_is_queued_stored_and_found(own_site: Site, finished: Wait):
    text = "二〇二四年全区计划新增公园绿地十二万平方米。\n\n牵头单位是区园林局。\n"
    (queued,) = upload(own_site, ("绿地.txt", text.encode()))
    assert set(queued) == {"job_id", "document_id", "filename"}
    assert queued["filename"] == "绿地.txt"
    job = finished(queued["job_id"])
    assert job == {
        "job_id": queued["job_id"],
        "document_id": queued["document_id"],
        "status": "done",
        "progress": 1.0,
        "error": None,
    }
    stored = own_site.http.get(f"/api/v1/documents/{queued['document_id']}").json()
    assert stored["source"] == "绿地.txt"
    assert own_site.http.get(f"/api/v1/documents/{queued['document_id']}/raw").content == text.encode()
    hits = own_site.http.post("/api/v1/search", json={"question": "新增公园绿地"}).json()["hits"]
    assert hits[0]["document_id"] == queued["document_id"]


def test_several_files_give_a_job_each(own_site: Site, finished: Wait):
    jobs = upload(
        own_site, ("甲.txt", "甲文件的正文。".encode()), ("乙.md", "# 乙\n\n乙文件的正文。".encode())
    )
    assert [job["filename"] for job in jobs] == ["甲.txt", "乙.md"]
    assert [finished(job["job_id"])["status"] for job in jobs] == ["done", "done"]
    assert own_site.http.get("/api/v1/documents").json()["total"] == 2


def test_the_same_name_replaces_and_the_same_bytes_change_nothing(own_site: Site, finished: Wait):
    for text in ("旧的内容在此。", "新的内容在此。", "新的内容在此。"):
        (job,) = upload(own_site, ("规定.txt", text.encode()))
        assert finished(job["job_id"])["status"] == "done"
    (left,) = own_site.http.get("/api/v1/documents").json()["documents"]
    assert own_site.http.get(f"/api/v1/documents/{left['id']}/raw").text == "新的内容在此。"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.txt", b""),
        ("程序.exe", b"MZ\x90\x00\x03"),
        ("二进制.txt", bytes(range(256)) * 20),
        ("无后缀", b"\x00\x01"),
    ],
)
def test_a_file_that_cannot_be_read_fails_with_a_reason(
    own_site: Site, finished: Wait, name: str, content: bytes
):
    (queued,) = upload(own_site, (name, content))
    job = finished(queued["job_id"])
    assert job["status"] == "failed"
    assert job["error"]
    assert own_site.http.get("/api/v1/documents").json()["total"] == 0
    assert finished(upload(own_site, ("好.txt", "正常的内容。".encode()))[0]["job_id"])["status"] == "done"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("/etc/cron.d/evil.txt", "evil.txt"),
        ("C:\\Windows\\system32\\evil.txt", "evil.txt"),
        ("..\\..\\evil.txt", "evil.txt"),
        ("正\u202etxt.exe.txt", "正txt.exe.txt"),
    ],
)
def test_a_name_never_becomes_a_path(own_site: Site, finished: Wait, sent: str, shown: str):
    (queued,) = upload(own_site, (sent, "内容一句话。".encode()))
    assert queued["filename"] == shown
    assert finished(queued["job_id"])["status"] == "done"
    assert own_site.http.get("/api/v1/documents").json()["documents"][0]["source"] == shown


def test_a_file_too_large_is_refused_before_anything_is_queued(own_site: Site):
    files = [("file", ("小.txt", b"x")), ("file", ("大.txt", b"x" * 100_001))]
    response = own_site.http.post("/api/v1/documents", files=files)
    assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")
    assert "大.txt" in response.json()["detail"]
    assert own_site.http.get("/api/v1/documents").json()["total"] == 0


def test_a_body_beyond_all_bounds_is_refused_unread(own_site: Site):
    assert own_site.http.post("/api/v1/documents", content=b"x" * 2_000_000).status_code == 413


def test_too_many_files_are_refused(own_site: Site):
    files = [("file", (f"{number}.txt", b"x")) for number in range(4)]
    response = own_site.http.post("/api/v1/documents", files=files)
    assert response.status_code == 422
    assert "上限 3 个" in response.json()["detail"]


@pytest.mark.parametrize(
    "request_",
    [{}, {"files": {"other": ("a.txt", b"x")}}, {"data": {"file": "text"}}, {"json": {"file": "x"}}],
    ids=["nothing", "other field", "text field", "json"],
)
def test_a_form_without_a_file_is_the_callers_mistake(own_site: Site, request_: dict):
    response = own_site.http.post("/api/v1/documents", **request_)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert "Value error" not in response.json()["detail"]


def test_a_broken_form_is_the_callers_mistake(own_site: Site):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = own_site.http.post("/api/v1/documents", content=b"--x\r\nbroken", headers=headers)
    assert 400 <= response.status_code < 500
    assert response.headers["content-type"] == "application/problem+json"


def test_another_sites_page_cannot_upload(own_site: Site):
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"}
    response = own_site.http.post("/api/v1/documents", files={"file": ("a.txt", b"x")}, headers=foreign)
    assert (response.status_code, response.headers["content-type"]) == (403, "application/problem+json")
    assert own_site.http.get("/api/v1/documents", headers=foreign).status_code == 200


def test_the_files_of_an_archive_are_taken_in_and_those_that_cannot_be_are_named(
    own_site: Site, finished: Wait
):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("甲.txt", "甲文件的正文。")
        archive.writestr("夹/表.csv", "项目,金额\n道路,740\n")
        archive.writestr("../程序.exe", b"MZ\x90\x00")
    (queued,) = upload(own_site, ("一批.zip", buffer.getvalue()))
    job = finished(queued["job_id"])
    assert job["status"] == "failed"
    assert "程序.exe" in job["error"]
    assert "upload/" not in job["error"]
    listed = own_site.http.get("/api/v1/documents").json()["documents"]
    assert sorted(each["source"] for each in listed) == ["甲.txt", "表.csv"]


@pytest.fixture
def busy(own_site: Site, tmp_path: Path) -> Iterator[Path]:
    """Every process that reads files has something else to do until this file is there."""
    isolated, end = own_site.application.isolated, tmp_path / "end"
    with ThreadPoolExecutor(isolated.workers) as threads:
        for _ in range(isolated.workers):
            threads.submit(isolated.run, until_there, str(end), source="忙")
        sleep(0.5)
        yield end
        end.touch()


def test_a_document_still_waiting_is_given_up_and_one_being_stored_is_refused(
    own_site: Site, busy: Path, finished: Wait
):
    first, second = upload(own_site, ("甲.txt", "甲的正文。".encode()), ("乙.txt", "乙的正文。".encode()))
    while own_site.http.get(f"/api/v1/jobs/{first['job_id']}").json()["status"] == "queued":
        sleep(0.01)
    under_way = own_site.http.delete(f"/api/v1/documents/{first['document_id']}")
    assert (under_way.status_code, under_way.headers["content-type"]) == (409, "application/problem+json")
    assert "甲.txt" in under_way.json()["detail"]
    assert own_site.http.delete(f"/api/v1/documents/{second['document_id']}").status_code == 204
    assert own_site.http.delete(f"/api/v1/documents/{second['document_id']}").status_code == 404
    busy.touch()
    assert finished(first["job_id"])["status"] == "done"
    given_up = finished(second["job_id"])
    assert (given_up["status"], given_up["error"]) == ("failed", "入库之前已被删除。")
    assert own_site.http.get("/api/v1/documents").json()["total"] == 1


def test_more_than_may_wait_is_turned_away_for_now(own_site: Site, busy: Path):
    statuses = set()
    for number in range(0, MOST_WAITING + 3, 3):
        files = [("file", (f"{number + each}.txt", f"第{number + each}份。".encode())) for each in range(3)]
        response = own_site.http.post("/api/v1/documents", files=files)
        statuses.add(response.status_code)
    assert statuses == {202, 503}
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"]
    assert "上限 200 个" in response.json()["detail"]
    assert own_site.http.get("/api/v1/jobs/none").status_code == 404

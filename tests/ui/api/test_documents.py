"""Listing, reading, downloading and removing documents."""

from urllib.parse import unquote

import pytest

from tests.conftest import SEEDS
from tests.ui.conftest import Site, open_site

DOCUMENT = {"id", "title", "source", "media_type", "paragraphs", "chunks", "ingested_at", "status"}


def test_the_list_names_files_never_their_folders(site: Site):
    body = site.http.get("/api/v1/documents").json()
    assert set(body) == {"total", "documents"}
    assert body["total"] == len(body["documents"]) == 5
    assert all(set(each) == DOCUMENT for each in body["documents"])
    assert {each["source"] for each in body["documents"]} == {path.name for path in SEEDS.iterdir()}


def test_the_list_can_be_read_in_stretches(site: Site):
    whole = site.http.get("/api/v1/documents").json()["documents"]
    stretch = site.http.get("/api/v1/documents", params={"offset": 1, "limit": 2}).json()
    assert (stretch["total"], stretch["documents"]) == (5, whole[1:3])
    assert site.http.get("/api/v1/documents", params={"offset": 9}).json() == {"total": 5, "documents": []}


def test_one_document_is_what_the_list_says(site: Site):
    for listed in site.http.get("/api/v1/documents").json()["documents"]:
        assert site.http.get(f"/api/v1/documents/{listed['id']}").json() == listed


def test_paragraphs_come_in_order_all_or_some(site: Site):
    document = site.documents()[0]
    path = f"/api/v1/documents/{document.id}/paragraphs"
    body = site.http.get(path).json()
    assert body["total"] == len(body["paragraphs"]) == document.paragraphs
    assert [each["number"] for each in body["paragraphs"]] == list(range(1, body["total"] + 1))
    assert all(
        set(each) == {"number", "text", "section", "page", "start", "end"} for each in body["paragraphs"]
    )
    some = site.http.get(path, params={"offset": 3, "limit": 2}).json()
    assert (some["total"], some["paragraphs"]) == (body["total"], body["paragraphs"][3:5])


def test_a_download_is_the_file_byte_for_byte_under_its_name(site: Site):
    for document in site.http.get("/api/v1/documents").json()["documents"]:
        response = site.http.get(f"/api/v1/documents/{document['id']}/raw")
        assert response.content == (SEEDS / document["source"]).read_bytes()
        assert response.headers["content-type"].split(";")[0] == document["media_type"]
        assert response.headers["x-content-type-options"] == "nosniff"
        disposition = response.headers["content-disposition"]
        assert disposition.startswith('attachment; filename="')
        assert unquote(disposition.split("filename*=UTF-8''")[1]) == document["source"]


def test_a_removed_document_is_gone_everywhere(home):
    with open_site(home) as site:
        gone, *left = site.documents()
        response = site.http.delete(f"/api/v1/documents/{gone.id}")
        assert (response.status_code, response.content) == (204, b"")
        assert [each.id for each in site.documents()] == [each.id for each in left]
        for path in ("", "/raw", "/paragraphs"):
            assert site.http.get(f"/api/v1/documents/{gone.id}{path}").status_code == 404
        hits = site.http.post("/api/v1/search", json={"question": gone.title, "top_k": 100}).json()["hits"]
        assert gone.id not in {hit["document_id"] for hit in hits}
        assert site.http.delete(f"/api/v1/documents/{gone.id}").status_code == 404


@pytest.mark.parametrize("hostile", ["x\r\nSet-Cookie: a=b.txt", 'a"; filename="b.html', "数据\u202e.txt"])
def test_a_download_name_cannot_break_the_header(own_site: Site, finished, hostile: str):
    sent = own_site.http.post("/api/v1/documents", files={"file": (hostile, "正文一句。".encode())}).json()
    job = finished(sent["jobs"][0]["job_id"])
    if job["status"] == "done":
        headers = own_site.http.get(f"/api/v1/documents/{job['document_id']}/raw").headers
        assert "set-cookie" not in headers
        assert headers["content-disposition"].count(";") == 2

"""The page that shows an original with the cited characters marked."""

import re
from html import unescape

import pytest

from rag.language.chinese import squeeze
from tests.conftest import ROOT
from tests.ui.conftest import INVESTMENT, Site

LAW = ROOT / "tests/ingest/formats/pdf/files/law.pdf"
MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
QUESTIONS = (
    INVESTMENT,
    "区财政局党委书记是谁？",
    "区民政局2024年牵头哪些工作？",
    "量子纠缠的退相干时间是多少飞秒？",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_mark_is_the_quote_of_every_citation(site: Site, question: str):
    citations = site.http.post("/api/v1/ask", json={"question": question}).json()["citations"]
    assert citations
    for citation in citations:
        address, anchor = citation["url"].split("#")
        page = site.http.get(address).text
        assert f'id="{anchor}"' in page
        marked = "".join(unescape(piece) for piece in MARK.findall(page))
        assert squeeze(marked) == squeeze(citation["quote"])


def test_the_page_holds_every_paragraph_escaped(site: Site):
    for document in site.documents():
        page = site.http.get(f"/documents/{document.id}").text
        assert "<mark>" not in page
        shown = squeeze(unescape(re.sub(r"<[^>]+>", "", page)))
        for paragraph in site.application.library.catalogue.paragraphs(document.id):
            assert squeeze(paragraph.text) in shown


def test_a_mark_may_span_paragraphs(site: Site):
    document = site.documents()[0]
    first, second = site.application.library.catalogue.paragraphs(document.id)[1:3]
    page = site.http.get(f"/documents/{document.id}?start={first.start}&end={second.end}").text
    assert [squeeze(unescape(piece)) for piece in MARK.findall(page)] == [
        squeeze(first.text),
        squeeze(second.text),
    ]


@pytest.mark.parametrize(
    "place",
    ["start=5&end=5", "start=9&end=3", "start=900000&end=900009", "start=3", "end=3", "start=0&end=0"],
)
def test_places_that_hold_no_characters_mark_nothing(site: Site, place: str):
    response = site.http.get(f"/documents/{site.documents()[0].id}?{place}")
    assert response.status_code == 200
    assert "<mark>" not in response.text


@pytest.mark.parametrize("place", ["start=-1&end=3", "start=x&end=3", f"start=1&end={10**30}"])
def test_places_that_are_no_places_are_a_problem(site: Site, place: str):
    response = site.http.get(f"/documents/{site.documents()[0].id}?{place}")
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_the_policy_allows_the_pages_own_style_and_script_alone(site: Site):
    policy = site.http.get(f"/documents/{site.documents()[0].id}").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_policy_allows_pictures_from_here_alone(site: Site):
    policy = site.http.get(f"/documents/{site.documents()[0].id}").headers["content-security-policy"]
    assert "img-src 'self';" in policy


def test_a_printed_document_shows_its_pages_and_each_can_be_kept(own_site: Site, finished):
    sent = own_site.http.post("/api/v1/documents", files={"file": ("一法.pdf", LAW.read_bytes())}).json()
    job = finished(sent["jobs"][0]["job_id"])
    assert job["status"] == "done", job
    hits = own_site.http.post("/api/v1/search", json={"question": "总则"}).json()["hits"]
    page = own_site.http.get(
        f"/documents/{job['document_id']}?start={hits[0]['start']}&end={hits[0]['end']}"
    ).text
    assert "<rect " in page
    address = unescape(re.findall(r'<img src="([^"]+)"', page)[0])
    first = own_site.http.get(address)
    assert (first.status_code, first.headers["content-type"]) == (200, "image/png")
    assert "max-age" in first.headers["cache-control"]
    assert "private" in first.headers["cache-control"]
    again = own_site.http.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    beyond = own_site.http.get(f"/documents/{job['document_id']}/pages/4000.png")
    assert (beyond.status_code, beyond.headers["content-type"]) == (404, "application/problem+json")
    own_site.http.delete(f"/api/v1/documents/{job['document_id']}")
    gone = own_site.http.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [("pages/1.png", 404), ("pages/0.png", 422), ("pages/x.png", 422), ("pages/1.png?width=99999", 422)],
)
def test_plain_text_has_no_pictures_of_pages(site: Site, path: str, status: int):
    response = site.http.get(f"/documents/{site.documents()[0].id}/{path}")
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_an_unknown_document_is_a_readable_page(site: Site):
    response = site.http.get("/documents/<script>alert(1)<%2fscript>")
    assert response.status_code == 404
    response = site.http.get("/documents/%3Cscript%3E")
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<script>&" not in response.text
    assert "没有这份文件" in response.text


def test_markup_in_a_document_is_shown_not_run(own_site: Site, finished):
    text = '<script>alert("x")</script>这一段写着网页标记，<img src=x onerror=alert(1)>也只是文字。'
    sent = own_site.http.post("/api/v1/documents", files={"file": ("<b>标题</b>.txt", text.encode())}).json()
    job = finished(sent["jobs"][0]["job_id"])
    page = own_site.http.get(f"/documents/{job['document_id']}?start=0&end=20").text
    assert 'alert("x")' not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page

"""Every kind of bad request, and what is said about it."""

import pytest

from rag.errors import AnswererFailed, LibraryDamaged, RagError, ServiceError
from tests.ui.conftest import Site
from ui.api.problems import KINDS, kind_of, problem

PROBLEM = {"type", "title", "status", "detail", "instance"}


def check(response, status: int) -> dict:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert set(body) - {"errors"} == PROBLEM
    assert body["status"] == status
    assert "Traceback" not in response.text
    return body


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": ""}, "空"),
        ({"question": "　\n "}, "空"),
        ({"question": "问" * 10_000}, "10000"),
        ({"question": "？！……"}, "没有可读的文字"),
        ({"question": "\x00\x01\x02"}, "没有可读的文字"),
        ({"question": 5}, "question：应为字符串"),
        ({"question": None}, "question：应为字符串"),
        ({"question": ["问"]}, "question：应为字符串"),
        ({}, "question：缺少这一项"),
        ({"question": "问", "top_k": 0}, "top_k：不能小于 1"),
        ({"question": "问", "top_k": 101}, "top_k：不能大于 100"),
        ({"question": "问", "top_k": "5"}, "top_k：应为整数"),
        ({"question": "问", "top_k": 2.5}, "top_k：应为整数"),
        ({"question": "问", "stream": "yes"}, "stream：应为 true 或 false"),
        ({"question": "问", "document_ids": "abc"}, "document_ids：应为列表"),
        ({"question": "问", "document_ids": [1]}, "document_ids.0：应为字符串"),
        ({"question": "问", "document_ids": ["x"] * 1001}, "document_ids：最多 1000 项"),
        ({"question": "问", "history": [{"role": "system", "content": ""}]}, "history.0.role：只能是"),
        ({"question": "问", "history": [{"role": "user"}]}, "history.0.content：缺少这一项"),
        (["问"], "请求体：应为 JSON 对象"),
        (None, "请求体"),
    ],
)
def test_a_bad_question_is_named_in_chinese(site: Site, body: object, said: str):
    assert said in check(site.http.post("/api/v1/ask", json=body), 422)["detail"]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"", 422),
        (b"\xff\xfe\x00\x80", 400),
        (b'{"question": "\xff"}', 400),
        (b'{"question": "\\ud800"}', 422),
        (b"[" * 100_000, 400),
    ],
)
def test_bytes_that_are_no_json_are_the_callers_mistake(site: Site, content: bytes, status: int):
    response = site.http.post("/api/v1/ask", content=content, headers={"Content-Type": "application/json"})
    check(response, status)


def test_a_body_without_its_media_type_is_not_read_as_json(site: Site):
    response = site.http.post(
        "/api/v1/ask", content=b'{"question": "x"}', headers={"Content-Type": "text/plain"}
    )
    assert "application/json" in check(response, 422)["detail"]


def test_a_body_too_large_is_refused_announced_or_not(site: Site):
    check(site.http.post("/api/v1/ask", content=b"x" * 3_000_000), 413)
    chunks = (b"x" * 100_000 for _ in range(30))
    check(site.http.post("/api/v1/ask", content=chunks, headers={"Content-Type": "application/json"}), 413)


@pytest.mark.parametrize("body", [{"document_ids": ["nope"]}, {"document_ids": ["../../etc/passwd", "nope"]}])
@pytest.mark.parametrize("path", ["/api/v1/ask", "/api/v1/search"])
def test_an_unknown_document_in_the_scope_is_not_found(site: Site, path: str, body: dict):
    problem_body = check(site.http.post(path, json={"question": "教育", **body}), 404)
    assert problem_body["type"].endswith("document-not-found")
    assert problem_body["instance"] == path


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/", 404),
        ("GET", "/api/v1/documents/nope", 404),
        ("GET", "/api/v1/documents/nope/raw", 404),
        ("GET", "/api/v1/documents/nope/paragraphs", 404),
        ("DELETE", "/api/v1/documents/nope", 404),
        ("GET", "/api/v1/documents/..%2f..%2fetc%2fpasswd/raw", 404),
        ("GET", "/api/v1/jobs/nope", 404),
        ("GET", "/no-such-page", 404),
        ("GET", "/api/v1/ask", 405),
        ("PUT", "/api/v1/ask", 405),
        ("PATCH", "/api/v1/documents/nope", 405),
        ("POST", "/", 405),
        ("GET", "/api/v1/documents?offset=-1", 422),
        ("GET", "/api/v1/documents?limit=0", 422),
        ("GET", "/api/v1/documents?limit=x", 422),
        ("GET", "/api/v1/documents?offset=99999999999999999999", 422),
    ],
)
def test_addresses_and_methods(site: Site, method: str, path: str, status: int):
    check(site.http.request(method, path), status)


@pytest.mark.parametrize(
    ("method", "path", "methods"),
    [
        ("PATCH", "/api/v1/documents", {"GET", "POST"}),
        ("PATCH", "/api/v1/documents/nope", {"GET", "DELETE"}),
        ("POST", "/api/v1/documents/nope", {"GET", "DELETE"}),
        ("PUT", "/api/v1/ask", {"POST"}),
        ("POST", "/", {"GET", "HEAD"}),
    ],
)
def test_a_method_not_allowed_names_all_that_are(site: Site, method: str, path: str, methods: set[str]):
    response = site.http.request(method, path)
    check(response, 405)
    assert set(response.headers["Allow"].split(", ")) == methods


def test_every_error_of_the_tree_has_a_kind():
    def below(error: type[RagError]) -> list[type[RagError]]:
        return [error, *(each for child in error.__subclasses__() for each in below(child))]

    for error in below(RagError):
        kind = next(KINDS[cls] for cls in error.__mro__ if cls in KINDS)
        assert (kind.status >= 500) is issubclass(error, ServiceError) or error is RagError
    assert kind_of(ValueError()).status == 500


def test_what_names_the_servers_folders_stays_in_the_log(caplog: pytest.LogCaptureFixture):
    body = problem(LibraryDamaged("文件夹 /srv/secret 有损坏"), "/api/v1/ask")
    assert "/srv/secret" not in body.detail
    assert "/srv/secret" in caplog.text
    assert problem(AnswererFailed("模型太慢"), "/").detail == "模型太慢"

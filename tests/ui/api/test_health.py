"""Alive, ready, and counted."""

from threading import Event

from tests.ui.conftest import Site, serving, settings_for
from ui.compose import Application
from ui.service import Service


def test_alive_and_ready(site: Site):
    assert site.http.get("/healthz").json() == {"status": "ok"}
    assert site.http.get("/readyz").json() == {"status": "ready", "documents": 5}


def test_until_the_library_is_open_the_server_is_alive_but_not_ready(tmp_path):
    settings, go = settings_for(tmp_path / "library"), Event()

    def opened_later() -> Application:
        go.wait()
        return Application.open(settings, writable=True)

    service = Service(opened_later)
    service.start()
    with serving(service, settings) as site:
        assert site.http.get("/healthz").status_code == 200
        for response in (site.http.get("/readyz"), site.http.post("/api/v1/ask", json={"question": "问"})):
            assert (response.status_code, response.headers["content-type"]) == (
                503,
                "application/problem+json",
            )
            assert response.headers["retry-after"]
            assert "启动" in response.json()["detail"]
        go.set()
        service.wait()
        assert site.http.get("/readyz").json() == {"status": "ready", "documents": 0}


def test_an_empty_library_refuses_kindly(own_site: Site):
    answer = own_site.http.post("/api/v1/ask", json={"question": "有什么？"}).json()
    assert (answer["answered"], answer["refusal"]["reason"], answer["citations"]) == (
        False,
        "empty_library",
        [],
    )
    assert own_site.http.get("/api/v1/documents").json() == {"total": 0, "documents": []}


def test_requests_are_counted_by_route_template(own_site: Site):
    own_site.http.get("/api/v1/documents/one")
    own_site.http.get("/api/v1/documents/two")
    own_site.http.get("/never/heard/of")
    response = own_site.http.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    route = 'method="GET",route="/api/v1/documents/{document_id}"'
    assert f'rag_http_requests_total{{{route},status="404"}} 2.0' in response.text
    assert f"rag_http_request_seconds_count{{{route}}} 2.0" in response.text
    assert "/never" not in response.text


def test_openapi_describes_every_address_of_the_contract(site: Site):
    paths = site.http.get("/openapi.json").json()["paths"]
    expected = {
        "/api/v1/ask": {"post"},
        "/api/v1/search": {"post"},
        "/api/v1/documents": {"get", "post"},
        "/api/v1/documents/{document_id}": {"get", "delete"},
        "/api/v1/documents/{document_id}/paragraphs": {"get"},
        "/api/v1/documents/{document_id}/raw": {"get"},
        "/api/v1/jobs/{job_id}": {"get"},
        "/documents/{document_id}": {"get"},
        "/healthz": {"get"},
        "/readyz": {"get"},
        "/metrics": {"get"},
    }
    assert expected.items() <= {path: set(methods) for path, methods in paths.items()}.items()


def test_the_reference_needs_nothing_from_elsewhere(site: Site):
    page = site.http.get("/docs").text
    for part in ("/api/v1/ask", "standalone_question", "[{role, content} ]", "≤ 100", "提问"):
        assert part.replace(" ]", "]") in page
    assert "http" not in page.replace("http_", "")

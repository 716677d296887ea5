"""What the page's framework may answer, and under which policy."""

import pytest

from tests.ui.conftest import Site


def test_the_page_runs_on_this_server_alone(site: Site):
    response = site.http.get("/")
    assert response.status_code == 200
    assert "知引" in response.text
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/pyproject.toml",
        "/gradio_api/proxy=http://example.org",
        "/gradio_api/dev/reload",
        "/gradio_api/info",
        "/gradio_api/runs",
        "/gradio_api/vibe-code",
        "/monitoring",
        "/login_check",
        "/token",
    ],
)
def test_what_the_page_does_not_need_is_not_there(site: Site, path: str):
    response = site.http.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


def test_the_page_takes_no_files(site: Site):
    response = site.http.post("/gradio_api/upload", files={"files": ("a.txt", b"x")})
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")

"""What can be chosen over HTTP, kept up to date with the library."""

from collections.abc import Callable

import pytest

from tests.ui.conftest import Site


def choices(site: Site, **typed: object) -> dict:
    response = site.http.get("/api/v1/choices", params=typed)
    assert response.status_code == 200, response.text
    return response.json()


def test_what_the_library_holds_can_be_chosen(site: Site) -> None:
    body = choices(site)
    assert body["total"] == len(body["documents"]) == 5
    assert {each["id"] for each in body["documents"]} == {each.id for each in site.documents()}
    assert {"value": 2024, "documents": 1} in body["years"]
    assert body["kinds"] == [{"value": "通知", "documents": 1}]
    assert body["issuers"] == [{"value": "杭州市拱墅区人民政府办公室", "documents": 1}]


def test_a_choice_bounds_a_question_as_it_is(site: Site) -> None:
    body = choices(site, title="责任分解")
    (document,) = body["documents"]
    bounds = {
        "years": [body["years"][0]["value"]],
        "kinds": [each["value"] for each in body["kinds"]],
        "issuers": [each["value"] for each in body["issuers"]],
    }
    hits = site.http.post("/api/v1/search", json={"question": "投资", **bounds}).json()["hits"]
    assert {hit["document_id"] for hit in hits} == {document["id"]}


def test_new_documents_can_be_chosen_and_removed_ones_no_more(
    own_site: Site, finished: Callable[[str], dict]
) -> None:
    assert choices(own_site)["total"] == 0
    text = "区民政局关于印发2023年养老工作方案的通知\n\n各街道：\n\n新建老年食堂三个。\n"
    sent = own_site.http.post("/api/v1/documents", files={"file": ("养老.txt", text.encode())}).json()
    job = finished(sent["jobs"][0]["job_id"])
    body = choices(own_site)
    assert [each["id"] for each in body["documents"]] == [job["document_id"]]
    assert body["years"] == [{"value": 2023, "documents": 1}]
    own_site.http.delete(f"/api/v1/documents/{job['document_id']}")
    assert choices(own_site)["total"] == 0


@pytest.mark.parametrize("typed", [{"limit": 0}, {"limit": 51}, {"title": "长" * 201}])
def test_what_cannot_be_is_refused(site: Site, typed: dict[str, object]) -> None:
    response = site.http.get("/api/v1/choices", params=typed)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"

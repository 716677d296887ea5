"""Bounds on where to look, over HTTP: each alone, all together, refused when malformed."""

from collections.abc import Callable

import pytest

from tests.ui.conftest import Site

QUESTION = "固定资产投资"
Body = dict[str, object]


def search(site: Site, **body: object) -> list[dict]:
    response = site.http.post("/api/v1/search", json={"question": QUESTION, "top_k": 20, **body})
    assert response.status_code == 200, response.text
    return response.json()["hits"]


@pytest.fixture
def plan(site: Site) -> str:
    """The id of the only founding document that says its year, issuer and kind."""
    (found,) = [each.id for each in site.application.library.catalogue.documents() if each.metadata.issuer]
    return found


@pytest.mark.parametrize(
    "bounds",
    [
        {"years": [2024]},
        {"issuers": ["拱墅区人民政府办公室"]},
        {"kinds": ["通知"]},
        {"years": [2023, 2024], "kinds": ["通知"], "issuers": ["杭州市拱墅区人民政府办公室"]},
    ],
)
def test_each_bound_is_kept(site: Site, plan: str, bounds: Body) -> None:
    found = search(site, **bounds)
    assert len(found) == 20
    assert {each["document_id"] for each in found} == {plan}


def test_a_section_is_kept(site: Site) -> None:
    section = search(site)[0]["section"][-1]
    found = search(site, section=section)
    assert found
    assert all(any(section in heading for heading in each["section"]) for each in found)


@pytest.mark.parametrize("bounds", [{"years": [1999]}, {"kinds": ["条例"]}, {"section": "没有这样的标题"}])
def test_bounds_that_hold_nothing_give_a_refusal_that_says_so(site: Site, bounds: Body) -> None:
    assert search(site, **bounds) == []
    response = site.http.post("/api/v1/ask", json={"question": QUESTION, **bounds})
    answer = response.json()
    assert (answer["answered"], answer["citations"]) == (False, [])
    assert answer["refusal"]["reason"] == "no_evidence"
    assert "限定的范围" in answer["refusal"]["message"]


def completed(site: Site, plan: str) -> set[str]:
    body = {"messages": [{"role": "user", "content": "固定资产投资目标是多少？"}], "kinds": ["通知"]}
    message = site.http.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]
    return {each["document_id"] for each in message["citations"]}


def asked(site: Site, plan: str) -> set[str]:
    body = {"question": "固定资产投资目标是多少？", "document_ids": [plan], "years": [2024]}
    answer = site.http.post("/api/v1/ask", json=body).json()
    return {each["document_id"] for each in answer["citations"]}


@pytest.mark.parametrize("way", [completed, asked])
def test_answers_keep_to_the_bounds_too(site: Site, plan: str, way: Callable[[Site, str], set[str]]) -> None:
    assert way(site, plan) == {plan}


def test_the_tasks_of_a_unit_are_listed_whole_with_their_count(site: Site, plan: str) -> None:
    records = site.application.library.catalogue.tasks()
    led = [number for _, number, task in records if "区民政局" in task.lead_units]
    for body in ({}, {"years": [2024]}):
        answer = site.http.post("/api/v1/ask", json={"question": "区民政局牵头哪些工作？", **body}).json()
        assert answer["answer"].startswith(f"区民政局牵头的工作共{len(led)}项：\n")
        assert [each["paragraph"] for each in answer["citations"]] == led
    answer = site.http.post("/api/v1/ask", json={"question": "区民政局牵头多少项工作？"}).json()
    assert answer["short_answer"] == f"{len(led)}项"


@pytest.mark.parametrize(
    "bounds",
    [
        {"years": ["2024"]},
        {"years": [0]},
        {"years": 2024},
        {"issuers": [""]},
        {"kinds": ["长" * 201]},
        {"section": ""},
        {"section": ["附则"]},
        {"years": list(range(1, 200))},
    ],
)
def test_malformed_bounds_are_the_callers_mistake(site: Site, bounds: Body) -> None:
    response = site.http.post("/api/v1/search", json={"question": QUESTION, **bounds})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"

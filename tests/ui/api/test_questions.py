"""Asking and searching, field by field of the contract."""

import json
from io import BytesIO

import pytest
from openpyxl import Workbook

from rag.language.chinese import squeeze
from tests.ui.conftest import INVESTMENT, Site

ANSWER = {
    "question", "standalone_question", "answered", "answer", "short_answer", "confidence", "refusal",
    "citations", "answerer", "elapsed_ms", "claims", "coverage",
}  # fmt: skip
CITATION = {
    "number", "document_id", "title", "section", "paragraph", "page", "start", "end", "quote", "url", "place",
}  # fmt: skip
HIT = {
    *("document_id", "title", "section", "paragraph", "page", "start", "end"),
    *("text", "score", "explanation", "alike"),
}


def ask(site: Site, **body: object) -> dict:
    response = site.http.post("/api/v1/ask", json=body)
    assert response.status_code == 200, response.text
    return response.json()


def events(text: str) -> list[tuple[str, dict]]:
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_an_answer_has_exactly_the_fields_of_the_contract(site: Site):
    answer = ask(site, question=INVESTMENT)
    assert set(answer) == ANSWER
    assert (answer["question"], answer["answered"], answer["refusal"]) == (INVESTMENT, True, None)
    assert answer["answerer"] == "extractive"
    assert 0 <= answer["confidence"] <= 1
    assert set(answer["elapsed_ms"]) == {"retrieve", "answer", "total"}
    assert "740亿元" in answer["answer"]
    assert all(set(citation) == CITATION for citation in answer["citations"])


def test_each_citation_quotes_the_characters_it_points_at(site: Site):
    for citation in ask(site, question=INVESTMENT)["citations"]:
        raw = site.application.library.catalogue.text(citation["document_id"])
        assert squeeze(raw[citation["start"] : citation["end"]]) == squeeze(citation["quote"])
        place = f"?start={citation['start']}&end={citation['end']}#p{citation['paragraph']}"
        assert citation["url"] == f"/documents/{citation['document_id']}{place}"


def test_each_sentence_of_an_answer_is_told_with_its_check(site: Site):
    answer = ask(site, question=INVESTMENT)
    assert answer["coverage"] == 1.0
    assert answer["claims"]
    for claim in answer["claims"]:
        assert set(claim) == {"text", "numbers", "supported", "missing"}
        assert claim["text"] in answer["answer"]
        assert set(claim["numbers"]) <= {citation["number"] for citation in answer["citations"]}
    refused = ask(site, question="量子纠缠的退相干时间是多少飞秒？")
    assert (refused["claims"], refused["coverage"]) == ([], 0.0)


def test_chinese_is_sent_as_characters(site: Site):
    response = site.http.post("/api/v1/ask", json={"question": INVESTMENT})
    assert response.headers["content-type"] == "application/json"
    assert "固定资产" in response.content.decode("utf-8")


def test_what_the_library_does_not_hold_is_refused_in_an_ordinary_answer(site: Site):
    answer = ask(site, question="量子纠缠的退相干时间是多少飞秒？")
    assert answer["answered"] is False
    assert set(answer["refusal"]) == {"reason", "message"}
    assert answer["refusal"]["reason"] in ("no_evidence", "weak_evidence")


def test_the_scope_bounds_answers_and_hits(site: Site):
    only = site.documents()[1].id
    assert {each["document_id"] for each in ask(site, question="教育", document_ids=[only])["citations"]} <= {
        only
    }
    hits = site.http.post("/api/v1/search", json={"question": "教育", "document_ids": [only]}).json()["hits"]
    assert {hit["document_id"] for hit in hits} == {only}


def test_a_follow_up_is_understood_from_the_history(site: Site):
    history = [{"role": "user", "content": INVESTMENT}, {"role": "assistant", "content": "740亿元以上。"}]
    assert ask(site, question="哪个部门牵头？", history=history)["standalone_question"] != "哪个部门牵头？"


def test_null_options_mean_their_defaults(site: Site):
    plain, explicit = (
        ask(site, question=INVESTMENT, **options)
        for options in ({}, {"history": None, "document_ids": None, "top_k": None, "stream": False})
    )
    assert {**plain, "elapsed_ms": 0} == {**explicit, "elapsed_ms": 0}


def test_search_gives_the_best_paragraphs_first(site: Site):
    response = site.http.post("/api/v1/search", json={"question": INVESTMENT, "top_k": 3})
    hits = response.json()["hits"]
    assert response.status_code == 200
    assert len(hits) == 3
    assert all(set(hit) == HIT for hit in hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert any("740亿元" in hit["text"] for hit in hits)


def test_each_hit_tells_what_each_part_gave_to_its_score(site: Site):
    hits = site.http.post("/api/v1/search", json={"question": INVESTMENT, "top_k": 5}).json()["hits"]
    for hit in hits:
        parts = hit["explanation"]
        assert all(set(part) == {"name", "label", "value", "weight", "contribution"} for part in parts)
        assert hit["score"] == pytest.approx(sum(part["contribution"] for part in parts))
        assert all(part["contribution"] == pytest.approx(part["value"] * part["weight"]) for part in parts)
        assert {"dense", "body", "likeness"} <= {part["name"] for part in parts}


def test_a_stream_ends_with_the_whole_answer(site: Site):
    response = site.http.post("/api/v1/ask", json={"question": INVESTMENT, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    streamed = events(response.text)
    names = [name for name, _ in streamed]
    assert names[0] == "retrieved"
    assert names[-1] == "done"
    assert set(names[1:-1]) == {"delta"}
    assert all(set(hit) == HIT for hit in streamed[0][1]["hits"])
    done = streamed[-1][1]
    assert set(done) == ANSWER
    whole = ask(site, question=INVESTMENT)
    assert {**done, "elapsed_ms": 0} == {**whole, "elapsed_ms": 0}


@pytest.mark.parametrize("stream", [False, True])
def test_a_bad_question_is_a_problem_whether_streamed_or_not(site: Site, stream: bool):
    response = site.http.post("/api/v1/ask", json={"question": "  ", "stream": stream})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_a_citation_of_a_sheet_names_its_cells_wherever_it_is_given(own_site: Site, finished):
    book, buffer = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "预算"
    for row in (
        ("项目", "牵头单位", "金额（万元）"),
        ("老旧小区改造", "区住建局", 12500),
        ("学校扩建", "区教育局", 20300),
    ):
        sheet.append(row)
    book.save(buffer)
    sent = own_site.http.post("/api/v1/documents", files={"file": ("预算.xlsx", buffer.getvalue())}).json()
    assert finished(sent["jobs"][0]["job_id"])["status"] == "done"
    question = "老旧小区改造的金额是多少万元？"
    place = ask(own_site, question=question)["citations"][0]["place"]
    assert place["label"].startswith("工作表“预算”")
    assert (place["area"], place["pages"], place["boxes"]) == ("预算", [], [])
    assert place["cells"].startswith(("A2", "C2"))
    streamed = own_site.http.post("/api/v1/ask", json={"question": question, "stream": True}).text
    assert events(streamed)[-1][1]["citations"][0]["place"] == place
    said = {"messages": [{"role": "user", "content": question}]}
    completion = own_site.http.post("/v1/chat/completions", json=said).json()
    assert completion["choices"][0]["message"]["citations"][0]["place"] == place


def test_plain_text_has_no_place_beyond_its_characters(site: Site):
    assert {citation["place"] for citation in ask(site, question=INVESTMENT)["citations"]} == {None}


def test_the_place_of_a_citation_is_described(site: Site):
    schemas = site.http.get("/openapi.json").json()["components"]["schemas"]
    assert set(schemas["PlaceBody"]["properties"]) == {"label", "pages", "boxes", "area", "cells"}
    assert set(schemas["BoxBody"]["properties"]) == {"page", "left", "top", "right", "bottom"}

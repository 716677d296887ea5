"""The question set is well formed and true to the documents; bad sets are refused by line."""

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from eval.dataset import SEEDS, Case, CaseType, load_cases
from eval.matching import canonical, says
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze

GOOD = {
    "id": "a",
    "type": "number",
    "question": "多少？",
    "answers": ["3个"],
    "evidence": [{"document": "甲.txt", "quote": "共3个"}],
}


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases()


@pytest.fixture(scope="module")
def texts(seeds: Path) -> dict[str, str]:
    return {path.name: squeeze(path.read_text("utf-8")) for path in seeds.iterdir()}


def test_every_type_is_asked_often_enough(cases):
    counts = Counter(case.type for case in cases)
    assert len(cases) >= 205
    assert {name: counts[name] for name in get_args(CaseType) if counts[name] < 7} == {}
    assert min(counts["off_topic"], counts["near_miss"]) >= 8


def test_every_document_is_asked_about(cases, texts):
    counts = Counter(name for case in cases for name in {item.document for item in case.evidence})
    assert set(counts) == set(texts)
    assert min(counts.values()) >= 20


def test_questions_are_asked_once(cases):
    asked = Counter((canonical(case.question), case.history) for case in cases)
    assert [question for question, count in asked.items() if count > 1] == []


# Whose answer is the signature or heading around the quote, a translation, or a name it implies.
ELSEWHERE = {"department", "person", "paraphrase", "typo", "english", "follow_up"}


def test_answers_stand_in_their_evidence_where_the_quote_itself_answers(cases):
    missing = [
        case.id
        for case in cases
        if case.evidence
        and case.type not in ELSEWHERE
        and not any(says("\n".join(item.quote for item in case.evidence), answer) for answer in case.expected)
    ]
    assert missing == []


def test_some_answer_stands_in_the_document(cases, texts):
    missing = [
        case.id
        for case in cases
        for item in case.evidence[:1]
        if not any(squeeze(answer) in texts[item.document] for answer in case.answers or case.all_of)
        and not any(says(texts[item.document], answer) for answer in case.answers or case.all_of)
    ]
    assert missing == []


def test_reads_history_and_defaults(tmp_path: Path):
    path = tmp_path / "set.jsonl"
    history = [{"role": "user", "content": "甲？"}, {"role": "assistant", "content": "乙。"}]
    path.write_text(json.dumps(GOOD | {"history": history}) + "\n\n", "utf-8")
    (case,) = load_cases(path)
    assert [turn.role for turn in case.history] == ["user", "assistant"]
    assert (case.needs, case.unanswerable, case.expected) == ("any", None, ("3个",))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "riddle"}, "type"),
        ({"answer": "3"}, "answer"),
        ({"question": " "}, "question"),
        ({"answers": []}, "恰有其一"),
        ({"all_of": ["3"]}, "恰有其一"),
        ({"evidence": []}, "evidence"),
        ({"evidence": [{"document": "甲.txt", "quote": " "}]}, "quote"),
        ({"unanswerable": "off_topic"}, "unanswerable"),
        ({"absent_from": ["甲.txt"]}, "absent_from"),
        ({"needs": "most"}, "needs"),
        ({"history": [{"role": "user", "content": "甲？"}]}, "history"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, change: dict[str, object], said: str):
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in (GOOD | {"id": "b"}, GOOD | change)), "utf-8")
    with pytest.raises(UnreadableFile, match="第 2 行") as raised:
        load_cases(path)
    assert said in str(raised.value)


def test_broken_json_repeated_ids_and_missing_files_are_refused(tmp_path: Path):
    path = tmp_path / "set.jsonl"
    path.write_text("{", "utf-8")
    with pytest.raises(UnreadableFile, match="第 1 行"):
        load_cases(path)
    path.write_text(f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}", "utf-8")
    with pytest.raises(UnreadableFile, match="重复"):
        load_cases(path)
    path.write_text("\n", "utf-8")
    with pytest.raises(UnreadableFile, match="没有问题"):
        load_cases(path)
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UnreadableFile, match=r"set\.jsonl"):
        load_cases(path)
    with pytest.raises(UnreadableFile, match="absent"):
        load_cases(tmp_path / "absent.jsonl")


def test_the_bundled_set_is_found():
    assert SEEDS.is_file()

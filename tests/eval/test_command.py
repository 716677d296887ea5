"""What `rag eval` does, on a question file."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from eval.command import run_evaluation
from eval.report import load
from rag.errors import InvalidRequest
from tests.eval.conftest import CASES


def test_runs_a_file_and_keeps_the_result(assistant, library, tmp_path: Path):
    questions, output = tmp_path / "small.jsonl", tmp_path / "out" / "small.json"
    questions.write_text("\n".join(json.dumps(asdict(case)) for case in CASES), "utf-8")
    report = run_evaluation(
        assistant, library, questions=questions, output=output, command="rag eval --questions small.jsonl"
    )
    assert len(report.outcomes) == len(CASES)
    assert (report.questions, report.command) == ("small.jsonl", "rag eval --questions small.jsonl")
    assert load(output) == report


def test_the_bundled_questions_need_the_founding_documents(assistant, library, tmp_path: Path):
    with pytest.raises(InvalidRequest, match="rag ingest"):
        run_evaluation(assistant, library, questions=None, output=tmp_path / "out.json", command="rag eval")

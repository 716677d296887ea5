"""`rag eval` as it is called: the founding questions against the kept baseline, and what it writes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.dataset import SEEDS, load_cases
from eval.report import load, save
from tests.conftest import ROOT
from tests.ui.program import Program, refused
from ui.bench.model.server import model_server

BASELINE = ROOT / "eval" / "baselines" / "seeds.json"
STALE = "题集变了：运行 make baseline，看过之后提交新的基线。"


def test_the_founding_questions_are_answered_no_worse_than_before(rag: Program, home: Path, tmp_path: Path):
    done = rag(home, "eval", "--output", str(tmp_path / "now.json"), "--against", str(BASELINE))
    told = done.stdout[done.stdout.rindex("与先前结果相比") :] if done.stdout else done.stderr
    assert done.returncode == 0, told
    now = load(tmp_path / "now.json")
    assert sum(len(outcome.violations) for outcome in now.outcomes) == 0


def test_the_baseline_knows_the_founding_questions():
    known = {(outcome.id, outcome.question) for outcome in load(BASELINE).outcomes}
    asked = {(case.id, case.question) for case in load_cases(SEEDS)}
    assert len(asked & known) >= 0.9 * len(asked), STALE


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The first three founding questions."""
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(SEEDS.read_text("utf-8").splitlines()[:3]), "utf-8")
    return path


def test_a_page_and_a_baseline_are_written_beside(rag: Program, home: Path, few: Path, tmp_path: Path):
    page, kept, baseline = (tmp_path / name for name in ("a.html", "a.json", "b.json"))
    written = ("--output", str(kept), "--html", str(page), "--baseline", str(baseline))
    done = rag(home, "eval", "--questions", str(few), *written)
    assert done.returncode == 0, done.stderr
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert json.loads(few.read_text("utf-8").splitlines()[0])["question"] in page.read_text("utf-8")
    assert baseline.stat().st_size < kept.stat().st_size / 2


def test_a_regression_ends_with_an_error(rag: Program, home: Path, few: Path, tmp_path: Path):
    kept, better = tmp_path / "kept.json", tmp_path / "better.json"
    assert rag(home, "eval", "--questions", str(few), "--output", str(kept)).returncode == 0
    report = load(kept)
    save(replace(report, outcomes=tuple(replace(one, share=2.0) for one in report.outcomes)), better)
    options = ("--questions", str(few), "--output", str(kept), "--against")
    worse = rag(home, "eval", *options, str(better))
    assert worse.returncode == 1
    assert "退步：答全" in worse.stdout
    assert rag(home, "eval", *options, str(kept)).returncode == 0
    assert refused(rag(home, "eval", *options, str(few)), 2)
    save(replace(report, outcomes=()), better)
    assert "没有一问相同" in rag(home, "eval", *options, str(better)).stderr


def test_a_model_judges_beside_the_rules(rag: Program, home: Path, few: Path, tmp_path: Path):
    options = ("eval", "--questions", str(few), "--output", str(tmp_path / "kept.json"), "--judge", "double")
    with model_server() as server:
        server.say('{"correct": true, "reason": "相符"}')
        done = rag(home, *options, RAG_LLM_BASE_URL=server.url)
    assert done.returncode == 0, done.stderr
    assert "语言模型评判：3 个回答" in done.stdout
    assert {one.judgement for one in load(tmp_path / "kept.json").outcomes} == {"相符"}

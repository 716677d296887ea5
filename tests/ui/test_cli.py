"""The program as a user meets it: its output, its exit codes, one line per error."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import httpx
import pytest

from rag.settings import Settings
from tests.conftest import ROOT, SEEDS
from tests.ui.api.test_questions import ANSWER, HIT
from tests.ui.conftest import INVESTMENT, Site, settings_for
from tests.ui.program import Program, free_port, rag_apart, refused, served, until_ready
from ui.cli import BENCHES, COMMANDS
from ui.compose import Application


def test_help_names_every_command_and_loads_nothing_heavy(tmp_path: Path):
    done = rag_apart(tmp_path / "library", "--help")
    assert done.returncode == 0
    assert all(name in done.stdout and command.summary in done.stdout for name, command in COMMANDS.items())
    code = (
        "import sys, ui.cli; print([m for m in ('numpy', 'fastapi', 'langchain_core') if m in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(rag: Program, tmp_path: Path, name: str):
    done = rag(tmp_path / "library", name, "--help")
    assert done.returncode == 0, done.stderr
    assert COMMANDS[name].summary in done.stdout


@pytest.mark.parametrize("name", BENCHES)
def test_every_benchmark_has_help(rag: Program, tmp_path: Path, name: str):
    done = rag(tmp_path / "library", "bench", name, "--help")
    assert done.returncode == 0, done.stderr
    assert "".join(BENCHES[name].summary.split()) in "".join(done.stdout.split())


def test_a_backup_brings_back_what_was_deleted(rag: Program, home: Path, tmp_path: Path):
    backup = tmp_path / "backup.zip"
    before = rag(home, "documents").stdout
    assert rag(home, "backup", str(backup)).stdout.startswith("已备份 5 份文件")
    assert rag(home, "delete", before.split()[0]).returncode == 0
    done = rag(home, "restore", str(backup), "--yes")
    assert done.stdout.startswith("已恢复 5 份文件"), done.stderr
    assert rag(home, "documents").stdout == before
    assert "740亿元" in rag(home, "ask", INVESTMENT).stdout


def test_a_second_writer_is_refused_and_told_who_writes(home: Path):
    with Application.open(settings_for(home), writable=True):
        for arguments in (("ingest", str(SEEDS)), ("delete", "x"), ("restore", "x"), ("serve",)):
            assert str(os.getpid()) in refused(rag_apart(home, *arguments), 1)
        assert rag_apart(home, "documents").returncode == 0


def test_a_library_from_ingest_to_delete(rag: Program, tmp_path: Path):
    home = tmp_path / "library"
    done = rag(home, "ingest", str(SEEDS))
    assert done.returncode == 0, done.stderr
    assert "新收入 5" in done.stdout
    listed = rag(home, "documents").stdout.splitlines()
    assert len(listed) == 6
    asked = rag(home, "ask", INVESTMENT).stdout
    assert "740亿元" in asked
    assert "[1] 《" in asked
    assert rag(home, "doctor").stdout.endswith("检查通过。\n")
    document_id = listed[0].split()[0]
    assert rag(home, "delete", document_id).stdout.startswith("已删除：")
    assert document_id not in rag(home, "documents").stdout
    assert document_id in refused(rag(home, "delete", document_id), 2)


def test_json_is_the_very_object_of_the_api(rag: Program, home: Path, site: Site):
    answer = json.loads(rag(home, "ask", INVESTMENT, "--json").stdout)
    assert set(answer) == ANSWER
    over_http = site.http.post("/api/v1/ask", json={"question": INVESTMENT}).json()
    assert {**answer, "elapsed_ms": 0} == {**over_http, "elapsed_ms": 0}
    found = rag(home, "search", INVESTMENT, "--json").stdout
    assert "固定资产" in found
    assert all(set(hit) == HIT for hit in json.loads(found)["hits"])


def test_doctor_builds_lost_indexes_anew(rag: Program, home: Path):
    for folder in ("dense", "lexical"):
        for file in (home / folder).rglob("*"):
            if file.is_file():
                file.unlink()
    assert "doctor --rebuild" in refused(rag(home, "ask", INVESTMENT), 1)
    done = rag(home, "doctor")
    assert done.returncode == 0, done.stderr
    assert "740亿元" in rag(home, "ask", INVESTMENT).stdout


def test_errors_are_one_line_and_tell_whose_they_are(rag: Program, home: Path, tmp_path: Path):
    assert "空" in refused(rag(home, "ask", " "), 2)
    assert "rag ingest" in refused(rag(tmp_path / "none", "documents"), 1)
    assert "RAG_TOP_K" in refused(rag(home, "ask", "问", RAG_TOP_K="many"), 1)
    failed = rag(home, "ingest", str(home / "writer.lock"))
    assert failed.returncode == 2
    assert "未收入" in failed.stdout
    with Application.open(settings_for(home), writable=True):
        assert "同一时间只能有一个写入者" in refused(rag(home, "ingest", str(SEEDS)), 1)
        assert rag(home, "documents").returncode == 0


def test_a_terminal_of_another_encoding_still_gets_an_answer(home: Path):
    done = rag_apart(home, "documents", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert "\\u" in done.stdout


def test_serve_fills_an_empty_library_answers_refuses_a_second_and_ends_cleanly(tmp_path: Path):
    home = tmp_path / "library"
    with served(home, "--seeds", str(SEEDS)) as (process, url):
        until_ready(process, url)
        assert httpx.get(f"{url}/readyz").json()["documents"] == 5
        assert "知引" in httpx.get(url).text
        assert "740亿元" in httpx.post(f"{url}/api/v1/ask", json={"question": INVESTMENT}).json()["answer"]
        assert "同一时间只能有一个写入者" in refused(rag_apart(home, "serve", "--port", str(free_port())), 1)
        taken = url.rsplit(":", 1)[1]
        assert taken in refused(rag_apart(tmp_path / "other", "serve", "--port", taken), 1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert re.search(r"知引已就绪：http://127\.0\.0\.1:\d+", out)
        assert "Traceback" not in err
    with Application.open(settings_for(home), writable=True) as application:
        assert application.library.check().ok


def until_listed(url: str, titles: set[str]) -> None:
    for _ in range(300):
        listed = {each["title"] for each in httpx.get(f"{url}/api/v1/documents").json()["documents"]}
        if listed == titles:
            return
        sleep(0.1)
    raise AssertionError(f"the library holds {listed}, not {titles}")


def test_serve_keeps_a_folder_and_the_library_the_same(tmp_path: Path):
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "通知.txt").write_text("关于供水的通知\n\n城北水厂九月一日停水检修。", encoding="utf-8")
    with served(tmp_path / "library", "--watch", str(folder)) as (process, url):
        until_ready(process, url)
        until_listed(url, {"关于供水的通知"})
        (folder / "另一份.txt").write_text("关于供电的通知\n\n城南片区十月二日停电。", encoding="utf-8")
        until_listed(url, {"关于供水的通知", "关于供电的通知"})
        (folder / "通知.txt").unlink()
        until_listed(url, {"关于供电的通知"})
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 0, err


def test_serve_needs_its_seeds_to_exist(rag: Program, tmp_path: Path):
    assert "nowhere" in refused(rag(tmp_path / "library", "serve", "--seeds", "nowhere"), 2)


def test_the_example_file_names_every_setting_and_no_other():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = re.findall(r"^#?RAG_(\w+)=", example, re.MULTILINE)
    assert {name.lower() for name in names} == set(Settings.model_fields)


def test_eval_asks_a_question_set_and_keeps_the_result(rag: Program, home: Path, tmp_path: Path):
    every = (ROOT / "eval" / "questions" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    few, kept = tmp_path / "few.jsonl", tmp_path / "kept.json"
    few.write_text("\n".join(every[:3]), encoding="utf-8")
    options = ("eval", "--questions", str(few), "--output", str(kept))
    assert f"结果已写入 {kept}" in rag(home, *options).stdout
    compared = rag(home, *options, "--against", str(kept))
    assert compared.returncode == 0
    assert "变好 0，变差 0" in compared.stdout
    assert refused(rag(home, "eval", "--questions", str(tmp_path / "none.jsonl")), 2)


def test_options_bound_where_a_command_looks(rag: Program, home: Path):
    plan = next(line for line in rag(home, "documents").stdout.splitlines() if "2024年区政府" in line)
    for bound in (
        ("--document", plan.split()[0][:12]),
        ("--document", "2024年区政府工作报告重点工作责任分解.txt"),
        ("--year", "2024", "--kind", "通知"),
        ("--issuer", "拱墅区人民政府办公室", "--section", "黄飞"),
    ):
        done = rag(home, "search", "投资", "--json", *bound)
        assert done.returncode == 0, done.stderr
        assert {hit["document_id"] for hit in json.loads(done.stdout)["hits"]} == {plan.split()[0]}
    answer = json.loads(rag(home, "ask", INVESTMENT, "--json", "--year", "2023").stdout)
    assert (answer["answered"], answer["refusal"]["reason"]) == (False, "no_evidence")
    assert refused(rag(home, "ask", INVESTMENT, "--document", "没有的文件.txt"), 2)


def test_tasks_are_listed_whole_with_their_count(rag: Program, home: Path):
    done = rag(home, "ask", "王一平副区长牵头哪些工作？")
    assert done.stdout.startswith("王一平副区长牵头的工作共18项：\n"), done.stderr
    assert done.stdout.count("\n[") == 18

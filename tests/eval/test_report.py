"""The report reads back as written and shows every failure."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.outcome import EvaluationReport
from eval.report import load, render, save
from rag.errors import ServiceError, UnreadableFile


def test_json_round_trip(report: EvaluationReport, tmp_path: Path):
    path = tmp_path / "reports" / "out.json"
    save(report, path)
    assert load(path) == report
    assert "食堂" in path.read_text("utf-8")


def test_files_that_are_no_report_are_refused(tmp_path: Path):
    path = tmp_path / "out.json"
    path.write_text("{}", "utf-8")
    for bad in (path, tmp_path / "absent.json"):
        with pytest.raises(UnreadableFile, match="评测结果"):
            load(bad)


def test_a_place_that_cannot_be_written_is_told(report: EvaluationReport, tmp_path: Path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ServiceError, match="file"):
        save(report, tmp_path / "file" / "out.json")


def test_shows_where_what_and_how(report: EvaluationReport):
    text = render(report)
    for said in ("small.jsonl，6 问", "2 份文件，6 段", f"{report.machine.cpus} 核", "命令：rag eval"):
        assert said in text
    for said in (
        "R@1",
        "p95ms",
        "误拒率 0.25",
        "可答问题正确率：0.500",
        "题外而拒（召回）：1.000",
        "（ECE，等宽 10 档）：作答者答对与否 0.40",
        "违约（引注对不上原文等）：0 处",
    ):
        assert said in text


def test_lists_every_failure_and_no_success(report: EvaluationReport):
    text = render(report)
    listed = text[text.index("答错、") :]
    assert "违约 4 问" in listed
    assert [name for name in ("n1", "d1", "c1", "p1", "o1", "m1") if f"{name}（" in listed] == [
        "d1",
        "c1",
        "p1",
        "m1",
    ]
    assert "应答：30台；200台" in listed
    assert "应答：拒答" in listed
    assert "实答（简答误）：新建社区食堂15个。｜新建社区食堂15个。牵头单位：区民政局[1]" in listed
    assert "引注：✓ 甲.txt 第 3 段：加装电梯200台以上。森林覆盖率24.5%。" in listed


def test_a_violation_is_listed_even_when_the_answer_is_right(report: EvaluationReport):
    first = replace(report.outcomes[0], violations=("[1] 的引文与原文不符",), standalone="新建社区食堂几个？")
    text = render(replace(report, outcomes=(first,)))
    assert "违约：[1] 的引文与原文不符" in text
    assert "理解为：新建社区食堂几个？" in text
    assert "1 处" in text


def test_all_right_is_said(report: EvaluationReport):
    assert "没有答错的问题" in render(replace(report, outcomes=report.outcomes[:1]))


def test_columns_line_up(report: EvaluationReport):
    lines = render(report).split("\n\n")[1].splitlines()
    widths = {sum(2 if ord(one) > 0x2E80 else 1 for one in line) for line in lines}
    assert len(widths) == 1

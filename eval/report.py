"""A report as people read it, and as JSON to keep and compare.

May import `rag` and pydantic; never a sibling room.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.calibration import BINS
from eval.judge import render_agreement
from eval.names import NAMES, milliseconds, share, with_bounds
from eval.outcome import Cited, EvaluationReport, Outcome
from eval.summary import FIGURES, Calibration, Figure, Row, Summary, summarise
from rag.errors import ServiceError, UnreadableFile

_SHOWN = 160  # characters of an answer or quote in the list of failures
_NAME_WIDTH = 10
_WIDTH = 7


def render(report: EvaluationReport) -> str:
    """The whole report as text: where and on what, per type, overall, then every failure."""
    summary = summarise(report.outcomes)
    parts = [
        _setting(report),
        _table(summary.rows),
        "\n".join((_overall(summary), *render_agreement(report.outcomes))),
        _failures([outcome for outcome in report.outcomes if not outcome.faultless]),
    ]
    return "\n\n".join(parts) + "\n"


def save(report: EvaluationReport, path: Path) -> None:
    """Write the report as JSON; raises ServiceError when the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            TypeAdapter(EvaluationReport).dump_json(report, indent=1, exclude_defaults=True) + b"\n"
        )
    except OSError as error:
        raise ServiceError(f"写不下评测结果 {str(path)!r}：{error}。请换一个可写的位置。") from error


def load(path: Path) -> EvaluationReport:
    """Read a saved report back; raises UnreadableFile."""
    try:
        return TypeAdapter(EvaluationReport).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise UnreadableFile(
            f"读不到评测结果 {str(path)!r}：它应是同一版本的 `rag eval` 写出的 JSON 文件。"
        ) from error


def _setting(report: EvaluationReport) -> str:
    machine, data = report.machine, report.data
    return "\n".join(
        (
            f"评测：{report.questions or '（未命名问题集）'}，{len(report.outcomes)} 问，"
            f"由 {'、'.join(report.answerers)} 作答，{report.measured_at}",
            f"文件库：{data.documents} 份文件，{data.paragraphs} 段，{data.characters} 字（不计空白）",
            f"机器：{machine.cpus} 核 {machine.architecture}，{machine.system}，Python {machine.python}；"
            "先问一遍第一题预热，不计时",
            f"命令：{report.command}",
        )
    )


def _table(rows: Sequence[Row]) -> str:
    heads = ["题型", "题数", *FIGURES, "p50ms", "p95ms"]
    lines = [heads] + [
        [
            NAMES[row.type],
            str(row.n),
            *(share(figure.value) for figure in row.figures),
            milliseconds(row.p50),
            milliseconds(row.p95),
        ]
        for row in rows
    ]
    return "\n".join(
        _pad(line[0], _NAME_WIDTH) + "".join(_pad(cell, _WIDTH, right=True) for cell in line[1:])
        for line in lines
    )


def _overall(summary: Summary) -> str:
    refusals = summary.refusals
    return "\n".join(
        (
            *map(_line, summary.overall),
            f"拒答：准 {share(refusals.precision)}，全 {share(refusals.recall)}，"
            f"误拒率 {share(refusals.false_rate)}"
            f"（该拒而拒 {refusals.rightly_refused}，该拒而答 {refusals.wrongly_answered}，"
            f"该答而拒 {refusals.wrongly_refused}）",
            *map(_line, summary.refusing),
            *_calibration(summary.calibration),
            f"用时：p50 {milliseconds(summary.p50)} ms，p95 {milliseconds(summary.p95)} ms",
            f"违约（引注对不上原文等）：{summary.violations} 处",
        )
    )


def _calibration(calibration: Calibration) -> Iterator[str]:
    yield (
        f"把握的校准误差（ECE，等宽 {BINS} 档）："
        f"作答者答对与否 {share(calibration.error)}（{calibration.n} 问）；"
        f"全部问题找到依据与否 {share(calibration.found_error)}"
    )
    yield "把握→答对：" + "，".join(
        f"{each.confidence:.2f}→{each.right:.2f}（{each.n}）" for each in calibration.bins
    )


def _line(figure: Figure) -> str:
    return f"{figure.name}：{with_bounds(figure.value, figure.bounds)}，{figure.n} 问"


def _failures(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return "没有答错的问题，简答与引注也无误。"
    return "\n\n".join(
        [f"答错、简答误或违约 {len(outcomes)} 问："] + ["\n".join(_failure(one)) for one in outcomes]
    )


def _failure(outcome: Outcome) -> Iterator[str]:
    yield f"{outcome.id}（{NAMES[outcome.type]}）{outcome.question}"
    if outcome.standalone != outcome.question:
        yield f"  理解为：{_short(outcome.standalone)}"
    yield f"  应答：{'；'.join(outcome.expected) or '拒答'}"
    fault = "（简答误）" if outcome.correct and outcome.short_right is False else ""
    given = "拒答" if outcome.refused else f"{outcome.short_answer or '—'}｜{_short(outcome.text)}"
    recall = "" if outcome.recall_at_5 is None else f"，依据召回 R@5 {outcome.recall_at_5:.2f}"
    yield f"  实答{fault}：{given}（把握 {outcome.confidence:.2f}{recall}）"
    for cited in outcome.citations:
        yield f"  引注：{_mark(cited)}{cited.document} 第 {cited.paragraph} 段：{_short(cited.quote)}"
    for sentence in outcome.unsupported:
        yield f"  无据：{_short(sentence)}"
    for violation in outcome.violations:
        yield f"  违约：{violation}"


def _mark(cited: Cited) -> str:
    return {True: "✓ ", False: "✗ ", None: ""}[cited.correct]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _pad(text: str, width: int, *, right: bool = False) -> str:
    """Pad to a width in terminal columns, where a Chinese character takes two."""
    blanks = " " * (width - sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text))
    return blanks + text if right else text + blanks

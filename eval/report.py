"""A report as people read it, and as JSON to keep and compare.

May import `rag` and pydantic; never a sibling room.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.outcome import Cited, EvaluationReport, Outcome
from eval.summary import FIGURES, Figure, Row, Summary, summarise
from rag.errors import ServiceError, UnreadableFile

NAMES = {
    "number": "数字",
    "date": "日期",
    "department": "部门",
    "person": "人物",
    "list": "列举",
    "paraphrase": "口语",
    "traditional": "繁体",
    "typo": "错字",
    "english": "英文",
    "follow_up": "追问",
    "comparison": "比较",
    "how": "怎样",
    "off_topic": "题外",
    "near_miss": "近而无",
}
_SHOWN = 160  # characters of an answer or quote in the list of failures
_NAME_WIDTH = 10
_WIDTH = 8


def render(report: EvaluationReport) -> str:
    """The whole report as text: where and on what, per type, overall, then every failure."""
    summary = summarise(report.outcomes)
    parts = [
        _setting(report),
        _table(summary.rows),
        _overall(summary),
        _failures([outcome for outcome in report.outcomes if not outcome.faultless]),
    ]
    return "\n\n".join(parts) + "\n"


def save(report: EvaluationReport, path: Path) -> None:
    """Write the report as JSON; raises ServiceError when the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TypeAdapter(EvaluationReport).dump_json(report, indent=1) + b"\n")
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
    heads = ["题型", "题数", *FIGURES, "p50 ms", "p95 ms"]
    lines = [heads] + [
        [
            NAMES[row.type],
            str(row.n),
            *(_share(figure) for figure in row.figures),
            _milliseconds(row.p50),
            _milliseconds(row.p95),
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
            *(_line(figure) for figure in summary.overall),
            f"拒答：准 {_share(refusals.precision)}，全 {_share(refusals.recall)}，"
            f"误拒率 {_share(refusals.false_rate)}"
            f"（该拒而拒 {refusals.rightly_refused}，该拒而答 {refusals.wrongly_answered}，"
            f"该答而拒 {refusals.wrongly_refused}）",
            f"用时：p50 {_milliseconds(summary.p50)} ms，p95 {_milliseconds(summary.p95)} ms",
            f"违约（引注对不上原文等）：{summary.violations} 处",
        )
    )


def _line(figure: Figure) -> str:
    if figure.value is None or figure.bounds is None:
        return f"{figure.name}：无"
    low, high = figure.bounds
    if max(figure.value, high) > 1:
        return f"{figure.name}：{figure.value:.0f}（95% 区间 {low:.0f}–{high:.0f}，{figure.n} 问）"
    return f"{figure.name}：{figure.value:.3f}（95% 区间 {low:.3f}–{high:.3f}，{figure.n} 问）"


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
    for violation in outcome.violations:
        yield f"  违约：{violation}"


def _mark(cited: Cited) -> str:
    return {True: "✓ ", False: "✗ ", None: ""}[cited.correct]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _milliseconds(value: float | None) -> str:
    return "—" if value is None else f"{value:.0f}"


def _pad(text: str, width: int, *, right: bool = False) -> str:
    """Pad to a width in terminal columns, where a Chinese character takes two."""
    blanks = " " * (width - sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text))
    return blanks + text if right else text + blanks

"""A report as one HTML file that needs nothing else: tables, plots, and every failure to be read.

May import `rag`; never a sibling room. Texts of documents are hostile: `eval.markup` escapes them, and
the page forbids itself scripts and the network.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.calibration import BINS
from eval.comparison import NO_REGRESSION, Comparison, given
from eval.drawing import reliability_plot, risk_plot
from eval.failure import article, heading
from eval.judge import render_agreement
from eval.markup import Markup, element, joined
from eval.names import NAMES, milliseconds, share, with_bounds
from eval.outcome import EvaluationReport, Outcome
from eval.summary import FIGURES, Figure, Row, Summary, summarise
from rag.errors import ServiceError

STYLE = Path(__file__).with_name("page.css")
# A share of a type below this is shown in red; the least that every type is to reach.
LOW = 0.75
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CARDS = (
    "可答问题正确率",
    "引注准确率（按段）",
    "引注召回率（按段）",
    "有引注支持的句子",
    "题外而拒（召回）",
    "近而无而拒（召回）",
    "可答而拒（误拒）",
)


def save_page(report: EvaluationReport, path: Path, *, comparison: Comparison | None = None) -> None:
    """Write the report as HTML; raises ServiceError when the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_page(report, comparison=comparison), "utf-8", errors="replace")
    except OSError as error:
        raise ServiceError(f"写不下评测报告 {str(path)!r}：{error}。请换一个可写的位置。") from error


def render_page(report: EvaluationReport, *, comparison: Comparison | None = None) -> str:
    """The whole page."""
    summary = summarise(report.outcomes)
    title = f"评测报告 · {report.questions or '未命名问题集'}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", title),
        element("style", Markup(STYLE.read_text("utf-8"))),
    )
    main = element(
        "main",
        _cards(summary),
        *_section("各题型", _types(summary.rows)),
        *_section(
            "总体",
            element("div", _overall(summary.overall), _overall(summary.refusing), cls="pair"),
        ),
        *_section("把握", *_calibration(summary)),
        *(_section("与先前相比", *_changes(comparison)) if comparison else ()),
        *_judged(report.outcomes),
        *_failures(report.outcomes),
        *_rest(report.outcomes),
        element("footer", f"命令：{report.command}"),
    )
    body = element("body", element("header", element("div", *_setting(report, title))), main)
    return "<!doctype html>\n" + element("html", head, body, lang="zh-CN") + "\n"


def _setting(report: EvaluationReport, title: str) -> Iterator[Markup]:
    machine, data = report.machine, report.data
    yield element("h1", title)
    yield element(
        "p",
        f"{len(report.outcomes)} 问，由 {'、'.join(report.answerers)} 作答；文件库 {data.documents} 份文件、"
        f"{data.paragraphs:,} 段、{data.characters:,} 字。",
    )
    yield element(
        "p",
        f"{machine.cpus} 核 {machine.architecture}，{machine.system}，Python {machine.python}，"
        f"{report.measured_at}",
        cls="soft",
    )


def _section(title: str, *children: Markup) -> tuple[Markup, ...]:
    return element("h2", title), *children


def _cards(summary: Summary) -> Markup:
    known = {figure.name: figure for figure in (*summary.overall, *summary.refusing)}
    figures = [
        (
            share(known[name].value),
            name,
            with_bounds(None, None) if not known[name].n else _range(known[name]),
        )
        for name in _CARDS
    ]
    times = (
        f"{milliseconds(summary.p50)} / {milliseconds(summary.p95)}",
        "每问毫秒 p50 / p95",
        f"违约 {summary.violations} 处",
    )
    return element(
        "div",
        *(
            element("div", element("b", value), name, element("span", note), cls="card")
            for value, name, note in (*figures, times)
        ),
        cls="cards",
    )


def _types(rows: Sequence[Row]) -> Markup:
    heads = ("题型", "题数", *FIGURES, "p50 ms", "p95 ms")
    lines = [
        element(
            "tr",
            element("td", NAMES[row.type]),
            element("td", str(row.n)),
            *map(_cell, row.figures),
            element("td", milliseconds(row.p50)),
            element("td", milliseconds(row.p95)),
        )
        for row in rows
    ]
    return _table(heads, lines)


def _cell(figure: Figure) -> Markup:
    if figure.value is None:
        return element("td", "—")
    low = figure.name == "正确" and figure.value < LOW
    return element(
        "td", share(figure.value), element("small", _range(figure)), **({"cls": "low"} if low else {})
    )


def _range(figure: Figure) -> str:
    return "" if figure.bounds is None else "–".join(f"{bound:.2f}" for bound in figure.bounds)


def _overall(figures: Sequence[Figure]) -> Markup:
    lines = [
        element(
            "tr",
            element("td", figure.name),
            element("td", with_bounds(figure.value, figure.bounds)),
            element("td", str(figure.n)),
        )
        for figure in figures
    ]
    return _table(("指标", "均值（95% 自助区间）", "问"), lines)


def _table(heads: Sequence[str], lines: Sequence[Markup]) -> Markup:
    head = element("thead", element("tr", *(element("th", name) for name in heads)))
    return element("div", element("table", head, element("tbody", *lines)), cls="wide")


def _calibration(summary: Summary) -> Iterator[Markup]:
    calibration = summary.calibration
    yield element(
        "div",
        _figure(
            reliability_plot(calibration.bins),
            f"作答的 {calibration.n} 问按把握等宽分 {BINS} 档；点越大题越多，在虚线上则说到做到。"
            f"预期校准误差（ECE）{share(calibration.error)}；"
            f"若看全部问题是否找到依据，{share(calibration.found_error)}。",
        ),
        _figure(
            risk_plot(calibration.curve),
            "门槛从高到低：作答越多，其中错的（含该拒而答的）越多；圆点是现在的门槛。"
            "用 RAG_REFUSAL_THRESHOLD=0 评测可得到整条曲线。",
        ),
        cls="plots",
    )


def _figure(plot: Markup, caption: str) -> Markup:
    return element("figure", plot, element("figcaption", caption))


def _judged(outcomes: Sequence[Outcome]) -> Iterator[Markup]:
    lines = list(render_agreement(outcomes))
    if lines:
        yield element("h2", "语言模型的评判")
        yield from (element("p", line) for line in lines)


def _changes(comparison: Comparison) -> Iterator[Markup]:
    verdict = "退步：" + "；".join(comparison.regressions) if comparison.regressions else NO_REGRESSION
    yield element(
        "p",
        f"同题 {comparison.asked} 问，变好 {len(comparison.better)}，变差 {len(comparison.worse)}"
        f"（符号检验 p = {comparison.p_value:.3f}），对不上题的 {comparison.unpaired} 问。{verdict}",
    )
    measures = [
        element("tr", *(element("td", cell) for cell in (each.name, each.described, str(each.n))))
        for each in comparison.changes
    ]
    questions = [
        element(
            "tr",
            element("td", kind),
            element("td", f"{now.id} {now.question}", cls="text"),
            element("td", f"{given(then)} → {given(now)}", cls="text"),
        )
        for kind, pairs in (("变好", comparison.better), ("变差", comparison.worse))
        for then, now in pairs
    ]
    yield element(
        "div",
        _table(("指标", "逐题相差（成对自助 95% 区间）", "问"), measures),
        *([_table(("", "问题", "从前与现在"), questions)] if questions else []),
        cls="pair",
    )


def _failures(outcomes: Sequence[Outcome]) -> Iterator[Markup]:
    failed = [outcome for outcome in outcomes if not outcome.faultless]
    yield element("h2", f"答错、简答误或违约 {len(failed)} 问")
    groups = {name: [each for each in failed if each.type == name] for name in NAMES}
    held = {name: group for name, group in groups.items() if group}
    yield element(
        "nav",
        *(element("a", f"{NAMES[name]} {len(group)}", href=f"#{name}") for name, group in held.items()),
    )
    for name, group in held.items():
        yield element("div", *map(article, group), id=name)


def _rest(outcomes: Sequence[Outcome]) -> Iterator[Markup]:
    right = [outcome for outcome in outcomes if outcome.faultless]
    yield element("h2", f"答对 {len(right)} 问")
    yield element(
        "details",
        element("summary", "逐题列出"),
        *(element("p", heading(each), joined(" ", "拒答" if each.refused else each.text)) for each in right),
    )

"""One question that went wrong, as a card of the HTML report: all that is needed to say why.

May import `rag`; never a sibling room.
"""

from collections.abc import Iterator

from eval.markup import Markup, element, joined
from eval.names import NAMES, share
from eval.outcome import Outcome


def heading(outcome: Outcome) -> Markup:
    """The question with its type and id."""
    return joined(element("span", f"{NAMES[outcome.type]} {outcome.id}", cls="chip"), outcome.question)


def article(outcome: Outcome) -> Markup:
    """What was asked, expected and given, on what, and what was found."""
    rows = (
        part for name, content in _parts(outcome) for part in (element("dt", name), element("dd", *content))
    )
    return element("article", element("h3", heading(outcome)), element("dl", *rows), id=outcome.id)


def _parts(outcome: Outcome) -> Iterator[tuple[str, tuple[str, ...]]]:
    if outcome.standalone != outcome.question:
        yield "理解为", (outcome.standalone,)
    yield "应答", ("；".join(outcome.expected) or "拒答",)
    yield "实答", (*_verdicts(outcome), outcome.text)
    yield from ((name, (text,)) for name, text in _remarks(outcome) if text)
    if outcome.citations:
        yield (
            "引注" if not outcome.refused else "最近",
            tuple(
                _quote(each.document, each.paragraph, each.quote, each.correct) for each in outcome.citations
            ),
        )
    if outcome.evidence:
        yield "依据", tuple(_quote(each.document, None, each.quote, None) for each in outcome.evidence)
    if outcome.found:
        hits = (_quote(each.document, each.paragraph, each.text, each.holds) for each in outcome.found)
        recalls = f"R@1 {share(outcome.recall_at_1)}，R@5 {share(outcome.recall_at_5)}"
        yield "找到", (element("details", element("summary", f"{len(outcome.found)} 段，{recalls}"), *hits),)


def _remarks(outcome: Outcome) -> Iterator[tuple[str, str]]:
    yield "简答", outcome.short_answer or ""
    yield "评判", outcome.judgement and f"{'对' if outcome.judged else '错'}：{outcome.judgement}"
    yield "违约", "\n".join(outcome.violations)
    yield "无据", "\n".join(outcome.unsupported)


def _verdicts(outcome: Outcome) -> Iterator[Markup]:
    """What is wrong, and how sure the assistant was."""
    if outcome.refused:
        yield element("span", "拒答", cls="chip" if outcome.correct else "chip bad")
    elif outcome.unanswerable:
        yield element("span", "该拒而答", cls="chip bad")
    elif not outcome.correct:
        yield element("span", f"只答出 {outcome.share:.2f}" if outcome.share else "答错", cls="chip bad")
    if outcome.correct and outcome.short_right is False:
        yield element("span", "简答误", cls="chip bad")
    yield element("span", f"把握 {outcome.confidence:.2f}", cls="chip")
    yield element("br")


def _quote(document: str, paragraph: int | None, text: str, right: bool | None) -> Markup:
    mark = {True: "✓ ", False: "✗ ", None: ""}[right]
    where = document if paragraph is None else f"{document} 第 {paragraph} 段"
    kind = {True: "quote yes", False: "quote no", None: "quote"}[right]
    return element("div", element("span", f"{mark}{where}"), text, cls=kind)

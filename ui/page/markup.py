"""Answers and sources as HTML for the chat page; every character from outside is escaped here.

May import the records of `rag`, the addresses, the original's marks and the words of checking.
"""

from collections.abc import Mapping, Sequence
from html import escape

from rag.answers import Answer, Citation
from rag.citing.places import describe
from rag.datatypes import Paragraph
from rag.language.chinese import squeeze
from rag.scope import Scope
from ui.checking import coverage_words
from ui.links import original_url
from ui.original.marks import Span, marked
from ui.page.intake import BUTTON
from ui.page.told import literal, told

_SURROUNDINGS = 90
_SURE, _FAIRLY_SURE = 0.8, 0.5
# Nothing is certain, whatever rounding says.
_CERTAINEST = 0.99
_INSTANT = 100
EVERYWHERE = Scope()

HEADER = (
    '<header><span class="seal" aria-hidden="true">引</span><span class="brand">知引</span>'
    '<p class="motto">中文文档问答，每句话都能点回原文</p>'
    f'{BUTTON}<nav><a href="/docs" target="_blank" rel="noopener">接口文档</a></nav></header>'
)
GREETING = '<div class="welcome"><h2>想问什么？</h2><p>回答只出自文件库里的原文，库里没有的会直说。</p></div>'
WELCOME = (
    '<div class="empty"><h3>出处</h3>'
    "<p>回答所依据的原文会列在这里，引用的文字以底色标出，点开即到原文的那一处。</p></div>"
)
SEARCHING = '<div class="empty"><h3>出处</h3><p>正在查找……</p></div>'


def log_markup(turns: Sequence[str]) -> str:
    """The conversation, or a greeting before it begins."""
    return f'<div class="turns" role="log" aria-live="polite">{"".join(turns) or GREETING}</div>'


def turn_markup(question: str, reply: str, *, scope: Scope = EVERYWHERE) -> str:
    """One turn: the question as the reader typed it, where it was to be answered from, what came of it."""
    bounds = _bounds(scope)
    within = f"<small>限定：{literal(bounds)}</small>" if bounds else ""
    return f'<article class="turn"><p class="asked">{literal(question)}{within}</p>{reply}</article>'


def writing_markup(text: str) -> str:
    """An answer under way; before its first words, a sign that it is coming."""
    return f'<div class="answer writing">{literal(text) or "正在查找原文……"}</div>'


def failure_markup(message: str) -> str:
    """Why there is neither answer nor refusal."""
    return f'<div class="answer"><p class="note">{literal(message)}</p></div>'


def answer_markup(answer: Answer) -> str:
    """The whole answer: how its question was read, its short form, its text checked, how sure it is."""
    addresses = {citation.number: original_url(citation) for citation in reversed(answer.citations)}
    text = told(answer.text, addresses, answer.claims)
    short = answer.short_answer
    head = f'<div class="short">{literal(short)}</div>' if short and answer.answered else ""
    standing = f'<p class="note">{_standing(answer)}</p>'
    return f'<div class="answer">{_understood(answer)}{head}<div>{text}</div>{standing}</div>'


def sources_markup(
    answer: Answer, paragraphs: Mapping[tuple[str, int], Paragraph], texts: Mapping[str, str]
) -> str:
    """The sources as cards, each with its quote marked in the paragraph around it."""
    if not answer.citations:
        return '<div class="empty"><h3>出处</h3><p>没有找到相关的原文。</p></div>'
    heading = "出处" if answer.answered else "最接近的原文"
    cards = "".join(_card(citation, paragraphs, texts) for citation in answer.citations)
    return f'<h3>{heading}<small>{len(answer.citations)} 处</small></h3><ol class="sources">{cards}</ol>'


def _understood(answer: Answer) -> str:
    """How a question that leans on the conversation was read."""
    if squeeze(answer.standalone_question) == squeeze(answer.question):
        return ""
    return f'<p class="understood">理解为：{literal(answer.standalone_question)}</p>'


def _bounds(scope: Scope) -> str:
    """Where was looked, in words; "" for everywhere."""
    parts = (
        *(f"{year}年" for year in sorted(scope.years)),
        *sorted(scope.kinds),
        *sorted(scope.issuers),
        *((f"{len(scope.document_ids)} 份文件",) if scope.document_ids else ()),
    )
    return "、".join(parts)


def _standing(answer: Answer) -> str:
    """How the answer stands, in words."""
    if not answer.answered:
        return "可以换个说法再问，也可以看看列出的原文。" if answer.citations else "可以换个说法再问。"
    by = "摘自原文" if answer.answerer == "extractive" else f"由 {literal(answer.answerer)} 根据原文撰写"
    parts = (_sureness(answer.confidence), coverage_words(answer), by, _duration(answer.timings.total))
    return " · ".join(part for part in parts if part)


def _duration(milliseconds: float) -> str:
    return "不到\u00a00.1\u00a0秒" if milliseconds < _INSTANT else f"{milliseconds / 1000:.1f}\u00a0秒"


def _sureness(confidence: float) -> str:
    share = f"{min(confidence, _CERTAINEST):.0%}"
    if confidence >= _SURE:
        return f"把握较大（{share}）"
    if confidence >= _FAIRLY_SURE:
        return f"有一定把握（{share}）"
    return f"把握不大（{share}），请核对原文"


def _card(
    citation: Citation, paragraphs: Mapping[tuple[str, int], Paragraph], texts: Mapping[str, str]
) -> str:
    section = (
        f'<div class="section">{literal(" › ".join(citation.section))}</div>' if citation.section else ""
    )
    where = describe(citation.places) or f"第 {citation.paragraph} 段"
    return (
        f'<li><a href="{escape(original_url(citation))}" target="_blank" rel="noopener">'
        f'<div class="head"><span class="number">{citation.number}</span>'
        f'<span class="title">{literal(citation.title)}</span></div>{section}'
        f'<div class="quote">{_excerpt(citation, paragraphs, texts)}</div>'
        f'<div class="foot">{literal(where)}<span>查看原文 ↗</span></div></a></li>'
    )


def _excerpt(
    citation: Citation, paragraphs: Mapping[tuple[str, int], Paragraph], texts: Mapping[str, str]
) -> str:
    """The quote marked between what stands before and after it; alone when its paragraph is gone."""
    paragraph = paragraphs.get((citation.document_id, citation.paragraph))
    raw = texts.get(citation.document_id)
    if paragraph is None or raw is None:
        return f"<mark>{literal(citation.quote)}</mark>"
    pieces = marked(paragraph, raw, Span(citation.start, citation.end))
    return "".join(_piece(text, cited, place == 0) for place, (text, cited) in enumerate(pieces))


def _piece(text: str, cited: bool, first: bool) -> str:
    if cited:
        return f"<mark>{literal(text)}</mark>"
    if len(text) <= _SURROUNDINGS:
        return literal(text)
    return f"…{literal(text[-_SURROUNDINGS:])}" if first else f"{literal(text[:_SURROUNDINGS])}…"

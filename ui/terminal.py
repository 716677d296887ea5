"""Answers, hits and documents as text for a terminal.

May import the records of `rag` and of ingest. Text from documents cannot steer the terminal.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from ingest.report import FileResult, Outcome
from rag.answers import Answer, Citation
from rag.citing.places import describe
from rag.datatypes import Hit, StoredDocument
from rag.language.chinese import squeeze
from rag.retrieval.features import LABELS
from ui.checking import coverage_words, doubt

OUTCOMES: dict[Outcome, str] = {
    "added": "已收入",
    "replaced": "已替换",
    "unchanged": "无变化",
    "failed": "未收入",
}


def plain(text: str) -> str:
    """The text without control characters, line breaks kept."""
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


def answer_text(answer: Answer) -> str:
    """The answer, then its sources with their quotes."""
    return plain("\n".join(_answer_lines(answer)))


def hits_text(hits: Sequence[Hit], *, explain: bool = False) -> str:
    """Paragraphs found, best first; `explain` adds what each part gave to their scores."""
    if not hits:
        return "没有找到相关段落。"
    told = (f"{_hit(place, hit)}{_reasons(hit) if explain else ''}" for place, hit in enumerate(hits, 1))
    return plain("\n\n".join(told))


def documents_text(documents: Sequence[StoredDocument]) -> str:
    """One line per document."""
    if not documents:
        return "文件库是空的。可用 `rag ingest 文件或文件夹` 导入文件。"
    lines = (
        f"{each.id}  {each.paragraphs:>5} 段  {each.ingested_at[:10]}  {PurePath(each.source).name}"
        for each in documents
    )
    return plain("\n".join((*lines, f"共 {len(documents)} 份文件。")))


def outcome_text(result: FileResult) -> str:
    """What became of one file."""
    line = f"{OUTCOMES[result.outcome]}  {PurePath(result.path).name}"
    return plain(f"{line}：{result.reason}" if result.reason else line)


def _answer_lines(answer: Answer) -> Iterator[str]:
    if squeeze(answer.standalone_question) != squeeze(answer.question):
        yield f"理解为：{answer.standalone_question}"
        yield ""
    yield answer.text
    if answer.citations:
        yield ""
        yield "出处：" if answer.answered else "最接近的段落："
        for citation in answer.citations:
            yield f"[{citation.number}] {_where(citation)}"
            yield f"    “{citation.quote}”"
    if answer.answered:
        yield ""
        for claim in answer.claims:
            if not claim.supported:
                yield f"⚠ “{claim.text}”{doubt(claim)}"
        checked = f"核对：{coverage_words(answer)}；" if answer.claims else ""
        yield f"{checked}把握：{min(answer.confidence, 0.99):.0%}"


def _where(citation: Citation) -> str:
    section = f" {' > '.join(citation.section)}" if citation.section else ""
    where = describe(citation.places) or f"第 {citation.paragraph} 段"
    return f"《{citation.title}》{section}（{where}）"


def _hit(place: int, hit: Hit) -> str:
    found = hit.paragraph
    section = f" {' > '.join(found.section)}" if found.section else ""
    return f"{place}. 《{hit.title}》{section}（第 {found.number} 段，得分 {hit.score:.3f}）\n   {found.text}"


def _reasons(hit: Hit) -> str:
    """The parts of the score, largest first, and how many paragraphs say the same."""
    parts = sorted(hit.parts, key=lambda part: -abs(part.contribution))
    lines = [
        f"   {part.contribution:+8.3f} = {part.value:7.3f} × {part.weight:.3f}  {LABELS[part.name]}"
        for part in parts
        if part.contribution
    ]
    if hit.alike:
        lines.append(f"   另有 {len(hit.alike)} 段内容几乎相同，未另列出")
    return "".join(f"\n{line}" for line in lines)

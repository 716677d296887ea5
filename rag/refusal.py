"""Saying that the library does not hold the answer, with the nearest places for the reader to look.

May import the core.
"""

from rag.answers import Refusal, RefusalReason
from rag.datatypes import Evidence, Question, QuestionKind
from rag.evidence import in_context
from rag.markers import literal
from rag.question import named_years

# Nearest paragraphs shown with a refusal.
NEAREST = 3

_MESSAGES: dict[RefusalReason, str] = {
    "empty_library": "文件库还是空的，请先收入文件（rag ingest 文件或文件夹）。",
    "no_evidence": "文件库中没有找到与“{question}”有关的内容。",
    "weak_evidence": "文件库中没有找到能回答“{question}”的内容。",
}
_KINDS: dict[QuestionKind, str] = {
    "number": "数字",
    "date": "时间",
    "person": "人名",
    "department": "单位",
}


def refuse(
    question: Question, evidence: Evidence, *, empty: bool, bounded: bool = False, untold: str = ""
) -> Refusal:
    """The refusal that fits: nothing stored, nothing found, or nothing that answers.

    `bounded` when only a part of the library was asked, `untold` what the task records do not say.
    """
    reason: RefusalReason = "empty_library" if empty else "weak_evidence" if evidence.hits else "no_evidence"
    message = _MESSAGES[reason].format(question=question.standalone)
    if reason == "no_evidence" and bounded:
        message = f"{message}只查了限定的范围，可放宽后再问。"
    if untold and reason != "empty_library":
        return Refusal(reason, untold)
    lacking = _lacking(question, evidence) if reason == "weak_evidence" else ""
    return Refusal(reason, f"{message}{lacking}")


def _lacking(question: Question, evidence: Evidence) -> str:
    """What was looked for and is not in the nearest paragraphs, where that can be told."""
    text = "\n".join(piece for hit in evidence.hits for piece in in_context(hit, hit.paragraph.text))
    years = [year for year in named_years(question.query) if year not in text]
    if years:
        return f"相近的段落里没有提到{'、'.join(years)}年。"
    kind = _KINDS.get(question.kind)
    if kind and not any(passage.fits for passage in evidence.passages):
        return f"相近的段落里没有所问的{kind}。"
    return ""


def nearest(refusal: Refusal, evidence: Evidence) -> str:
    """The refusal as an answer text, pointing with handles at the nearest paragraphs, if there are any."""
    handles = list(dict.fromkeys(passage.handle for passage in evidence.passages))[:NEAREST]
    message = literal(refusal.message)
    if not handles:
        return message
    return f"{message}以下内容最接近，供参考：{''.join(f'[{handle}]' for handle in handles)}"

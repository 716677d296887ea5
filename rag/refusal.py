"""Saying that the library does not hold the answer, with the nearest places for the reader to look.

May import the core.
"""

from rag.datatypes import Evidence, Question, Refusal, RefusalReason
from rag.markers import literal

# Nearest paragraphs shown with a refusal.
NEAREST = 3

_MESSAGES: dict[RefusalReason, str] = {
    "empty_library": "文件库还是空的，请先收入文件（rag ingest 文件或文件夹）。",
    "no_evidence": "文件库中没有找到与“{question}”有关的内容。",
    "weak_evidence": "文件库中没有找到能回答“{question}”的内容。",
}


def refuse(question: Question, evidence: Evidence, *, empty: bool) -> Refusal:
    """The refusal that fits: nothing stored, nothing found, or nothing that answers."""
    reason: RefusalReason = "empty_library" if empty else "weak_evidence" if evidence.hits else "no_evidence"
    return Refusal(reason, _MESSAGES[reason].format(question=question.standalone))


def nearest(refusal: Refusal, evidence: Evidence) -> str:
    """The refusal as an answer text, pointing with handles at the nearest paragraphs, if there are any."""
    handles = list(dict.fromkeys(passage.handle for passage in evidence.passages))[:NEAREST]
    message = literal(refusal.message)
    if not handles:
        return message
    return f"{message}以下内容最接近，供参考：{''.join(f'[{handle}]' for handle in handles)}"

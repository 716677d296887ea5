"""Saying that the library does not hold the answer, with the nearest places for the reader to look.

May import the core.
"""

from rag.answer.lacking import another_year, lacking
from rag.answers import Refusal, RefusalReason
from rag.datatypes import Evidence, Question
from rag.documents.atlas import missing_places
from rag.markers import literal

# Nearest paragraphs shown with a refusal.
NEAREST = 3

_INNER = str.maketrans("“”", "‘’")
_MESSAGES: dict[RefusalReason, str] = {
    "empty_library": "文件库还是空的，请先收入文件（rag ingest 文件或文件夹）。",
    "no_evidence": "文件库中没有找到与“{question}”有关的内容。",
    "weak_evidence": "文件库中没有找到能回答“{question}”的内容。",
}


def refuse(
    question: Question, evidence: Evidence, *, empty: bool, bounded: bool = False, untold: str = ""
) -> Refusal:
    """The refusal that fits: nothing stored, nothing found, or nothing that answers.

    `bounded` when only a part of the library was asked, `untold` what the task records do not say.
    """
    reason: RefusalReason = "empty_library" if empty else "weak_evidence" if evidence.hits else "no_evidence"
    message = _MESSAGES[reason].format(question=_inside(question.standalone))
    if reason == "no_evidence" and bounded:
        message = f"{message}只查了限定的范围，可放宽后再问。"
    if untold and reason != "empty_library":
        return Refusal(reason, untold)
    if reason != "weak_evidence":
        return Refusal(reason, message)
    known = missing_places(question) or another_year(question, evidence)
    return Refusal(reason, known or f"{message}{lacking(question, evidence)}")


def _inside(question: str) -> str:
    """A question to stand in quotation marks: its own become the inner ones."""
    return question.translate(_INNER)


def nearest(refusal: Refusal, evidence: Evidence) -> str:
    """The refusal as an answer text, pointing with handles at the nearest paragraphs, if there are any."""
    ranked = [passage.handle for passage in evidence.passages] or range(1, len(evidence.hits) + 1)
    handles = list(dict.fromkeys(ranked))[:NEAREST]
    message = literal(refusal.message)
    if not handles:
        return message
    return f"{message}以下内容最接近，供参考：{''.join(f'[{handle}]' for handle in handles)}"

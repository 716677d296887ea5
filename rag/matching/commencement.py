"""When a document named came into force, or was issued or passed: what it says of itself.

May import the core. The sentence shares a verb with the question and nothing else; that the document is the
one named is what makes it the answer.
"""

import re

from rag.datatypes import Evidence, Passage, Question
from rag.language.chinese import normalise

_FORCE = r"施行|实施|生效|执行|实行"
_ISSUED = r"公布|发布|颁布|印发"
_PASSED = r"通过"
_WHEN = (
    r"(?:是|从|自|在)?(?:什么时候|什么时间|何时|几时|哪一?[年天日]|几月几[号日]|几号|啥时候)"
    r"(?:起|才|开始|正式|被)*的?"
)
_ACTS = tuple(
    (
        re.compile(rf"{_WHEN}(?:{verbs})|(?:{verbs})(?:的?(?:日期|时间)|是?在?(?:什么时候|何时|哪))"),
        re.compile(told),
    )
    for verbs, told in (
        (
            _FORCE,
            rf"(?:自|从|于)[^，。；]{{2,16}}(?:起|开始|日)(?:正式)?(?:{_FORCE})|\d日\s*(?:起\s*)?(?:{_FORCE})",
        ),
        (_ISSUED, rf"\d日[^，。；]{{0,24}}(?:{_ISSUED})|[（(][^（）()]*\d日[^（）()]*(?:{_ISSUED})"),
        (_PASSED, rf"\d日[^，。；]{{0,40}}(?:{_PASSED})"),
    )
)
# 本条例自…起施行 says it of the whole; 前款规定自…起施行 of a part.
_OF_ITSELF = re.compile(r"本(?:法|条例|办法|规定|细则|规则|决定|制度|通知|意见|方案|章程)")


def tells_of_itself(question: Question, text: str) -> bool:
    """Whether a document named is asked when it came into force, was issued or passed, and a text says so."""
    said = normalise(text)
    return bool(question.aim.within) and any(
        asked.search(question.query) and told.search(said) for asked, told in _ACTS
    )


def of_itself_first(question: Question, evidence: Evidence) -> Evidence:
    """The evidence with the sentence first that says it of the whole document, of those that say it."""
    telling = [
        passage
        for passage in evidence.passages
        if _inside(question, evidence, passage) and tells_of_itself(question, passage.text)
    ]
    if not telling:
        return evidence
    return evidence.led_by(
        next((passage for passage in telling if _OF_ITSELF.search(passage.text)), telling[0])
    )


def _inside(question: Question, evidence: Evidence, passage: Passage) -> bool:
    return evidence.hits[passage.handle - 1].paragraph.document_id in question.aim.within

"""Resolving a follow-up: a question that leans on the one before is made to stand alone, by rules.

May import the core's records. The result is shown to the person, so it must read as a question.
"""

import re
from collections.abc import Sequence

from rag.datatypes import Turn

_TAIL = re.compile(
    r"(?P<focus>.+?)(?P<tail>(?:的?(?:目标|指标|任务|时间|数量|规模|牵头单位|负责人)?(?:值)?(?:是|为|有|在|要|将|由|归|计划|预计)?)?"
    r"(?:多少|几[个家台户项套所亩人场条处名]|什么|哪|谁|如何|怎么|怎样|何时|多大|多长).*)$"
)
_HEAD = re.compile(
    r"(?P<head>^(?:请问)?(?:是|由)?(?:哪个|哪些|哪家|谁|什么|哪位)(?:部门|单位|局|人|领导|副?区长)?(?:来|在)?"
    r"(?:牵头|负责|主管|承办|推进|落实|提出)(?:推进|实施|开展|的是|的)?)(?P<focus>.+?)[?？]?$"
)
_ELLIPSIS = re.compile(r"^(?:那么|那|然后|还有|另外|至于)?[,，]?(?P<topic>.{1,30}?)(?:又)?呢[?？。]*$")
_PRONOUN = re.compile(
    r"(?:它|他|她|其|(?:这|该|此|上述|前述|刚才(?:说的)?(?:那|这)?)(?:一)?"
    r"(?:个|项|家|位|些|类|份)?(?:工作|任务|目标|项目|部门|单位|局|工程|指标|活动|文件|人|领导|事|计划)?)(?:们)?(?:的)?"
)
_LEANS = re.compile(
    r"^(?:那么|那|还有|另外|其中|这|该|它|其|他|她|由谁|谁|哪|什么时候|何时|多少|有多少|具体|为什么|怎么|如何)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,9}?(?:局|委员会|管委会|办公室|分局|大队|总工会|残联|红十字会|街道|办)")
_LEADER = re.compile(r"[\u4e00-\u9fff]{2,3}?(?:常务副区长|副区长|区长|常委)")
_SHORT = 14  # characters: a question shorter than this that names no topic of its own leans on the last one


def resolve(question: str, history: Sequence[Turn]) -> str:
    """The question made readable without the conversation; unchanged when it already is."""
    asked = [turn.content.strip() for turn in history if turn.role == "user" and turn.content.strip()]
    standalone = ""
    for text in (*asked, question):
        standalone = _lean_on(standalone, text) if standalone else text
    return standalone


def _lean_on(previous: str, question: str) -> str:
    """One step of the conversation: what `question` means right after `previous`."""
    ellipsis = _ELLIPSIS.match(question)
    if ellipsis:
        return _substitute(previous, ellipsis["topic"].strip("的"))
    focus = _focus(previous)
    if _LEANS.match(question) or len(question) <= _SHORT:
        pronoun = _PRONOUN.search(question)
        if pronoun:
            owner = "的" if pronoun.group().endswith("的") else ""
            return f"{question[: pronoun.start()]}{focus}{owner}{question[pronoun.end() :]}"
        if len(question) <= _SHORT and _LEANS.match(question):
            return f"{focus}，{question}"
    return question


def _substitute(previous: str, topic: str) -> str:
    """The previous question asked of another year, department, leader or topic."""
    for slot in (_YEAR, _LEADER, _UNIT):
        held = slot.search(previous)
        if held and slot.fullmatch(topic):
            return f"{previous[: held.start()]}{topic}{previous[held.end() :]}"
    head = _HEAD.match(previous)
    if head:
        return f"{head['head']}{topic}？"
    tail = _TAIL.match(previous)
    year = _YEAR.match(previous)
    lead = year.group() if year and not _YEAR.search(topic) else ""
    return f"{lead}{topic}{tail['tail']}" if tail else f"{topic}，{previous}"


def _focus(question: str) -> str:
    """What a question is about, without its asking words."""
    for pattern in (_HEAD, _TAIL):
        match = pattern.match(question)
        if match:
            return match["focus"].strip("，,。？? 的")
    return question.rstrip("？?。！! 吗呢")

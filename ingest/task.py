"""Task items of a work plan: number, text, lead units, and the leader whom their heading names.

May import the core.
"""

import re

from rag.chinese import squeeze

_LEAD = re.compile(r"[(（]?(?:牵头|责任|主办|承办|负责|主责|落实|实施)(?:单位|部门)\s*[:：]\s*")
# Another field of the task ends the list of lead units: 配合单位：…, 完成时限：…
_NEXT_FIELD = re.compile(r"[；;，,\s]*[\u4e00-\u9fff]{2,6}\s*[:：]|[；;。]")
_REMARK = re.compile(r"[（(][^（）()]*(?:下同|牵头|汇总|列第|排名|按职责|分工)[^（）()]*[）)]")
_SEPARATOR = re.compile(r"[、，,；;]|\s+")
_LEADER = re.compile(
    r"(?P<person>[\u4e00-\u9fff]{2,4}?)"
    r"(?P<post>(?:区委|县委|市委|省委)?(?:常务)?副?(?:区长|市长|县长|省长|镇长|乡长|州长|盟长|书记|主任|局长|部长)|(?:区委|县委|市委)?常委)"
    r"(?:同志)?(?:负责|牵头|分管|领衔|主抓|包干)"
)
_LONGEST_HEADING = 60


def read_lead_units(text: str) -> tuple[str, ...]:
    """牵头单位：区政府办公室、各街道办事处（列第一位的为牵头单位，下同） -> both units."""
    match = _LEAD.match(text)
    if match is None:
        return ()
    written = _REMARK.sub("", text[match.end() :])
    end = _NEXT_FIELD.search(written)
    written = written[: end.start()] if end else written
    units = (unit.strip("（()）") if _unbalanced(unit) else unit for unit in _SEPARATOR.split(written))
    return tuple(dict.fromkeys(unit for unit in map(squeeze, units) if unit))


def find_leader(heading: str) -> tuple[str, str] | None:
    """The person and the post that a heading puts in charge: 二、黄飞常务副区长牵头工作."""
    if len(heading) > _LONGEST_HEADING:
        return None
    match = _LEADER.search(heading)
    return (match["person"], match["post"]) if match else None


def _unbalanced(unit: str) -> bool:
    return (unit.count("（") + unit.count("(")) != (unit.count("）") + unit.count(")"))

"""Task items of a work plan: number, text, lead units, and the leader whom their heading names.

May import the core.
"""

import re

from rag.chinese import squeeze

# A person and the post, which may be missing.
Leader = tuple[str, str | None]

_LEAD = re.compile(r"[(（]?(?:牵头|责任|主办|承办|负责|主责|落实|实施)(?:单位|部门)\s*[:：]\s*")
# Another field of the task ends the list of lead units: 配合单位：…, 完成时限：…
_NEXT_FIELD = re.compile(r"[；;，,\s]*[\u4e00-\u9fff]{2,6}\s*[:：]|[；;。]")
_INLINE = re.compile(r"[（(](?:牵头|责任|主办|承办|负责|主责|落实|实施)(?:单位|部门)\s*[:：]")
_LONGEST_FIELD = 300
_REMARK = re.compile(r"[（(][^（）()]*(?:下同|牵头|汇总|列第|排名|按职责|分工)[^（）()]*[）)]")
# 各县（市、区）人民政府 is one unit: what stands in brackets does not part units.
_UNIT = re.compile(r"(?:[^、，,；;\s（）()]|[（(][^（）()]*[）)])+")
_LEADER = re.compile(
    r"(?P<person>[\u4e00-\u9fff]{2,4}?)"
    r"(?P<post>(?:区委|县委|市委|省委)?(?:常务)?副?(?:区长|市长|县长|省长|镇长|乡长|州长|盟长|书记|主任|局长|部长)|(?:区委|县委|市委)?常委)"
    r"(?:同志)?(?:负责|牵头|分管|领衔|主抓|包干)"
)
_LEADER_FIELD = re.compile(
    r"(?:牵头|责任|分管|包干|联系)(?:区)?领导\s*[:：]\s*(?P<person>[\u4e00-\u9fff]{2,4}?)"
    r"(?P<post>(?:常务)?副?(?:区长|市长|县长|书记|主任|局长|部长)|常委)?\s*$"
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
    return tuple(dict.fromkeys(map(squeeze, _UNIT.findall(written))))


def read_inline_units(text: str) -> tuple[int, tuple[str, ...]]:
    """Where the text of an item ends and which units stand in the brackets that close it, if they do.

    推进扩面。（责任单位：区教育局、区财政局） -> (5, both units); without brackets (len(text), ()).
    """
    tail = max(0, len(text) - _LONGEST_FIELD)
    for match in _INLINE.finditer(text, tail):
        if text.rstrip("。").endswith(("）", ")")):
            return match.start(), read_lead_units(text[match.start() + 1 :].rstrip("。")[:-1])
    return len(text), ()


def read_leader(text: str) -> Leader | None:
    """责任领导：黄飞常务副区长 -> person and post; the post may be missing."""
    match = _LEADER_FIELD.match(text)
    return (match["person"], match["post"]) if match else None


def find_leader(heading: str) -> Leader | None:
    """The person and the post that a heading puts in charge: 二、黄飞常务副区长牵头工作."""
    if len(heading) > _LONGEST_HEADING:
        return None
    match = _LEADER.search(heading)
    return (match["person"], match["post"]) if match else None

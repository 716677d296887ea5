"""Tasks of a work plan: the units, leader and deadline that fields, brackets and headings name.

May import the core.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.field import Field, field_of
from ingest.signature import is_unit
from rag.language.chinese import squeeze

# A person and the post, which may be missing.
Leader = tuple[str, str | None]

_LABEL = re.compile(r"(?:^|(?<=[；;，,。\s（(]))(?P<label>[\u4e00-\u9fff]{2,8})\s*[:：]\s*")
_VALUE_END = re.compile(r"[；;。]")
_INLINE = re.compile(
    r"[（(](?=(?P<label>[\u4e00-\u9fff]{2,8})\s*[:：])[^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]"
)
# （市发改委牵头，市财政局等按职责分工负责）, （市民政局负责）
_CLOSED_BY = re.compile(
    r"[（(]由?(?P<lead>[^（）():：。；]{2,100}?)(?:牵头(?:负责)?(?:[，,、；](?P<others>[^（）():：。]{2,200}))?|(?:等?按(?:照)?职责分工)?负责)[）)]"
)
_SHARE = re.compile(r"(?:等)?(?:配合|参加|参与|协同|协助|按(?:照)?(?:职责|职能)?分工(?:别)?负责|负责|落实)+$")
_LONGEST_FIELD = 300
_REMARK = re.compile(r"[（(][^（）()]*(?:下同|牵头|汇总|列第|排名|按职责|分工)[^（）()]*[）)]")
# 各县（市、区）人民政府 is one unit: what stands in brackets does not part units.
_UNIT = re.compile(r"(?:[^、，,；;\s（）()]|[（(][^（）()]*[）)])+")
_POST = (
    r"(?:区委|县委|市委|省委|党组|党委)?(?:常务)?副?"
    r"(?:区长|市长|县长|省长|镇长|乡长|州长|盟长|书记|主任|局长|部长|秘书长|院长|校长|处长|科长)|(?:区委|县委|市委|省委)?常委"
)
_LEADER = re.compile(
    rf"(?P<person>[\u4e00-\u9fff]{{2,4}}?)(?P<post>{_POST})(?:同志)?(?:负责|牵头|分管|领衔|主抓|包干)"
)
_PERSON = re.compile(rf"(?P<person>[\u4e00-\u9fff]{{2,4}}?)(?P<post>{_POST})?(?:同志)?\s*(?:$|[、，,；;（(])")
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Duties:
    """Who leads a task, who takes part, the leader in charge, and until when, as far as it says."""

    units: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    leader: Leader | None = None
    deadline: str | None = None


def read_duties(fields: Iterable[tuple[Field, str]]) -> Duties:
    """The duties that fields and their values state; 责任单位 lead where nobody else does."""
    values: dict[Field, str] = {}
    for field, value in fields:
        values.setdefault(field, value)
    lead, charged = read_units(values.get(Field.LEAD, "")), read_units(values.get(Field.CHARGED, ""))
    units = lead or charged
    others = (*(charged if lead else ()), *read_units(values.get(Field.SUPPORT, "")))
    return Duties(
        units=units,
        responsible=tuple(dict.fromkeys(unit for unit in others if unit not in units)),
        leader=_read_person(values.get(Field.LEADER, "")),
        deadline=values.get(Field.DEADLINE, "").strip("。；;，, \t\n") or None,
    )


def read_fields(text: str) -> list[tuple[Field, str]]:
    """The labelled fields of a text in order: 牵头单位：区商务局；完成时限：6月底 -> both."""
    labels = list(_LABEL.finditer(text))
    fields = []
    for place, label in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        stop = _VALUE_END.search(text, label.end(), end)
        field = field_of(label["label"])
        if field is not None:
            fields.append((field, text[label.end() : stop.start() if stop else end].strip()))
    return fields


def read_units(value: str) -> tuple[str, ...]:
    """区政府办公室、各街道办事处（列第一位的为牵头单位，下同） -> both units."""
    return tuple(dict.fromkeys(map(squeeze, _UNIT.findall(_REMARK.sub("", value)))))


def read_inline(text: str) -> tuple[int, Duties]:
    """Where the text of an item ends and the duties in the brackets that close it, if they do.

    推进扩面。（责任单位：区教育局、区财政局） -> (5, both units); without brackets (len(text), none).
    """
    if not text.rstrip("。").endswith(("）", ")")):
        return len(text), Duties()
    tail = max(0, len(text) - _LONGEST_FIELD)
    brackets = [match for match in _INLINE.finditer(text, tail) if field_of(match["label"]) is not None]
    if brackets:
        fields = [field for match in brackets for field in read_fields(match.group()[1:-1])]
        return brackets[0].start(), read_duties(fields)
    led = list(_CLOSED_BY.finditer(text, tail))
    if led and led[-1].end() >= len(text.rstrip("。")):
        return _read_shares(led[-1], len(text))
    return len(text), Duties()


def _read_shares(led: re.Match[str], length: int) -> tuple[int, Duties]:
    """（市发改委牵头，市财政局配合）; brackets that name no units are text."""
    others = _SHARE.sub("", led["others"] or "")
    duties = read_duties([(Field.LEAD, led["lead"]), (Field.SUPPORT, others)])
    units = all(is_unit(unit) or unit.startswith("各") for unit in duties.units)
    return (led.start(), duties) if units and duties.units else (length, Duties())


def read_trailing(text: str) -> tuple[int, Duties]:
    """Where the text of an item ends and the duties in the sentences that close it, if they do.

    办好培训12次。责任人：徐静。完成时间：12月底。 -> (8, both); without such sentences (len(text), none).
    """
    labels = list(_LABEL.finditer(text, max(0, len(text) - _LONGEST_FIELD)))
    begin = len(text)
    end = len(text.rstrip("。；; "))
    for label in reversed(labels):
        stop = _VALUE_END.search(text, label.end(), end)
        if field_of(label["label"]) is None or (stop is not None and stop.start() != begin - 1):
            break
        begin = end = label.start()
        end = len(text[:end].rstrip("。；; "))
    return (begin, read_duties(read_fields(text[begin:]))) if 0 < begin < len(text) else (len(text), Duties())


def find_leader(heading: str) -> Leader | None:
    """The person and the post that a heading puts in charge: 二、黄飞常务副区长牵头工作."""
    if len(heading) > _LONGEST_HEADING:
        return None
    match = _LEADER.search(heading)
    return (match["person"], match["post"]) if match else None


def _read_person(value: str) -> Leader | None:
    """黄飞常务副区长 -> person and post; the post may be missing."""
    match = _PERSON.match(value.strip())
    return (match["person"], match["post"]) if match else None

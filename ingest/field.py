"""The fields of a task by the labels that plans and tables give them: 牵头单位, 配合部门, 完成时限.

May import the core.
"""

import re
from enum import Enum, auto

from rag.language.chinese import squeeze


class Field(Enum):
    """What a label announces. CHARGED (责任单位) leads where no other unit is said to lead."""

    NUMBER = auto()
    TASK = auto()
    LEAD = auto()
    CHARGED = auto()
    SUPPORT = auto()
    LEADER = auto()
    DEADLINE = auto()


_BODY = "(?:单位|部门|处室|科室|机构|地区|方)"
_LABELS = (
    (Field.NUMBER, r"序号|编号|任务编号|任务序号|№|No\.?"),
    (Field.LEAD, rf"(?:牵头|主责|主办|承办|负责|主管|主要责任|第一责任|牵头责任|牵头负责){_BODY}|牵头"),
    (Field.CHARGED, rf"(?:责任|落实|实施|完成|执行){_BODY}|责任主体|责任分工"),
    (
        Field.SUPPORT,
        rf"(?:配合|协同|协办|参与|参加|协助|共同责任|配合责任|责任配合|协作){_BODY}|配合|参与",
    ),
    (
        Field.LEADER,
        r"(?:牵头|责任|分管|包干|包抓|联系|挂钩|挂帅|主管|负责|领衔)(?:区|市|县|校|局)?领导|(?:第一)?(?:责任|负责|牵头)人",
    ),
    (
        Field.DEADLINE,
        r"(?:完成|办结|整改|落实|推进|计划完成|拟完成|目标)?(?:时限|期限)(?:要求)?|(?:完成|办结|计划完成|截止|整改)(?:时间|日期)"
        r"|时间节点|时间要求|完成节点",
    ),
    (
        Field.TASK,
        r"(?:重点|主要|工作|目标|具体|年度|细化|建设|整改|改革|分解)*"
        r"(?:任务|工作|事项|举措|措施|内容|项目)(?:名称|内容|分解|清单|目标|要求)*",
    ),
)
_PATTERNS = tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in _LABELS)
_LABEL = re.compile(r"([\u4e00-\u9fff]{2,8})\s*[:：]")
_REMARK = re.compile(r"[（(][^（）()]*[）)]")


def field_of(label: str) -> Field | None:
    """The field that a label or a column's header announces; remarks in brackets do not count."""
    bare = squeeze(_REMARK.sub("", label))
    return next((field for field, pattern in _PATTERNS if pattern.fullmatch(bare)), None)


def opens_duty(text: str) -> bool:
    """Whether a line begins by saying who does a task, or until when: 牵头单位：…"""
    label = _LABEL.match(text)
    return label is not None and field_of(label.group(1)) not in (None, Field.NUMBER, Field.TASK)

"""Whom a rule binds or empowers: 用人单位应当…, 由所在单位代扣代缴, 全体业主组成业主大会.

May import the core's names. Rules seldom name a person or an office; who is to act is the subject of the
clause, or stands behind 由.
"""

import re

from rag.language.names import Span

# Who is asked to do something, not who somebody is.
_DOES = re.compile(
    r"(?:由|归|让|找|该|应由)谁|谁(?:来|去|要|该|应|负责|承担|出|交|缴|付|给|管|审|批|决定|组成|组织|制定|编制|监督|保管|提出|申请|签|有权)"
    r"|\bwho (?:pays?|must|shall|should|has to|bears?|covers?|approves?|decides?|appoints?)\b"
)
_KIND = (
    "人|者|单位|企业|机构|部门|机关|委员会|业主|职工|政府|国家|法院|检察院|公司|户|方|家长|学校|医院|银行|组织|协会|局|厅|社区|中心"
    "|用户|学生|教师|医师"
)
_ACTS = (
    "应当|必须|可以|不得|有权|负责|承担|缴纳|支付|组成|组织|制定|编制|审批|审核|批准|决定|拟订|提出|代扣|监督|管理|保管"
    "|办理|签订|依法"
)
_NAME = rf"(?P<party>(?:(?!由)[\u4e00-\u9fff]){{0,16}}?(?:{_KIND}))"
_SUBJECT = re.compile(rf"(?:^|(?<=[，。；：\s])){_NAME}(?=(?:{_ACTS}))")
_BY = re.compile(rf"(?<!自)由{_NAME}(?=(?:{_ACTS}|按|每|予以|给予|责令|自行|统一|共同|直接|会同|在|向))")


def asks_who_acts(query: str) -> bool:
    """Whether a normalised question asks who is to do something."""
    return _DOES.search(query) is not None


def parties(text: str) -> tuple[Span, ...]:
    """Those who act in the clauses of a text: behind 由 first, then the subjects, in order."""
    return tuple(
        Span(match["party"], match.start("party"), match.end("party"))
        for pattern in (_BY, _SUBJECT)
        for match in pattern.finditer(text)
    )

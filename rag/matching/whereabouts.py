"""Where something is: the places of a text that may answer a question that asks for one.

May import the core. Recognised by form: addresses, roads, regions, offices' precincts and venues.
"""

import re
from collections.abc import Iterator

from rag.language.names import Span
from rag.language.regions import regions

_NAME = r"[\u4e00-\u9fff\dA-Za-z·“”]"
# Words that a name of a place is cut at.
_CUT = re.compile(
    r"(?<!所)在(?!地)|被(?!告)|[于到从往至由和与及、，。；：的了将把对向为是有以各该其本某每]|位于|坐落|前往|建设|新建|建成|打造|推进|加快|依托|围绕|举办|举行|召开|设立|设在|迁至|通过|实施|开展|改造|提升|完成|启动"
)
_ADDRESS = re.compile(
    rf"(?P<road>{_NAME}{{1,24}}?(?:路|大道|街|巷|弄|道))(?P<number>[\dA-Za-z\-—一二三四五六七八九十]{{1,8}}号(?:院|楼|门)?)?"
    r"(?![径线由上况灯费演区道])"
)
_VENUE = re.compile(
    rf"{_NAME}{{1,20}}?(?:街道|社区(?![服治工卫])|小区|[\u4e00-\u9fff](?<![乡城名])镇(?!政府|长|化|静|压|居)|(?<![农乡名])村(?!民|委|级|务|落|庄|干)|(?:体育|图书|博物|展览|文化|美术|科技|纪念|会议|游泳)馆|"
    r"(?:体育|会展|会议|服务|文化|活动|政务|行政服务|国际博览|商务|展览|体验|交易)中心|广场|公园(?!城市)|体育场|剧院|礼堂|大厦|大楼|"
    r"办事大厅|服务大厅|火车站|高铁站|地铁站|车站|机场|码头|港口?(?![澳务湾])|开发区|高新区|自贸区|新区|园区|校区|景区|湿地|岛(?!国)|医院|大学|学院|[中小]学(?![生习]))"
)
_SEAT = re.compile(
    r"(?:被?申请人|[原被]告|当事人|侵权行为|违法行为|合同|用人单位|不动产|经营者|本人|法定代表人|建设项目|工程项目|票据|企业|户口|主要办事机构)?"
    r"(?:住所地|所在地|户籍地|经常居住地|行为地|登记地|发生地|履行地|支付地|注册地)"
    r"(?:的?(?:(?!或者|[和与及])[\u4e00-\u9fff]){0,8}?(?:人民法院|人民政府|派出所|公证处|海关|机关|主管部门))?"
)
_SIDE = re.compile(
    rf"{_NAME}{{2,20}}?(?:以[东西南北]|[东西南北][侧岸麓部]|沿线|沿岸|两岸|交界处?|交叉口|附近|周边)"
)
_SHORTEST = 2


def places(query: str, text: str) -> tuple[Span, ...]:
    """The places of a text in order, never overlapping; none that the question itself already names."""
    kept: list[Span] = []
    for span in sorted(_found(text), key=lambda one: (-(one.end - one.start), one.start)):
        apart = all(span.end <= other.start or other.end <= span.start for other in kept)
        if apart and span.text not in query:
            kept.append(span)
    return tuple(sorted(kept, key=lambda one: one.start))


def names_place(query: str, text: str) -> bool:
    """Whether a text has a place at all that the question does not name; looks no further than the first."""
    return any(span.text not in query for span in _found(text))


def _found(text: str) -> Iterator[Span]:
    """All that may be the name of a place, what costs most to find last."""
    for pattern in (_ADDRESS, _VENUE, _SEAT, _SIDE):
        for match in pattern.finditer(text):
            start = match.start() + (0 if pattern is _SEAT else _start(match[0]))
            if match.end() - start > _SHORTEST:
                yield Span(text[start : match.end()], start, match.end())
    yield from regions(text)


def _start(phrase: str) -> int:
    """Where the name of a place begins in a phrase that ends with one."""
    body = phrase[:-_SHORTEST]
    return max((cut.end() for cut in _CUT.finditer(body)), default=0)

"""The question before asked of something else: another year, region, office, article or thing (那2023年呢).

May import the core. Rules only.
"""

import re

from rag.language.names import Span, organisations, persons, posts
from rag.language.numerals import YEAR
from rag.language.regions import regions
from rag.query.topic import ASKING, HEAD, SOURCE, TAIL, YEAR_SAID, focus, scope

# The thing counted, behind the asking word: 要引进多少家首店.
_COUNTED = re.compile(r"(?:多少|几)[台个户家项套所条处名件座次张位]?(?P<noun>[\u4e00-\u9fff]{2,12})[?？]?$")
_ANY_OFFICE = re.compile(r"(?:其[他它]|别的|各个?)(?:部门|单位|街道|局)")
_VERSUS = re.compile(r"^(?:比|跟|和|与|同|较)(?P<other>.{1,12}?)(?:相?比|的话)?$")
_ARTICLE = re.compile(r"(?P<name>第[一二三四五六七八九十百零〇\d]{1,7}[条章款项])")
_SOURCE = re.compile(rf"^(?:请问|根据|按照|依据|违反)?(?P<name>{SOURCE})")
# What bounds a case rather than names another one: 情节严重的呢, 超过一年呢, 县级呢.
_CONDITION = re.compile(
    r"^(?:超过|不足|不满|未|没|不|拒|逾期|情节|后果|如果|构成|造成|涉及|对于?|在)|(?:级|上|个人|单位|情况|情形|的时候)$|严重|特殊"
)
# The one named beside the other.
_PAIRS = tuple(
    pair
    for one, other in (
        ("收入", "支出"),
        ("进口", "出口"),
        ("城镇", "农村"),
        ("城市", "农村"),
        ("最高", "最低"),
        ("男", "女"),
    )
    for pair in ((one, other), (other, one))
) + (("进出口", "出口"), ("进出口", "进口"))
# The same of another year, as it is planned or came out: 今年的目标呢.
_PLANNED = re.compile(
    rf"(?P<year>{YEAR_SAID.pattern})的?(?P<said>目标|计划|任务|安排|预期|实际|实际完成)(?:值|数|情况)?"
)
_SAID = re.compile(r"的?(?:实际|目标|计划|任务|预期)(?:值|数)?")
_MEASURED = re.compile(r"多少[台个户家项套所条处名件座次张位]")


def substitute(previous: str, topic: str) -> str:
    """The previous question asked of another topic: in the place of its like, else after what bounds it."""
    if (versus := _VERSUS.match(topic)) is not None:
        return f"{focus(previous)}与{versus['other']}相比有什么变化？"
    return _in_place(previous, topic) or _anew(previous, topic)


def put(question: str, start: int, end: int, name: str) -> str:
    """The question with a stretch of it replaced."""
    return f"{question[:start]}{name}{question[end:]}"


def _in_place(previous: str, topic: str) -> str:
    """The topic put where the previous question names one of its kind; "" where it names none."""
    if (planned := _PLANNED.fullmatch(topic)) is not None:
        return _of_plan(previous, planned)
    if YEAR_SAID.fullmatch(topic):
        year = YEAR_SAID.search(previous)
        return put(previous, year.start(), year.end(), topic) if year else _dated(previous, topic)
    for named in (_leaders, organisations, posts):
        held, whole = named(previous), named(topic)
        if held and len(whole) == 1 and whole[0].text == topic:
            return put(previous, held[0].start, held[0].end, topic)
    if [span.text for span in regions(topic)] == [topic]:
        return _of_region(previous, topic)
    return _of_part(previous, topic)


def _of_plan(previous: str, planned: re.Match[str]) -> str:
    """The question asked of what is planned for another year, or came of it; "" where it asks otherwise."""
    year = YEAR_SAID.search(previous)
    asked = _SAID.sub("", put(previous, *year.span(), planned["year"]) if year else previous)
    tail = TAIL.match(asked)
    if tail is None:
        return ""
    lead = "" if year else planned["year"]
    tells = re.search(ASKING, tail["tail"])
    rest = tail["tail"][tells.start() :] if tells else tail["tail"]
    done = "" if planned["said"].startswith("实际") else "的" + planned["said"]
    between = "实际" if planned["said"].startswith("实际") else "是"
    return f"{lead}{tail['focus']}{done}{between}{rest}"


def _dated(previous: str, year: str) -> str:
    """A question that names no year asked of one, behind the thing that it sets before a comma."""
    thing, comma, rest = previous.partition("，")
    tail = TAIL.match(rest)
    if comma and tail is not None and TAIL.match(thing) is None:
        return f"{thing}，{year}{tail['tail']}"
    return f"{year}{previous}"


def _of_part(previous: str, topic: str) -> str:
    """The topic in the place of another article, document, side of a pair, or of the office."""
    for pattern in (_ARTICLE, _SOURCE):
        if (held := pattern.search(previous)) is not None and pattern.fullmatch(topic):
            return put(previous, *held.span("name"), topic)
    for one, other in _PAIRS:
        if topic == other and one in previous and other not in previous.replace(one, ""):
            return previous.replace(one, other, 1)
    offices = organisations(previous)
    if offices and _ANY_OFFICE.fullmatch(topic):
        return put(previous, offices[0].start, offices[0].end, topic)
    return ""


def _anew(previous: str, topic: str) -> str:
    """What the previous question asks, asked of the topic or of the case that it describes."""
    head, tail = HEAD.match(previous), TAIL.match(previous)
    if _CONDITION.search(topic) and tail is not None and head is None:
        return f"{tail['focus']}{topic}{tail['tail']}"
    counted = _COUNTED.search(previous)
    if counted is not None and topic.startswith(
        done := previous[max(counted.start() - 2, 0) : counted.start()]
    ):
        topic = topic.removeprefix(done)
    if counted is not None:
        return _MEASURED.sub("多少", put(previous, *counted.span("noun"), topic))
    if head is not None:
        return f"{head['head']}{topic}？"
    if tail is None:
        return f"{topic}，{previous}"
    return f"{_lead(previous, topic)}{topic}{_MEASURED.sub('多少', tail['tail'])}"


def _lead(previous: str, topic: str) -> str:
    """What bounds the previous question and still bounds it when asked of the topic."""
    lead = scope(previous)
    if any(span.start == 0 for span in regions(topic)) or lead.startswith(topic):
        return ""
    return YEAR.sub("", lead).replace("年", "") if YEAR.search(topic) else lead


def _of_region(previous: str, region: str) -> str:
    """The previous question asked of another region, in the place of the one or those that it names."""
    held = regions(previous)
    if not held:
        return f"{region}{previous}"
    last = held[0]
    for span in held[1:]:
        if previous[last.end : span.start] not in ("和", "与", "、", "及"):
            break
        last = span
    told = put(previous, held[0].start, last.end, region)
    return re.sub("分别|各自?(?=是|为|有)", "", told) if last is not held[0] else told


def _leaders(text: str) -> tuple[Span, ...]:
    """People named together with the post behind them: 黄飞常务副区长."""
    ends = [(one.start, one.end + len(post)) for one in persons(text) for post in one.posts[-1:]]
    return tuple(
        Span(text[start:end], start, end)
        for start, end in ends
        if posts(text[start:end])[-1:] and end <= len(text)
    )

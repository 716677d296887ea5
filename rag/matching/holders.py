"""Who is asked for: the office that leads or does something, the person who holds a post, leads or speaks.

May import the core's records and names. What is known of a paragraph comes as a span of no length.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import rjieba

from rag.datatypes import Attributes, Paragraph
from rag.language.chinese import normalise
from rag.language.names import (
    Person,
    Span,
    likely_persons,
    name_start,
    organisations,
    persons,
    posts,
    same_office,
    same_post,
)
from rag.matching.parties import asks_who_acts, parties

# What kind of body the question names (哪个街道, 哪家公司), and how such a body's name ends.
_BODY = re.compile(r"(?:哪一?[个家所]|什么)(?P<body>街道|社区|公司|企业|集团|学校|大学|医院|银行|协会)")
# Bodies that may be of any name: 哪个机构, 哪家单位.
_ANY = re.compile(r"(?:哪一?[个家所些]?|什么)(?:机构|单位|公司|企业|组织|机关)|把谁|谁是")
_ENDINGS = {
    "企业": ("公司", "集团", "企业", "投"),
    "公司": ("公司", "集团", "投"),
    "学校": ("学校", "中学", "小学", "大学", "学院"),
    "大学": ("大学", "学院"),
}
_WHO = re.compile(r"谁|\bwho\b")
_LEADS_HERE = re.compile(r"(?:等)?(?:单位)?(?:牵头|负责|主办|承办|主管|组织实施|具体实施|办理)")

_LEVEL_LEADER = re.compile(r"(?P<level>[省市区县])(?:里的?|委|政府)?领导")
_LEADER = re.compile(r"领导|分管|哪位|区长|县长|市长|常委|负责人|谁.{0,4}(?:牵头|主抓|负责)|leader|leads")
_LEADS = re.compile(r"牵头|分管|负责|主管|主抓|leads|responsible|in charge")
_SPEAKS = re.compile(
    r"发.{0,3}言|谁来?(?:所)?作(?![用为])|作(?:的)?(?:政府)?(?:工作)?报告|文章|署名|作者|撰写|执笔|谁[^，。？?]{0,6}(?:说|讲|写|谈)|[说讲写谈](?:的|过|了|这|到)|wrote|writ|spoke|said|speech|author"
)
# Speeches are given by people, never by offices: 报告由谁来作的.
_GIVEN = re.compile(r"谁来?所?(?:作(?![用为])|致辞|宣读)")
_PROPOSES = re.compile(r"提出|提到|认为|要求|强调|表示|主张|propos")
_PERSON_ASKED = re.compile(r"谁|哪位|何人|什么人|哪一?个人|领导|负责人|作者|\bwho\b|\bwhose\b|person")
# What is asked to be called by its name, by its last word: 首家省实验室叫什么.
_CALLED = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]{2,30}?)的?(?:叫(?:什么|啥|作?什么)|(?:名字|名称)(?:是|叫)?什么|(?:全称|名字|名称)是)"
)
# Words for bodies of any name, and how the names of such bodies end.
_ANY_BODY = frozenset("机构 单位 部门 组织 机关 企业 公司 学校 主体 院校".split())
_INSTITUTE = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:中心(?![城任])|实验室|研究[院所]|设计院|科学院|"
    r"(?<![资出补引融促招公民入风创])投(?![资入产标票诉融送放身]))"
)
_QUOTED = re.compile(r"[“「《\"](?P<name>[^“”「」《》\"]{2,20})[”」》\"]")
# Posts by their English names; a deputy is asked for by a word of its own.
_ENGLISH_POSTS = (
    (re.compile(r"secretary"), ("书记",)),
    (re.compile(r"district (?:head|mayor|chief|governor)"), ("区长",)),
    (re.compile(r"(?<!district )mayor"), ("市长",)),
    (re.compile(r"chair"), ("理事长", "主席", "董事长")),
    (re.compile(r"director|head of|chief of"), ("局长", "主任", "理事长", "处长", "院长")),
)
_DEPUTY = re.compile(r"deputy|vice")
# Questions whose posts are kept: every paragraph found is asked for them.
_REMEMBERED = 256
_SHORTEST_NOUN = 2
_SHORTEST_NAME = 4


def bodies(query: str, text: str, paragraph: Paragraph) -> tuple[Span, ...]:
    """The offices that may answer which unit: who leads the task or signs the text, else who is named."""
    if _GIVEN.search(query):
        return people(query, text, paragraph)
    attributes = paragraph.attributes
    asked = organisations(query)
    wanted = _BODY.search(query)
    endings = _ENDINGS.get(wanted["body"], (wanted["body"],)) if wanted else ()
    wide = _ANY.search(query) is not None
    named = [
        span for span in (institutes(text) if wide else organisations(text)) if not _among(span.text, asked)
    ]
    leading = [span for span in named if _leads(text, span)]
    known = _known_bodies(attributes, asked)
    ranked = known + leading + named if attributes.task is not None else leading or known + named
    if not ranked and _WHO.search(query):
        sure = tuple(Span(one.text, one.start, one.end) for one in persons(text))
        return sure or likely_persons(text) or (parties(text) if asks_who_acts(query) else ())
    return tuple(span for span in ranked if not endings or span.text.endswith(endings))


def _known_bodies(attributes: Attributes, asked: Iterable[Span]) -> list[Span]:
    if attributes.task is not None and attributes.task.lead_units:
        return [Span("、".join(attributes.task.lead_units), 0, 0)]
    if attributes.department and not _among(attributes.department, asked):
        return [Span(attributes.department, 0, 0)]
    return []


def _among(name: str, spans: Iterable[Span]) -> bool:
    return any(same_office(span.text, name) for span in spans)


def _leads(text: str, span: Span) -> bool:
    """Whether the text itself says that this office leads: 由区民政局…, 区民政局牵头."""
    return text[max(span.start - 1, 0) : span.start] == "由" or _LEADS_HERE.match(text, span.end) is not None


def people(query: str, text: str, paragraph: Paragraph) -> tuple[Span, ...]:
    """Those who may answer who: by the post and the office the question names, best first."""
    return tuple(who(query, text, paragraph))


def who(query: str, text: str, paragraph: Paragraph) -> Iterator[Span]:
    """The same one by one: whoever wants to know whether there is anybody reads no further."""
    if not _PERSON_ASKED.search(query) and not _posts_asked(query):
        yield from _called(query, text)
        return
    attributes = paragraph.attributes
    named = [
        Span(one.text, one.start, one.end)
        for one in persons(text)
        if normalise(one.text) not in query and _fits(query, one, paragraph)
    ]
    known = _leader(query, attributes) if attributes.task is not None else _signer(query, attributes)
    first = attributes.task is not None or _SPEAKS.search(query) or attributes.kind == "signature"
    yield from known + named if first else named + known
    if not _LEADER.search(query) and not _posts_asked(query):
        yield from _likely(query, text, named)
        if asks_who_acts(query):
            yield from parties(text)


def _called(query: str, text: str) -> Iterator[Span]:
    """What may answer how something is called: names in quotation marks, and names of things of its kind."""
    yield from (
        Span(match["name"], match.start("name"), match.end("name"))
        for match in _QUOTED.finditer(text)
        if normalise(match["name"]) not in query
    )
    called = _CALLED.search(query)
    if called is None:
        return
    noun = list(rjieba.cut(called["thing"]))[-1]
    named = institutes(text) if noun in _ANY_BODY else _ending(noun, text)
    yield from (span for span in named if normalise(span.text) not in query and span.text != noun)


def institutes(text: str) -> tuple[Span, ...]:
    """Offices and firms, and bodies that are called centres, laboratories, bases and the like."""
    known = organisations(text)
    further = [
        span
        for span in _names(_INSTITUTE, text)
        if all(span.end <= one.start or one.end <= span.start for one in known)
    ]
    return tuple(sorted((*known, *further), key=lambda span: span.start))


def _ending(noun: str, text: str) -> list[Span]:
    """The names of a text that end with a noun, and those that it counts (长白山、三江2个实验室)."""
    if len(noun) < _SHORTEST_NOUN:
        return []
    counted = re.compile(
        rf"[\u4e00-\u9fff]{{2,10}}(?:、[\u4e00-\u9fff]{{2,10}}){{1,6}}(?=等?[\d两一二三四五六七八九十]+[个家座所条大处][\u4e00-\u9fff]{{0,4}}{re.escape(noun)})"
    )
    series = [Span(match[0], *match.span()) for match in counted.finditer(text)]
    return series + _names(re.compile(rf"[\u4e00-\u9fff]{{2,24}}?{re.escape(noun)}"), text)


def _names(pattern: re.Pattern[str], text: str) -> list[Span]:
    """What a pattern finds, without the words that ran into its front; nothing where no name is left."""
    found = []
    for match in pattern.finditer(text):
        start = match.start() + name_start(match[0])
        if match.end() - start >= _SHORTEST_NAME:
            found.append(Span(text[start : match.end()], start, match.end()))
    return found


def _likely(query: str, text: str, sure: Iterable[Span]) -> list[Span]:
    """Names without a post, for a question that names no post either."""
    taken = {span.start for span in sure}
    return [
        span for span in likely_persons(text) if span.start not in taken and normalise(span.text) not in query
    ]


def _leader(query: str, attributes: Attributes) -> list[Span]:
    """Who leads the task: its leader if a person of that post is asked for, else its units."""
    task = attributes.task
    if task is None or not (_LEADER.search(query) or _LEADS.search(query)) and not _posts_asked(query):
        return []
    if task.leader and (_LEADER.search(query) or _posts_asked(query) or not task.lead_units):
        held = tuple(span.text for span in posts(task.leader))
        return [Span(task.leader, 0, 0)] if not held or _holds(query, held) else []
    return [Span("、".join(task.lead_units), 0, 0)] if task.lead_units else []


def _signer(query: str, attributes: Attributes) -> list[Span]:
    """Who signed the text, when the question is for a post, or for who speaks, proposes or leads there."""
    person = attributes.person
    if not person or normalise(person) in query:
        return []
    held = tuple(span.text for span in posts(attributes.post or ""))
    asks = any(pattern.search(query) for pattern in (_SPEAKS, _PROPOSES, _LEADS, _LEADER))
    if not asks and not _posts_asked(query):
        return []
    asked = organisations(query)
    at_home = not asked or not attributes.department or _among(attributes.department, asked)
    return [Span(person, 0, 0)] if at_home and _holds(query, held) else []


def _fits(query: str, person: Person, paragraph: Paragraph) -> bool:
    """Whether a person of the text holds the post, in the office, that the question names."""
    asked = organisations(query)
    if not _holds(query, person.posts):
        return False
    if not asked or not _posts_asked(query):
        return True
    offices = person.offices or tuple(filter(None, (paragraph.attributes.department,)))
    of_level = not person.offices and any(post[0] in "省市区县国" for post in person.posts)
    return not of_level and (not offices or any(_among(office, asked) for office in offices))


def _holds(query: str, held: tuple[str, ...]) -> bool:
    asked = _posts_asked(query)
    if asked:
        return any(same_post(one, other) for one in asked for other in held)
    level = _LEVEL_LEADER.search(query)
    return level is None or any(
        post.startswith(level["level"]) or post in _OWN.get(level["level"], ()) for post in held
    )


# Leaders of a district by posts that do not begin with its level.
_OWN = {
    "区": ("常委", "副区长", "常务副区长", "书记"),
    "市": ("常委", "副市长", "常务副市长", "书记"),
    "省": ("副省长", "常务副省长"),
    "县": ("常委", "副县长", "常务副县长", "书记"),
}


@lru_cache(maxsize=_REMEMBERED)
def _posts_asked(query: str) -> tuple[str, ...]:
    """The posts a question asks the holder of; not those of people it names itself."""
    taken = {place for person in persons(query) for place in range(person.start - 1, person.end + 1)}
    found = tuple(span.text for span in posts(query) if span.end - 1 not in taken and span.start not in taken)
    if found:
        return found
    english = next((held for pattern, held in _ENGLISH_POSTS if pattern.search(query)), ())
    return tuple(f"副{post}" for post in english) if _DEPUTY.search(query) else english

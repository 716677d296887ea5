"""Resolving a follow-up: a question that leans on what was said before is made to stand alone, by rules.

May import the core. The result is shown to the person, so it must read as a question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import rjieba

from rag.datatypes import Turn
from rag.language.names import likely_persons, organisations, persons, posts, same_office
from rag.language.numerals import YEAR
from rag.language.regions import regions
from rag.markers import strip
from rag.query.substitution import put, substitute
from rag.query.topic import ASKING, MEASURE, YEAR_SAID, focus, leans, scope

# Of the last answer so much is read: it begins with what was asked for.
_READ = 1000
# A question longer than this is not a follow-up to be completed.
_LONGEST = 200

_OPENING = re.compile(
    r"^(?:那么|那(?!一?年|时|里|天)|然后|还有(?![哪什多几谁])|另外|至于|其中|再问一下)[,，]?"
)
_ELLIPSIS = re.compile(
    r"^(?:那么|那(?!年|时|里)|然后|还有|另外|至于)?(?:其中)?[,，]?(?P<topic>.{1,30}?)(?:又)?(?:呢|如何|怎么样)[?？。]*$"
)

_PERSON = re.compile(
    r"(?<![其吉])[他她](?!们|人)|(?:这|那|该)(?:位|名)?(?:领导|同志|区长|副区长|局长|书记|主任|人(?!员))|此人|这位"
    r"|^(?:[省市区县局厅部处镇乡]长|主任|书记|主席|理事长)(?=[讲说谈提]|要求|表示|强调|认为|指出)"
)
_OFFICE = re.compile(
    r"[他她它]们|(?:这|那|该)(?:一)?(?:个|家)?(?:部门|单位|机构|局|委|办|街道|集团|公司)(?!事|公|理)|其(?=牵头|负责)"
)
_THING = re.compile(
    r"(?P<it>它|其(?![中他余实它间])|(?:这|该|此|上述|前述|刚才(?:说的)?(?:那|这)?)(?:一)?(?:个|项|条|类|份|件|种|些)?"
    r"(?P<noun>[\u4e00-\u9fff]{1,6}?)?)(?P<owner>的)?"
    r"(?=(?:是|由|有|在|要|将|又|还|也|归|打算|计划|预计|准备|最|共|为|怎|如何|什么|多少|牵头|负责|目标|何时|需|能|会|应|该|[，,?？]|$))"
)
_NOT_A_THING = re.compile(r"这里|这么|这样|该(?:如何|怎)|此外|因此|这次|今后|其次")
_WHO = re.compile(r"是谁|叫什么")
_SAME_YEAR = re.compile(r"那一?年|当年|同年|那时候?")
_CONTINUES = re.compile(r"^(?:还|又|也)|(?<!以)及?还(?:要|有|牵头|打算)|[又也](?:要|有|是)")
_BARE = re.compile(
    r"^(?:占|较|同比)|^(?:由|归)?(?:谁|哪|什么|何时|多少|有多少|几|具体|为什么|为何|怎么|怎样|如何|牵头|目标|期限|负责人|其中|计划|要(?:什么|哪|多少|几|怎)|还有[哪什多几谁])"
    r"|^(?:新增|新建|完成|建成|安排|增加|达到|投入)了?(?:多少|几)[台个户家项套所条处名件座次张位]?[?？]?$"
)
_YEAR = re.compile(rf"{YEAR.pattern}\s?年?")
_OTHER_YEAR = re.compile(
    rf"^(?:那么?)?(?P<topic>{YEAR_SAID.pattern})的?(?:又|则|是|为|有|要|达到|完成|呢)*(?:多少|几|什么|怎么样|如何)?{MEASURE}?[?？]*$"
)
_MORE = re.compile(
    r"^(?:那|那么)?还有(?:没有)?(?:其[他它]|别)?的?(?:吗|么|呢|没有)?[?？]*$|^(?:没有?别的了|就这些)吗?[?？]*$"
)
_CLOSER = re.compile(
    r"^(?:请|能不能|能|可以|麻烦|再)*(?:(?:说|讲|介绍)(?:得|的)?)?(?:再)?(?:详细|具体|展开)(?:地|的)?"
    r"(?:一?点|一?些|说说|讲讲|说明|介绍|解释|一下|谈谈)+(?:吗|呢|吧)?[?？。]*$"
)
_WHY = re.compile(
    r"^(?:那|那么|这是|那是|这)?(?:为什么|为何|为啥|什么原因|原因呢?|凭什么)(?:呢|啊|这样)?[?？]*$"
)
_STOPS = "？?。！! "
_SHORT = 14  # characters: a question shorter than this that names no topic of its own leans on the last one
# Questions that ask alike: 要组建多少个业委会, 物业选聘要做多少个.
_ALIKE = tuple(
    re.compile(pattern)
    for pattern in (
        r"多少|几[个家台户项套所亩人场条处名件座次]",
        r"什么时候|何时|哪一?[年天]",
        r"哪些|哪几",
        r"谁|哪位|哪个(?:部门|单位|局)",
    )
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands when a follow-up is asked: the question before, whole, and what it was answered."""

    question: str
    answer: str = ""


def resolve(question: str, history: Sequence[Turn]) -> str:
    """The question made readable without the conversation; unchanged when it already is."""
    said: _Said | None = None
    for turn in history:
        text = turn.content.strip()
        if turn.role == "user" and text:
            said = _Said(_lean_on(said, text) if said else text)
        elif turn.role == "assistant" and said is not None:
            said = _Said(said.question, strip(text[:_READ]))
    return _lean_on(said, question) if said else question


def _lean_on(said: _Said, question: str) -> str:
    """One step of the conversation: what `question` means right after what was said."""
    if len(question) > _LONGEST or len(said.question) > _LONGEST:
        return question
    if (whole := _set_phrase(said.question, question)) is not None:
        return whole
    ellipsis = _ELLIPSIS.match(question) or _OTHER_YEAR.match(question)
    if ellipsis is not None and re.search(ASKING, ellipsis["topic"]) is None:
        return substitute(said.question, ellipsis["topic"].strip("的"))
    asked = _same_year(said, _OPENING.sub("", question))
    if (meant := _named(said, asked)) is not None:
        return meant
    if len(asked) <= _SHORT and _BARE.match(asked) or leans(asked):
        return _about(said, asked)
    return _continued(said, question, asked)


def _set_phrase(previous: str, question: str) -> str | None:
    """What is meant by 还有吗, 能说得详细点吗, 为什么: the previous question again; `None` for others."""
    if _MORE.match(question):
        return f"{previous.rstrip(_STOPS)}，还有吗？"
    if _CLOSER.match(question):
        return f"{previous.rstrip(_STOPS)}，具体内容是什么？"
    return f"{focus(previous)}的原因是什么？" if _WHY.match(question) else None


def _named(said: _Said, asked: str) -> str | None:
    """The question with its pronoun replaced by what it means; `None` without one."""
    for pattern, named in ((_OFFICE, _office), (_PERSON, _person)):
        pronoun = pattern.search(asked)
        if pronoun is not None and (name := named(said)):
            return put(asked, pronoun.start(), pronoun.end(), name)
    thing = _THING.search(asked)
    if thing is not None and _NOT_A_THING.match(asked, thing.start()) is None:
        return put(asked, thing.start(), thing.end(), _thing(said, thing) + (thing["owner"] or ""))
    return None


def _about(said: _Said, asked: str) -> str:
    """A question that names nothing of its own, asked of what the one before was about."""
    topic = focus(said.question)
    if YEAR_SAID.search(asked):
        topic = YEAR_SAID.sub("", topic, count=1)
    post = next(iter(posts(asked)), None)
    if post is not None and post.start == 0:
        topic = _subject(said.question) or scope(said.question) or topic
    if len(topic) < 2:
        return _continued(said, asked, asked)
    last = list(rjieba.cut(topic))[-1]
    if 1 < len(last) < len(topic) and last in asked:
        topic = topic.removesuffix(last).rstrip("的")
    return f"{topic}{asked}"


def _same_year(said: _Said, question: str) -> str:
    pronoun = _SAME_YEAR.search(question)
    year = _YEAR.search(said.answer) or _YEAR.search(said.question)
    if pronoun is None or year is None:
        return question
    return put(question, pronoun.start(), pronoun.end(), year.group().rstrip("年 ") + "年")


def _continued(said: _Said, question: str, asked: str) -> str:
    """A question without a subject goes on about the office and the year of the one before."""
    alike = len(asked) <= _SHORT and any(
        pattern.search(asked) and pattern.search(said.question) for pattern in _ALIKE
    )
    goes_on = asked != question or _CONTINUES.search(asked) is not None or alike
    if not goes_on:
        return question
    if organisations(asked) or persons(asked) or posts(asked):
        return asked
    subject = _subject(said.question) or ("" if regions(asked) else _bounds(said.question, asked))
    year = _YEAR.search(said.question)
    if year is not None and not _YEAR.search(asked) and year.group() not in subject:
        subject += year.group()
    return f"{subject}{asked}"


def _bounds(question: str, asked: str) -> str:
    """The region, and the time, that a question opens with, as far as the next one says none of its own."""
    lead = scope(question)
    said = YEAR_SAID.search(lead)
    return lead if said is None or YEAR_SAID.search(asked) is None else lead.replace(said[0], "", 1)


def _subject(question: str) -> str:
    """The office that a question speaks of, "" if it asks for it."""
    return next((span.text for span in organisations(question)), "")


def _office(said: _Said) -> str:
    """The office meant by 这个局 or 他们: one the answer shares with the question, else the first named."""
    answered = [span.text for span in organisations(said.answer)]
    asked = [span.text for span in organisations(said.question)]
    shared = [name for name in answered if any(same_office(name, other) for other in asked)]
    return next(iter((*shared, *(asked or answered), *answered)), "")


def _person(said: _Said) -> str:
    """The person meant by 他, with office and post: 区招商局局长朱永红, 徐晓东副区长."""
    for text in (said.answer, said.question):
        for person in persons(text):
            leads = [post for post in person.posts if text[person.end :].startswith(post)]
            if leads:
                return f"{person.text}{leads[0]}"
            office = next(reversed(person.offices), "") or _office(said)
            post = next((post for post in person.posts if post.endswith("长")), next(iter(person.posts), ""))
            return f"{office if post[:1] not in '省市区县国' else ''}{post}{person.text}"
    if _WHO.search(said.question) is None:
        return ""
    name = next((span.text for span in likely_persons(said.answer)), "")
    return focus(said.question).replace("的", "") + name


def _thing(said: _Said, pronoun: re.Match[str]) -> str:
    """The thing meant by 它 or 这项工作: an office if one is the subject, what was named, else the topic."""
    if pronoun["it"] in ("它", "其"):
        subject = _subject(said.question)
        if subject and said.question.startswith(subject):
            return subject
    noun = (pronoun["noun"] or "").strip("个项条类份件种些")
    if noun and (named := re.search(rf"[“「《][^“”「」《》]{{1,20}}[”」》]{re.escape(noun)}", said.answer)):
        return named.group()
    return focus(said.question)

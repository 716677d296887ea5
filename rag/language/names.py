"""Names in a text: offices, streets and firms, and people with the post they hold.

May import the records. Recognised by form alone: suffixes of bodies, posts, surnames, parts of speech.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import rjieba

from rag.language.surnames import APART, NAME, NEVER, name_length

LEVELS = frozenset("区市省县镇乡国")
_LEVEL_CLASS = "".join(sorted(LEVELS))

_SUFFIX = (
    r"委(?:组织部|宣传部|统战部|政法委|办公室)|管委会|委员会|办公室|指挥部|检察院|法院|分局|街道(?:办事处)?|集团|公司|协会|联合会|医院|大学|学院|银行|总工会|妇联|残联|"
    r"红十字会|工商联|实验室|研究[院所]|人民政协|(?<=[国省市区县])政协|(?:人大|人民代表大会)(?:常委会|常务委员会)?|[局署厅]|(?<![党常])委(?![员托派任屈以会]|副?书记|常委)"
)
# 办 names an office at the end of a phrase, or after a level and a name (区三方办计划).
_OFFICE = (
    r"办(?=$|\W|\d|牵头|负责|主任|会同|等|的|是|在|要|将|有|应|计划|怎|如何|准备|打算|提出)"
    r"|(?<=[区市县省][\u4e00-\u9fff]{2})办(?![理公事学法案证好成完结])"
    r"|(?<=[区市县省][\u4e00-\u9fff]{3})办(?![理公事学法案证好成完结])"
)
_LONGEST = 14
_ORGANISATION = re.compile(rf"\d{{1,3}}个街道|[\u4e00-\u9fff]{{1,{_LONGEST}}}?(?:{_SUFFIX}|{_OFFICE})")
# Where one may end: that most texts hold no such ending is seen forty times faster than that they name none.
_ENDING = re.compile(
    r"(?=[委管办指检法分街集公协联医大学银总妇残红工实研人国政局署厅副书常])(?<=[\u4e00-\u9fff])"
    rf"(?:{_SUFFIX}|{_OFFICE})"
)
# What a name cannot hold: the words it is cut at, and characters that make 局 or 委 part of a word.
_CUT = re.compile(
    r"[由与及的是在为向将被让使给从到把等各该本其并或同按于]|和(?![平睦谐])|对(?!外)|(?<!数)据|经(?=[由过])|会同|联合(?!会|[银大学集公体国])|组建|设立|重组|发挥|提请|挂牌|新设|"
    r"打造|落实|做强|做优|深化|强化|提升|加强|加快|建设(?=[^局])|完善|指导|联系|协助|带动|引进|新建|落地|作出|创建|牵头|负责|配合|要求|有关|相关|根据|全体|成立|"
    r"组织(?!部)|推动|推进|支持|通过|作为|主管|分管|包括|例如|以及|责任单位|单位|部门|哪家|哪个|什么"
)
_NOT_A_NAME = re.compile(
    r"(?:[布格开大结全变棋僵破新危时当定战败].?局|平[台]?局|[区市省县]?.?格局|部署|客厅|"
    r"(?:主|举|承|督|创|开|申|查|代|协|兴|筹|交|经|包|即|通|网|码|快|联|次|近|里|慧|赛|上|先|帮|特)办)$"
)
BARE = re.compile(r"局|署|厅|街道|办事处|办公室|办|委员会|公司|集团|医院|大学|学院|银行|协会|法院|分局")
SMALLEST_CORE = 2
# A name that holds a joining word: 区住房 + 和 + 城乡建设局.
_JOINED = re.compile(
    rf"(?:^|[{_LEVEL_CLASS}])[\u4e00-\u9fff]{{0,4}}?(?:国家|[{_LEVEL_CLASS}])[\u4e00-\u9fff]{{2,6}}[和与]$"
)
# Parts of speech that a name without a level before it does not begin with or hold.
_OUTSIDE = frozenset("dpcurx")
_PLACE = "ns"
_LEVEL = re.compile(rf"[{_LEVEL_CLASS}]委?|国家")
# A short form is short; the bound also keeps the search for its long form quick.
LONGEST_SHORT = 6

# Its parts may all be missing, so what it begins with is looked at first.
_POST = re.compile(
    r"(?=[国自省市区县镇乡党总支常副代书局厅部处科院校园行会队站馆所社理董检秘主经委教])"
    r"(?P<level>(?:国家|自治区|[省市区县镇乡])(?:委|政府)?(?!(?<=[省市区县])[省市区县]长))?(?P<body>党工委|党总支|党支部|党委|党组|总支|支部)?(?P<deputy>常务副|副)?(?:代理?)?"
    r"(?P<head>总书记|书记|[省市区县镇乡局厅部处科院校园行会队站馆所社]长|理事长|董事长|检察长|秘书长|主任|主席|总理|总经理|经理|"
    r"总裁|常委(?!会)|委员(?!会)|院士|教授(?!级))"
)
_DOTS = "·・•‧"
_WHOLE_NAME = re.compile(NAME)
_FOREIGN = re.compile(
    r"(?![由被是与和及在为])[\u4e00-\u9fff]{1,6}(?:[·・•‧][\u4e00-\u9fff]{1,8}){1,4}"
    r"|[A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20}){1,3}"
)
_AFTER_POST = re.compile(
    rf"(?:（[^（）]{{1,8}}）|\([^()]{{1,8}}\))?\s{{0,3}}[：:是为]?\s{{0,3}}(?P<name>{NAME})"
)
_BEFORE_POST = re.compile(rf"(?P<name>{NAME})(?={_POST.pattern.replace('?P<', '?P<after_')}|同志)")
_APART_FROM_POST = re.compile(rf"(?<=[长席任记理])[ \u3000](?P<name>{APART})")
# What cannot begin a name that stands before a post: 向李书记汇报.
_BEFORE_NAME = "向于应"
# 区住建局的陈劲松: no post, but a word that is a name.
_AFTER_OFFICE = re.compile(rf"(?:（[^（）]{{1,20}}）)?的?\s{{0,3}}(?P<name>{NAME})")
_JOINTS = "、，, \t\u3000（）()的兼和及：:是为"
# A word of these parts of speech is no name.
_NO_PERSON = frozenset("vdpcurmft")
_WINDOW = 12
_LONGEST_CHAIN = 12
_LOOK_BACK = 4
# A text is asked for its names once for its paragraph's place and once for its own, a question by every text.
_REMEMBERED = 2_048


@dataclass(frozen=True, slots=True)
class Span:
    """A name and where it stands: `text == whole[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named with a post; `posts` and `offices` nearest to the name first, as written."""

    text: str
    start: int
    end: int
    posts: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


@lru_cache(maxsize=_REMEMBERED)
def organisations(text: str) -> tuple[Span, ...]:
    """Names of offices, streets and firms, cut at words that cannot be part of one."""
    found: list[Span] = []
    ending = _ENDING.search(text)
    for match in _ORGANISATION.finditer(text, max(0, ending.start() - _LONGEST)) if ending else ():
        start = name_start(match[0])
        name = match[0][start:]
        follows = bool(found) and found[-1].end == match.start() + start and name[0] not in LEVELS
        if follows and _NOT_A_NAME.search(name) is None:
            found[-1] = Span(text[found[-1].start : match.end()], found[-1].start, match.end())
        elif _is_name(name):
            found.append(Span(name, match.start() + start, match.end()))
    return tuple(found)


def _is_name(name: str) -> bool:
    if name[:1].isdigit():
        return True
    core = BARE.sub("", name)
    return _NOT_A_NAME.search(name) is None and (
        len(core) >= SMALLEST_CORE or (name.endswith("委") and core != "")
    )


def name_start(phrase: str) -> int:
    """Where the name of a body begins in a phrase that ends with one."""
    if phrase[0].isdigit():
        return 0
    start = 0
    for cut in _CUT.finditer(phrase):
        joined = cut[0] in "和与" and phrase[cut.end() : cut.end() + 1] not in LEVELS
        if not (joined and _JOINED.search(phrase[start : cut.end()])):
            start = cut.end()
    return start + _trimmed(phrase[start:])


def _trimmed(name: str) -> int:
    """How many characters of other words ran into the front of a name: 不断提升|大关街道."""
    tokens = _tagged(name)
    for place in (place for place, (start, end, _) in enumerate(tokens) if _LEVEL.fullmatch(name[start:end])):
        if len(BARE.sub("", name[tokens[place][0] :])) < SMALLEST_CORE:
            continue
        while place and tokens[place - 1][2] == _PLACE:
            place -= 1
        return tokens[place][0]
    best = 0
    for _, end, tag in tokens[:-1]:
        if tag[0] in _OUTSIDE and len(BARE.sub("", name[end:])) >= SMALLEST_CORE:
            best = end
    return best


def _tagged(text: str) -> list[tuple[int, int, str]]:
    """Words of a text as (start, end, part of speech)."""
    tokens, position = [], 0
    for word, tag in rjieba.tag(text):
        tokens.append((position, position + len(word), tag or "x"))
        position += len(word)
    return tokens


def same_office(one: str, other: str) -> bool:
    """Whether two names may mean one office: 招商局 and 区招商局（区经合办）, 区住建局 and its long form."""
    bare, held = _without_level(one), _without_level(other)
    if not bare or not held or _other_levels(one, other):
        return False
    if bare in other or held in one:
        return True
    short, whole = sorted((bare, held), key=len)
    return SMALLEST_CORE < len(short) <= LONGEST_SHORT and long_form(short).search(whole) is not None


def _without_level(name: str) -> str:
    return name[1:] if name[:1] in LEVELS and len(name) > SMALLEST_CORE + 1 else name


def _other_levels(one: str, other: str) -> bool:
    levels = [name[0] for name in (one, other) if name[:1] in LEVELS]
    return len(set(levels)) > 1


def long_form(name: str) -> re.Pattern[str]:
    """What 区住建局 is short for: its characters in order, a few others between (区住房和城乡建设局)."""
    return re.compile("[\u4e00-\u9fff]{0,4}?".join(map(re.escape, name)))


def posts(text: str) -> tuple[Span, ...]:
    """The posts a text speaks of, each as far as it belongs together (省委书记, 常务副区长)."""
    return tuple(Span(match[0], match.start(), match.end()) for match in _POST.finditer(text))


def same_post(asked: str, held: str) -> bool:
    """Whether who holds one post holds the other: 书记 may be a 党委书记, 区长 is no 副区长."""
    one, other = _POST.fullmatch(asked), _POST.fullmatch(held)
    if one is None or other is None:
        return False
    if one["head"] != other["head"] or bool(one["deputy"]) != bool(other["deputy"]):
        return False
    return all(
        one[part] is None or other[part] is None or one[part] == other[part] for part in ("level", "body")
    )


@lru_cache(maxsize=_REMEMBERED)
def persons(text: str) -> tuple[Person, ...]:
    """People named right after or right before a post, in the order of the text."""
    found: dict[int, Person] = {}
    held, offices = posts(text), organisations(text)
    titles = {post.start: (post.text,) for post in held}
    ends = {span.end: ("post", span) for span in held} | {span.end: ("office", span) for span in offices}
    for span, pattern in [(post, _AFTER_POST) for post in held] + [(body, _AFTER_OFFICE) for body in offices]:
        match = pattern.match(text, span.end)
        if match is not None and match.start("name") in found:
            continue
        name = _after(text, match, sure=pattern is _AFTER_OFFICE) if match else None
        if name is None and pattern is _AFTER_POST:
            name = _apart(text, span.end)
        if name is not None:
            own, bodies = _chain(text, name.start, ends)
            own += titles.get(name.end, ())
            found[name.start] = Person(name.text, name.start, name.end, own, bodies)
    taken = {place for person in found.values() for place in range(person.start, person.end)}
    for match in _BEFORE_POST.finditer(text):
        name = _before_post(text, match)
        if name is not None and name.start not in taken:
            found[name.start] = Person(name.text, name.start, name.end, titles.get(name.end, ()))
    return tuple(found[start] for start in sorted(found))


@lru_cache(maxsize=_REMEMBERED)
def likely_persons(text: str) -> tuple[Span, ...]:
    """Words that look like people's names though no post stands beside them; less sure than `persons`."""
    tokens = _tagged(text)
    known = [
        Span(text[start:end], start, end)
        for start, end in (
            (start, _end(text, start, end, tokens))
            for start, end, tag in tokens
            if tag.startswith("nr") and _WHOLE_NAME.fullmatch(text, start, end)
        )
    ]
    foreign = [_foreign(match) for match in _FOREIGN.finditer(text)]
    return tuple(sorted((*known, *foreign), key=lambda span: span.start))


def _end(text: str, start: int, end: int, tokens: list[tuple[int, int, str]]) -> int:
    """Where a name ends that the dictionary ends at `end`: it knows few of three characters."""
    whole = _WHOLE_NAME.match(text, start)
    if whole is None or whole.end() <= end:
        return end
    ends = frozenset(last - start for first, last, _ in tokens if first >= start and last <= start + _WINDOW)
    return start + name_length(text, start, whole[0], ends)


def _foreign(match: re.Match[str]) -> Span:
    """A name in parts, the last of them up to a word that is none: 罗尼·奥沙利文|夺冠."""
    name = match[0]
    last = max(name.rfind(dot) for dot in _DOTS) + 1
    if last:
        ends = [start for start, _, tag in _tagged(name[last:]) if start and tag[0] in _NO_PERSON]
        name = name[: last + min(ends, default=len(name))]
    return Span(name, match.start(), match.start() + len(name))


def _after(text: str, match: re.Match[str], *, sure: bool) -> Span | None:
    """The name after a post: of two or three characters, by where words end; `sure` wants a known form."""
    start, whole = match.start("name"), match["name"]
    tokens = _tagged(text[start : start + _WINDOW])
    if _other_word(tokens) or (sure and not tokens[0][2].startswith("nr")):
        return None
    length = name_length(text, start, whole, frozenset(end for _, end, _ in tokens))
    return Span(whole[:length], start, start + length)


def _apart(text: str, position: int) -> Span | None:
    """A name of any form that stands apart behind a post: 自治区代理主席 嘎玛泽登."""
    match = _APART_FROM_POST.match(text, position)
    if match is None or any(tag[0] in _NO_PERSON - {"v"} for _, _, tag in _tagged(match["name"])):
        return None
    return Span(match["name"], match.start("name"), match.end("name"))


def _before_post(text: str, match: re.Match[str]) -> Span | None:
    start, end = match.span("name")
    if text[start] in _BEFORE_NAME or text[end - 1] in NEVER or _other_word(_tagged(text[start:end])):
        return None
    # 吉林省的省长: what begins in the middle of a word is no name.
    before = max(0, start - _LOOK_BACK)
    within = any(first < start - before < last for first, last, _ in _tagged(text[before:end]))
    return None if within else Span(match["name"], start, end)


def _other_word(tokens: list[tuple[int, int, str]]) -> bool:
    """Whether the first word is an ordinary one of two characters or more."""
    _, end, tag = tokens[0]
    return end > 1 and tag[0] in _NO_PERSON


def _chain(
    text: str, position: int, ends: dict[int, tuple[str, Span]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The posts and offices that lead up to a name: 区人力社保局党委书记、局长、区委政法委委员 郑国庆."""
    kinds: dict[str, list[str]] = {"post": [], "office": []}
    for kind, span in islice(_backwards(text, position, ends), _LONGEST_CHAIN):
        kinds[kind].append(span.text)
    return tuple(kinds["post"]), tuple(kinds["office"])


def _backwards(text: str, position: int, ends: dict[int, tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    while True:
        while position and text[position - 1] in _JOINTS:
            position -= 1
        if position not in ends:
            return
        kind, span = ends[position]
        yield kind, span
        position = span.start

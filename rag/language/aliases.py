"""Other names of the same thing: short and long names of offices, and names a text itself says are one.

May import Chinese text. By form alone, no list: 发改局 holds first characters of the words of 发展和改革局.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import rjieba

# How a name ends, and the short form that the endings of one kind are compared by.
_ENDINGS = {
    "管理委员会": "管委会",
    "常务委员会": "常委会",
    "委员会": "委",
    "办公室": "办",
    "人民政府": "政府",
    "人民法院": "法院",
    "人民检察院": "检察院",
    "联合会": "联",
    "协会": "协",
    **{short: short for short in "管委会 常委会 政府 法院 检察院 委 办 局 厅 署 部 联 协".split()},
}
_ENDING = "|".join(sorted(_ENDINGS, key=len, reverse=True))
# An ending is none where the next character makes another word of it.
_NO_ENDING = r"(?![长门署属分下位队员托派任书理法事案证好成系合动络手调议定盟想邦播网])"
_ENDS = re.compile(rf"(?:{_ENDING}){_NO_ENDING}")
_PLACE = re.compile(
    r"(?P<place>(?:[\u4e00-\u9fff]{2,6}?(?:特别行政区|自治区|自治州|省|市|区|县|州))+)?"
    r"(?P<level>全国|国家|中国|[省市区县州镇乡国])?"
)
_NATIONAL = frozenset(("全国", "国家", "中国", "国"))
LONGEST = 20
_SMALLEST = 2
# Bodies whose name is often one character and the ending: 残联, 科协.
_BRIEF = frozenset("联协")
_HALF = 2
_REMEMBERED = 4_096
# Parts of speech that no name holds.
_OUTSIDE = frozenset("dpurmqyz")

# Where a text names an office: the characters before its ending, from the last cut on.
_RUN = re.compile(r"[\u4e00-\u9fff]+$")
_CUT = re.compile(
    r".*(?:[由与及的是在为向将被让使给从到把等各该本其并或同按于者报对请]|会同|负责|牵头|配合|其他|有关|推进|落实)"
)

_QUOTES = '“”"「」『』《》〈〉'
_SAID = re.compile(
    rf"(?:[（(，,])\s?(?:以下|下文|后文)?(?:(?P<short>统称|简称|合称)|又称|亦称|也称|俗称|又名|全称)[为作是]?[:：]?\s?[{_QUOTES}]?"
    rf"(?P<other>[^{_QUOTES}（）()，,。；;：:、\s]{{2,{LONGEST}}})[{_QUOTES}]?(?:[）)，,。；;]|$)"
)
_BEFORE = re.compile(rf"[{_QUOTES}]?(?P<name>[^{_QUOTES}（）()，,。；;：:、\s]{{2,30}})[{_QUOTES}]?$")
_POINTING = re.compile(r"[本该此其甲乙丙]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Parts of speech that a name is made of.
_NOUNS = ("n", "j", "vn", "b", "l", "an", "s", "eng", "m", "q", "t")


@dataclass(frozen=True, slots=True)
class Office:
    """A name taken apart: 江门市, 市, 发改 and 局 of 江门市发改局.

    `ending` is in its short form; `bare` the name without place, and without level if anything is left.
    """

    place: str
    level: str
    core: str
    ending: str
    bare: str

    @property
    def key(self) -> str:
        """What the name shares with all its aliases: its first character and its ending."""
        return (self.core[:1] or self.level) + self.ending


def offices(name: str) -> tuple[Office, ...]:
    """The ways to take a name apart, for 市 may be a level or the beginning of 市场; none if it is none."""
    return tuple(
        Office(place, level, core, short, f"{core or level}{ending}")
        for ending, short in _ENDINGS.items()
        if name.endswith(ending)
        for place, level, core in _parted(name.removesuffix(ending))
        if core or level
    )


def _parted(stem: str) -> Iterator[tuple[str, str, str]]:
    match = _PLACE.match(stem)
    place, level = (match["place"] or "", match["level"] or "") if match else ("", "")
    rest = stem[len(place) + len(level) :]
    yield place, "国" if level in _NATIONAL else level or place[-1:], rest
    if level and rest:
        yield place, place[-1:], stem[len(place) :]
    if place and rest:
        yield "", "", stem


def same_office(one: str, other: str) -> bool:
    """Whether one name is a short form of the other: 区发改局 of 区发展和改革局, 省政府 of 省人民政府."""
    return any(alike(mine, theirs) for mine in offices(one) for theirs in offices(other))


def alike(one: Office, other: Office) -> bool:
    """Whether two names taken apart in one way each may name one office."""
    if one.key != other.key or _differ(one.level, other.level) or _differ(one.place, other.place):
        return False
    if one.core == other.core:
        return True
    short, whole = sorted((one.core, other.core), key=len)
    return (len(short) >= _SMALLEST or one.ending in _BRIEF) and is_short_form(short, whole)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def is_short_form(short: str, whole: str) -> bool:
    """Whether a name holds, in order, beginnings of the words of another, from its first word on."""
    starts, position = set(), 0
    for word in rjieba.cut(whole):
        starts |= set(range(position, position + len(word), _HALF)) if len(word) != _HALF + 1 else {position}
        position += len(word)
    return bool(short) and short[0] == whole[0] and _reads(short, whole, starts)


def _reads(short: str, whole: str, starts: set[int]) -> bool:
    """Whether the characters stand in the whole, each at the start of a word or right after the last."""
    ends = {0}
    for character in short[1:]:
        first = min(ends)
        ends = {
            place
            for place in range(first + 1, len(whole))
            if whole[place] == character and (place in starts or place - 1 in ends)
        }
        if not ends:
            return False
    return True


def office_names(text: str) -> Iterator[str]:
    """Names of offices in a normalised text, each from the last word on that no name holds."""
    first = last = 0
    for match in _ENDS.finditer(text):
        # 区政府|办公室: what goes on where a name ended belongs to it.
        first, last = first if match.start() == last else last, match.end()
        run = _RUN.search(text, max(first, last - LONGEST), last)
        if run is not None:
            cut = _CUT.match(run[0][:-1])
            name = (run[0][cut.end() :] if cut else run[0]).removeprefix("和")
            if len(name) > _SMALLEST or name.endswith("委"):
                yield name


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of names that a normalised text says are one: 证券监督管理机构(以下简称证监会)."""
    for match in _SAID.finditer(text):
        before = _BEFORE.search(text[max(match.start() - LONGEST * 2, 0) : match.start()])
        if before is not None:
            name, other = _name_before(before["name"], match["other"]), match["other"]
            if _may_be_one(name, other) and (match["short"] is None or _shortens(other, name)):
                yield name, other


def _may_be_one(name: str, other: str) -> bool:
    if name in other or other in name or _POINTING.match(other):
        return False
    return len(name) <= LONGEST and len(_CHINESE.findall(name)) >= _SMALLEST and not _is_common(name)


def _shortens(other: str, name: str) -> bool:
    """Whether a name said to be short is one: no ordinary word, and mostly of the same characters."""
    return not _is_common(other) and sum(character in name for character in other) * _HALF >= len(other)


def _is_common(name: str) -> bool:
    """Whether a name is an ordinary word (公司), which means something else elsewhere."""
    return len(name) <= _SMALLEST and len(rjieba.cut(name)) == 1


def _name_before(phrase: str, other: str) -> str:
    """The name that a phrase ends with: from where the short form begins, or as far back as nouns go."""
    start = phrase.find(other[0])
    if start >= 0 and is_short_form(other, phrase[start:]):
        return phrase[start:]
    end = len(phrase)
    for word, tag in reversed(rjieba.tag(phrase)):
        if not tag.startswith(_NOUNS):
            break
        end -= len(word)
    return phrase[end:]


def mentions(query: str) -> Iterator[tuple[int, int]]:
    """Where a normalised question may name an office: whole words that end like one, longest first."""
    bounds = word_bounds(query)
    for match in _ENDS.finditer(query):
        if match.end() in bounds:
            for start in bounds:
                if match.end() - LONGEST <= start < match.start():
                    yield start, match.end()


def word_bounds(text: str) -> list[int]:
    """Where the words of a text begin, and where the last one ends."""
    return [0, *accumulate(map(len, rjieba.cut(text)))]


@lru_cache(maxsize=_REMEMBERED)
def reads_like_a_name(name: str) -> bool:
    """Whether the words may be those of a name: not 没有直接关联. Single characters may be short ones."""
    return not any(tag and tag[0] in _OUTSIDE for word, tag in rjieba.tag(name) if len(word) > 1)

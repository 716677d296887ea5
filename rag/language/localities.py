"""Places that a document is of and a question names: provinces by all their names, others by their suffix.

May import the core's table of provinces and the spelling of Chinese text. A name is read where a word
begins, so that 黄河南岸 is not 河南; what bears a place's name (吉林大学, 上海路) is none.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from rag.language.chinese import normalise
from rag.language.provinces import BY_LETTER, BY_NAME

LONGEST = 16
_SHORTEST = 2

_PREFECTURES = "自治州|地区|经济特区|市(?![场容]|民(?![营用间政]))|州|盟"
_COUNTIES = "自治县|自治旗|新区|区|县|旗"
_UNIT = re.compile(rf"(?P<bare>[\u4e00-\u9fff]{{2,9}}?)(?P<suffix>{_PREFECTURES}|{_COUNTIES})")
# What ends so is no administrative area.
_NO_AREA = re.compile(
    r"(?:示范|开发|高新|试验|自由贸易|自贸|保税|合作|产业|工业|经济|技术|旅游|度假|风景|名胜|保护|功能|特别行政|行政|民族自治"
    r"|[全本该各我省市县地园校城老小社片街灾山库景厂林牧湖海辖矿郊战禁专特服务管控])区$"
    r"|(?:[全本该各我省大城都股楼车超夜上入门])市$|(?:[全本该各我省市郡])[县州]$"
)
# What a place's own name is followed by in the names of others.
_BEARER = (
    r"大学|学院|师范|理工|交通大|工业大|科技大|中学|外国语|银行|集团|公司|航空|铁路局|卫视|日报|晚报"
    r"|时间|时装|话|菜|[东南西北中]?[路街站](?![线径])|火?车站|机场|冬?奥运?会|世博|自由贸易|自贸"
)
_BEARERS = re.compile(_BEARER)
# After a province's short name: another area of the same name (吉林市, 海南州).
_NAMESAKE = re.compile(r"市|州|县|(?:藏族|蒙古族)自治[州县]")
_OFFICES = re.compile(
    r"(?:人民)?政府|人大|政协|人民代表大会|委(?![员托])|党委|纪委|人民|法院|检察|办|关于|国民经济|各"
    r"|[\u4e00-\u9fff]{1,8}局"
)
_PARTY = re.compile(r"^(?:中共|中国共产党|《|“|关于印发|印发)+")
# 京沪两地, 浙今年: letters are places where they are counted or asked for.
_COUNTED = re.compile(
    r"(?:两|二|三|四)[省市区地]|各|分别|省|[去今明]年|(?:19|20)\d\d年|[和与跟、](?=[^，。]{1,4}(?:各|分别|两|[去今明]年))"
)
# 全国, 国务院: a document of the state is of no place.
_STATE = "中华人民共和国"
_NATIONAL = re.compile(rf"^(?:{_STATE}|国务院|全国|中共中央|中央|国家)")
# A name that the dictionary does not have is believed up to this length, without such words in it.
_LONGEST_BARE = 3
_JOINING = frozenset("pcrudv")
_PLACE_TAGS = frozenset(("ns", "nt", "nr", "nz", "n"))


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative area: `name` tells it from others of its `level`, `spellings` are all it goes by."""

    name: str
    level: str
    spellings: tuple[str, ...]


_PROVINCES = {
    name: Area(found.short, "province", found.names) for name, found in (BY_NAME | BY_LETTER).items()
}


@dataclass(frozen=True, slots=True)
class Named:
    """Areas that one name in a text means, from the widest to the narrowest (深圳市宝安区)."""

    areas: tuple[Area, ...]
    start: int
    end: int


def province(name: str) -> Area | None:
    """The province of this name, or one-character form; `None` when there is none."""
    return _PROVINCES.get(name)


@lru_cache(maxsize=16_384)
def areas_of(name: str) -> tuple[Area, ...]:
    """What a title, the name of a file or an issuer says first that it is of; nothing where it does not say.

    >>> [area.name for area in areas_of("深圳市宝安区人民政府")]
    ['深圳市', '宝安区']
    """
    text = _PARTY.sub("", normalise(name))
    found: list[Area] = []
    position = 0
    while (read := _leading(text, position)) is not None:
        area, position = read
        found.append(area)
    return tuple(found)


def is_national(name: str) -> bool:
    """Whether a document of this name, or of this issuer, is the state's."""
    return _NATIONAL.match(normalise(name)) is not None


def named_areas(query: str, known: Container[str] = ()) -> list[Named]:
    """The areas that a normalised question names, in order; those side by side (浙江杭州) are read as one.

    `known` are spellings that are areas in this library whatever the dictionary thinks of them.
    """
    found: list[Named] = []
    for area, start, end in _scan(query, known):
        last = found[-1] if found else None
        if last and last.end == start and area.level != "province" and last.areas[-1].level != "county":
            found[-1] = Named((*last.areas, area), last.start, end)
        else:
            found.append(Named((area,), start, end))
    return found


def _scan(query: str, known: Container[str]) -> Iterator[tuple[Area, int, int]]:
    tokens = rjieba.tag(query)
    starts = [0]
    for word, _ in tokens:
        starts.append(starts[-1] + len(word))
    edges = frozenset(starts)
    taken = 0
    for (word, tag), start in zip(tokens, starts, strict=False):
        if start < taken:
            continue
        read = _province_at(query, start, edges) or _known_at(query, start, known, edges)
        read = read or _suffixed(word, tag, start)
        if read is not None:
            area, taken = read
            yield area, start, taken
        else:
            yield from _letters(query, word, start)


def _province_at(text: str, start: int, edges: Container[int]) -> tuple[Area, int] | None:
    """The province whose name stands here as a word of its own, and where it ends."""
    for end in range(min(len(text), start + LONGEST), start + _SHORTEST - 1, -1):
        area = province(text[start:end])
        if area is None:
            continue
        if text[start:end] == area.name and _NAMESAKE.match(text, end):
            return None
        whole = end in edges or _OFFICES.match(text, end) is not None
        borne = text[start:end] == area.name and _BEARERS.match(text, end)
        return (area, end) if whole and not borne else None
    return None


def _known_at(text: str, start: int, known: Container[str], edges: Container[int]) -> tuple[Area, int] | None:
    for end in range(min(len(text), start + LONGEST), start + _SHORTEST - 1, -1):
        name = text[start:end]
        whole = end in edges or name[-1] in "市区县州盟旗"
        if name in known and whole and _BEARERS.match(text, end) is None:
            return _unit(name) or Area(name, "", (name,)), end
    return None


def _suffixed(word: str, tag: str, start: int) -> tuple[Area, int] | None:
    area = _unit(word) if tag in _PLACE_TAGS else None
    return (area, start + len(word)) if area else None


def _letters(query: str, word: str, start: int) -> Iterator[tuple[Area, int, int]]:
    """Provinces by one character: a run of them that is counted, or asked of."""
    if not all(letter in BY_LETTER for letter in word):
        return
    run = start + len(word)
    while run < len(query) and query[run] in BY_LETTER:
        run += 1
    if _COUNTED.match(query, run):
        for position, letter in enumerate(word, start):
            if (area := province(letter)) is not None:
                yield area, position, position + 1


def _leading(text: str, position: int) -> tuple[Area, int] | None:
    """The area that a title goes on with at a position."""
    edges = range(len(text) + 1)
    if position == 0 and (read := _province_at(text, 0, edges)) is not None:
        return read
    match = _UNIT.match(text, position)
    area = _unit(match[0]) if match else None
    if match is None or area is None:
        return None
    said = _OFFICES.match(text, match.end()) or match.end() == len(text) or area.level == "prefecture"
    likely = said and len(match["bare"]) <= _LONGEST_BARE and not _says(match["bare"])
    return (area, match.end()) if likely or _is_place(match[0]) else None


def _unit(name: str) -> Area | None:
    """The area that a name with its suffix is; `None` for what only ends alike (开发区, 全市)."""
    match = _UNIT.fullmatch(name)
    if match is None or (_NO_AREA.search(name) and not _is_place(match["bare"])):
        return None
    bare, suffix = match["bare"], match["suffix"]
    if suffix == "州" and not _is_place(name) and (_is_place(name[-2:]) or len(bare) > _SHORTEST):
        return None
    level = "prefecture" if re.fullmatch(_PREFECTURES, suffix) else "county"
    name = f"{bare}市" if suffix == "经济特区" else name
    is_name = level == "prefecture" or _is_place(bare)
    spellings = (name, bare) if is_name and province(bare) is None else (name,)
    return Area(name, level, spellings)


def _is_place(name: str) -> bool:
    """Whether the dictionary has a name as a place's."""
    return any(word == name and tag == "ns" for word, tag in rjieba.tag(name))


def _says(name: str) -> bool:
    """Whether a word of a supposed name joins, points or does, as those of names seldom do: 关于|市."""
    return any(tag[:1] in _JOINING for _, tag in rjieba.tag(name))

"""Whether a text tells a figure of the very thing that a question asks the figure of.

May import the core. A row of targets holds a figure of each kind, and a question for one that is not among
them shares all but a word with the row. So the words of the thing asked for must be said by the sentence or
around it, as they are or in a word that means the same, and its name beside a figure that may answer.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import rjieba

from rag.language.names import Span, posts
from rag.language.numerals import YEAR, Quantity, quantities
from rag.language.pinyin import sounds
from rag.language.regions import regions
from rag.language.surnames import NAME
from rag.matching.expected import figures, measure
from rag.matching.respective import meant
from rag.query.question import is_chinese
from rag.query.topic import ASKING, RELATIONAL, scope

# How like a word of the text must be to one of the question to say the same (工钱, 工资); things of one
# kind that a row tells one beside the other (水果, 糖料; 医生, 护士) are less alike.
SAME = 0.75
# How sure a reader must be to speak for a figure of something that the text does not name: on CMRC2018 train
# it is where it is right, on a row of targets it is seldom.
KNOWN = 0.25

# Parts of speech that name a thing; 支出 and the like are done as often as they are counted.
_NOUNS = ("n", "j", "l", "i", "b", "vn", "an")
_COUNTED = frozenset("支出 收入 进口 出口 补贴 补助 贷款 消费 投资 存款 用电 产值".split())
# Nouns that only stand for what is counted, as people speak.
_LIGHT = frozenset("日子 口子 地方 东西 人家 时候 办法 事儿 事情 活儿 玩意 样子 点子 门路 好处".split())
# What people call it, and what statistics go by.
_CALLED = (
    ("财政收入", "预算收入"),
    ("财政支出", "预算支出"),
    ("经济总量", "生产总值"),
    ("经济增速", "经济增长"),
    ("物价", "消费价格"),
    ("外贸", "进出口"),
    ("住房", "房屋"),
)
_GROUP = re.compile("农村|农民|城镇居民|民营|国有|外资|女|男")
# Who tells it or of where, and dimensions that the unit of a figure says.
_NOT_MEASURED = RELATIONAL | frozenset(
    (
        "报告 总理 国家 我国 中国 省份 地区 城市 政府 部分 目前 现有 全身 总额 总值 工作日 数目 额度 增加值 "
        "时限 期限 年限 时长 工期 "
        "体重 重量 体积 大小 身长 体长 岁数 年龄 寿命 海拔 深度 宽度 距离 时速 占地面积 总面积"
    ).split()
)
_ASKS = re.compile(r"[几多哪何此该本每某]|百分")
# 最多能领多少, 几天内能办好: no names of energy.
_MAY = re.compile(r"能(?![力源量耗效级见手])|内能$")
_GROWTH_ASKED = re.compile(
    r"增[速幅]|增长率|降幅|涨幅|(?:增长|下降|提高|降低|上升|上涨|增加|[增涨降])了?(?:的?目标)?(?:是|为|定在|要|达)?(?:多少|百分之|几个)"
)
_GROWS = re.compile(r"[增涨升提降减扩缩快]|下[滑跌]|回落|[翻跑]")
_SHARE = re.compile(r"[占比]重|占|贡献率")
# What a share is of, 占GDP比重, is named beside its figure and is not what the figure is of.
_BASE = re.compile(r"占(?:全[国省市区县])?[^,。;、的占]{1,10}?的?(?=比[重例值]|\d)")
# Measures that go by letters: GDP, CPI.
_LETTERS = re.compile("gdp|gnp|cpi|ppi|pmi")
_WHOLE_ASKED = re.compile(r"一共|总共|总数|总量|合计")
_ADDED = re.compile(r"(?:增加|增长|提高|上升|下降|减少|降低|多|少)了?(?:约|近|超过?)?$")
_AT_MOST = re.compile(r"最[高多长大](?:不|可|能|为|是)[^,。]{0,6}(?:多少|几)|(?:不能?得?|不可以?)超过|上限")
_AT_LEAST = re.compile(
    r"最[低少短小](?:不|要|得|为|是)[^,。]{0,6}(?:多少|几)|(?:不能?得?|不可以?)[少低]于|下限|至少"
)
_FLOOR = re.compile(r"(?:不得?[少低]于|不[少低]于|至少)[^,。;]{0,20}$")
_CEILING = re.compile(r"(?:不得?超过|不超过|不得?[高多]于|至多)[^,。;]{0,20}$")
_STOP = re.compile(r"[,。;:!?\n]")
# Between figures that are told in turn: 分别增长4.3%左右和7.1%.
_IN_TURN = re.compile(r"(?:左右|以[上下内])?(?:[,、和与及]|以及)")
# What a question ends with that asks for the figure of what stands before it.
_LAST_ASKED = re.compile(rf"{ASKING}[^,。的]{{0,4}}[?]?$")
# Units that nothing else is told in; a count may well be told in another measure word.
_TELLING = frozenset("元 美元 % 人 户 吨 公里 亩 平方米 平方公里".split())
# What is told in a row of two and is never the other, and what says both at once.
_BOTH = re.compile("进出口|进出境|出入境|男女")
_OPPOSITES = (
    ("收入", "支出"),
    ("进口", "出口"),
    ("存款", "贷款"),
    ("农村", "城镇"),
    ("入境", "出境"),
    ("男", "女"),
    ("最高", "最低"),
)
_OPENS = ("“", "‘", "「", "《", '"')
# 第十八条, 上一年度: which one, not how many.
_ORDINAL = ("第", "上", "下", *_OPENS)
_LEVELS = "省市县区州"
# What is counted, at the end of a question: 要新建多少个充电桩.
_COUNTS = re.compile(r"(?:多少|几)[个家所座处条场名位套台户张篇项辆架只](?P<thing>[\u4e00-\u9fff]{2,5})[?]?$")
# Characters of a word that say of what kind the thing is: 管道 of 排水管道.
_KIND = 2
# So many figures make a row.
_ROW = 3

# Questions whose words are kept: each is held against several texts.
_REMEMBERED = 256
# How like the nearest word of a text is to a word: 0..1.
Alike = Callable[[str, str], float]


@lru_cache(maxsize=_REMEMBERED)
def things(query: str) -> tuple[Span, ...]:
    """The words of a normalised question that name what it asks the figure of, each where it first stands."""
    # Where it is and who tells it are not what is measured.
    places = [(one.start, one.end) for one in (*regions(query), *posts(query))]
    found: list[Span] = []
    position = 0
    for word, tag in rjieba.tag(query):
        start, position = position, position + len(word)
        inside = any(left <= start and position <= right for left, right in places)
        if not inside and _names(word, tag) and not any(word == one.text for one in found):
            found.append(Span(word, start, position))
    counted = _COUNTS.search(query)
    # 充电桩 is done and a thing to the dictionary, and one thing to whoever asks how many.
    if counted is not None and not any(counted.start("thing") <= one.start for one in found):
        found.append(Span(counted["thing"], *counted.span("thing")))
    return tuple(found)


def _names(word: str, tag: str) -> bool:
    if _LETTERS.fullmatch(word):
        return True
    if (
        len(word) < 2
        or word.isascii()
        or word in _NOT_MEASURED | _LIGHT
        or _ASKS.search(word)
        or _MAY.match(word)
    ):
        return False
    if tag.startswith("nr"):
        return tag == "nr" and re.fullmatch(NAME, word) is None
    if tag == "ns":
        return _GROUP.search(word) is not None
    return tag.startswith(_NOUNS) or word in _COUNTED


def unsaid(query: str, text: str, around: str, alike: Alike) -> tuple[str, ...]:
    """The words of what is measured that neither a text nor what stands around it says.

    All normalised. Empty where most of them, the last among them, are said, and for a question in
    English. A typo is said where it sounds or reads on like what the text says.
    """
    if not _SHARE.search(query):
        text = _BASE.sub("", text)
    named = things(query) if is_chinese(query) else ()
    missed = [one for one in named if one.text not in around and not _is_said(query, one, text, alike)]
    # What a thing is called by, or most of its name; a document that is about one kind leaves out which.
    if not missed or not (missed[-1] == named[-1] or 2 * len(missed) >= len(named) or _of_group(missed)):
        return ()
    return tuple(one.text.upper() for one in missed)


def elsewhere(query: str, said: str) -> tuple[str, ...]:
    """The places that a question opens with and nothing names of what is said of or around a text."""
    if not is_chinese(query):
        return ()
    opening = len(scope(query))
    return tuple(one.text for one in regions(query) if one.end <= opening and not _is_there(one.text, said))


def _of_group(missed: Sequence[Span]) -> bool:
    """Whether a word says of whom or what part a figure is, which tells it from that of another."""
    return any(_GROUP.search(one.text) for one in missed)


def _is_there(place: str, said: str) -> bool:
    """Whether a text names a place, with or without what it is (浙江省), or the one that it is in."""
    return any(word in said or word.rstrip(_LEVELS) in said for word in rjieba.cut(place))


def _is_said(query: str, thing: Span, text: str, alike: Alike) -> bool:
    word = thing.text
    if word in text or sounds(word) in sounds(text) or _may_be_typo(query, thing, text):
        return True
    if any(word == called and name in text for called, name in _CALLED):
        return True
    if word.startswith("第"):
        return word[1:] in text
    if word in _COUNTED or alike(word, text) < SAME:
        return False
    of, kind = word[:-_KIND], word[-_KIND:]
    return len(of) < _KIND or kind not in text or of in text or alike(of, text) >= SAME


def _may_be_typo(query: str, thing: Span, text: str) -> bool:
    """Whether the text goes on with another last character: 特别国债 for 特别国责."""
    before = query[max(thing.start - 2, 0) : thing.end - 1]
    return len(before) > len(thing.text) and before in text


def tells_another(query: str, text: str) -> bool:
    """Whether a normalised text has no figure in the unit asked for, or tells of the opposite alone."""
    if measure(query).unit in _TELLING and not figures(query, text):
        return True
    return any(
        one in query and one not in text and other in _BOTH.sub("", text) and other not in query
        for pair in _OPPOSITES
        for one, other in (pair, pair[::-1])
    )


def told(query: str, text: str) -> tuple[Quantity, ...]:
    """The figures of a normalised text that may be of what a normalised question asks for.

    They are of its kind (a rise where a rise is asked for, no least where the most is), and in a row of
    figures its name stands by them.
    """
    row = [one for one in quantities(text) if not _is_number_of(text, one)]
    head = _head(query)
    named = bool(head) and head in text and len(row) >= _ROW
    return tuple(
        one
        for one in meant(query, text, figures(query, text))
        if not text[: one.start].endswith(_OPENS)
        and _is_kind(query, text, one, row)
        and (not named or _stands_by(head, text, one, row))
    )


def _is_number_of(text: str, figure: Quantity) -> bool:
    """Whether a figure only numbers, dates or begins a name: 第十八条, 2024年, “四个善作善成”."""
    written = text[figure.start : figure.end]
    return (
        text[: figure.start].endswith(_ORDINAL)
        or figure.unit in ("月", "日", "号")
        or YEAR.match(written) is not None
    )


def _head(query: str) -> str:
    """The last of the things that a question asks the figure of at its end; "" where it asks otherwise."""
    asks = _LAST_ASKED.search(query)
    if asks is None:
        return ""
    clause = query.rfind(",", 0, asks.start()) + 1
    found = [one.text for one in things(query) if clause <= one.start and one.end <= asks.start()]
    return found[-1] if found else ""


def _is_kind(query: str, text: str, figure: Quantity, row: Sequence[Quantity]) -> bool:
    before = text[_reach(text, figure, row) : figure.start]
    if measure(query).unit == "%" and _GROWTH_ASKED.search(query):
        grows = _GROWS.search(before) is not None or _carried(text, figure, row)
        if not grows or _SHARE.search(before):
            return False
    if _WHOLE_ASKED.search(query) and _ADDED.search(before):
        return False
    if _AT_MOST.search(query) and _FLOOR.search(before):
        return False
    return not (_AT_LEAST.search(query) and _CEILING.search(before))


def _carried(text: str, figure: Quantity, row: Sequence[Quantity]) -> bool:
    """Whether figures told before this one are rises: 甲增长5%、乙3%."""
    earlier = [one for one in row if one.end <= figure.start and one.unit == figure.unit]
    return any(_GROWS.search(text[_reach(text, one, row) : one.start]) for one in earlier)


def _reach(text: str, figure: Quantity, row: Sequence[Quantity], *, named: bool = False) -> int:
    """Where what is said of a figure begins: behind the figure before it that it is not told in turn with.

    With `named` behind the one before it that is of another thing: 小区6496个、惠及97.9万户 are of one.
    """
    start = figure.start
    for one in sorted(row, key=lambda each: -each.end):
        if one.end > start:
            continue
        between = text[one.end : start]
        if _IN_TURN.fullmatch(between) is None and (not named or _names_thing(between)):
            return one.end
        start = one.start
    return 0


def _names_thing(text: str) -> bool:
    return any(
        tag.startswith(_NOUNS) and tag != "ns" and word not in RELATIONAL for word, tag in rjieba.tag(text)
    )


def _stands_by(head: str, text: str, figure: Quantity, row: Sequence[Quantity]) -> bool:
    """Whether a name stands by a figure: before it, behind it in its clause, or before the whole row."""
    stop = _STOP.search(text, figure.end)
    beside = text[_reach(text, figure, row, named=True) : stop.start() if stop else len(text)]
    clauses = list(_STOP.finditer(text, 0, row[0].start))
    return head in beside or head in text[: clauses[-1].end() if clauses else 0]

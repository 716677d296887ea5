"""Understanding a question: one spelling, what is asked for, and the words that matter.

May import the core. Rules only, no model.
"""

import re

import rjieba

from rag.datatypes import Inquiry, Question, QuestionKind
from rag.language.chinese import bigrams, normalise, words
from rag.language.numerals import YEAR
from rag.query.definitions import defined
from rag.query.followup import resolve

# What asks for the sides of a contrast whatever else is said.
_CONTRAST = re.compile(r"相比|对比|比较|区别|不同|差别|变化|compare|differ|versus")
# What asks for several things one by one; a comparison when the question also names two sides.
EACH = re.compile(r"分别|各自|各(?:是|为|有|要|占|定|达|增|多少)|都(?:是|有|要)?多少|respectively|\beach\b")
_SIDE = r"(?:\d{4}|年|时|里|中|上|局(?!长)|办(?!主)|委(?!书|员)|报告|分解|文件|会议)"
_TWO_SIDES = re.compile(
    rf"{_SIDE}[^，。？,?]{{0,14}}?[和与、及跟][^，。？,?]{{0,14}}?{_SIDE}|\d{{4}}.*and.*\d{{4}}"
)

# Where something is, not where it shows, comes from or who there does it.
_WHERE = re.compile(
    r"(?<![现映出距因点势题用源键])在(?:哪里|哪儿|何处|哪)(?![一二三四五六七八九十两几些年天月个项方])"
    r"|(?<!从)(?:什么|哪一?个?)(?:地方|位置|地点|路段|场地|场馆)(?!标准|政府|性|财政)"
    r"|哪一?个(?:街道|社区|[省市县区镇村])(?![^，。？?]{0,12}(?:牵头|负责|主管|承办|落实|配合|抓|管))"
    r"|(?:位于|坐落|建在|设在|放在|去|到|住)(?:了|于|在)?(?:哪里?|哪儿|什么地方|何处)(?![些年天月个项])|何处|何地|地址(?:是|在)"
    r"|哪一?[个座条处](?:国家|城市|机场|车站|码头|公园|广场|路|街(?!道))|哪里的|\bwhere\b"
)

# Tried in this order; the first that matches decides. Patterns read normalised text.
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    (
        "person",
        re.compile(
            r"哪位|哪一?个(?:常务)?(?:副?区长|副?县长|副?市长|领导|常委|书记|局长|主任|人)|分管领导|领导是谁"
            r"|(?:书记|局长|主任|区长|县长|市长|理事长|负责人|作者)(?:分别|各|都)?是谁"
        ),
    ),
    ("place", _WHERE),
    (
        "department",
        re.compile(
            r"(哪|什么)(一?个|一?家|些|几个)?(部门|单位|局|机构|委办|街道|公司|企业|医院|学校|银行)"
            r"|(谁|哪家|哪个).{0,4}(牵头|负责|主管|承办|落实)"
            r"|由谁|归谁管|归哪|找哪|谁来?(管|抓|做)|牵头单位|责任单位|主管部门"
            r"|(which|what) (department|bureau|office|unit|agency|body)"
            r"|who (leads|is responsible|takes the lead)"
        ),
    ),
    # Several things are called by names of theirs: 三个省实验室叫什么.
    ("list", re.compile(r"[两二三四五六七八九十]个[^，。？?人]{1,16}(?:都|分别)?(?:叫什么|叫啥)")),
    (
        "person",
        re.compile(r"谁|叫什么|名字|\bwho\b|\bwhose\b|\bname of\b"),
    ),
    (
        "list",
        re.compile(
            r"哪些|哪几|有哪|列出|列举|都有(什么|谁)|包括什么|(几|多少)(个|项)?方面|几项|几大"
            r"|(什么|哪种|何种)(情况下|情形|条件|材料|手续|证件|资料)"
            r"|哪[二三四五六七八九十两]|what are|which .*(projects|measures|tasks|works)|\blist\b"
        ),
    ),
    (
        "date",
        re.compile(
            r"什么时候|何时|啥时候|几时|几点|哪(一)?(年|天|月|日)|几月|几号(?!线|楼)|什么(时间|日期)|时间(节点|是)"
            r"|多久|期限(?=是|为|有?多|[?？]|$)|when\b|what (year|date)"
        ),
    ),
    (
        "number",
        re.compile(
            r"多少|几(个|家|台|户|项|套|所|亩|人|场|条|公里|万|亿|成|次|张|名|处|座|宗|天|年|元|平方)"
            r"|百分之几|比例|占比|多大|多高|多长|目标(值)?(是|为)|指标|增速|增幅|数量"
            r"|how (many|much|long|large|far)|what (percentage|percent|share|is the (target|number))"
            r"|\btarget\b|growth rate"
        ),
    ),
    (
        "yes_no",
        re.compile(
            r"吗[?？]?$|是否|有没有|是不是|会不会|能不能|可不可以|^(is|are|does|do|did|will|has|have|can)\b"
        ),
    ),
    ("how", re.compile(r"怎么|如何|怎样|措施|办法|做法|为什么|为何|为啥|打算|\bhow\b|\bwhy\b")),
)

_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")

# Words of a question that say how it asks, not what about; they are not looked for in the evidence.
_ASKING = frozenset(
    (
        "的 了 是 有 在 和 与 及 或 为 吗 呢 吧 啊 呀 么 嘛 我 我们 你 你们 请 请问 想 想问 知道 告诉 一下 "
        "这 那 这个 那个 它 哪 哪个 哪些 哪家 哪位 哪里 哪儿 哪年 哪项 哪几 哪几个 几 几个 几项 多少 多大 "
        "多高 多长 多久 什么 什么样 啥 谁 何时 什么时候 时候 怎么 怎么样 怎样 如何 为什么 为何 是否 有没有 "
        "是不是 能 能否 会 要 将 到 被 把 由 从 对 就 都 也 还 又 所 以 其 个 家 些 项 种 分别 各 各自 一共 "
        "共 总共 具体 主要 相关 方面 内容 情况 问题 关于 提到 提出 说 说到 介绍 文件 里 中 上 下 时 年 月 日 "
        "the a an of in on at to for and or is are was were be been do does did will would can could should "
        "what which who whom whose when where why how many much by with from that this it its as has have "
        "had there their"
    ).split()
)


def understand(inquiry: Inquiry, *, history_turns: int) -> Question:
    """Make the question stand alone, normalise it and tell its kind."""
    text = inquiry.question.strip()
    standalone = resolve(text, inquiry.history[-history_turns:] if history_turns else ())
    query = normalise(standalone)
    return Question(text=text, standalone=standalone, query=query, kind=kind_of(query))


def kind_of(query: str) -> QuestionKind:
    """What a normalised question asks for: a contrast, or by the first pattern that matches."""
    if is_contrast(query):
        return "comparison"
    if defined(query):
        return "definition"
    return next((kind for kind, pattern in _KINDS if pattern.search(query)), "other")


def is_contrast(query: str) -> bool:
    """Whether a question sets two sides against each other."""
    return bool(_CONTRAST.search(query) or (EACH.search(query) and _TWO_SIDES.search(query)))


def focus_terms(query: str) -> tuple[str, ...]:
    """Distinct words and bigrams of a normalised question that say what it is about.

    Asking words are left out, and no bigram reaches across one.
    """
    kept = [term for run in _runs(query) for term in (*words(run), *bigrams(run))]
    return tuple(dict.fromkeys(term for term in kept if term not in _ASKING))


def focus_words(query: str) -> tuple[str, ...]:
    """Distinct words alone that say what a normalised question is about, single characters left out."""
    kept = [word for run in _runs(query) for word in words(run) if word not in _ASKING]
    return tuple(dict.fromkeys(word for word in kept if len(word) > 1 or word.isalnum() and word.isascii()))


def _runs(query: str) -> list[str]:
    """The stretches of a question between its asking words."""
    runs, run = [], ""
    for token in rjieba.cut(query):
        if token in _ASKING or not token.strip():
            runs.append(run)
            run = "" if token.strip() else token
        else:
            run += token
    return [*runs, run]


def named_years(query: str) -> tuple[str, ...]:
    """Distinct years that a normalised question names, in order."""
    return tuple(dict.fromkeys(YEAR.findall(query)))


def is_chinese(query: str) -> bool:
    """Whether the question is asked in Chinese: a quarter of its letters or more are Chinese characters."""
    letters = sum(map(str.isalpha, query))
    return letters > 0 and len(_CHINESE.findall(query)) * 4 >= letters

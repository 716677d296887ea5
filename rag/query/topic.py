"""What a question is about, told apart from how it asks; whether it is about anything of its own.

May import the core. Rules only, by words and their parts of speech.
"""

import re

import rjieba

from rag.language.names import organisations, persons
from rag.language.numerals import YEAR
from rag.language.regions import regions

ASKING = (
    r"(?:多少|几[个家台户项套所亩人场条处名件座次张位天年点月日]|什么|哪|谁|如何|怎么|怎样"
    r"|何时|多大|多长|多久|多高|第几|为何)"
)
MEASURE = "[台个户家项套所条处名件座次张位亩场种类]"
YEAR_SAID = re.compile(rf"{YEAR.pattern}\s?年?(?:度|间)?|[去今明前上]年(?!龄)")
TAIL = re.compile(
    r"(?P<focus>.{1,120}?)(?P<tail>(?:的?(?:目标|指标|任务|时间|数量|规模|牵头单位|负责人|定义|标准)?(?:(?<=[标务])值)?"
    r"(?:一共|总共|最[长短高低多少]|至少|平均|同比|实际)?"
    r"(?:是|为|有|在|要|应当|将|由|归|从|自|于|计划|预计|打算|能|可以)?"
    r"(?:完成|新建|新增|建成|建设|达到|做到|安排|引进|实现|办理|牵头|承担|增长|下降|提高|降低|增加|减少|规定|支付|占|超过|定的?)?了?)?"
    rf"{ASKING}.*)$"
)
HEAD = re.compile(
    r"(?P<head>^(?:请问)?(?:(?:什么是|什么叫|何谓|所谓)"
    r"|(?:是|由)?(?:哪个|哪些|哪家|谁|什么|哪位)(?:部门|单位|局|人|领导|副?区长)?"
    r"(?:来|在)?(?:牵头|负责|主管|承办|推进|落实|提出)(?:推进|实施|开展|的是|的)?))(?P<focus>.{1,120}?)[?？]?$"
)
_HOW = re.compile(r"(?P<who>.{0,60}?)(?:怎样|怎么|如何|为什么)要?(?P<what>.{2,80})$")
# What is asked for stands behind the asking word: 重点支持哪些新兴产业, 要打造几个千亿级园区.
_INSIDE = re.compile(
    rf"(?P<before>.{{2,100}}?)(?:有|是)?(?:多少|几|哪[些几]?|什么样?的?){MEASURE}?(?P<thing>[^，,？?]{{2,20}})[?？]?$"
)
_WITHIN = re.compile(
    r"(?:应当|必须|要)?(?:在|于)?(?:几|多少)个?(?:工作)?(?:日|天|年|月|小时)(?:内|以内|之内|前|后)(?=.{2})"
)
# A document that the question is asked of.
SOURCE = (
    r"(?:《[^》]{2,40}》|[\u4e00-\u9fff]{2,20}?"
    r"(?:法(?![律院人规制庭官定治])|法典|条例|规定(?=第)|实施细则|办法(?=第|规定|里|中)|规划|工作报告|报告(?=里|中|提出|要求)))"
)
_SCOPE = re.compile(rf"^(?:请问|根据|按照|依据|违反)?(?:{SOURCE}(?:里|中|上|规定的?|提出|要求|对)?)?[，,]?")
# Nouns that say nothing of what they are of.
RELATIONAL = frozenset(
    (
        "实际 办理 一共 总共 监督管理 管理 监督 同比 环比 时候 时间 日期 期限 地方 地点 "
        "位置 地址 部门 单位 机构 领导 负责人 责任人 人 全国 全省 全市 全区 国内 世界 国际 "
        "比例 占比 比重 金额 数额 额度 规模 数量 总数 总量 目标 指标 任务 标准 幅度 增速 "
        "增幅 速度 条件 程序 流程 手续 材料 要求 依据 原因 理由 目的 意义 作用 效果 结果 "
        "成效 进展 进度 情况 内容 措施 办法 方法 方式 做法 步骤 重点 计划 资金 钱 投资 "
        "成本 费用 价格 责任 义务 权利 后果 处罚 罚款 例外 范围 对象 主体 来源 用途 名称 "
        "名字 定义 含义 意思 特点 特征 类型 种类 产量 面积 长度 高度 人数 户数 次数 "
        "牵头单位 责任单位 配合单位 主管部门 牵头部门 责任部门 局长 书记 主任 省长 市长 区长 "
        "县长 牵头 时间表 期间 方面 问题 工作 年 月 日 件 第几 人次 单价 "
    ).split()
)
_NOMINAL = frozenset(("n", "j", "l", "i", "e"))
_NOT_THE_FIRST = frozenset("vpcdryu")
_DONE = frozenset("vdpu")
_MODALS = ("计划", "打算", "预计", "应当", "将要", "要", "将")
_LONGEST_LEANING = 24
# Words of doing or being that a question without a topic has at most.
_MOST_ACTS = 2
_ASKS = re.compile(rf"{ASKING}|几|[吗呢][?？]?$|是否|能不能|有没有")


def focus(question: str) -> str:
    """What a question is about, without its asking words."""
    how = _HOW.match(question)
    if how is not None:
        return _bare(f"{how['who']}{how['what']}")
    head = HEAD.match(question)
    if head is not None:
        return _bare(head["focus"])
    within = _WITHIN.sub("", question)
    if within != question:
        return _bare(within)
    inside = _INSIDE.match(question)
    if inside is not None and _is_thing(inside["thing"]):
        return _bare(inside["before"] + inside["thing"])
    tail = TAIL.match(question)
    return _bare(_without_verb(tail["focus"])) if tail is not None else question.rstrip("？?。！! 吗呢")


def scope(question: str) -> str:
    """What a question opens with that bounds it: the document, region and year that it is asked of."""
    source = _SCOPE.match(question)
    end = source.end() if source else 0
    for _ in range(2):
        year = YEAR_SAID.match(question, end)
        end = year.end() if year else end
        region = next((span for span in regions(question) if span.start == end), None)
        end = region.end if region else end
    return question[:end]


def leans(asked: str) -> bool:
    """Whether a question names nothing that it is about: 什么时候完成, 比例是多少, 可以延长吗."""
    if len(asked) > _LONGEST_LEANING or organisations(asked) or persons(asked) or regions(asked):
        return False
    words = [(word, tag) for word, tag in rjieba.tag(asked) if word not in RELATIONAL]
    if any(tag[:1] in _NOMINAL or tag == "vn" for _, tag in words):
        return False
    acts = [word for word, tag in words if tag[:1] in ("v", "a", "b") and len(word) > 1]
    return len(acts) <= (_MOST_ACTS if _ASKS.search(asked) else 0)


def _is_thing(text: str) -> bool:
    """Whether a phrase names a thing: it ends with a noun or says of what, and not all is relational."""
    tags = rjieba.tag(text)
    nouns = [word for word, tag in tags if tag[:1] in _NOMINAL]
    if not nouns or all(word in RELATIONAL for word in nouns) or tags[0][1][:1] in _NOT_THE_FIRST:
        return False
    return tags[-1][1][:1] in _NOMINAL or tags[-1][1] == "vn" or any(word == "的" for word, _ in tags[1:-1])


def _without_verb(text: str) -> str:
    """A topic without what is to be done to it: PM2.5|要降到, 加装电梯|要完成."""
    topic, modal, done = text.rpartition(next((each for each in _MODALS if each in text[1:]), "\n"))
    if not modal or len(topic) < 2 or not all(tag[:1] in _DONE for _, tag in rjieba.tag(done)):
        return text
    return topic if YEAR_SAID.fullmatch(topic) is None else text


def _bare(text: str) -> str:
    return text.strip("，,。？? 的")

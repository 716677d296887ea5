"""A figure answers only where the thing measured stands beside it: tables of sentences and questions."""

import pytest

from rag.language.chinese import normalise
from rag.matching.measured import elsewhere, tells_another, things, told, unsaid

TARGETS = (
    "主要预期目标是：地区生产总值增长5%左右，一般公共预算收入增长3%，社会消费品零售总额增长5.5%以上，"
    "进出口保稳提质，城镇新增就业70万人，居民消费价格涨幅2%左右，粮食产量616亿斤左右。"
)
PIPES = "全年改造燃气管网723公里、供热管网1122公里，供热改造7638户。"
INCOMES = "民生支出增长6.8%，城镇和农村居民人均可支配收入分别增长4.3%和7.1%，城镇调查失业率5.5%。"
SHARES = "工业投资占固定资产投资比重40.7%，规模以上工业企业利润增长45.7%，外贸进出口增长9.4%。"
HOUSING = "新增保障性住房7.3万套，改造老旧小区6496个、惠及97.9万户。"
ACCOUNT = "职工和单位住房公积金的缴存比例均不得低于职工上一年度月平均工资的5%。"


def _spelled_alike(word: str, text: str) -> float:
    """As like as the share of its characters that a text has."""
    return sum(character in text for character in word) / len(word) if word != "工钱" else 1.0


def _told(question: str, text: str) -> list[str]:
    query, said = normalise(question), normalise(text)
    return [said[one.start : one.end] for one in told(query, said)]


def _unsaid(question: str, text: str, around: str = "") -> tuple[str, ...]:
    return unsaid(normalise(question), normalise(text), normalise(around), _spelled_alike)


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("今年的油料产量目标是多少？", TARGETS, ("油料",)),
        ("今年城镇调查失业率的目标是多少？", TARGETS, ("调查", "失业率")),
        ("今年一般公共预算支出要增长多少？", TARGETS, ("支出",)),
        ("去年改造了多少公里自来水管网？", PIPES, ("自来水管",)),
        ("去年新建了多少公里高速公路？", "新改建农村公路10714公里。", ("高速公路",)),
        ("去年进出口总额增长了多少？", "外贸出口增长7.8%。", ("进出口",)),
        ("今年要新建多少个充电桩？", "新建5G基站1.1万个。", ("充电桩",)),
        ("今年要培训多少名护士？", "培训乡村医生5000名。", ("护士",)),
        ("去年第四产业增加值增长多少？", "一、二、三产业增加值分别增长4%、5.3%、3.4%。", ("第四产业",)),
        ("去年农村居民人均可支配收入增长多少？", "居民人均可支配收入增长5.1%。", ("农村居民",)),
        ("今年GDP的目标是多少？", "研发经费支出增长25%以上，占GDP比重提升至1.2%。", ("GDP",)),
    ],
)
def test_what_a_row_of_figures_does_not_name_is_missed(
    question: str, text: str, missing: tuple[str, ...]
) -> None:
    assert set(_unsaid(question, text)) & set(missing)


@pytest.mark.parametrize(
    ("question", "text", "around"),
    [
        ("今年粮食产量的目标是多少？", TARGETS, ""),
        ("今年GDP的目标是多少？", "GDP增长5%左右。", ""),
        ("研发经费占GDP的比重是多少？", "研发经费支出增长25%以上，占GDP比重提升至1.2%。", ""),
        ("今年要新建多少个充电桩？", "新建电动汽车公共充电桩5000个。", ""),
        ("去年改造了多少公里供热管网？", PIPES, ""),
        ("去年第三产业增加值增长多少？", "一、二、三产业增加值分别增长4%、5.3%、3.4%。", ""),
        ("最低的工钱去年涨了多少？", "最低工资标准平均提高15.4%。", ""),
        ("去年的财政收入增长了多少？", TARGETS, ""),
        ("省长说今年的粮食产量是多少？", TARGETS, ""),
        ("去年新增就业的人家有多少？", "新增就业70万人。", ""),
        ("今年要新建多少个5G机站？", "新建5G基站2.3万个。", ""),
        ("今年超长期特别国责发行多少？", "拟发行超长期特别国债1.3万亿元。", ""),
        ("天津今年新增多少就业？", "城镇新增就业30万人。", "2025年天津市政府工作报告"),
        (
            "不给职工开账户，逾期不办罚多少钱？",
            "逾期不办理的，处1万元罚款。",
            "不为职工设立账户的，责令办理；",
        ),
        ("how many jobs will be created?", "城镇新增就业30万人。", ""),
    ],
)
def test_what_is_said_there_or_around_in_these_words_or_like_ones_is_not_missed(
    question: str, text: str, around: str
) -> None:
    assert _unsaid(question, text, around) == ()


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("今年进出口总额的增长目标是多少？", TARGETS, []),
        ("今年社会消费品零售总额要增长多少？", TARGETS, ["5.5%"]),
        ("去年农村居民人均可支配收入增长了多少？", INCOMES, ["7.1%"]),
        ("去年固定资产投资增长了多少？", SHARES, []),
        ("去年工业企业利润增长了多少？", SHARES, ["45.7%"]),
        ("去年改造老旧小区惠及多少户？", HOUSING, ["6496个", "97.9万户"]),
        ("去年新增保障性住房多少户？", HOUSING, []),
        ("去年优良天数一共多少天？", "优良天数同比增加36天。", []),
        ("去年优良天数增加了多少天？", "优良天数同比增加36天。", ["36天"]),
        ("公积金缴存比例最高不能超过多少？", ACCOUNT, []),
        ("公积金缴存比例最低是多少？", ACCOUNT, ["5%"]),
        ("去年新增就业多少人？", "牢记“四个善作善成”的要求，促进就业。", []),
        ("甲、乙的产量各增长多少？", "甲产量增长5%、乙3%。", ["5%", "3%"]),
    ],
)
def test_a_figure_is_told_of_what_stands_beside_it(question: str, text: str, figures: list[str]) -> None:
    assert _told(question, text) == figures


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("改造老旧小区花了多少亿元？", "改造老旧小区6496个、惠及97.9万户。", True),
        ("改造老旧小区惠及多少户？", "改造老旧小区6496个、惠及97.9万户。", False),
        ("食糖产量是多少万吨？", "食糖产量连续33个榨季排全国第一。", True),
        ("今年一般公共预算收入是多少万亿元？", "一般公共预算支出规模29.7万亿元。", True),
        ("今年一般公共预算支出是多少万亿元？", "一般公共预算支出规模29.7万亿元。", False),
        ("进口增长了多少？", "进出口增长9.4%。", False),
        ("农村居民收入增长多少？", "城镇居民收入增长4.3%。", True),
        ("农村居民收入增长多少？", "城镇和农村居民收入分别增长4.3%和7.1%。", False),
    ],
)
def test_another_unit_or_the_opposite_is_another_thing(question: str, text: str, another: bool) -> None:  # noqa: FBT001 - a table's column
    assert tells_another(normalise(question), normalise(text)) is another


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        ("襄阳去年的经济增速是多少？", "全省经济增长5.8%。", ("襄阳",)),
        ("2024年襄阳的经济增速是多少？", "全省经济增长5.8%。", ("襄阳",)),
        ("襄阳市的经济增速是多少？", "襄阳经济增长5.8%。", ()),
        ("去年经济增长居全国第几？", "全省经济增长5.8%。", ()),
        ("How fast did Hubei grow?", "全省经济增长5.8%。", ()),
    ],
)
def test_a_place_that_nothing_names_is_elsewhere(question: str, said: str, missing: tuple[str, ...]) -> None:
    assert elsewhere(normalise(question), normalise(said)) == missing


@pytest.mark.parametrize("query", ["每家企业最多能领多少?", "居住证多少天内能办下来?"])
def test_what_may_be_done_is_no_thing_measured(query: str) -> None:
    assert not {"能领", "内能"} & {thing.text for thing in things(query)}

"""Short answers are pieces of the cited text or of what is known of its paragraph."""

import pytest

from rag.answer.short_answer import Quoted, short_answer
from rag.datatypes import Attributes, Inquiry, Paragraph, Task
from rag.query.question import understand
from tests.rag.letters import matcher

HOUSING = (
    "实施48个旧改工程，创建22个未来社区，完成小区二次供水改造60个、加装电梯200台以上，"
    "筹集保障性租赁住房5100套（间）。"
)
PLANNED = "初步谋划重大改革9项，重大政策10项，重大平台6个，重大项目200余个，高质量建成名区。"
SCREENED = "为2万名老人开展认知早期筛查、1500名认知高风险老人开展非药物干预。"
SPENT = "项目：营养午餐；预算（万元）：2150；决算（万元）：2098.6；责任科室：学生科"
MOVED = "2021年回迁安置1238户，2022年回迁安置2429户，2023年回迁安置2184户。"

PLAIN = Attributes()
MATCHER = matcher()


def answer(text: str, quote: str, attributes: Attributes = PLAIN) -> str | None:
    question = understand(Inquiry(text), history_turns=0)
    paragraph = Paragraph("d", 1, quote, 0, len(quote), attributes=attributes)
    return short_answer(question, [Quoted(quote, paragraph)], MATCHER)


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        ("2024年固定资产投资目标是多少？", "实现固定资产投资740亿元以上。", "740亿元以上"),
        ("要加装多少台电梯？", HOUSING, "200台以上"),
        ("保障性租赁住房筹集多少套？", HOUSING, "5100套（间）"),
        ("二次供水改造多少个小区？", HOUSING, "60个"),
        ("R&D经费占GDP比重多少？", "R&D研发经费支出增长25%以上，占GDP比重提升至1.2%。", "1.2%"),
        ("接待了多少法律咨询？", "办理法律援助案件412件，接待法律咨询8300余人次。", "8300余人次"),
        ("初步谋划了多少个重大项目？", PLANNED, "200余个"),
        ("重大政策有多少项？", PLANNED, "10项"),
        ("生活圈要做到多少分钟？", "做精15分钟品质文化生活圈和10分钟健身圈。", "15分钟"),
        ("健身圈要做到多少分钟？", "做精15分钟品质文化生活圈和10分钟健身圈。", "10分钟"),
        ("要给多少老人开展筛查？", SCREENED, "2万名"),
        ("2022年回迁安置多少户？", MOVED, "2429户"),
        ("农村居民收入增长多少？", "城镇和农村居民收入分别增长4.3%和7.1%，失业率5.5%。", "7.1%"),
        ("铁路里程增加到了多少？", "铁路里程从2.5万公里增加到4.2万公里。", "4.2万公里"),
        ("粮食总产过了1400亿斤没有？", "粮食总产量1344亿斤，连续8年稳定在1300亿斤以上。", "没有，1344亿斤"),
        ("粮食总产超过1300亿斤了吗？", "粮食总产量1344亿斤。", "是的，1344亿斤"),
        ("浓度降到35以下了吗？", "优良天数增加36天，浓度降至38微克/立方米以下。", "没有，38微克/立方米以下"),
        ("外送多少电？", "全年外送电量1000亿千瓦时。", "1000亿千瓦时"),
        ("老旧电梯更新多少？", "完成20年以上电梯更新，更新住宅老旧电梯1.5万台。", "1.5万台"),
        ("2023年回迁安置了多少户？", MOVED, "2184户"),
        ("传达到多少家律所？", "将市区两级“扫黑除恶”精神传达到全区69家律所。", "69家"),
        ("要用到几个场馆？", "做好4大场馆保障，打造3个圈。", "4大场馆"),
        ("公用经费压减多少？", "在连续4年压减基础上，公用经费按照5%的幅度压减。", "5%"),
        ("打算出让多少经营性用地？", "确保出让经营性用地22宗626亩。", "22宗626亩"),
        ("试用期最长几个月？", "满一年不满三年的，试用期不得超过三个月。", "不得超过三个月"),
        ("罚款多少元？", "情节严重的，处一百元以上五百元以下的罚款。", "一百元以上五百元以下"),
        ("缴存比例是多少？", "缴存比例均不得低于职工月平均工资的5%。", "不得低于职工月平均工资的5%"),
        ("要提前多少天通知？", "用人单位应当提前三十日通知劳动者本人。", "三十日"),
        ("申请要在多长时间内提出？", "自事故发生之日起30日内提出申请。", "30日内"),
        ("体长是多少厘米？", "体长约20-25厘米。", "约20-25厘米"),
        ("营养午餐的决算是多少万元？", SPENT, "2098.6"),
        ("营养午餐的预算是多少？", SPENT, "2150"),
        ("吴芳的电话是多少？", "姓名：吴芳；电话：0571-88005678；单位：县审计局", "0571-88005678"),
        ("什么时候闭馆？", "阅览室每周三闭馆，节假日照常开放。", "每周三"),
        ("什么时候开会？", "例会每周一次，由局长主持。", "每周"),
        ("哪一天印发的？", "2023年底起草，2024年2月29日印发。", "2024年2月29日"),
        ("哪一年印发的？", "2023年底起草，2024年2月29日印发。", "2024年"),
        ("农贸市场什么时候改造完？", "力争2019年8月底前全面完成农贸市场改造；", "2019年8月底前"),
        ("省委书记是谁？", "省委书记袁家军批示指出，要推广。", "袁家军"),
        ("哪个部门办这件事？", "由区民政局办理。", "区民政局"),
    ],
)
def test_found_in_the_text(question: str, quote: str, expected: str) -> None:
    assert answer(question, quote) == expected


@pytest.mark.parametrize("question", ["增长目标是多少？", "目标定了多少？"])
def test_the_number_of_a_congress_counts_nothing(question: str) -> None:
    assert answer(question, "全面贯彻党的二十大和二十届三中全会精神，推动高质量发展。") is None


@pytest.mark.parametrize(
    "quote", ["坚持“两个维护”，绘好一张蓝图。", "今年是新中国成立75周年。", "办好十件实事中的四件。"]
)
def test_a_few_things_counted_by_the_way_are_no_amount(quote: str) -> None:
    assert answer("增长目标是多少？", quote.replace("十件", "数件")) is None


TASK = "新增学位5600个。牵头单位：区教育局。"


@pytest.mark.parametrize(
    ("question", "mark", "expected"),
    [
        ("区教育局有哪些打算？", "牵头单位", None),
        ("新增学位有哪些？", "新增学位", None),
        ("有哪些打算？", "新增学位5600个", "新增学位5600个"),
        ("有哪些打算？", "", None),
    ],
)
def test_what_the_reader_marks_is_the_answer_unless_it_answers_nothing(question, mark, expected) -> None:
    paragraph = Paragraph("d", 1, TASK, 0, len(TASK))
    understood = understand(Inquiry(question), history_turns=0)
    assert short_answer(understood, [Quoted(TASK, paragraph, mark)], MATCHER) == expected


def test_a_number_the_question_already_says_is_not_its_answer() -> None:
    assert answer("2019年要建多少个泊位？", "2019年计划竣工1000个泊位。") == "1000个"


def test_found_in_the_attributes() -> None:
    signed = Attributes("body", "区财政局", "黄仁", "党委书记、局长")
    assert answer("哪个部门要当好财政铁军？", "打造财政铁军。", signed) == "区财政局"
    assert answer("谁说要打造财政铁军？", "打造财政铁军。", signed) == "黄仁"


def test_a_task_names_its_lead_unit_or_when_asked_its_leader() -> None:
    led = Attributes(
        "task", "区住建局", "许挺", task=Task(3, "加装电梯。", ("区住建局", "区民政局"), "许挺副区长")
    )
    assert answer("加装电梯由哪个部门牵头？", "加装电梯。", led) == "区住建局、区民政局"
    assert answer("加装电梯由哪位区领导牵头？", "加装电梯。", led) == "许挺副区长"


@pytest.mark.parametrize("question", ["怎样加装电梯？", "介绍一下电梯"])
def test_an_untyped_question_has_no_short_answer(question: str) -> None:
    assert answer(question, HOUSING) is None

"""What stands under a label that a question names."""

import pytest

from rag.datatypes import Attributes, Evidence, Inquiry, Passage
from rag.query.question import understand
from rag.reading.labels import LabelFinder
from tests.rag.shelf import Page, Shelf

PLAIN = Attributes()
NOTICE = Shelf(
    Page(
        "notice",
        "关于召开全区安全生产工作会议的通知",
        (
            ("决定召开全区安全生产工作会议。现将有关事项通知如下：", (), PLAIN),
            ("2026年3月18日（星期三）下午2:30，会期约2小时。", ("一、会议时间",), PLAIN),
            ("区行政中心主楼三楼第一会议室。", ("二、会议地点",), PLAIN),
            ("各街道主要负责人，村（社区）书记。", ("三、参会人员",), PLAIN),
            ("请各单位于3月13日下班前报送参会回执。", ("四、有关要求",), PLAIN),
            ("业务咨询：安委办赵敏，电话0571-88061190；", ("五、联系方式",), PLAIN),
            ("投诉监督：区政府办公室 0571-8806 2200。", ("五、联系方式",), PLAIN),
            ("请假：郑海（区城管局）", (), PLAIN),
        ),
    )
)


def first(question: str, best: int = 1) -> str:
    hits = NOTICE.hits(("notice", best))
    text = hits[0].paragraph.text
    evidence = Evidence(hits, (Passage(1, 0, len(text), text, score=1.0),))
    found = LabelFinder(NOTICE).complete(understand(Inquiry(question), history_turns=0), evidence)
    passage = found.passages[0]
    assert found.hits[passage.handle - 1].paragraph.text[passage.start : passage.end] == passage.text
    return passage.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("安全生产会议什么时候开？", "3月18日"),
        ("安全生产工作会议在哪里开？", "第一会议室"),
        ("安全生产会议哪些人参加？", "村（社区）书记"),
        ("咨询电话是多少？", "88061190"),
        ("投诉电话是多少？", "8806 2200"),
        ("会议谁请假了？", "郑海"),
    ],
)
def test_the_label_named_leads_to_what_is_asked(question: str, said: str) -> None:
    assert said in first(question)


@pytest.mark.parametrize("question", ["参会回执什么时候交？", "笔试在哪里考？", "值班电话是多少？"])
def test_a_label_of_another_thing_does_not(question: str) -> None:
    assert "现将有关事项" in first(question)


def test_what_is_under_the_label_already_stays() -> None:
    assert "3月18日" in first("安全生产会议什么时候开？", best=2)


PLAN = Shelf(
    Page(
        "plan",
        "重点工作计划",
        (
            ("以建设数字云溪为目标。", (), PLAIN),
            ("1．优化一网通办。", ("三、应用推广科",), PLAIN),
            ("2．建成一屏统览。", ("三、应用推广科",), PLAIN),
            ("3．组织攻防演练。", ("四、网络安全科",), PLAIN),
            ("（一）主会场：主要负责人；", ("三、参会人员", "（一）主会场"), PLAIN),
            ("（二）分会场：村书记。", ("三、参会人员", "（二）分会场"), PLAIN),
            ("附件：1．申领表", (), PLAIN),
            ("2．承诺书", (), PLAIN),
            ("云溪区科技局", (), PLAIN),
        ),
    )
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("应用推广科今年有哪些任务？", ["1．优化一网通办。", "2．建成一屏统览。"]),
        ("会议哪些人参加？", ["（一）主会场：主要负责人；", "（二）分会场：村书记。"]),
        ("通知有哪些附件？", ["附件：1．申领表", "2．承诺书"]),
        ("网络安全科有哪些任务？", []),
        ("综合科有哪些任务？", []),
    ],
)
def test_all_items_under_the_label_are_told(question: str, told: list[str]) -> None:
    hits = PLAN.hits(("plan", 1))
    text = hits[0].paragraph.text
    asked = understand(Inquiry(question), history_turns=0)
    found = LabelFinder(PLAN).complete(asked, Evidence(hits, (Passage(1, 0, len(text), text, score=1.0),)))
    assert [point.text for point in found.points] == told

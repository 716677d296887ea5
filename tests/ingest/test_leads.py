"""An item of a list stands under the sentence that leads to it."""

import pytest

from ingest.parsing import parse

LAW = """# 工伤保险条例

## 第三章 工伤认定

第十四条 职工有下列情形之一的，应当认定为工伤：

（一）在工作时间和工作场所内，因工作原因受到事故伤害的；

（二）患职业病的。

第十六条 职工符合规定。但是有下列情形之一的，不得认定为工伤：

（一）故意犯罪的；

（二）醉酒或者吸毒的。

第十七条 所在单位应当提出工伤认定申请。
"""
NOTICE = """关于做好防汛工作的通知

各街道：

现将有关事项通知如下：

一、加强值守

各单位要落实二十四小时值班。

二、备足物资

要检查下列物资：

1. 沙袋五千个；

2. 水泵二十台。

其他物资按需准备。
"""


def sections(text: str, source: str) -> dict[str, tuple[str, ...]]:
    return {one.text: one.section for one in parse(text.encode(), source).paragraphs}


def test_an_item_of_a_law_stands_under_its_lead() -> None:
    found = sections(LAW, "law.md")
    assert found["（二）患职业病的。"][-1] == "职工有下列情形之一的，应当认定为工伤"
    assert found["（二）醉酒或者吸毒的。"] == (
        "第三章 工伤认定",
        "第十六条",
        "但是有下列情形之一的，不得认定为工伤",
    )
    assert found["第十七条 所在单位应当提出工伤认定申请。"] == ("第三章 工伤认定", "第十七条")


def test_headings_are_led_to_by_nothing_and_a_list_ends_with_its_last_item() -> None:
    found = sections(NOTICE, "notice.txt")
    assert found["各单位要落实二十四小时值班。"] == ("一、加强值守",)
    assert found["2. 水泵二十台。"] == ("二、备足物资", "要检查下列物资")
    assert found["其他物资按需准备。"] == ("二、备足物资",)


@pytest.mark.parametrize("lead", ["要做好下列工作" + "很长" * 60 + "：", "要做好下列工作。"])
def test_what_leads_to_nothing_or_says_too_much_is_no_lead(lead) -> None:
    found = sections(f"通知\n\n{lead}\n\n1. 沙袋五千个；\n\n2. 水泵二十台。\n", "notice.txt")
    assert found["2. 水泵二十台。"] == ()

"""What is asked about a clause stands in it, once, and is not told by the question."""

import random

import pytest

pytest.importorskip("sklearn", reason="development-only package of the training recipe")

from vectorstore.training import cloze

STAY = "扩大单方面免签国家范围，过境免签境内停留时间延长至240小时。"
TREES = "今年在城区种植乔木三万株，由市园林绿化局负责养护。"
HAPPY = "各部门要认真落实《城市绿化条例》，培育生物制造、量子科技、具身智能等未来产业。"
ACT = "第十二条 施工单位应当在2024年3月1日前设置围挡。"


@pytest.mark.parametrize(
    ("window", "answers"),
    [
        (STAY, {"240小时"}),
        (TREES, {"三万株", "市园林绿化局"}),
        (HAPPY, {"城市绿化条例", "生物制造、量子科技、具身智能"}),
        (ACT, {"2024年3月1日"}),
    ],
)
def test_parts_of_a_clause_are_asked_for(window, answers) -> None:
    made = [cloze.cloze(window, random.Random(seed)) for seed in range(60)]
    found = {one.window[one.start : one.end] for one in made}
    assert answers <= found
    assert all(one.window[one.start : one.end] not in one.question for one in made)
    assert all(one.question.endswith("？") for one in made)
    assert not any("第十二条" in one.question for one in made)


def test_how_long_is_asked_where_a_time_is_told() -> None:
    asked = {cloze.cloze(STAY, random.Random(seed)).question for seed in range(60)}
    assert "过境免签境内停留时间延长至多久？" in asked
    assert "过境免签境内停留时间延长至多少小时？" in asked


def test_whether_something_is_so_is_answered_by_the_clause_that_says_it() -> None:
    one = cloze.yes_no("扎实稳就业。发放育儿补贴两千元。", random.Random(1))
    assert one.window[one.start : one.end] == "发放育儿补贴两千元"
    assert "发放育儿补贴两千元" in one.question


@pytest.mark.parametrize("window", ["", "好。", "我们走吧，快点。", "、、、", "“”。《》"])
def test_a_clause_without_such_a_part_is_not_asked_about(window) -> None:
    assert cloze.cloze(window, random.Random(1)) is None

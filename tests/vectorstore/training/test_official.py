"""Questions made from official sentences ask for what stands at the place they give."""

import random

import pytest

from vectorstore.training import official

REPORT = "展望今年，国内生产总值增长5%左右；国家铁路投资达到8000亿元以上。新建高标准农田1亿亩。"
INDUSTRIES = "要落实政策，培育生物制造、量子科技、具身智能等未来产业，壮大新动能。"
ANNOUNCED = "着力稳市场主体保就业。完善减税降费政策，减轻企业负担。"
LAW = "本条例所称公共场所，是指供公众使用的场所。公共场所由县级人民政府负责日常监督管理工作。"
FINE = (
    "违反规定占用消防通道的，由消防机构责令改正，处以五百元以上五千元以下的罚款。本条例自2021年3月1日起施行。"
)


@pytest.mark.parametrize(
    ("maker", "window", "found"),
    [
        (official.figure, REPORT, {("国内生产总值", "5%左右"), ("国家铁路投资", "8000亿元以上")}),
        (official.amount, REPORT, {("高标准农田", "1亿亩")}),
        (official.listed, INDUSTRIES, {("未来产业", "生物制造、量子科技、具身智能")}),
        (official.measure, ANNOUNCED, {("着力稳市场主体保就业", "完善减税降费政策，减轻企业负担")}),
        (official.meaning, LAW, {("公共场所", "供公众使用的场所")}),
        (official.duty, LAW, {("日常监督管理工作", "县级人民政府")}),
        (official.penalty, FINE, {("违反规定占用消防通道", "五百元以上五千元以下")}),
        (official.effect, FINE, {("", "2021年3月1日")}),
    ],
)
def test_what_is_asked_for_stands_where_the_lesson_says(maker, window, found) -> None:
    made = [maker(window, random.Random(seed)) for seed in range(30)]
    assert {
        (next(subject for subject, _ in found if subject in one.question), one.window[one.start : one.end])
        for one in made
    } == found


@pytest.mark.parametrize("maker", [official.figure, official.amount, official.listed, official.meaning])
def test_a_sentence_of_another_shape_is_not_asked_about(maker) -> None:
    assert maker("我们要坚持稳中求进，推动高质量发展。", random.Random(1)) is None

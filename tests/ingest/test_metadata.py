"""What texts say of themselves: number, date, year, issuer, kind.

May import `ingest` and `rag`.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_days
from ingest.docnumber import is_number, read_number
from ingest.loaded import Loaded
from ingest.metadata import read_metadata
from ingest.structure import build
from rag.datatypes import Metadata

PROSE = "请各地各部门结合实际，认真贯彻执行。"


def metadata(text, *, markdown=False):
    return read_metadata(build(Loaded(text, "text/plain", markdown=markdown)), text)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("湖府办〔2024〕3号", "湖府办〔2024〕3号"),
        ("国发[2023]5 号", "国发〔2023〕5号"),
        ("（临政办发【2023】 12 号）", "临政办发〔2023〕12号"),
        ("临政办发（２０２３）１２号", "临政办发〔2023〕12号"),
        ("临政〔2024〕第3号　　签发人：黄飞", "临政〔2024〕第3号"),
        ("发文字号：临政办发〔2023〕15号", "临政办发〔2023〕15号"),
        ("临江市人民政府令 第12号", "临江市人民政府令第12号"),
        ("第 12 号", "第12号"),
        ("2024年第5号", "2024年第5号"),
        ("根据湖府办〔2024〕3号文件，制定本方案", None),
        ("运河路12号", None),
    ],
)
def test_numbers_in_one_spelling(line, number):
    assert read_number([line]) == number


def test_a_number_below_its_order_names_the_order():
    assert read_number(["中华人民共和国国务院令", "第 743 号"]) == "中华人民共和国国务院令第743号"
    assert is_number("国办发明电〔2023〕4号")
    assert not is_number("国办发明电〔2023〕4号文件要求各地认真落实")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024年3月5日至2024年4月6日", ["2024-03-05", "2024-04-06"]),
        ("二〇二三年十一月二十六日", ["2023-11-26"]),
        ("二○二四年三月五日", ["2024-03-05"]),
        ("2024-03-05 10:00", ["2024-03-05"]),
        ("2024.3.5", ["2024-03-05"]),
        ("2024年2月30日", []),
        ("12024-03-055", []),
    ],
)
def test_days_of_the_calendar(text, days):
    assert find_days(text) == days


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_written(day):
    assert find_days(f"{day.year}年{day.month}月{day.day}日") == [day.isoformat()]


def test_a_letter():
    text = (
        "湖州市人民政府办公室文件\n\n湖府办〔2024〕3号\n\n湖州市人民政府办公室关于印发2025年工作要点的通知\n\n"
        f"各区县：\n现印发给你们。{PROSE}\n湖州市人民政府办公室\n2024年12月30日\n"
    )
    expected = Metadata(2024, "湖州市人民政府办公室", "通知", "湖府办〔2024〕3号", "2024-12-30")
    assert metadata(text) == expected


def test_a_decree():
    text = (
        "临江市人民政府令\n\n第 12 号\n\n《临江市养犬管理办法》已经市政府第3次常务会议通过，现予公布。\n"
        f"市长 黄飞\n2022年3月4日\n\n临江市养犬管理办法\n第一条 {PROSE}\n"
    )
    found = metadata(text)
    assert (found.number, found.date, found.issuer) == (
        "临江市人民政府令第12号",
        "2022-03-04",
        "临江市人民政府",
    )


def test_a_law_bears_the_day_of_its_last_amendment():
    text = (
        "# 中华人民共和国船员条例\n\n2007年4月14日 中华人民共和国国务院令第494号公布\n\n"
        "2019年3月2日 《国务院关于修改部分行政法规的决定》第五次修订\n\n2007年9月1日 施行\n\n"
        f"## 第一章 总则\n\n第一条 {PROSE}\n"
    )
    found = metadata(text, markdown=True)
    assert (found.date, found.year) == ("2019-03-02", 2019)
    assert (found.number, found.issuer) == ("中华人民共和国国务院令第494号", "中华人民共和国国务院")


def test_a_report_bears_the_day_it_was_read():
    head = "2025年临江市政府工作报告\n——2025年1月14日在临江市第十届人民代表大会第四次会议上\n"
    text = f"{head}各位代表：\n{PROSE}\n"
    assert metadata(text) == Metadata(2025, "临江市人民政府", "报告", None, "2025-01-14")


def test_a_newspaper_page_bears_its_own_day():
    head = "临江日报\n2024年3月5日 星期二 第01版：要闻\n全区经济工作会议召开\n"
    text = f"{head}本报讯（记者 王五）昨日开会。{PROSE}\n"
    found = metadata(text)
    assert (found.issuer, found.date, found.year) == ("临江日报", "2024-03-05", 2024)


def test_what_is_not_said_is_not_known():
    assert metadata(f"一封来信\n{PROSE}\n") == Metadata()
    assert metadata(f"关于2023年工作的总结\n{PROSE}\n").year == 2023

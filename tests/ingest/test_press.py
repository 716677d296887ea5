"""What stands at the edges of a newspaper page and its articles, and what only looks like it.

May import `ingest`.
"""

import pytest

from ingest.press import (
    Jump,
    Paper,
    closing_jump,
    is_byline,
    is_imprint,
    opening_jump,
    opens_report,
    read_edition,
    read_jump,
    read_paper,
)


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("第04版：要闻", "4"),
        ("第一版 要闻", "1"),
        ("A02 要闻", "A2"),
        ("版面：3", "3"),
        ("临江日报 2024年3月5日 星期二 第12版", "12"),
        ("2024年3月5日 第2版", "2"),
        ("修订版", None),
        ("今年将出版第4版", None),
        ("第3版简报的内容更加丰富也更加好读", None),
        ("2024年3月5日", None),
    ],
)
def test_the_page_that_a_line_names(line, page):
    assert read_edition(line) == page


@pytest.mark.parametrize(
    ("line", "jump"),
    [
        ("（下转4版）", Jump(onward=True, sheet="4")),
        ("(紧接4版)", Jump(onward=False, sheet="4")),
        ("上接第一版", Jump(onward=False, sheet="1")),
        ("下转第A04版", Jump(onward=True, sheet="A4")),
        ("（上接一版《奋进之路》）", Jump(onward=False, sheet="1", name="奋进之路")),
        ("（下转第八版）", Jump(onward=True, sheet="8")),
        ("下转型升级之版", None),
        ("会议强调，要上接天线", None),
    ],
)
def test_notes_that_an_article_goes_on(line, jump):
    assert read_jump(line) == jump


def test_notes_run_into_the_text():
    assert opening_jump("(紧接4版)科学优化城市空间。") == Jump(onward=False, sheet="4")
    assert closing_jump("扎实推进。（下转第2版）") == Jump(onward=True, sheet="2")
    assert opening_jump("（一）加强领导。") is None
    assert closing_jump("扎实推进（见附图）") is None


@pytest.mark.parametrize(
    "line",
    [
        *("本报记者 张三 通讯员 李四", "□本报记者 张三", "（记者 张三）", "文/图 张三"),
        *("责任编辑 张三 版式 李四", "记者 张三 李四 文/图", "通讯员：王 五、李四"),
    ],
)
def test_by_lines(line):
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        *("记者从会上获悉，区政府", "文明城市建设", "图为大会现场", "摄影比赛开幕"),
        *("编辑部的故事", "作者在书中说", "文 化 建 设"),
    ],
)
def test_no_by_lines(line):
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("本报讯（记者 张三）昨日，会议召开。", True),
        ("新华社北京3月5日电 会议召开。", True),
        ("（记者 张三）昨日，会议召开。", True),
        ("据统计，今年增长五成。", False),
        ("本报告所称企业，是指下列单位。", False),
    ],
)
def test_what_reports_begin_with(text, opens):
    assert opens_report(text) is opens


def test_the_paper_and_its_day():
    assert read_paper(["临江日报", "2024年3月5日 星期二"]) == Paper("临江日报", "2024-03-05")
    assert read_paper(["2024年3月5日", "为人民服务", "日报送达情况的说明"]) == Paper()
    assert is_imprint("2024年3月5日 星期二 农历正月廿五")
    assert not is_imprint("2024年3月5日")

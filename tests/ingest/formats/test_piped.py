"""Tables of Markdown: each row reads alone, its values under their headers."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.piped import write_rows
from ingest.pipeline import parse

TABLE = """# 通讯录

| 科室 | 姓名 | 办公电话 |
| --- | :-: | ---: |
| 财政所 | **邹洁** | 88072051 |
| 党政办 |  | 88072001 |

值班电话：88072000
"""


def rows(text: str) -> list[str]:
    return [p.text for p in parse(text.encode(), "a.md").paragraphs if p.attributes.kind == "row"]


def test_each_row_tells_its_values_under_their_headers() -> None:
    assert rows(TABLE) == ["科室：财政所；姓名：邹洁；办公电话：88072051", "科室：党政办；办公电话：88072001"]


def test_the_text_around_a_table_stays_and_a_phone_number_is_no_heading() -> None:
    kinds = {p.text: p.attributes.kind for p in parse(TABLE.encode(), "a.md").paragraphs}
    assert kinds["# 通讯录"] == "title"
    assert kinds["值班电话：88072000"] == "body"


def test_bars_in_code_and_headers_without_rows_are_no_tables() -> None:
    fenced = f"# 题\n\n```\n{TABLE}```\n\n甲乙丙丁。\n"
    alone = "| 甲 | 乙 |\n| --- | --- |\n"
    assert write_rows(fenced) == (fenced, ())
    assert write_rows(alone) == (alone, ())


def test_an_escaped_bar_belongs_to_its_value() -> None:
    assert rows("|型号|数|\n|-|-|\n|A\\|B|3|\n") == ["型号：A|B；数：3"]


@given(st.text(alphabet="|-: \n甲乙3`\\", max_size=80))
def test_cells_stand_where_they_are_said_to(text: str) -> None:
    written, found = write_rows(text)
    for row in found:
        assert "\n" not in written[row.start : row.end]
        for cell in row.cells:
            assert row.start <= cell.start < cell.end <= row.end
            assert written[cell.start : cell.end].strip()


def test_a_task_may_be_one_persons() -> None:
    plan = (
        "云溪区数据局2026年重点工作计划\n\n一、数据科\n"
        "1．新增目录400条。责任人：邵军。完成时间：9月底。\n"
        "2．建成二期。责任人：田野。完成时间：12月底。\n"
    )
    tasks = [p.attributes.task for p in parse(plan.encode(), "a.txt").paragraphs if p.attributes.task]
    assert [(task.text, task.leader, task.deadline) for task in tasks] == [
        ("新增目录400条。", "邵军", "9月底"),
        ("建成二期。", "田野", "12月底"),
    ]


def test_news_behind_a_bullet_can_answer() -> None:
    page = "简讯\n\n●图书馆从4月1日起延长开放时间，周一闭馆。\n\n●区医院新院区5月6日启用，设床位600张。\n"
    kinds = [p.attributes.kind for p in parse(page.encode(), "a.txt").paragraphs if "●" in p.text]
    assert kinds == ["body", "body"]

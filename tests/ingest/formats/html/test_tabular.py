"""Tables of a page: values below their headers, forms, and tables that only arrange.

May import `ingest`.
"""

from ingest.loading import load
from tests.ingest.formats.showing import cells, stretches


def _loaded(body: str):
    return load(f"<html><body>{body}</body></html>".encode(), "a.html")


def test_rows_read_alone_and_values_stand_at_their_cells():
    loaded = _loaded(
        "<table><caption>表一</caption><tr><th>单位</th><th colspan=2>投资</th></tr>"
        "<tr><th></th><th>2023</th><th>2024</th></tr>"
        "<tr><td rowspan=2>水利局</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    assert stretches(loaded) == [
        ("note", "表一"),
        ("row", "单位：水利局；投资/2023：1；投资/2024：2"),
        ("row", "单位：水利局；投资/2023：3；投资/2024：4"),
    ]
    assert cells(loaded)["1", 4, 3] == "4"


def test_a_form_pairs_names_with_values():
    form = "<table><tr><td>索引号：</td><td>00812</td><td>发布日期：</td><td>2024-03-01</td></tr></table>"
    assert stretches(_loaded(form)) == [("row", "索引号：00812；发布日期：2024-03-01")]
    form = (
        "<table><tr><th>文号</th><td>湖政办〔2024〕3号</td></tr><tr><th>日期</th><td>3月1日</td></tr></table>"
    )
    assert stretches(_loaded(form)) == [("row", "文号：湖政办〔2024〕3号"), ("row", "日期：3月1日")]


def test_lines_above_and_below_a_table_are_notes():
    table = (
        "<table><tr><td colspan=2>人员表</td></tr><tr><td></td><td>单位：人</td></tr>"
        "<tr><td>部门</td><td>人数</td></tr><tr><td>教育局</td><td>3</td></tr>"
        "<tr><td colspan=2>注：含借调。</td></tr></table>"
    )
    assert stretches(_loaded(table)) == [
        ("note", "人员表"),
        ("note", "单位：人"),
        ("row", "部门：教育局；人数：3"),
        ("note", "注：含借调。"),
    ]


def test_a_table_that_arranges_a_page_is_read_as_its_parts():
    table = "<table><tr><td>左栏，短。</td><td><h2>标题</h2><p>正文在此。</p></td></tr>"
    assert stretches(_loaded(f"{table}<tr><td>下</td></tr></table>")) == [
        ("text", "左栏，短。"),
        ("heading 2", "标题"),
        ("text", "正文在此。"),
        ("text", "下"),
    ]


def test_spans_beyond_all_measure_cost_nothing():
    rows = "<tr><td rowspan=99999 colspan=99999>甲</td></tr>" * 2000
    assert len(_loaded(f"<table><tr><td>一</td><td>二</td></tr>{rows}</table>").elements) >= 2000

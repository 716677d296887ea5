"""CSV and its kin: each row readable on its own, whatever its charset, marks and quotes.

May import `ingest` and `rag`.
"""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.loading import load
from rag.errors import UnreadableFile
from tests.ingest.formats.showing import cells, stretches, texts

TABLE = [["序号", "单位", "事项"], ["1", "区教育局", "办学，招生"], ["2", "区水利局", "防汛\n抗旱"]]


def _written(rows, **options) -> str:
    stream = io.StringIO()
    csv.writer(stream, **options).writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "a.csv"), (";", "a.csv"), ("|", "a.csv"), ("\t", "a.tsv")]
)
def test_rows_read_alike_in_every_charset_and_with_every_mark(charset, delimiter, name):
    loaded = load(_written(TABLE, delimiter=delimiter).encode(charset), name)
    assert stretches(loaded) == [
        ("row", "序号：1；单位：区教育局；事项：办学，招生"),
        ("row", "序号：2；单位：区水利局；事项：防汛 抗旱"),
    ]
    assert cells(loaded)[None, 3, 2] == "区水利局"


def test_title_unit_header_groups_total_and_note():
    text = (
        "2024年重点项目表\n单位：万元\n序号,单位,投资额,,备注\n,,2024年,2025年,\n一、水利类\n"
        '1,水利局,"1,200",300,在建\n二、教育类\n2,教育局,500,,\n合计,,1700,300,\n备注：数据截至年底。\n'
    )
    assert stretches(load(text.encode(), "a.csv")) == [
        ("title", "2024年重点项目表"),
        ("text", "单位：万元"),
        ("heading 2", "一、水利类"),
        ("row", "序号：1；单位：水利局；投资额/2024年：1,200；投资额/2025年：300；备注：在建"),
        ("heading 2", "二、教育类"),
        ("row", "序号：2；单位：教育局；投资额/2024年：500"),
        ("row", "序号：合计；投资额/2024年：1700；投资额/2025年：300"),
        ("note", "备注：数据截至年底。"),
    ]


def test_ragged_rows_and_rows_without_a_header():
    assert texts(load(b"a|b|c\n1|2|3\n4|5\n6|7|8|9\n", "a.csv")) == [
        "a：1；b：2；c：3",
        "a：4；b：5",
        "a：6；b：7；c：8；9",
    ]
    assert texts(load("教育局,3,4\n水利局,5,6\n".encode(), "a.csv")) == ["教育局；3；4", "水利局；5；6"]


def test_a_table_goes_on_below_an_empty_row_and_another_has_its_own_header():
    text = "单位,人数\n教育局,3\n\n水利局,5\n\n镇,面积\n东镇,7\n"
    assert texts(load(text.encode(), "a.csv")) == [
        "单位：教育局；人数：3",
        "单位：水利局；人数：5",
        "镇：东镇；面积：7",
    ]


def test_a_label_below_an_empty_row_that_heads_nothing_is_still_written():
    text = "单位,人数,备注\n教育局,3,无\n\n镇,面积,说明\n东镇,7,\n"
    assert texts(load(text.encode(), "a.csv")) == [
        "单位：教育局；人数：3；备注：无",
        "说明",
        "镇：东镇；面积：7",
    ]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ('a,b\n1,"' + "字" * 200_000, "引号"),
        ("a,b\n" + "1,2\n" * 600_000, "上限"),
        ("," * 10, "没有文字"),
        ("", "空文件"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(raw, reason):
    with pytest.raises(UnreadableFile, match=reason) as refused:
        load(raw.encode(), "表.csv")
    assert "表.csv" in str(refused.value)


VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=8)


@given(st.lists(st.lists(VALUES, min_size=4, max_size=4), min_size=1, max_size=6))
@example([["", "", "", ""], ["", "", ";", "<"], ["", "", "", "0"]])
def test_every_value_is_in_the_text_at_its_cell(rows):
    header = ["甲", "乙", "丙", "丁"]
    rows = [row for row in rows if row != header]
    if not any(value.strip() for row in rows for value in row):
        return
    loaded = load(_written([header, *rows]).encode(), "a.csv")
    placed, written = cells(loaded), "".join(loaded.text.split())
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            here = placed.get((None, number, column))
            # Labels below an empty row may head what follows; they are then not values, but still written.
            if here is None and [""] * 4 in [
                [each.strip() for each in above] for above in rows[: number - 2]
            ]:
                assert "".join(value.split()) in written
            else:
                assert (here or "").split() == value.split()

"""Texts broken into lines by other programs, whose blanks show where paragraphs begin.

May import `ingest`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.loaded import Loaded
from ingest.structure import build
from tests.ingest.element_texts import plain

HEAD = [
    "临江市检验机构管理条例",
    "2007年9月28日 临江市第十届人民代表大会常务委员会第三十四次会议通过",
    "2009年11月27日 临江市第十一届人民代表大会常务委员会第十四次会议《关于修改的决定》第一次修正",
]
CLAUSES = (
    "坚持稳中求进，推动高质量发展。",
    "新建学校15所、增长12.5%，惠及群众1.2万户。",
    "生产总值增长6.5%左右！",
    "扎实做好民生保障各项工作，切实维护群众合法权益，不断提升服务水平。",
    "围绕产业转型升级，加快传统产业技术改造和设备更新，培育一批专精特新企业，推动数字经济与实体经济深度融合。",
    "全面深化改革开放，持续优化营商环境，完善要素市场化配置体制机制，主动融入和服务全国统一大市场建设。",
)
# Every paragraph breaks long sentences, by which its lines are known to be lines.
PARAGRAPHS = st.permutations(CLAUSES).map("".join)


def wrap(paragraph: str, width: int) -> list[str]:
    """As an editor breaks lines: so many characters each; what may not begin a line hangs on the last."""
    lines, rest = [], paragraph
    while len(rest) > width:
        end = width
        while rest[end : end + 1] in tuple("，。、！”》"):
            end += 1
        lines.append(rest[:end])
        rest = rest[end:]
    return [*lines, rest] if rest else lines


def texts(lines: list[str]) -> list[str]:
    return [piece.text for piece in plain("\n".join(lines)).pieces]


@given(
    st.lists(PARAGRAPHS, min_size=4, max_size=8),
    st.sampled_from([28, 34, 40]),
    st.sampled_from(["　　", ""]),
)
def test_a_full_line_that_ends_a_sentence_ends_no_paragraph_unless_the_next_is_set_off(
    paragraphs, width, indent
):
    short = [f"第{count}件事已经办好。" for count in "甲乙丙丁"]
    written = [text for pair in zip(short, paragraphs, strict=False) for text in pair]
    lines = [HEAD[0], ""]
    for text in written:
        lines += wrap(indent + text, width) + [""] * (not indent)
    assert texts(lines) == [HEAD[0], *written]


@pytest.mark.parametrize("width", [28, 34])
def test_lines_of_history_below_a_title_are_whole(width):
    body = [f"本市推进第{count}项检验工作。" for count in "甲乙丙丁"] + ["".join(CLAUSES)] * 3
    lines = [line for text in [*HEAD, *body] for line in [*wrap(text, width), ""]]
    assert texts(lines)[:3] == HEAD


@pytest.mark.parametrize("markdown", [False, True])
def test_the_lines_of_a_history_each_stand_by_themselves(markdown):
    history = [
        "1988年9月23日 中华人民共和国国务院、中华人民共和国中央军事委员会第14号令发布",
        "1993年4月27日 《国务院、中央军事委员会关于修改〈现役士兵服役条例〉的决定》第一次修订",
        "2010年7月21日 国务院第120次常务会议、2010年3月29日中央军事委员会常务会议修订",
    ]
    title = "# 现役士兵服役条例" if markdown else "现役士兵服役条例"
    text = "\n\n".join([title, *history, "为了完善士兵服役制度，提高士兵队伍素质，制定本条例。", *CLAUSES])
    pieces = build(Loaded(text, "text/plain", markdown=markdown)).pieces
    assert [piece.text for piece in pieces][1:4] == history


def test_lines_that_nothing_sets_off_are_judged_by_their_lengths():
    paragraph = "扎实做好民生保障各项工作，切实维护群众合法权益。坚持稳中求进，推动全市高质量发展再上新台阶。"
    lines = [*wrap(paragraph, 20), *wrap(paragraph, 20), *wrap(paragraph, 20)]
    assert texts(lines) == [paragraph] * 3

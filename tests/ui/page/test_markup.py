"""Nothing from a question or a document becomes markup; citations become links and marks."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers import Answer, Citation, Claim, Refusal, Timings
from rag.datatypes import Paragraph
from rag.scope import Scope
from ui.page.markup import answer_markup, failure_markup, sources_markup, turn_markup, writing_markup
from ui.page.told import literal, told

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[点我](javascript:alert(1)) ![图](http://example.org/x.png)",
    "${alert(1)} {{alert(1)}} `code` **粗** # 标题",
    "</div></article><h1>",
)
CITATION = Citation(1, "d1", "标题", ("一、总则", "（二）投资"), 2, None, 3, 7, "固定资产")
RAW = "前言。固定资产投资目标七百亿。"
PARAGRAPHS = {("d1", 2): Paragraph("d1", 2, RAW, 0, len(RAW))}
ANSWER = Answer(
    "问",
    "问",
    "目标七百亿。[1]",
    "七百亿",
    (CITATION,),
    answered=True,
    confidence=0.9,
    timings=Timings(total=120),
)


class Tags(HTMLParser):
    """Collects the tags and attributes a browser would see."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_literal_text_has_no_tag_and_reads_as_it_was(text: str):
    markup = literal(text)
    assert {tag for tag, _ in Tags(markup).seen} <= {"br"}
    assert not re.search(r"[$`*_{}\[\]()!]", markup)
    assert unescape(markup.replace("<br>", "\n")) == "\n".join(line.strip() for line in text.split("\n")) or (
        # HTML itself has no numeric reference for a few characters that no text holds.
        any(ord(sign) < 32 or 127 <= ord(sign) < 160 or 0xD800 <= ord(sign) < 0xE000 for sign in text)
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_anywhere_stays_text(hostile: str):
    answer = replace(
        ANSWER,
        text=f"{hostile}[1]",
        short_answer=hostile,
        answerer=hostile,
        standalone_question=hostile * 2,
        claims=(Claim(hostile, (1,), supported=False, missing=(hostile, hostile)),),
        citations=(replace(CITATION, title=hostile, section=(hostile,), quote=hostile, document_id=hostile),),
    )
    raw = hostile * 2
    paragraphs = {(hostile, 2): Paragraph(hostile, 2, raw, 0, len(raw))}
    table = f"| {hostile} |\n|---|\n| {hostile}[1] |\n| 甲[1]"
    pieces = (
        answer_markup(answer),
        answer_markup(replace(answer, text=table)),
        turn_markup(hostile, "", scope=Scope(frozenset((hostile,)), frozenset(), frozenset((hostile,)))),
        sources_markup(answer, paragraphs, {hostile: raw}),
        sources_markup(answer, {}, {}),
        turn_markup(hostile, writing_markup(hostile)),
        failure_markup(hostile),
    )
    for piece in pieces:
        tags = Tags(piece).seen
        assert {tag for tag, _ in tags} <= {
            "div",
            "p",
            "a",
            "article",
            "span",
            "ol",
            "li",
            "h3",
            "small",
            "mark",
            "br",
            "table",
            "tr",
            "th",
            "td",
        }
        for _, attributes in tags:
            assert set(attributes) <= {"class", "href", "target", "rel"}
            assert (attributes.get("href") or "/documents/").startswith("/documents/")


def test_markers_become_links_to_their_sources_and_others_stay_text():
    tags = Tags(answer_markup(replace(ANSWER, text="甲。[1] 乙。[2]")))
    links = [attributes["href"] for tag, attributes in tags.seen if tag == "a"]
    assert links == ["/documents/d1?start=3&end=7#p2"]
    assert "[2]" in tags.text


def test_a_card_shows_where_and_marks_the_quote_in_its_paragraph():
    markup = sources_markup(ANSWER, PARAGRAPHS, {"d1": RAW})
    assert "前言。<mark>固定资产</mark>投资目标七百亿。" in markup
    shown = Tags(markup).text
    assert all(part in shown for part in ("标题", "一、总则 › （二）投资", "第 2 段", "1 处"))


def test_a_long_paragraph_is_shown_around_its_quote():
    raw = "前" * 500 + "固定资产" + "后" * 500
    citation = replace(CITATION, start=500, end=504)
    paragraphs = {("d1", 2): Paragraph("d1", 2, raw, 0, len(raw))}
    shown = Tags(sources_markup(replace(ANSWER, citations=(citation,)), paragraphs, {"d1": raw})).text
    assert "…" + "前" * 90 + "固定资产" + "后" * 90 + "…" in shown


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.93, "把握较大（93%）"), (0.6, "有一定把握（60%）"), (0.2, "把握不大（20%），请核对原文")],
)
def test_confidence_is_said_in_words(confidence: float, words: str):
    assert words in Tags(answer_markup(replace(ANSWER, confidence=confidence))).text


def test_a_refusal_is_kind_and_shows_what_is_nearest():
    refusal = Refusal("weak_evidence", "没有找到。")
    refused = replace(ANSWER, text="没有找到。[1]", answered=False, refusal=refusal, short_answer=None)
    assert "换个说法" in answer_markup(refused)
    assert "最接近的原文" in sources_markup(refused, PARAGRAPHS, {"d1": RAW})
    assert "没有找到相关的原文" in sources_markup(replace(refused, citations=()), {}, {})


TWO = replace(
    ANSWER,
    text="甲七百亿。[1]乙八百亿。[1]",
    claims=(
        Claim("甲七百亿。", (1,), supported=True),
        Claim("乙八百亿。", (1,), supported=False, missing=("八百亿",)),
    ),
)


def test_a_sentence_that_does_not_stand_is_marked_beside_it_and_counted():
    shown = Tags(answer_markup(TWO)).text
    assert "甲七百亿。1乙八百亿。1⚠ 原文中没有：八百亿" in shown
    assert "2 句，1 句有据" in shown


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("乙八百亿。", (1,), supported=False), "所引原文不足以支持这一句"),
        (Claim("乙八百亿。", (), supported=False), "这一句没有出处"),
    ],
)
def test_why_a_sentence_does_not_stand_is_said(claim: Claim, words: str):
    assert words in Tags(answer_markup(replace(TWO, claims=(claim,)))).text


def test_a_table_is_shown_as_one_with_its_markers_and_doubts():
    text = "对比如下：\n| 年份 | 目标 |\n|---|---|\n| 2023年 | 七百亿[1] |\n| 2024年 | 八百亿[2] |\n完。"
    claim = Claim("2023年 | 七百亿", (1,), supported=False, missing=("2023年",))
    markup = answer_markup(replace(ANSWER, text=text, claims=(claim,)))
    tags = [tag for tag, _ in Tags(markup).seen]
    assert (tags.count("tr"), tags.count("th"), tags.count("td")) == (3, 2, 4)
    cells = re.findall(r"<td>(.*?)</td>", markup)
    assert [Tags(cell).text for cell in cells] == [
        "2023年",
        "七百亿1⚠ 原文中没有：2023年",
        "2024年",
        "八百亿[2]",
    ]
    assert "---" not in Tags(markup).text
    assert (
        Tags(markup).text.index("对比如下：")
        < Tags(markup).text.index("年份")
        < Tags(markup).text.index("完。")
    )


def test_the_empty_line_that_ends_a_table_is_not_shown():
    table = "| 地区 | 答案 |\n|---|---|\n| 上海 | 6%[1] |"
    assert told(f"{table}\n\n上海高于北京。[1]", {}).endswith("</table>上海高于北京。&#91;1&#93;")
    assert told(table, {}).endswith("</table>")


@given(
    st.lists(st.sampled_from(["| 甲 |", "|---|", "\n", "乙。", "[1]", "丙", "|", "-"]), max_size=14).map(
        "".join
    )
)
def test_any_text_is_told_whole(text: str):
    def inked(told: str) -> str:
        return re.sub(r"[\s|\-:\[\]]", "", told)

    claims = tuple(Claim(part, (1,), supported=True) for part in ("甲", "乙。"))
    assert inked(Tags(told(text, {1: "/documents/d1"}, claims)).text) == inked(text)


def test_how_a_follow_up_was_read_is_shown_and_nothing_where_it_stands_alone():
    assert (
        "理解为：那2023年的目标呢？"
        in Tags(
            answer_markup(replace(ANSWER, question="那2023年呢？", standalone_question="那2023年的目标呢？"))
        ).text
    )
    assert "理解为" not in answer_markup(ANSWER)


def test_where_was_looked_stands_below_the_question():
    scope = Scope(
        frozenset(("d1", "d2")), frozenset((2024, 2023)), frozenset(("区政府",)), frozenset(("通知",))
    )
    assert "限定：2023年、2024年、通知、区政府、2 份文件" in Tags(turn_markup("问", "", scope=scope)).text
    assert "限定" not in turn_markup("问", "")

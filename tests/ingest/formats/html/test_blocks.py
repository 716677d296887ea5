"""What the elements of a page become: headings, items with their numbers, notes, lines.

May import `ingest`.
"""

from pathlib import Path

import pytest

from ingest.loading import load
from tests.ingest.formats.showing import stretches, texts

NOTICE = Path(__file__).parents[1] / "files" / "notice.html"


def _read(body: str) -> list[tuple[str, str]]:
    return stretches(load(f"<html><body>{body}</body></html>".encode(), "a.html"))


def test_a_notice_as_writer_exports_it():
    assert stretches(load(NOTICE.read_bytes(), "notice.html")) == [
        ("text", "关于做好防汛工作的通知"),
        ("heading 1", "一、总体要求"),
        (
            "text",
            "各镇人民政府、街道办事处，区级各部门：为切实做好今年防汛工作，保障人民群众生命财产安全，"
            "经区政府同意，现就有关事项通知如下，请结合实际认真贯彻落实。",
        ),
        ("heading 1", "二、主要任务"),
        ("item", "1. 压实防汛责任"),
        ("item", "2. 排查风险隐患"),
        ("item", "3. 备足抢险物资"),
        ("row", "单位：区水利局；责任人：王芳；电话：0572-2000001"),
        ("row", "单位：区应急局；责任人：李强；电话：0572-2000002"),
        ("text", "附件：防汛责任人名单"),
        ("text", "区防汛指挥部"),
        ("text", "2024年5月6日"),
    ]


def test_headings_and_the_title():
    assert _read("<h1>条例</h1><h2>总则</h2><p>正文。</p><h6>细目</h6>") == [
        ("title", "条例"),
        ("heading 2", "总则"),
        ("text", "正文。"),
        ("heading 6", "细目"),
    ]


def test_several_first_headings_are_the_parts_of_a_page_with_a_title():
    page = "<html><head><title>日报_网站</title></head><body><h1>甲</h1><p>一。</p><h1>乙</h1><p>二。</p>"
    assert stretches(load(page.encode(), "a.html")) == [
        ("title", "日报"),
        ("heading 1", "甲"),
        ("text", "一。"),
        ("heading 1", "乙"),
        ("text", "二。"),
    ]


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("<ol>", ["1. ", "2. "]),
        ("<ol start=5>", ["5. ", "6. "]),
        ("<ol reversed>", ["2. ", "1. "]),
        ("<ol type=a>", ["a. ", "b. "]),
        ("<ol type=I>", ["I. ", "II. "]),
        ('<ol style="list-style-type: cjk-ideographic">', ["一、", "二、"]),
        ('<ol style="list-style:none">', ["", ""]),
        ("<ul>", ["", ""]),
    ],
)
def test_items_have_the_numbers_that_a_browser_writes(tag, marks):
    items = [text for _, text in _read(f"{tag}<li>甲方。</li><li><p>乙方。</p><p>另起一段。</p></li></ol>")]
    assert items == [f"{marks[0]}甲方。", f"{marks[1]}乙方。", "另起一段。"]


def test_an_item_that_brings_its_number_gets_no_other():
    assert texts(load("<ol><li>（一）甲</li><li>二、乙</li></ol>".encode(), "a.html")) == [
        "（一）甲",
        "二、乙",
    ]


def test_line_breaks_are_lines_and_indents_are_paragraphs():
    assert _read("<p>　　第一段，<br>续行。<br>　　第二段，<br><br>第三段</p>") == [
        ("text", "第一段，\n续行。"),
        ("text", "第二段，"),
        ("text", "第三段"),
    ]


def test_lines_of_the_source_leave_no_blanks_between_characters():
    assert _read("<p>区教育\n  局与 <b>MIT</b>\n合作</p>") == [("text", "区教育局与 MIT 合作")]


def test_what_a_browser_does_not_show_is_not_read():
    hidden = (
        "<script>甲</script><style>乙</style><p hidden>丙</p><p style='color:red; display : none'>丁</p>"
        "<template>戊</template><button>己</button><!-- 庚 --><div title=header>页眉</div>"
    )
    assert _read(f"{hidden}<p>正文<ruby>汉<rp>（</rp><rt>hàn</rt><rp>）</rp></ruby>字。</p>") == [
        ("text", "正文汉字。")
    ]


def test_captions_notes_quotes_and_code():
    assert _read(
        "<p>见下图，如所示。</p><figure><img src=a.png><figcaption>图1 走势</figcaption></figure>"
        "<blockquote>引文。</blockquote><pre>一行\n  二行</pre>"
        "<p>正文<sup>1</sup>。</p><div id=sdfootnote1><p>脚注。</p></div>"
    ) == [
        ("text", "见下图，如所示。"),
        ("note", "图1 走势"),
        ("text", "引文。"),
        ("text", "一行\n二行"),
        ("text", "正文1。"),
        ("note", "脚注。"),
    ]

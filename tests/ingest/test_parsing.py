"""Bytes in, paragraphs and chunks out: nothing lost, whatever the text, charset and line ends.

May import `ingest` and `rag`.
"""

import hashlib
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.parsing import MOST_PARAGRAPHS, document_id, document_id_of, parse, parse_apart
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze
from tests.ingest.seeds import FOLDER, NAMES, TASKS, parsed

LINES = st.sampled_from(
    """# 标题
## 第一章　总则
第一条 为了规范工作，制定本条例。
一、总体要求
（一）基本原则。坚持。
1.做好工作。
牵头单位：区教育局、区民政局
区财政局党委书记、局长 黄仁
区教育局
抄送：区委。
2024年2月29日

今天天气很好我们一起去公园里面玩玩，风景
关于印发方案的
通知
▶ 区民政局
（四）
应用场
景功能，进一步。
为 深 入学习贯 彻习近平
3、4号线
| 表 | 格 |
- 列表
```
---""".split("\n")
)
TEXTS = st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=25).map("\n".join)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from([".txt", ".md"]), st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]))
def test_no_character_is_lost_whatever_the_text(text, suffix, line_end):
    text = text.replace("\n", line_end)
    try:
        result = parse(text.encode(errors="ignore"), f"a{suffix}")
    except UnreadableFile:
        return
    raw = result.document.text
    assert "".join(squeeze(p.text) for p in result.paragraphs) == squeeze(raw)
    assert [p.number for p in result.paragraphs] == list(range(1, len(result.paragraphs) + 1))
    previous = 0
    for p in result.paragraphs:
        assert previous <= p.start < p.end <= len(raw)
        assert squeeze(raw[p.start : p.end]) == squeeze(p.text)
        previous = p.end
    for p in result.paragraphs:
        shown = "".join(c.shown for c in result.chunks if c.first == p.number)
        assert squeeze(shown) == squeeze(p.text)
    assert len({c.id for c in result.chunks}) == len(result.chunks)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "gb18030"])
def test_paragraphs_do_not_depend_on_the_charset(name, charset):
    original = parsed(name)
    other = parse(original.document.text.encode(charset), name)
    assert other.document.id != original.document.id
    assert [(p.text, p.section, p.start, p.end, p.attributes) for p in other.paragraphs] == [
        (p.text, p.section, p.start, p.end, p.attributes) for p in original.paragraphs
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_paragraphs_do_not_depend_on_the_line_ends(name, line_end):
    original = parsed(name)
    other = parse(original.document.text.replace("\n", line_end).encode(), name)
    assert [(p.text, p.section, p.attributes) for p in other.paragraphs] == [
        (p.text, p.section, p.attributes) for p in original.paragraphs
    ]
    assert line_end in other.document.text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [(r"\n\s*\n", "\n"), (r"\n", "\n\n"), (r"\n", "\n    "), (r"\n", "  \n"), (" ", "\xa0"), ("# ", "#")],
    ids=[
        "no empty lines",
        "twice as many",
        "all indented",
        "trailing blanks",
        "no-break spaces",
        "bare hashes",
    ],
)
def test_paragraphs_do_not_depend_on_blanks_around_lines(name, pattern, replacement):
    original = parsed(name)
    other = parse(re.sub(pattern, replacement, original.document.text).encode(), name)
    assert [(squeeze(p.text), p.section, p.attributes) for p in other.paragraphs] == [
        (squeeze(p.text), p.section, p.attributes) for p in original.paragraphs
    ]


def test_the_same_bytes_give_the_same_document_whatever_they_are_called():
    raw = (FOLDER / TASKS).read_bytes()
    first, second = parse(raw, TASKS), parse(raw, "other.txt")
    assert first.document.id == second.document.id == hashlib.sha256(raw).hexdigest()[:32]
    assert [c.id for c in first.chunks] == [c.id for c in second.chunks]
    assert first == parse(raw, TASKS)


def test_a_text_without_a_title_is_called_by_its_file():
    assert parse("今天天气好。明天也好。".encode(), "uploads/天气.txt").document.title == "天气"


@pytest.mark.parametrize("source", ["a.exe", "a.dwg", "a.txt.gz"])
def test_an_unknown_kind_of_file_is_refused_with_the_known_ones(source):
    with pytest.raises(UnreadableFile, match=r"\.txt、.*\.md"):
        parse("好。".encode(), source)


def test_a_source_is_never_opened():
    assert parse("好。".encode(), "../../etc/passwd.txt").document.text == "好。"


def test_a_file_without_line_breaks_is_parted_into_readable_paragraphs():
    text = "今天天气好，我们去公园。" * 2000 + "无" * 7000
    result = parse(text.encode(), "a.txt")
    assert max(len(p.text) for p in result.paragraphs) <= 3000
    assert max(len(c.shown) for c in result.chunks) <= 200


def test_endless_files_are_refused_before_the_work():
    with pytest.raises(UnreadableFile, match=f"{MOST_PARAGRAPHS + 1} 段.*拆分"):
        parse("字\n".encode() * (MOST_PARAGRAPHS + 1), "a.txt")


@given(st.lists(st.binary(max_size=20), max_size=5))
def test_the_id_does_not_depend_on_how_the_bytes_are_cut(blocks):
    assert document_id_of(blocks) == document_id(b"".join(blocks))


def test_another_process_does_not_send_the_bytes_back():
    apart, here = parse_apart("好。".encode(), "a.txt"), parse("好。".encode(), "a.txt")
    assert (apart.raw, here.raw) == (b"", "好。".encode())
    assert (apart.document, apart.paragraphs, apart.chunks) == (here.document, here.paragraphs, here.chunks)
    assert apart.document.id == document_id("好。".encode())

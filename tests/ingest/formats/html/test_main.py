"""The main text of a page: all of it, and nothing of what stands around it.

May import `ingest`.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.loading import load
from tests.ingest.formats.html.skeletons import SKELETONS, newspaper
from tests.ingest.formats.showing import texts
from tests.ingest.seeds import NAMES, parsed

SHORT = (["暂停办理业务。"], ["定于今晚停水", "请提前储水", "市供水公司"], ["详见附件"])


def _known(name):
    """A founding document's paragraphs, long and short, without what a list of them would repeat."""
    return list(dict.fromkeys("".join(each.text.split()) for each in parsed(name).paragraphs))


@pytest.mark.parametrize("skeleton", SKELETONS)
@pytest.mark.parametrize("name", NAMES)
def test_the_text_comes_out_of_any_page_as_it_went_in(skeleton, name):
    known = _known(name)
    page = skeleton("一份文件", known)
    read = ["".join(text.split()) for text in texts(load(page.encode(), "a.html"))]
    assert [text for text in read if text != "一份文件"] == known


@pytest.mark.parametrize("skeleton", SKELETONS)
@pytest.mark.parametrize("paragraphs", SHORT)
def test_nothing_of_a_short_text_is_lost(skeleton, paragraphs):
    assert set(paragraphs) <= set(texts(load(skeleton("公告", paragraphs).encode(), "a.html")))


@settings(max_examples=40, deadline=None)
@example(newspaper, ["0", "1", "1111111111111111111。"])
@given(
    st.sampled_from(SKELETONS),
    st.lists(st.text("甲乙丙丁，。：0123456789abc", min_size=1, max_size=60), min_size=1, max_size=12),
)
def test_nothing_of_any_text_is_lost(skeleton, paragraphs):
    read = "".join("".join(texts(load(skeleton("标题之下", paragraphs).encode(), "a.html"))).split())
    for paragraph in paragraphs:
        assert paragraph in read


def test_a_list_of_links_is_read_where_there_is_nothing_else():
    page = "<ul><li><a href=1>通知一</a></li><li><a href=2>通知二</a></li><li><a href=3>公告</a></li></ul>"
    assert texts(load(page.encode(), "a.html")) == ["通知一", "通知二", "公告"]


def test_files_that_belong_to_a_text_are_no_menu():
    files = "".join(f'<li><a href="{place}.docx">附表{place}</a></li>' for place in range(1, 5))
    page = f"<body><p>现将有关表格印发，请认真填写。</p><ul>{files}</ul></body>"
    assert texts(load(page.encode(), "a.html"))[1:] == ["附表1", "附表2", "附表3", "附表4"]


def test_lists_in_lists_too_deep_for_the_extractor_are_read_without_it():
    page = "<body><p>正文在此，应当读到。</p>" + "<ol><li>" * 900 + "最深的一项，也应读到。"
    assert texts(load(page.encode(), "a.html")) == ["正文在此，应当读到。", "1. 最深的一项，也应读到。"]

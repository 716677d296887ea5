"""Newspaper pages: articles under their headlines, and articles that go on elsewhere.

May import `ingest` and `rag`.
"""

from ingest.structure import build
from tests.ingest.element_texts import PROSE, loaded, path, piece, plain

FRONT = f"""临江日报
2024年3月5日 星期二 第01版：要闻

全区经济工作会议召开
——部署全年重点工作
本报记者 张三 通讯员 李四

开头。{PROSE}
把握形势
形势。{PROSE}（下转4版）

运河文化节盛大开幕
本报讯（记者 王五）昨日，文化节开幕。{PROSE}
责任编辑 赵六
"""
BACK = f"""第04版：综合
全区经济工作会议召开
（紧接1版）续文。{PROSE}
再续。{PROSE}

社区食堂新增十五家
本报讯 消息。{PROSE}
"""


def test_each_article_is_a_part_under_its_headline():
    found = plain(FRONT)
    assert found.title == "全区经济工作会议召开"
    assert path(found, "开头。") == ("全区经济工作会议召开",)
    assert path(found, "形势。") == ("全区经济工作会议召开", "把握形势")
    assert path(found, "本报讯") == ("运河文化节盛大开幕",)
    assert path(found, "运河文化节") == path(found, "——部署") == ()
    kinds = {each.text[:4]: each.attributes.kind for each in found.pieces}
    assert kinds["本报记者"] == kinds["责任编辑"] == kinds["2024"] == "note"
    assert kinds["——部署"] == kinds["运河文化"] == "heading"


def test_an_article_goes_on_where_its_jump_says():
    found = plain(FRONT + BACK)
    assert path(found, "（紧接1版）") == path(found, "再续") == ("全区经济工作会议召开", "把握形势")
    assert path(found, "本报讯消息") == ("社区食堂新增十五家",)
    assert path(found, "第04版") == ()


def two_jumps(*after):
    return build(
        loaded(
            ("note", "第01版：要闻"),
            ("heading", "经济工作会议隆重召开", 1),
            ("text", "本报记者 张三"),
            ("text", f"甲文。{PROSE}"),
            ("text", "（下转第3版）"),
            ("heading", "运河文化节盛大开幕", 1),
            ("text", "本报记者 李四"),
            ("text", f"乙文。{PROSE}"),
            ("text", "（下转第4版）"),
            *after,
        )
    )


def continuation(sheet, headline, note):
    return [
        ("note", f"第{sheet}版：综合"),
        ("heading", headline, 1),
        ("text", note),
        ("text", f"续文。{PROSE}"),
    ]


def test_names_join_halves_whatever_their_pages():
    found = two_jumps(*continuation("05", "文化节开幕", "（上接第1版《运河文化节盛大开幕》）"))
    assert path(found, "续文") == ("运河文化节盛大开幕",)
    assert piece(found, "（上接").attributes.kind == piece(found, "（下转第3").attributes.kind == "note"


def test_pages_join_halves_whose_names_differ():
    found = two_jumps(*continuation("04", "水岸共此良宵", "（上接第1版）"))
    assert path(found, "续文") == ("运河文化节盛大开幕",)
    found = two_jumps(*continuation("03", "水岸共此良宵", "（上接第1版）"))
    assert path(found, "续文") == ("经济工作会议隆重召开",)


def test_a_continuation_of_what_is_not_here_is_an_article_of_its_own():
    found = two_jumps(*continuation("08", "水岸共此良宵", "（上接第2版）"))
    assert path(found, "续文") == ("水岸共此良宵",)


def test_headlines_are_known_by_level_and_lines_beside_them_by_none():
    found = build(
        loaded(
            ("heading", "为民造福谱新篇", 2),
            ("heading", "全区经济工作会议隆重召开", 1),
            ("heading", "部署全年工作", 3),
            ("text", "本报记者 张三"),
            ("text", f"甲文。{PROSE}"),
            ("heading", "把握大势", 3),
            ("text", f"小节。{PROSE}"),
            ("heading", "文明实践走进社区", 1),
            ("text", f"乙文。{PROSE}"),
            ("heading", "一线见闻录之三", 1),
            ("text", "本报记者 李四"),
            ("text", f"丙文。{PROSE}"),
        )
    )
    assert path(found, "甲文") == ("全区经济工作会议隆重召开",)
    assert path(found, "小节") == ("全区经济工作会议隆重召开", "把握大势")
    assert path(found, "乙文") == ("文明实践走进社区",)
    assert path(found, "丙文") == ("一线见闻录之三",)


def test_one_article_is_no_page():
    found = plain(f"全区经济工作会议召开\n本报记者 张三\n开头。{PROSE}\n把握形势\n形势。{PROSE}\n")
    assert path(found, "开头。") == ()
    assert path(found, "形势。") == ("把握形势",)

"""Names: offices whole and without the words that ran into them, people with the posts they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.names import likely_persons, organisations, persons, posts, same_office, same_post


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由区民政局办理", ["区民政局"]),
        ("生态环境拱墅分局、区总工会和区红十字会", ["生态环境拱墅分局", "区总工会", "区红十字会"]),
        ("杭州市拱墅区人民政府办公室", ["杭州市拱墅区人民政府办公室"]),
        ("大运河数智未来城管委会，18个街道", ["大运河数智未来城管委会", "18个街道"]),
        ("区住房和城乡建设局牵头", ["区住房和城乡建设局"]),
        ("区财政局和区教育局", ["区财政局", "区教育局"]),
        ("区科技工业区委、区发改经信局", ["区科技工业区委", "区发改经信局"]),
        ("区数据资源局配合", ["区数据资源局"]),
        ("不断提升大关街道服务水平", ["大关街道"]),
        ("城改办怎样保障、区大运办要推动", ["城改办", "区大运办"]),
        ("区委组织部副部长", ["区委组织部"]),
        ("区教育局党委书记", ["区教育局"]),
        ("和睦街道与和平街道", ["和睦街道", "和平街道"]),
        ("全力做好台汛期和局地强降雨应对", []),
        ("强化对街道属地绿化监管", []),
        ("谋划发展新格局，打破僵局，举办活动，全码办", []),
        ("省委书记批示，常委出席", []),
        ("各街道办事处", []),
        ("组建江南农商联合银行", ["江南农商联合银行"]),
        ("首家省实验室——燕山材料实验室挂牌成立", ["省实验室", "燕山材料实验室"]),
        ("发挥人民政协作用，提请全国人大常委会审议", ["人民政协", "全国人大常委会"]),
    ],
)
def test_organisations(text: str, names: list[str]) -> None:
    found = organisations(text)
    assert [name.text for name in found] == names
    assert [text[name.start : name.end] for name in found] == names


@given(
    st.text("我们要好做天水山，。 a1", max_size=40),
    st.sampled_from(["区民政局办理", "18个街道", "和睦街道与和平街道"]),
)
def test_names_are_the_same_however_far_back_in_a_text(before: str, text: str) -> None:
    shift = len(before) + 1
    found = [(one.text, one.start - shift, one.end - shift) for one in organisations(f"{before}。{text}")]
    assert found == [(one.text, one.start, one.end) for one in organisations(text)]


@pytest.mark.parametrize(
    ("text", "name", "held", "offices"),
    [
        ("省委书记袁家军批示指出", "袁家军", ("省委书记",), ()),
        ("对照省委书记车俊在全省会议上提出的", "车俊", ("省委书记",), ()),
        ("一、冯晶区长牵头工作", "冯晶", ("区长",), ()),
        ("九、许挺副区长牵头工作", "许挺", ("副区长",), ()),
        ("七、沈建立副区长牵头工作", "沈建立", ("副区长",), ()),
        ("黄飞常务副区长", "黄飞", ("常务副区长",), ()),
        ("区财政局党委书记、局长 黄仁", "黄仁", ("局长", "党委书记"), ("区财政局",)),
        ("局长黄仁要求", "黄仁", ("局长",), ()),
        ("局长黄仁德要求", "黄仁德", ("局长",), ()),
        (
            "区招商局（区经合办）党委书记、局长（主任）是朱永红",
            "朱永红",
            ("主任", "局长", "党委书记"),
            ("区经合办", "区招商局"),
        ),
        ("区残联党组书记、理事长 谢建青", "谢建青", ("理事长", "党组书记"), ("区残联",)),
        ("是区住建局、区人防办（区民防局）的陈劲松", "陈劲松", (), ("区民防局", "区人防办", "区住建局")),
        ("省人民政府代省长李殿勋作政府工作报告", "李殿勋", ("代省长",), ()),
        ("会议上北京市市长 殷勇同志作政府工作报告", "殷勇", ("市长",), ()),
        ("局长张永强在会上发言", "张永强", ("局长",), ()),
        ("局长黄仁强调了安全", "黄仁", ("局长",), ()),
        ("局长黄仁主持会议", "黄仁", ("局长",), ()),
        ("自治区主席 蓝天立", "蓝天立", ("自治区主席",), ()),
        ("西藏自治区代理主席 嘎玛泽登", "嘎玛泽登", ("自治区代理主席",), ()),
        ("李德仁院士获国家最高科学技术奖", "李德仁", ("院士",), ()),
    ],
)
def test_persons(text: str, name: str, held: tuple[str, ...], offices: tuple[str, ...]) -> None:
    (person,) = persons(text)
    assert (person.text, person.posts, person.offices) == (name, held, offices)
    assert text[person.start : person.end] == name


@pytest.mark.parametrize(
    "text",
    [
        "我们将以袁书记批示肯定为动力",
        "召开局长会议，主任高度重视",
        "书记项目，区长任职",
        "书记到祥符街道讲党课",
        "主席 团结奋进新征程",
        "吉林省的省长叫什么",
    ],
)
def test_words_that_are_nobody(text: str) -> None:
    assert persons(text) == ()


def test_people_without_a_post_are_likely_at_best() -> None:
    assert [span.text for span in likely_persons("导演张艺谋和演员巩俐合作")] == ["张艺谋", "巩俐"]
    assert [span.text for span in likely_persons("由罗尼·奥沙利文夺冠")][0].endswith("罗尼·奥沙利文")
    assert likely_persons("台汛期和局地强降雨应对") == ()


@pytest.mark.parametrize(
    ("asked", "held", "same"),
    [
        ("区长", "区长", True),
        ("区长", "副区长", False),
        ("副区长", "常务副区长", True),
        ("书记", "党委书记", True),
        ("党委书记", "党组书记", False),
        ("省委书记", "书记", True),
        ("局长", "主任", False),
        ("局长", "局里", False),
    ],
)
def test_one_post_is_another(asked: str, held: str, same: bool) -> None:  # noqa: FBT001 - a table's column
    assert same_post(asked, held) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("招商局", "区招商局（区经合办）", True),
        ("区住建局", "区住房和城乡建设局", True),
        ("区教育局", "市教育局", False),
        ("区民政局", "区财政局", False),
        ("", "区财政局", False),
    ],
)
def test_one_office_is_another(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table's column
    assert same_office(one, other) is same
    assert same_office(other, one) is same


@given(st.text(alphabet="区市委局办街道书记副长黄王李、（）由和 1第", max_size=60))
def test_spans_are_true_in_any_text(text: str) -> None:
    for span in (*organisations(text), *posts(text), *likely_persons(text)):
        assert text[span.start : span.end] == span.text
    for person in persons(text):
        assert text[person.start : person.end] == person.text


@pytest.mark.parametrize(
    "unit", ["区", "区局", "黄", "局长", "书记王", "王·", "和委", "区住房和", "第1个街道"]
)
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * 1500
    assert all(text[span.start : span.end] == span.text for span in organisations(text))
    assert all(text[person.start : person.end] == person.text for person in persons(text))

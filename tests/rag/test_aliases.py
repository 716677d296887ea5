"""Names of one office, by form; names a text says are one; and names that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.aliases import definitions, is_short_form, mentions, office_names, offices, same_office
from rag.language.chinese import normalise

ONE_OFFICE = [
    ("区发改经信局", "发展改革和经济信息化局"),
    ("发改局", "区发改经信局"),
    ("发改局", "区发展改革和经济信息化局"),
    ("发改委", "国家发展和改革委员会"),
    ("省政府", "省人民政府"),
    ("省政府", "湖北省人民政府"),
    ("卫健委", "卫生健康委员会"),
    ("人社局", "人力资源和社会保障局"),
    ("区人社局", "武汉市江岸区人力资源和社会保障局"),
    ("市监局", "市场监督管理局"),
    ("区市场监管局", "区市场监督管理局"),
    ("住建局", "住房和城乡建设局"),
    ("国资委", "国有资产监督管理委员会"),
    ("工信部", "工业和信息化部"),
    ("残联", "残疾人联合会"),
    ("市人大常委会", "市人民代表大会常务委员会"),
]
OTHERS = [
    ("区发改局", "市发改局"),
    ("教育局", "体育局"),
    ("市财政局", "市审计局"),
    ("发展局", "改革局"),
    ("区委", "市委"),
    ("住建局", "城建局"),
    ("发改局", "发改委"),
    ("江门市财政局", "中山市财政局"),
    ("绿地", "绿地"),
]


@pytest.mark.parametrize(("short", "whole"), ONE_OFFICE)
def test_a_short_form_is_known_by_its_long_one_and_the_other_way_round(short: str, whole: str) -> None:
    assert same_office(short, whole)
    assert same_office(whole, short)
    keys = {office.key for office in offices(short)} & {office.key for office in offices(whole)}
    assert keys, "they must be filed together"


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_offices_stay_apart(one: str, other: str) -> None:
    assert not same_office(one, other)


@given(st.text(st.sampled_from("发展改革和经济信息化局区市省委员会办公室"), max_size=14))
def test_every_office_is_itself(name: str) -> None:
    assert same_office(name, name) == bool(offices(name))


@given(st.text(st.sampled_from("发展改革经济信息"), min_size=1, max_size=9))
def test_a_whole_is_its_own_short_form_and_nothing_longer_is(whole: str) -> None:
    assert is_short_form(whole, whole)
    assert not is_short_form(whole + "局", whole)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("国务院证券监督管理机构（以下简称证监会）应当", [("国务院证券监督管理机构", "证监会")]),
        ("番禺区发展和改革局，简称区发改局，是", [("区发展和改革局", "区发改局")]),
        ("马铃薯（又称土豆）是", [("马铃薯", "土豆")]),
        ("市容环境卫生管理局（以下简称“市容环卫局”）", [("市容环境卫生管理局", "市容环卫局")]),
        ("在中华人民共和国境内（以下简称境内）设立", []),
        ("为了规范服务（以下简称本条例）", []),
        ("设立的北京智慧公司（以下简称公司）", []),
        ("（以下简称", []),
    ],
)
def test_a_text_says_what_else_something_is_called(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(definitions(normalise(text))) == pairs


def test_offices_are_named_in_a_text() -> None:
    text = "由区发展和改革局牵头,区财政局、区卫生健康委员会配合"
    assert list(office_names(text)) == ["区发展和改革局", "区财政局", "区卫生健康委员会"]


def test_a_question_names_offices_by_whole_words() -> None:
    query = "请问区发改局牵头哪些工作"
    assert "区发改局" in [query[start:end] for start, end in mentions(query)]
    assert list(mentions("大联盟如何办理")) == []

"""Places that titles say they are of, and that questions name."""

import pytest

from rag.language.localities import areas_of, is_national, named_areas, province
from rag.language.provinces import BY_LETTER, PROVINCES


def names(query: str, *known: str) -> list[list[str]]:
    return [[area.name for area in found.areas] for found in named_areas(query, known)]


@pytest.mark.parametrize(
    ("title", "areas"),
    [
        ("浙江省政府工作报告", ["浙江"]),
        ("广西政府工作报告", ["广西"]),
        ("内蒙古自治区数字经济促进条例", ["内蒙古"]),
        ("深圳市宝安区人民政府", ["深圳市", "宝安区"]),
        ("上海市浦东新区城市管理条例", ["上海", "浦东新区"]),
        ("光明区政府工作报告", ["光明区"]),
        ("深圳经济特区数据条例", ["深圳市"]),
        ("中共北京市委关于制定规划的建议", ["北京"]),
        ("吉林市物业管理条例", ["吉林市"]),
        ("海南藏族自治州水资源条例", ["海南藏族自治州"]),
        ("延边朝鲜族自治州长白山管理条例", ["延边朝鲜族自治州"]),
        ("聊城市物业管理条例", ["聊城市"]),
    ],
)
def test_a_title_says_what_it_is_of_first(title: str, areas: list[str]) -> None:
    assert [area.name for area in areas_of(title)] == areas


@pytest.mark.parametrize(
    "title",
    [
        "关于支持雄安新区建设的意见",
        "区政府工作报告",
        "城市管理条例",
        "建筑市场管理规定",
        "高新技术产业开发区条例",
        "各部门学习贯彻区委全会精神",
        "中华人民共和国劳动法",
        "吉林大学章程",
        "",
    ],
)
def test_a_title_of_no_place_names_none(title: str) -> None:
    assert areas_of(title) == ()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("浙江今年的gdp目标", [["浙江"]]),
        ("河南省政府今年做什么", [["河南"]]),
        ("西藏、内蒙古、海南三地", [["西藏"], ["内蒙古"], ["海南"]]),
        ("浙江省杭州市今年", [["浙江", "杭州市"]]),
        ("北京市朝阳区的学位", [["北京", "朝阳区"]]),
        ("京沪两地各是多少", [["北京"], ["上海"]]),
        ("what is inner mongolia's gdp target", [["内蒙古"]]),
        ("东莞市的协作", [["东莞市"]]),
    ],
)
def test_a_question_names_areas_side_by_side_as_one(query: str, found: list[list[str]]) -> None:
    assert names(query) == found


@pytest.mark.parametrize(
    "query",
    [
        "黄河南岸的治理",
        "唐山东站",
        "浙江大学的学费",
        "上海路在哪",
        "京津冀协同发展",
        "示范区和开发区",
        "全市一共多少",
        "新增学位",
    ],
)
def test_what_only_sounds_like_a_place_is_none(query: str) -> None:
    assert names(query) == []


@pytest.mark.parametrize(
    ("query", "name"), [("吉林省的目标", "吉林"), ("吉林市的目标", "吉林市"), ("海南州的粮食", "海南州")]
)
def test_places_of_one_name_are_told_apart(query: str, name: str) -> None:
    assert names(query) == [[name]]


def test_a_known_name_is_found_where_the_dictionary_has_none() -> None:
    assert names("杭州的目标") == []
    assert names("杭州的目标", "杭州市", "杭州") == [["杭州"]]


def test_every_province_is_found_by_each_of_its_names() -> None:
    assert len(PROVINCES) == 34
    for one in PROVINCES:
        for name in (*one.names, *one.letters):
            found = province(name)
            assert found is not None
            assert found.name == one.short
        for name in one.names:
            assert names(f"{name} 今年的目标") == [[one.short]], name
    assert len(BY_LETTER) == sum(len(one.letters) for one in PROVINCES)


def test_the_state_is_no_place() -> None:
    assert is_national("中华人民共和国国务院政府工作报告")
    assert not is_national("浙江省政府工作报告")

"""What a question wants defined, and where laws and reports say what a term means."""

import pytest

from rag.language.chinese import normalise
from rag.query.definitions import defined, definitions, mentions


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("什么是个人信息？", "个人信息"),
        ("何谓“放管服”改革？", "“放管服”改革"),
        ("慈善组织是什么？", "慈善组织"),
        ("本条例所称的口岸是指什么？", "口岸"),
        ("个人信息保护法里的敏感个人信息指什么？", "敏感个人信息"),
        ("耐心资本是什么意思？", "耐心资本"),
        ("中国式现代化的含义是什么？", "中国式现代化"),
        ("海南的“一号工程”到底是什么？", "一号工程"),
        ("奋斗目标是什么？", ""),
        ("2024年固定资产投资目标是多少？", ""),
        ("报告最后说要以优异成绩迎接什么的胜利召开？", ""),
        ("区教育局的职责是什么？", ""),
        ("", ""),
    ],
)
def test_defined(question: str, term: str) -> None:
    spelled = normalise(question)
    assert defined(spelled) == normalise(term)


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        (
            "口岸",
            "第二条 本条例所称的口岸，是指供人员出入境的港口、机场、车站等。本市口岸由市政府管理。",
            "本条例所称的口岸，是指供人员出入境的港口、机场、车站等。",
        ),
        ("业主", "第六条 房屋的所有权人为业主。业主有下列权利。", "第六条 房屋的所有权人为业主。"),
        (
            "未成年人",
            "第二条 本条例所称未成年人是指未满十八周岁的公民。",
            "本条例所称未成年人是指未满十八周岁的公民。",
        ),
        (
            "网络运营者",
            "（三）网络运营者，是指网络的所有者、管理者和网络服务提供者。",
            "网络运营者，是指网络的所有者、管理者和网络服务提供者。",
        ),
        ("四责协同", "所谓“四责协同”，就是四责一体落实。", "所谓“四责协同”，就是四责一体落实。"),
        ("许可机关", "许可机关应当自受理之日起二十日内作出决定。", None),
        ("导航", "导航指标体系由市政府制定。", None),
        ("", "任何文字。", None),
    ],
)
def test_definitions(term: str, text: str, found: str | None) -> None:
    spans = definitions(term, text)
    assert [span.text for span in spans] == ([found] if found else [])
    assert all(text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(
    ("term", "text", "spoken"),
    [
        ("新质生产力", "加快发展新质生产力。", True),
        ("历史周其率", "跳出历史周期率的第二个答案", True),
        ("新质生产力", "加强安全生产监管", False),
        ("慈善组织", "", False),
    ],
)
def test_a_term_is_mentioned_even_when_mistyped(term: str, text: str, spoken: bool) -> None:
    assert mentions(term, text) is spoken

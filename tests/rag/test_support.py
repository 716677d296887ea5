"""Support: what the cited text says passes in any spelling, what it does not say is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citing.support import MINIMUM_OVERLAP, check
from rag.language.chinese import sentences, squeeze

SOURCE = (
    "区住房和城乡建设局党委书记、局长 黄仁：2024年3月5日，"
    "区委召开会议，投入6000万元，新增学位1200个，增长5.5%。"
    "根据杭政函〔2024〕3号文件，落实“四有教师”要求，由区教育局、文晖街道牵头，市财政局配合。会议在7月15日结束。"
    "老旧小区不收取停车费，不得随意堆放杂物。"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "投入6000万元[1]。",
        "投入0.6亿元[1][2]。",
        "２０２４年３月５日投入六千万元。",
        "3月5日区委召开会议",
        "新增学位1,200个，增长百分之五点五",
        "新增學位1200個",
        "根据杭政函(2024)3号文件",
        "杭政函[2024]3号文件要求落实“四有教师”",
        "落实「四有教师」要求",
        "由区教育局牵头",
        "由教育局牵头",
        "文晖街道牵头[1]",
        "区住建局局长黄仁",
        "局长黄仁要求增长5.5%",
        "黄仁",
        "落款日期为二〇二四年三月五日",
        "1200个",
        "老旧小区不收取停车费",
        "老旧小区不得随意堆放杂物",
        "新增学位1200名",
        "紧紧围绕区委召开会议",
    ],
)
def test_what_is_said_is_supported(sentence: str) -> None:
    support = check(sentence, [SOURCE])
    assert (support.missing, support.supported) == ((), True)


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("投入7000万元", "7000万元"),
        ("投入6000元", "6000元"),
        ("新增学位1200亩", "1200亩"),
        ("增长5.6%", "5.6%"),
        ("2023年投入6000万元", "2023年"),
        ("2024年3月15日召开会议", "2024年3月15日"),
        ("3月15日召开会议", "3月15日"),
        ("2024年7月5日召开会议", "2024年7月5日"),
        ("根据杭政函〔2024〕4号文件", "〔2024〕4号"),
        ("落实“五有教师”要求", "“五有教师”"),
        ("落实《教师法》要求", "《教师法》"),
        ("由区体育局牵头", "区体育局"),
        ("由市教育局牵头", "市教育局"),
        ("由区财政局配合", "区财政局"),
        ("由武林街道牵头", "武林街道"),
        ("局长黄明要求新增学位1200个", "黄明"),
        ("老旧小区收取停车费", "收取"),
        ("区教育局、文晖街道不牵头", "不牵头"),
        ("黄仁德局长要求新增学位1200个", "黄仁德"),
    ],
)
def test_what_is_made_up_is_named(sentence: str, missing: str) -> None:
    support = check(sentence, [SOURCE])
    assert not support.supported
    assert any(missing.replace("〔", "(") in found.replace("〔", "(") for found in support.missing), (
        support.missing
    )


@pytest.mark.parametrize(
    "sentence", ["今天天气很好。", "建议市民多乘坐地铁出行", "海盗宝藏埋在岛上[1]", "好。", "[1]", ""]
)
def test_other_wording_is_not_supported(sentence: str) -> None:
    assert not check(sentence, [SOURCE]).supported


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("新增学位1", "新增学位1,200个"),
        ("新增学位1", "新增学位1.5万个"),
        ("200个学位", "新增1,200个学位"),
        ("收取停车费", "小区不收取停车费"),
    ],
)
def test_a_part_of_a_clause_is_not_the_clause(sentence: str, cited: str) -> None:
    assert check(sentence, [cited]).missing


def test_several_cited_texts_count_together_and_none_supports_nothing() -> None:
    sentence = "新增学位由区教育局牵头，投入6000万元"
    assert check(sentence, ["新增学位由区教育局牵头", "投入6000万元"]).supported
    assert not check(sentence, []).supported


PLAN = "2024年区政府工作报告重点工作责任分解.txt"
VIEWS = "各部门学习贯彻区委一届六次全会精神（四）.txt"
# Answers as a model may word them: file, words of the cited passage, what is true of it, what is not.
WORDED = [
    (
        PLAN,
        "5.地区生产总值增长5.5%",
        26,
        "2024年地区生产总值预期增长5.5%[1]。|由区发改经信局牵头，地区生产总值增长百分之五点五。",
        "地区生产总值增长6.5%[1]。|由区财政局牵头地区生产总值增长工作。|2023年地区生产总值增长5.5%。",
    ),
    (
        PLAN,
        "9.全区财政科技支出",
        45,
        "财政科技支出要增长15%以上，新增财力的15%以上用于科技投入[1]。|财政科技支出的增幅应不低于15%。",
        "财政科技支出增长25%以上。|区科技局牵头财政科技支出增长15%以上。",
    ),
    (
        VIEWS,
        "四是建强队伍",
        90,
        "区教育局提出以教育家精神为引领，聚力“四有教师”成长[1]。|通过建立健全梯级培养机制来培养教师。",
        "区教育局将新招1000名教师。|聚力“五好教师”成长。|由区民政局建设教师队伍。",
    ),
    (
        VIEWS,
        "慈善救助融合力度",
        60,
        "慈善救助的融合力度进一步加大[1]。|社会组织的管理将更有成效，社会事务服务更加精细。",
        "慈善救助不再融合。|推动“幼有善育”专项。|本市地铁票价上调。",
    ),
]


@pytest.mark.parametrize(("file", "words", "length", "true", "false"), WORDED)
def test_answers_in_other_words(
    seeds: Path, file: str, words: str, length: int, true: str, false: str
) -> None:
    text = squeeze((seeds / file).read_text())
    start = text.index(words)
    signature = "区教育局" if words.startswith("四是") else ""
    cited = [f"{file}\n{signature}\n{text[start : start + length]}"]
    assert [one for one in true.split("|") if not check(one, cited).supported] == []
    assert [one for one in false.split("|") if check(one, cited).supported] == []


def _sentences(seeds: Path) -> list[list[str]]:
    texts = [squeeze(path.read_text()) for path in sorted(seeds.iterdir())]
    return [[text[start:end] for start, end in sentences(text) if 8 < end - start < 300] for text in texts]


def test_every_sentence_of_the_founding_documents_supports_itself(seeds: Path) -> None:
    unsupported = [
        one for document in _sentences(seeds) for one in document if not check(one, [one]).supported
    ]
    assert unsupported == []


def test_sentences_of_one_document_are_not_supported_by_another(seeds: Path) -> None:
    documents = _sentences(seeds)
    pairs = [
        (mine, "".join(theirs[at : at + 3]))
        for index, theirs in enumerate(documents)
        for at, mine in enumerate(documents[index - 1][:60])
        if theirs[at : at + 3]
    ]
    supported = [pair for pair in pairs if check(pair[0], [pair[1]]).supported]
    assert len(pairs) > 150
    assert len(supported) / len(pairs) < 0.02


@given(sentence=st.text(max_size=60), cited=st.lists(st.text(max_size=60), max_size=3))
def test_any_text_can_be_checked(sentence: str, cited: list[str]) -> None:
    support = check(sentence, cited)
    assert 0.0 <= support.overlap <= 1.0
    assert support.supported == (not support.missing and support.overlap >= MINIMUM_OVERLAP)


@pytest.mark.parametrize("unit", ["区", "《", "“", "区局", "3月", "书记王", "(2024)第", "〔2024〕"])
def test_hostile_text_is_checked_to_its_end(unit: str) -> None:
    assert not check(unit * 400 + "王二局", [unit * 2000]).supported

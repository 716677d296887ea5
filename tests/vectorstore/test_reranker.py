"""The bundled rerankers: which of a few paragraphs answers a question."""

import pytest

from rag.errors import ModelUnavailable, OutOfTime
from rag.ports import Reranker
from vectorstore.comparer import BUNDLED_COMPARER, BundledComparer
from vectorstore.embedding import BUNDLED, FAST, SentenceTransformerEmbedder
from vectorstore.reranker import BUNDLED_RERANKER, BundledReranker

FOUND = (
    (
        "大熊猫主要吃什么？",
        "大熊猫是中国特有的动物，主要栖息在四川、陕西和甘肃的山区。",
        "大熊猫的食物百分之九十九是竹子，偶尔也吃果实和小型动物。",
        "金丝猴以树叶、嫩枝和果实为食，常常成群活动。",
    ),
    (
        "这座大桥是哪一年建成通车的？",
        "大桥全长二千七百米，桥面宽三十二米，设双向六车道。",
        "大桥于1998年开工，2001年10月建成通车，总投资十二亿元。",
        "大桥由中国工程师设计，采用斜拉桥结构，主塔高一百五十米。",
    ),
    (
        "老城区的地下管网由谁负责改造？",
        "老城区常住人口十二万人，有小学六所、中学三所。",
        "老城区地下管网改造由市住建局牵头，年底前完成六十公里。",
        "新城区的公园绿地由市园林局养护，全年免费开放。",
    ),
)


@pytest.fixture(scope="module", params=[BUNDLED_RERANKER, BUNDLED_COMPARER])
def reranker(request: pytest.FixtureRequest) -> Reranker:
    return made(request.param)


def made(name: str, seconds: float = 60) -> Reranker:
    """The bundled reranker of this name, with so much time for a question."""
    fast = SentenceTransformerEmbedder(FAST)
    if name == BUNDLED_RERANKER:
        return BundledReranker(fast, seconds=seconds)
    return BundledComparer(fast, SentenceTransformerEmbedder(BUNDLED), seconds=seconds)


def bare(*texts: str) -> list[tuple[str, str]]:
    """Texts with nothing above them."""
    return [("", text) for text in texts]


@pytest.mark.parametrize(("question", "first", "right", "last"), FOUND, ids=[each[0] for each in FOUND])
def test_the_paragraph_that_answers_comes_first(reranker, question, first, right, last):
    scores = reranker.rerank(question, bare(first, right, last))
    assert max(scores) == scores[1]


def test_the_answer_is_found_anywhere_in_a_long_paragraph(reranker):
    question, first, right, last = FOUND[0]
    filling = "会议听取了上半年工作情况的汇报，研究部署了下一阶段的重点任务。" * 8
    alone, long, wrong = reranker.rerank(question, bare(right, filling + right + filling, filling))
    assert long == pytest.approx(alone, abs=1.5)
    assert long > wrong


def test_traditional_characters_are_read_as_simplified_ones(reranker):
    scores = reranker.rerank("大熊貓主要吃什麼？", bare(*FOUND[0][1:]))
    assert scores == pytest.approx(reranker.rerank(FOUND[0][0], bare(*FOUND[0][1:])), abs=1e-3)


@pytest.mark.parametrize("text", ["", " \n", "😀", "\0", "中" * 50_000, "a b " * 20_000, "。" * 5_000])
def test_any_text_gets_a_score(reranker, text):
    assert len(reranker.rerank("主要任务是什么？", bare(text, "今年的主要任务是稳定就业。"))) == 2
    assert len(reranker.rerank(text, bare("今年的主要任务是稳定就业。"))) == 1


def test_no_texts_give_no_scores(reranker):
    assert reranker.rerank("主要任务是什么？", []) == []


def test_what_stands_above_a_text_is_read_with_it(reranker):
    context, text = "2024年工作回顾\n区教育局", "新建改建学校六所，增加学位五千个。"
    asked = "区教育局去年增加了多少学位？"
    above, elsewhere = reranker.rerank(asked, [(context, text), ("2024年工作回顾\n区文旅局", text)])
    assert above > elsewhere


@pytest.mark.parametrize("name", [BUNDLED_RERANKER, BUNDLED_COMPARER])
def test_it_stops_when_its_time_is_spent(name):
    with pytest.raises(OutOfTime, match="0 秒"):
        made(name, seconds=0).rerank(FOUND[0][0], bare(*FOUND[0][1:]))


def test_each_is_known_by_what_the_setting_calls_it(reranker):
    assert reranker.name in (BUNDLED_RERANKER, BUNDLED_COMPARER)


def test_a_folder_that_is_not_whole_is_reported(tmp_path):
    with pytest.raises(ModelUnavailable, match="重新安装"):
        BundledReranker(SentenceTransformerEmbedder(FAST), seconds=1, folder=tmp_path).rerank(
            "问", bare("答")
        )

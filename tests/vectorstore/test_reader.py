"""The bundled reader: where in a text the answer stands, and whether it stands there at all."""

import pytest

from rag.datatypes import Excerpt
from rag.errors import ModelUnavailable
from vectorstore.reader import BundledReader

BRIDGE = "大桥于1998年开工，2001年10月建成通车，总投资十二亿元。大桥全长二千七百米，桥面宽三十二米。"
PANDA = "大熊猫是中国特有的动物，主要栖息在四川、陕西和甘肃的山区。"
PIPES = "老城区地下管网改造由市住建局牵头，年底前完成六十公里。新城区的公园绿地由市园林局养护。"

FOUND = [
    ("大桥是哪一年开工的？", BRIDGE, "1998年"),
    ("大桥全长多少米？", BRIDGE, "二千七百米"),
    ("老城区地下管网由哪个部门牵头改造？", PIPES, "市住建局"),
    ("公园绿地由谁养护？", PIPES, "市园林局"),
    ("大熊猫主要栖息在哪里？", PANDA, "四川、陕西和甘肃"),
]


@pytest.fixture(scope="module")
def reader() -> BundledReader:
    return BundledReader()


@pytest.mark.parametrize(("question", "text", "answer"), FOUND, ids=[each[0] for each in FOUND])
def test_the_answer_is_marked_where_it_stands(reader, question, text, answer) -> None:
    (reading,) = reader.read(question, [Excerpt(text)])
    said = text[reading.start : reading.end]
    assert answer in said or said in answer
    assert said


def test_a_text_that_answers_is_likelier_than_one_that_does_not(reader) -> None:
    for question, text, _ in FOUND:
        readings = reader.read(question, [Excerpt(text) for text in (BRIDGE, PANDA, PIPES)])
        best = max(range(3), key=lambda row: readings[row].likely)
        assert [BRIDGE, PANDA, PIPES][best] == text


@pytest.mark.parametrize("heading", ["2024年建设年报，二、路桥", "大橋，1998年", "\ud800 \n", "题" * 300])
def test_an_answer_stands_in_the_text_never_in_its_heading(reader, heading) -> None:
    for question, text, answer in FOUND[:2]:
        (reading,) = reader.read(question, [Excerpt(text, heading)])
        assert 0 <= reading.start <= reading.end <= len(text)
        said = text[reading.start : reading.end]
        assert len(heading) > 100 or answer in said or said in answer


def test_texts_are_read_alike_alone_and_together(reader) -> None:
    question = FOUND[0][0]
    (alone,) = reader.read(question, [Excerpt(BRIDGE)])
    together = reader.read(question, [Excerpt(text) for text in (PANDA, BRIDGE, PIPES * 3)])[1]
    assert alone == together


def test_traditional_and_full_width_characters_keep_their_places(reader) -> None:
    text = "大橋於１９９８年開工，２００１年１０月建成通車，總投資十二億元。"
    (reading,) = reader.read("大橋是哪一年開工的？", [Excerpt(text)])
    assert "１９９８" in text[reading.start : reading.end]


@pytest.mark.parametrize("text", ["", " \n", "😀", "\0", "\ud800", "中" * 5_000, "a b " * 2_000, "。" * 500])
def test_any_text_is_read(reader, text) -> None:
    for question, piece in ((FOUND[0][0], text), (text, BRIDGE)):
        (reading,) = reader.read(question, [Excerpt(piece)])
        assert 0 <= reading.start <= reading.end <= len(piece)
    assert reader.read("问", []) == []


def test_a_folder_without_the_model_is_told(tmp_path) -> None:
    with pytest.raises(ModelUnavailable, match="自带模型不完整"):
        BundledReader(tmp_path).read("问", [Excerpt("文")])

"""The extractive answer says what the sentences say, subject first, each with its marker."""

from dataclasses import replace

from rag.answer.apart import Apart
from rag.answer.extractive import ExtractiveAnswerer
from rag.datatypes import Attributes, Evidence, Hit, Inquiry, Paragraph, Passage, Task
from rag.query.question import understand
from rag.reading.evidence import units
from tests.rag.shelf import PLAN, SPEECHES, Shelf

SHELF = Shelf(PLAN, SPEECHES)


def tell(text: str, *keys: tuple[str, int], best: str) -> str:
    """The answer when the passages that contain `best` score highest."""
    hits = SHELF.hits(*keys)
    passages = [
        replace(
            passage, likeness=0.9 if best in passage.text else 0.1, score=1.0 if best in passage.text else 0.1
        )
        for handle, hit in enumerate(hits, 1)
        for passage in _passages(handle, hit)
    ]
    passages.sort(key=lambda passage: -passage.score)
    question = understand(Inquiry(text), history_turns=0)
    return "".join(ExtractiveAnswerer().stream(question, Evidence(hits, tuple(passages)), Apart()))


def _passages(handle: int, hit: Hit) -> list[Passage]:
    text = hit.paragraph.text
    return [Passage(handle, start, end, text[start:end]) for start, end in units(hit.paragraph)]


def test_a_signed_sentence_begins_with_its_department() -> None:
    told = tell("深化什么融合？", ("speeches", 1), best="五育")
    assert told == "区教育局：深化五育融合。[1]\n"


def test_a_task_is_told_without_its_number_after_its_lead_unit() -> None:
    told = tell("加装多少台电梯？", ("plan", 3), best="电梯")
    assert told == "区住建局牵头：加装电梯200台以上，筹集保障性租赁住房5100套（间）。[1]\n"


def test_a_task_that_is_a_row_of_a_table_is_told_with_all_its_cells() -> None:
    row = "序号：3；任务：建设茶叶\n交易中心；牵头单位：县农业农村局；完成时限：12月底；进度：20%"
    task = Task(3, "建设茶叶 交易中心", ("县农业农村局",), deadline="12月底")
    paragraph = Paragraph("ledger", 1, row, 0, len(row), attributes=Attributes("task", task=task))
    hits = (Hit(paragraph, "台账", 1.0),)
    question = understand(Inquiry("茶叶交易中心的进度是多少？"), history_turns=0)
    evidence = Evidence(hits, (Passage(1, 0, len(row), row, score=1.0),))
    assert "".join(ExtractiveAnswerer().stream(question, evidence, Apart())) == f"{row}[1]\n"


def test_how_is_answered_with_the_rest_of_the_point_but_not_the_next() -> None:
    told = tell("怎样提高站位？", ("speeches", 1), best="提高站位")
    assert told == "区教育局：提高站位。[1]\n学懂弄通，做实功课。[1]\n"


def test_how_one_of_several_points_is_done_is_told_by_that_point_alone() -> None:
    text = (
        "一是全力以赴推进安置房建设。抓好开工。二是全力以赴保障安置房建设品质。标准不低于商品房。"
        "三是全力以赴做好回迁。"
    )
    paragraph = Paragraph("talk", 1, text, 0, len(text))
    spans = units(paragraph)
    passages = tuple(
        Passage(1, start, end, text[start:end], likeness=0.9, score=1.0 - start / 100) for start, end in spans
    )
    evidence = Evidence((Hit(paragraph, "发言", 1.0),), passages)
    question = understand(Inquiry("怎样保障安置房的建设品质？"), history_turns=0)
    told = "".join(ExtractiveAnswerer().stream(question, evidence, Apart()))
    assert told == "全力以赴保障安置房建设品质。[1]\n标准不低于商品房。[1]\n"
    question = understand(Inquiry("怎样做好安置房的工作？"), history_turns=0)
    told = "".join(ExtractiveAnswerer().stream(question, evidence, Apart()))
    assert told.count("全力以赴") == 3


def test_a_list_asked_for_in_the_opening_sentence_is_told_point_by_point() -> None:
    told = tell("区教育局有哪些打算？", ("speeches", 1), best="实干")
    assert [line for line in told.splitlines() if line] == [
        "区教育局：提高站位。[1]",
        "立德树人。[1]",
        "扩优提质。[1]",
    ]


def test_a_comparison_has_a_row_for_each_document() -> None:
    told = tell("两份文件的说法有什么不同？", ("speeches", 3), ("plan", 3), best="，")
    assert told.startswith("《交流会》：")
    assert "\n《责任分解》：区住建局牵头：" in told


def test_no_evidence_no_text() -> None:
    question = understand(Inquiry("加装多少台电梯？"), history_turns=0)
    assert list(ExtractiveAnswerer().stream(question, Evidence(), Apart())) == []

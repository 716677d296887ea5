"""A list whose points stand each in a paragraph of its own is told whole."""

import pytest

from rag.answer.apart import Apart
from rag.answer.extractive import ExtractiveAnswerer
from rag.datatypes import Attributes, Evidence, Inquiry, Passage
from rag.query.question import understand
from rag.reading.evidence import units
from rag.reading.points import PointFinder, ordinal
from tests.rag.shelf import Page, Shelf

PLAIN = Attributes()
TEXTS = (
    "做好今年工作，要着力把握好三个方面。",
    "一是坚定发展信心。只要信心不滑坡，办法总比困难多。",
    "二是遵循经济规律。注重统筹供给和需求。",
    "三是强化改革创新。敢于啃硬骨头。",
    "新的一年里我们充满信心。",
)
SHELF = Shelf(Page("plan", "报告", tuple((text, (), PLAIN) for text in TEXTS)))
POINTS = ["坚定发展信心。", "遵循经济规律。", "强化改革创新。"]


def told(question: str, number: int, shelf: Shelf = SHELF) -> list[str]:
    """The lines of the answer when this paragraph is the best."""
    hits = shelf.hits((next(iter(shelf.documents())).id, number))
    text = hits[0].paragraph.text
    passages = tuple(
        Passage(1, start, end, text[start:end], score=1.0) for start, end in units(hits[0].paragraph)
    )
    understood = understand(Inquiry(question), history_turns=0)
    evidence = PointFinder(shelf).complete(understood, Evidence(hits, passages))
    answer = "".join(ExtractiveAnswerer().stream(understood, evidence, Apart()))
    return [line.partition("[")[0] for line in answer.splitlines()]


def test_what_is_announced_is_told_point_by_point() -> None:
    assert told("今年要把握好哪三个方面？", 1) == POINTS
    assert told("今年要把握好哪些方面？", 1) == POINTS


def test_a_point_brings_the_others_where_as_many_are_asked_for() -> None:
    assert told("要把握好哪三个方面？", 3) == POINTS
    assert told("要把握好哪五个方面？", 3) != POINTS
    assert told("怎样遵循经济规律？", 3) != POINTS


def test_a_paragraph_that_announces_nothing_brings_nothing() -> None:
    assert len(told("要把握好哪三个方面？", 5)) == 1


HEADED = Shelf(
    Page(
        "talk",
        "交流会",
        tuple(
            (text, (), PLAIN)
            for text in (
                "我认为，具体要做到两个“新”。",
                "一、迎接新挑战，提升情怀",
                "一是敢于担当。",
                "二、适应新角色，深化职责",
                "服务企业。",
                "特征有二，各不相同。",
                "——坚持人口规模巨大。情况特殊。",
                "——坚持共同富裕。本质要求。",
                "重点抓好两件事：一是发展储能，开工项目。二是绿电替代，转型升级。",
            )
        ),
    )
)


def test_headings_over_paragraphs_of_their_own_are_the_points_announced() -> None:
    assert told("讲的两个“新”是哪些？", 1, HEADED) == ["迎接新挑战，提升情怀", "适应新角色，深化职责"]
    assert len(told("讲的三个“新”是哪些？", 1, HEADED)) == 1


def test_paragraphs_that_begin_alike_below_the_one_found_are_the_points() -> None:
    assert told("两个特征都有哪些？", 6, HEADED) == ["坚持人口规模巨大。", "坚持共同富裕。"]


def test_the_first_point_may_stand_behind_what_leads_to_it() -> None:
    assert told("要抓好哪两件事？", 9, HEADED) == ["发展储能，开工项目。", "绿电替代，转型升级。"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("一是坚定信心", 1),
        ("（三）推进改革", 3),
        ("十二是收官", 12),
        ("第二，加强管理", 2),
        ("一些地方", None),
        ("三农工作", None),
    ],
)
def test_a_point_is_known_by_what_it_begins_with(text: str, place: int | None) -> None:
    assert ordinal(text) == place

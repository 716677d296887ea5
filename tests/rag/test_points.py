"""A list whose points stand each in a paragraph of its own is told whole."""

import pytest

from rag.datatypes import Attributes, Evidence, Inquiry, Passage
from rag.evidence import units
from rag.extractive import ExtractiveAnswerer
from rag.points import PointFinder, ordinal
from rag.question import understand
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


def told(question: str, number: int) -> list[str]:
    """The lines of the answer when this paragraph is the best."""
    hits = SHELF.hits(("plan", number))
    text = hits[0].paragraph.text
    passages = tuple(
        Passage(1, start, end, text[start:end], score=1.0) for start, end in units(hits[0].paragraph)
    )
    understood = understand(Inquiry(question), history_turns=0)
    evidence = PointFinder(SHELF).complete(understood, Evidence(hits, passages))
    answer = "".join(ExtractiveAnswerer().stream(understood, evidence))
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

"""Two documents that give different figures are both told; whatever may differ for a reason is not."""

from dataclasses import replace

import pytest

from rag.answer.conflict import conflict
from rag.datatypes import Attributes, Evidence, Hit, Paragraph, Passage, Question

ASKED = "2024年新增学位多少个？"
QUESTION = Question(ASKED, ASKED, "2024年新增学位多少个?", "number")


def evidence(*said: tuple[str, str, int | None], department: str | None = None) -> Evidence:
    """Passages as (title, text, year of the document), all alike."""
    hits = tuple(
        Hit(Paragraph(f"d{title}{year}", 1, text, 0, len(text)), title, 1.0, year)
        for title, text, year in said
    )
    if department:
        last = replace(hits[-1].paragraph, attributes=Attributes(department=department))
        first = replace(hits[0].paragraph, attributes=Attributes(department="区教育局"))
        hits = (replace(hits[0], paragraph=first), *hits[1:-1], replace(hits[-1], paragraph=last))
    passages = tuple(
        Passage(handle=handle, start=0, end=len(text), text=text, likeness=0.9, fits=True)
        for handle, (_, text, _) in enumerate(said, 1)
    )
    return Evidence(hits, passages)


REPORT = ("工作报告", "建成学校4所，新增学位5600个。", 2024)


def test_another_figure_for_the_same_is_told_beside_the_best() -> None:
    found = evidence(REPORT, ("责任分解", "加快建设，新增学位5000个。", 2024))
    assert conflict(QUESTION, found) == list(found.passages)


@pytest.mark.parametrize(
    "other",
    [
        ("责任分解", "新增学位5600个。", 2024),  # the same
        ("责任分解", "新增学位0.56万个。", 2024),  # the same, spelled otherwise
        ("责任分解", "新增学位5000个。", 2023),  # of another year
        ("责任分解", "2023年新增学位5000个。", 2024),  # of another year by its own words
        ("上海市责任分解", "新增学位5000个。", 2024),  # of another place
        ("责任分解", "新增幼儿园学位占比5000个。", 2024),  # in other words
        ("责任分解", "新增学位目标5000个。", 2024),  # planned, not reached
        ("责任分解", "新增学位投入5000万元。", 2024),  # in another unit
        ("责任分解", "新增车位5000个。", 2024),  # of something else
        ("责任分解", "新增学位5000个，其中小学学位新增学位300个。", 2024),  # of several figures
    ],
)
def test_what_may_differ_for_a_reason_is_no_conflict(other: tuple[str, str, int]) -> None:
    assert conflict(QUESTION, evidence(REPORT, other)) == []


def test_offices_count_each_for_itself() -> None:
    rival = ("责任分解", "新增学位5000个。", 2024)
    assert conflict(QUESTION, evidence(REPORT, rival, department="区民政局")) == []
    assert conflict(QUESTION, evidence(REPORT, rival, department="区教育局"))


def test_nothing_without_evidence_or_of_another_kind() -> None:
    assert conflict(QUESTION, Evidence()) == []
    found = evidence(REPORT, ("责任分解", "新增学位5000个。", 2024))
    assert conflict(replace(QUESTION, kind="how"), found) == []
    assert conflict(replace(QUESTION, query="新增学位和床位分别多少个?"), found) == []

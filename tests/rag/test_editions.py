"""Editions that say different things are told apart; one edition, one saying or a year asked for is not."""

from dataclasses import replace

from rag.answer.apart import Apart
from rag.answer.extractive import ExtractiveAnswerer
from rag.datatypes import Evidence, Hit, Inquiry, Paragraph, Passage, Question
from rag.documents.editions import MOST_EDITIONS, dated, editions, year_mark
from rag.query.question import understand
from rag.scope import Aim

TARGET = "赤字率拟按{}%安排。"


def hit(text: str, year: int | None, title: str = "政府工作报告") -> Hit:
    return Hit(Paragraph(f"{title}{year}", 1, text, 0, len(text)), title, 1.0, year=year)


def evidence(*hits: Hit, scores: tuple[float, ...] = ()) -> Evidence:
    """One passage of each hit, all about as good."""
    return Evidence(
        hits,
        tuple(
            Passage(
                handle,
                0,
                len(each.paragraph.text),
                each.paragraph.text,
                likeness=0.9,
                fits=True,
                score=scores[handle - 1] if scores else 10.0 - handle / 10,
            )
            for handle, each in enumerate(hits, 1)
        ),
    )


def asked(text: str = "赤字率是多少？", **aim: tuple[int, ...]) -> Question:
    return replace(understand(Inquiry(text), history_turns=0), aim=Aim(**aim))


def years(found: Evidence, question: Question | None = None) -> list[int | None]:
    return [found.hits[passage.handle - 1].year for passage in editions(question or asked(), found)]


OLD, NEW = hit(TARGET.format(3), 2024), hit(TARGET.format(4), 2025)


def test_editions_with_other_figures_are_told_newest_first() -> None:
    assert years(evidence(OLD, NEW)) == [2025, 2024]
    found = evidence(OLD, NEW)
    apart = Apart.of(asked(), found)
    assert "".join(ExtractiveAnswerer().stream(asked(), found, apart)).splitlines() == [
        "《政府工作报告》（2025年）：赤字率拟按4%安排。[2]",
        "《政府工作报告》（2024年）：赤字率拟按3%安排。[1]",
    ]


def test_editions_that_say_the_same_are_not_told_apart() -> None:
    assert years(evidence(OLD, replace(OLD, year=2023))) == []
    assert years(evidence(OLD, hit("赤字率，拟按3％安排。", 2025))) == []


def test_a_year_asked_for_and_a_list_are_answered_by_one() -> None:
    assert years(evidence(OLD, NEW), asked(years=(2025,))) == []
    assert years(evidence(OLD, NEW), asked("要办好哪些展会？")) == []


def test_other_texts_undated_ones_and_weak_passages_are_no_editions() -> None:
    assert years(evidence(OLD, hit(TARGET.format(4), 2025, "预算报告"))) == []
    assert years(evidence(OLD, hit(TARGET.format(4), None))) == []
    assert years(evidence(OLD, NEW, scores=(10.0, 5.0))) == []
    assert years(evidence()) == []


def test_no_more_editions_are_told_than_can_be_read() -> None:
    many = [hit(TARGET.format(year - 2000), year) for year in range(2016, 2026)]
    told = years(evidence(*reversed(many)))
    assert told == [2025, 2024, 2023, 2022][:MOST_EDITIONS]
    assert years(evidence(*many)) == [2025, 2024, 2023, 2016]


def test_a_year_is_marked_where_the_title_does_not_say_it() -> None:
    assert (year_mark(OLD), year_mark(replace(OLD, title="2024年报告")), year_mark(hit("", None))) == (
        "（2024年）",
        "",
        "",
    )
    assert dated(OLD) == "《政府工作报告》（2024年）"

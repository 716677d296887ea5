"""Every task of the unit or the leader asked for, none of another year, and nothing for other questions."""

from dataclasses import replace

import pytest

from rag.datatypes import Attributes, Inquiry, Metadata, StoredDocument, Task
from rag.documents.shelf import Label, Shelf
from rag.documents.tasks import MAX_TASKS, TaskFinder, TaskList
from rag.query.question import understand
from rag.scope import Aim
from tests.rag.shelf import PLAN, SPEECHES, Page, task
from tests.rag.shelf import Shelf as Source

NO_YEARS, NOWHERE = Shelf(), Aim()


def entry(
    number: int, leads: tuple[str, ...], helps: tuple[str, ...] = (), leader: str | None = None
) -> tuple[str, tuple[str, ...], Attributes]:
    record = Task(number, f"工作{number}。", leads, leader, helps)
    return f"{number}.工作{number}。", ("一、总体要求",), Attributes("task", task=record)


def find(
    text: str, *pages: Page, scope: frozenset[str] = frozenset(), shelf: Shelf = NO_YEARS, aim: Aim = NOWHERE
) -> TaskList | None:
    question = replace(understand(Inquiry(text), history_turns=0), aim=aim)
    return TaskFinder(Source(*(pages or (PLAN, SPEECHES)))).find(question, shelf=shelf, document_ids=scope)


def numbers(found: TaskList | None) -> list[int]:
    assert found is not None
    assert found.total == len(found.hits)
    return [hit.paragraph.number for hit in found.hits]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("区教育局牵头哪些工作？", [1, 2]),
        ("教育局负责什么？", [1, 2]),
        ("王平副区长牵头哪些工作？", [1, 2]),
        ("王平副区长牵头的是哪两件事？", [1, 2]),
        ("許挺分管哪些工作？", [3]),
        ("许区长分管哪些工作？", [3]),
        ("有哪些工作由区住建局牵头？", [3]),
        ("区住建局牵头的工作有多少项？", [3]),
        ("区住房和城乡建设局牵头哪些工作？", [3]),
        ("王平副区长分管的工作里区教育局牵头哪些？", [1, 2]),
        ("王平副区长分管的工作里区住建局牵头哪些？", []),
        ("区民政局牵头哪些工作？", []),
        ("李四副区长牵头哪些工作？", []),
    ],
)
def test_finds(question: str, found: list[int]) -> None:
    assert numbers(find(question)) == found


@pytest.mark.parametrize(
    "question", ["哪个部门牵头加装电梯？", "区教育局怎样提高站位？", "牵头哪些工作？", "新增学位多少个？"]
)
def test_other_questions_ask_for_no_list(question: str) -> None:
    assert find(question) is None


def test_without_records_there_is_no_list() -> None:
    assert find("区教育局牵头哪些工作？", SPEECHES) is None


def test_only_the_documents_of_the_scope_are_looked_at() -> None:
    assert find("区教育局牵头哪些工作？", scope=frozenset({"speeches"})) is None
    assert numbers(find("区教育局牵头哪些工作？", scope=frozenset({"plan"}))) == [1, 2]


def test_only_the_section_of_the_aim_is_looked_at() -> None:
    assert numbers(find("区教育局牵头哪些工作？", aim=Aim(section="王平"))) == [1, 2]
    assert find("区教育局牵头哪些工作？", aim=Aim(section="附则")) is None


def test_helping_is_another_thing_than_leading() -> None:
    page = Page("p", "计划", (entry(1, ("区教育局",), ("区财政局",)), entry(2, ("区财政局",), ("区教育局",))))
    assert numbers(find("区财政局牵头哪些工作？", page)) == [2]
    assert numbers(find("区财政局配合哪些工作？", page)) == [1]


def test_a_name_within_another_is_not_asked_for() -> None:
    page = Page("p", "计划", (entry(1, ("区公安分局",)), entry(2, ("区公安分局交警大队",))))
    assert numbers(find("区公安分局交警大队牵头哪些工作？", page)) == [2]
    assert numbers(find("区公安分局牵头哪些工作？", page)) == [1]


def test_short_and_long_names_mean_one_unit() -> None:
    page = Page("p", "计划", (entry(1, ("区发展改革和经济信息化局",)), entry(2, ("区残疾人联合会",))))
    assert numbers(find("发改局牵头哪些工作？", page)) == [1]
    assert numbers(find("区残联牵头哪些工作？", page)) == [2]


def test_who_no_record_names_is_told_by_name() -> None:
    found = find("区民政局牵头哪些工作？")
    assert found is not None
    assert (found.asked.who, found.asked.known, found.hits) == ("区民政局", False, ())


def test_of_a_post_that_several_hold_each_is_named_with_a_count() -> None:
    found = find("副区长牵头哪些工作？")
    assert found is not None
    assert (found.asked.post, found.total, found.shares) == ("副区长", 3, (2, 1))
    assert [hit.paragraph.number for hit in found.hits] == [1, 3]


def test_of_a_post_that_one_holds_the_tasks_are_listed() -> None:
    parts = (*PLAN.parts, task(4, "建成公园3个。", "区园林局", "冯晶区长"))
    found = find("区长牵头哪些工作？", Page("plan", "责任分解", parts))
    assert found is not None
    assert numbers(found) == [4]


@pytest.mark.parametrize("count", [MAX_TASKS, MAX_TASKS + 1, 3 * MAX_TASKS])
def test_a_long_list_is_cut_and_its_count_is_not(count: int) -> None:
    page = Page("p", "计划", tuple(entry(number, ("区教育局",)) for number in range(1, count + 1)))
    found = find("区教育局牵头哪些工作？", page)
    assert found is not None
    assert (len(found.hits), found.total) == (min(count, MAX_TASKS), count)


def labelled(**years: int) -> Shelf:
    return Shelf(
        Label.of(StoredDocument(each, each, f"{each}.txt", "text/plain", Metadata(year), 1, 1, "", "ready"))
        for each, year in years.items()
    )


def test_newer_plans_come_first_and_a_year_asked_for_is_kept_to() -> None:
    pages = [Page(name, "计划", (entry(1, ("区教育局",)),)) for name in ("older", "newer")]
    shelf = labelled(older=2023, newer=2024)
    both = find("区教育局牵头哪些工作？", *pages, shelf=shelf)
    assert both is not None
    assert [(hit.paragraph.document_id, hit.year) for hit in both.hits] == [("newer", 2024), ("older", 2023)]
    only = find("2023年区教育局牵头哪些工作？", *pages, shelf=shelf, aim=Aim(years=(2023,)))
    assert only is not None
    assert [hit.year for hit in only.hits] == [2023]
    none = find("2022年区教育局牵头哪些工作？", *pages, shelf=shelf, aim=Aim(years=(2022,)))
    assert none is not None
    assert none.total == 0

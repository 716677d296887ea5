"""A list of tasks in words: counted, a line each, under the names of several plans; and what is not told."""

from rag.answer.listing import count, is_told, lines, untold
from rag.datatypes import Evidence, Passage
from rag.documents.tasks import Asked, TaskList
from rag.markers import used
from tests.rag.shelf import PLAN, Page, Shelf, task

SCHOOLS = Asked("区教育局", units=frozenset({"区教育局"}))
OTHER = Page("other", "[1]任务", (task(9, "办好[2]学校。", "区教育局", "王平副区长"),))
SHELF = Shelf(PLAN, OTHER)


def test_the_count_comes_first_then_each_task_with_its_marker() -> None:
    told = "".join(lines(TaskList(SCHOOLS, SHELF.hits(("plan", 1), ("plan", 2)), 2)))
    assert told == "区教育局牵头的工作共2项：\n1. 新增学位5600个。[1]\n2. 建成学校4所。[2]\n"


def test_a_cut_list_says_how_many_are_shown() -> None:
    told = "".join(lines(TaskList(SCHOOLS, SHELF.hits(("plan", 1)), 70)))
    assert told.startswith("区教育局牵头的工作共70项，先列1项：\n")


def test_tasks_of_several_documents_stand_under_their_titles_and_forge_no_marker() -> None:
    told = "".join(lines(TaskList(SCHOOLS, SHELF.hits(("plan", 1), ("other", 1)), 2)))
    assert told.splitlines()[1:] == [
        "《责任分解》：",
        "1. 新增学位5600个。[1]",
        "《［1］任务》：",
        "9. 办好［2］学校。[2]",
    ]
    assert used(told) == (1, 2)


def test_holders_of_a_post_are_told_apart() -> None:
    asked = Asked("副区长", leaders=frozenset({"王平副区长", "许挺副区长"}), post="副区长")
    told = "".join(lines(TaskList(asked, SHELF.hits(("plan", 1), ("plan", 3)), 3, (2, 1))))
    assert told.splitlines()[0] == "副区长有2位，牵头的工作共3项，请说明是哪一位："
    assert told.splitlines()[1] == "王平副区长2项，如：1. 新增学位5600个。[1]"


def test_the_short_answer_is_the_count() -> None:
    assert count(TaskList(SCHOOLS, (), 70)) == "70项"


def test_what_no_record_tells_may_be_told_by_a_passage() -> None:
    helping = TaskList(Asked("区民政局", leading=False))
    assert untold(helping) == "任务清单里没有写明由“区民政局”配合的工作。"
    said = Passage(1, 0, 1, "由区民政局牵头，区残联配合做好养老服务。")
    assert is_told(TaskList(Asked("区民政局")), Evidence(passages=(said,)))
    assert not is_told(TaskList(Asked("区气象局")), Evidence(passages=(said,)))

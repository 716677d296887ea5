"""What documents go by, which of them a scope holds, and when the shelf is made anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Metadata, StoredDocument
from rag.documents.shelf import Label, Shelf, Shelves, same_work, stem
from rag.scope import Scope
from tests.rag.shelf import PLAN
from tests.rag.shelf import Shelf as Source


def stored(
    document_id: str,
    title: str,
    *,
    source: str = "",
    year: int | None = None,
    issuer: str | None = None,
    kind: str | None = None,
) -> StoredDocument:
    said = Metadata(year=year, issuer=issuer, kind=kind)
    name = source or f"{title}.txt"
    return StoredDocument(document_id, title, name, "text/plain", said, 1, 1, "", "ready")


@pytest.mark.parametrize(
    "title",
    [
        "物业管理条例",
        "物业管理条例（2021年修订）",
        "物业管理条例(试行)",
        "《物业管理条例》征求意见稿",
        "2019年物业管理条例",
        "物业管理条例（修正草案）",
        " 物业 管理條例 第二版",
    ],
)
def test_editions_of_one_text_share_a_stem(title: str) -> None:
    assert stem(title) == "物业管理条例"
    assert same_work(title, "物业管理条例")


def test_texts_of_other_places_are_other_texts() -> None:
    assert not same_work("北京市政府工作报告", "上海市政府工作报告")
    assert not same_work("政府工作报告", "政府工作报告重点任务分解")
    assert same_work("2025年中华人民共和国国务院政府工作报告", "政府工作报告")


def test_a_document_goes_by_its_title_its_file_and_the_titles_it_quotes() -> None:
    label = Label.of(
        stored(
            "a",
            "关于印发《拱墅区停车管理办法（试行）》的通知",
            source="/x/2023年停车办法 (新规).txt",
            year=2022,
        )
    )
    assert {"关于印发拱墅区停车管理办法的通知", "拱墅区停车管理办法", "停车管理办法"} <= set(label.names)
    assert label.year == 2022
    assert Label.of(stored("b", "停车管理办法", source="2023年停车办法.txt")).year == 2023
    assert Label.of(stored("c", "停车管理办法")).year is None


LAWS = Shelf(
    map(
        Label.of,
        (
            stored("old", "物业管理条例", year=2018, issuer="杭州市人民代表大会常务委员会", kind="条例"),
            stored("new", "物业管理条例", year=2021, issuer="杭州市人民代表大会常务委员会", kind="条例"),
            stored("note", "关于停车的通知", year=2021, issuer="杭州市拱墅区人民政府办公室", kind="通知"),
            stored("loose", "交流会发言"),
        ),
    )
)


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (Scope(years=frozenset({2021})), {"new", "note"}),
        (Scope(years=frozenset({2018, 2021}), kinds=frozenset({"条例"})), {"old", "new"}),
        (Scope(issuers=frozenset({"拱墅区人民政府办公室"})), {"note"}),
        (Scope(issuers=frozenset({"杭州市人大常委会"})), {"old", "new"}),
        (Scope(issuers=frozenset({"宁波市人大常委会"})), set()),
        (Scope(document_ids=frozenset({"old", "note"}), years=frozenset({2021})), {"note"}),
        (Scope(kinds=frozenset({"发言"})), {"loose"}),
        (Scope(years=frozenset({1999})), set()),
    ],
)
def test_a_scope_holds_what_agrees_with_all_its_parts(scope: Scope, inside: set[str]) -> None:
    assert LAWS.within(scope) == inside


def test_a_scope_that_bounds_no_documents_is_the_whole_library() -> None:
    assert LAWS.within(Scope()) is None
    assert LAWS.within(Scope(section="附则")) is None


def test_names_are_found_whole_or_in_part() -> None:
    assert [label.document_id for label in LAWS.called("物业管理条例")] == ["old", "new"]
    assert [label.document_id for label in LAWS.holding("停车")] == ["note"]
    assert LAWS.called("停车") == []
    assert (LAWS.year("new"), LAWS.year("loose"), LAWS.year("unknown")) == (2021, None, None)


@given(
    st.lists(st.lists(st.text("区法停车", min_size=1), max_size=3), max_size=6),
    st.text("区法停车", min_size=1),
)
def test_a_phrase_is_found_in_every_document_one_of_whose_names_holds_it(
    names: list[list[str]], phrase: str
) -> None:
    labels = [Label(str(number), "", "", tuple(each)) for number, each in enumerate(names)]
    assert Shelf(labels).holding(phrase) == [label for label in labels if label.holds(phrase)]


class Changing(Source):
    """A library whose revision can be set."""

    number = 1

    def revision(self) -> int:
        return self.number


def test_the_shelf_is_made_anew_when_the_library_has_changed() -> None:
    source = Changing(PLAN)
    shelves = Shelves(source)
    first = shelves.current()
    assert shelves.current() is first
    source.number = 2
    assert shelves.current() is not first

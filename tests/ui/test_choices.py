"""What a question may be bounded to: bounded lists, whatever the library holds, found by typing."""

import pytest

from rag.documents.shelf import Label, Shelf
from ui.choices import MOST_LISTED, ChoicesBody

MANY = 10_000


def label(number: int, title: str, year: int | None = None, issuer: str = "", kind: str = "") -> Label:
    return Label(f"d{number}", title, "", (), year, issuer, kind)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Ten thousand documents of thirty years, two hundred offices and three kinds; one of none of them."""
    kinds = ("通知", "报告", "条例")
    labels = [
        label(
            number,
            f"关于第{number}号事项的{kinds[number % 3]}",
            1996 + number % 30,
            f"第{number % 200}办公室",
            kinds[number % 3],
        )
        for number in range(MANY)
    ]
    return Shelf([*labels, label(MANY, "<b>运河 Plan</b> 二〇二四")])


def test_of_many_documents_the_newest_are_listed_and_all_are_counted(shelf: Shelf) -> None:
    body = ChoicesBody.of(shelf)
    assert (body.total, len(body.documents)) == (MANY + 1, MOST_LISTED)
    assert [each.id for each in body.documents[:2]] == [f"d{MANY}", f"d{MANY - 1}"]
    assert [each.value for each in body.years] == list(range(2025, 1995, -1))
    assert len(body.issuers) == MOST_LISTED
    assert {(each.value, each.documents) for each in body.kinds} == {
        ("通知", 3334),
        ("报告", 3333),
        ("条例", 3333),
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("第1234号", ["d1234"]),
        ("第７７号 报告", []),
        ("第７６号 报告", ["d76"]),
        ("運河 plan", [f"d{MANY}"]),
        ("没有这样的标题", []),
    ],
)
def test_typing_finds_the_others(shelf: Shelf, typed: str, found: list[str]) -> None:
    body = ChoicesBody.of(shelf, title=typed)
    assert ([each.id for each in body.documents], body.total) == (found, len(found))


def test_issuers_are_found_by_typing_too(shelf: Shelf) -> None:
    assert [each.value for each in ChoicesBody.of(shelf, issuer="第199").issuers] == ["第199办公室"]
    assert len(ChoicesBody.of(shelf, limit=3).issuers) == 3


def test_an_empty_library_gives_nothing_to_choose() -> None:
    assert ChoicesBody.of(Shelf()) == ChoicesBody(total=0, documents=[], years=[], issuers=[], kinds=[])

"""How much of a document is shown at once."""

from rag.datatypes import Place
from tests.ui.original.conftest import Shown
from ui.original.extract import MOST_CHARACTERS, MOST_PARAGRAPHS


def lines(count: int, *, length: int = 12) -> bytes:
    return "\n\n".join(
        f"第{number}句话说的是{'很' * length}长的事。" for number in range(1, count + 1)
    ).encode()


def test_a_document_of_ordinary_length_is_shown_whole(shown: Shown):
    extract = shown(lines(MOST_PARAGRAPHS), "文.txt", "第590句话")
    assert (extract.first, extract.last, extract.whole) == (1, MOST_PARAGRAPHS, True)


def test_a_long_one_is_shown_around_the_citation_or_where_asked(shown: Shown):
    total = MOST_PARAGRAPHS * 4
    cited = shown(lines(total), "文.txt", "第1200句话")
    assert cited.first < 1200 < cited.last
    assert len(cited.paragraphs) == MOST_PARAGRAPHS
    assert not cited.whole
    for around in (1, 700, total):
        asked = shown(lines(total), "文.txt", "第1200句话", around)
        assert asked.first <= around <= asked.last
        assert len(asked.paragraphs) == MOST_PARAGRAPHS
    beyond = shown(lines(total), "文.txt", "", total + 999)
    assert beyond.last == total


def test_long_paragraphs_count_by_their_characters(shown: Shown):
    extract = shown(lines(400, length=1000), "文.txt", "第300句话")
    assert extract.first < 300 < extract.last
    assert sum(len(each.text) for each in extract.paragraphs) <= MOST_CHARACTERS
    assert extract.last - extract.first + 1 == len(extract.paragraphs)


def test_the_paragraphs_own_places_are_found(shown: Shown):
    extract = shown("项目,金额\n道路,740\n桥梁,80\n".encode(), "表.csv", "740")
    assert [each.text for each in extract.paragraphs] == ["项目：道路；金额：740", "项目：桥梁；金额：80"]
    assert [[place.column for place in extract.places_of(each)] for each in extract.paragraphs] == [
        [1, 2]
    ] * 2
    assert extract.cited == [Place("sheet", 9, 12, row=2, column=2)]

"""An index searched as far as a question's aim needs: sections and favoured documents before the cut."""

from collections.abc import Sequence

from rag.datatypes import Attributes, Match
from rag.documents.narrowing import MOST_ASKED, Narrowed
from rag.scope import Aim
from tests.rag.shelf import Page, Shelf


def page(name: str, count: int, *, within: Sequence[int] = ()) -> Page:
    """A document of so many paragraphs, those numbered `within` under the heading 附则."""
    return Page(
        name,
        name,
        tuple(
            (f"第{number}段。", ("第九章 附则" if number in within else "第一章 总则",), Attributes())
            for number in range(1, count + 1)
        ),
    )


class Ranked:
    """Implements rag.ports.Searcher: every paragraph of the pages, in the order given, best first."""

    def __init__(self, *pages: Page) -> None:
        keys = [(each.id, number) for each in pages for number in range(1, len(each.parts) + 1)]
        self._matches = [Match(*key, float(len(keys) - place)) for place, key in enumerate(keys)]
        self.asked: list[int] = []

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        self.asked.append(limit)
        return [m for m in self._matches if not document_ids or m.document_id in document_ids][:limit]


class Silent(Ranked):
    """An index that finds nothing."""

    def search(self, query: str, *, limit: int, document_ids: frozenset[str] = frozenset()) -> list[Match]:
        return []


def found(
    index: Ranked, *pages: Page, aim: Aim, limit: int = 3, scope: frozenset[str] = frozenset()
) -> list[tuple[str, int]]:
    matches = Narrowed(index, Shelf(*pages), aim).search("问", limit=limit, document_ids=scope)
    return [(match.document_id, match.paragraph) for match in matches]


def test_without_an_aim_the_index_answers_alone() -> None:
    pages = (page("a", 9),)
    index = Ranked(*pages)
    assert found(index, *pages, aim=Aim()) == [("a", 1), ("a", 2), ("a", 3)]
    assert index.asked == [3]


def test_favoured_documents_cannot_be_crowded_out_and_stay_in_the_scope() -> None:
    pages = (page("a", 9), page("b", 5), page("c", 5))
    aim = Aim(favoured=frozenset({"b", "c"}))
    everywhere = found(Ranked(*pages), *pages, aim=aim)
    assert everywhere == [("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2), ("b", 3)]
    bounded = found(Ranked(*pages), *pages, aim=aim, scope=frozenset({"a", "c"}))
    assert bounded == [("a", 1), ("a", 2), ("a", 3), ("c", 1), ("c", 2), ("c", 3)]


def test_a_section_is_kept_to_however_far_down_its_paragraphs_stand() -> None:
    pages = (page("a", 300, within=range(250, 260)), page("b", 9, within=(7,)))
    index = Ranked(*pages)
    assert found(index, *pages, aim=Aim(section="附则")) == [("a", 250), ("a", 251), ("a", 252)]
    assert max(index.asked) <= MOST_ASKED * 4
    assert found(Ranked(*pages), *pages, aim=Aim(section="附则"), scope=frozenset({"b"})) == [("b", 7)]


def test_a_section_none_of_whose_paragraphs_the_index_finds_is_not_empty() -> None:
    pages = (page("a", 5, within=(2, 4)),)
    assert found(Silent(*pages), *pages, aim=Aim(section="附则")) == [("a", 2), ("a", 4)]
    assert found(Silent(*pages), *pages, aim=Aim(section="罚则")) == []

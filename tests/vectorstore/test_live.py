from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore.catalogue import Catalogue, Generation
from vectorstore.codes import encode
from vectorstore.exact import ExactIndex
from vectorstore.live import LiveIndex
from vectorstore.points import Points


class Table:
    """The vectors of a document's chunks by their place."""

    def __init__(self, document):
        self.table = BigramEmbedder().embed_documents([chunk.text for chunk in document.chunks])

    def rows(self, numbers):
        return self.table[numbers]

    def codes(self, numbers):
        return encode(self.table[numbers])


class Watched(ExactIndex):
    """An exact index that tells when it was closed and can be made to search slowly."""

    def __init__(self, *lines):
        document = parsed(lines, document_id="d")
        points = Points.of((9, chunk.first, number) for number, chunk in enumerate(document.chunks))
        super().__init__(BigramEmbedder(), Table(document), documents={9: "d"}, points=points)
        self.closed = False
        self.entered = Event()
        self.go_on = Event()
        self.go_on.set()

    def search(self, query, **options):
        self.entered.set()
        self.go_on.wait(5)
        assert not self.closed
        return super().search(query, **options)

    def close(self):
        self.closed = True
        super().close()


@pytest.fixture
def catalogue(tmp_path):
    opened = Catalogue.open(tmp_path / "c.db", writable=True)
    yield opened
    opened.close()


def test_a_search_under_way_ends_with_the_index_it_began_with(catalogue):
    old, new = Watched(*WATER), Watched(*SCHOOL)
    live = LiveIndex(catalogue, old, seen=catalogue.standing())
    old.go_on.clear()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(live.search, "绿地", limit=1)
        assert old.entered.wait(5)
        live.replace(new)
        assert live.search("新增学位", limit=1)[0].paragraph == 1
        assert not old.closed
        old.go_on.set()
        assert slow.result()[0].paragraph == 2
    assert old.closed
    assert not new.closed


def test_an_unused_index_is_closed_when_replaced(catalogue):
    old = Watched(*WATER)
    live = LiveIndex(catalogue, old, seen=catalogue.standing())
    live.replace(Watched(*SCHOOL))
    assert old.closed


def test_closing_waits_for_the_searches_under_way(catalogue):
    index = Watched(*WATER)
    live = LiveIndex(catalogue, index, seen=catalogue.standing())
    index.go_on.clear()
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(live.search, "绿地", limit=1)
        assert index.entered.wait(5)
        closing = pool.submit(live.close)
        index.go_on.set()
        assert slow.result()[0].paragraph == 2
        closing.result(5)
    assert index.closed


def test_a_reader_opens_the_index_again_once_per_change(catalogue):
    opened = []

    def reopen(standing):
        opened.append(standing.revision)
        return Watched(*SCHOOL)

    live = LiveIndex(catalogue, Watched(*WATER), seen=catalogue.standing(), reopen=reopen)
    live.search("绿地", limit=1)
    assert opened == []
    catalogue.adopt("lexical", Generation(1))
    start = Barrier(4)

    def look():
        start.wait(5)
        return live.search("新增学位", limit=1)[0].paragraph

    with ThreadPoolExecutor(4) as pool:
        assert [search.result() for search in [pool.submit(look) for _ in range(4)]] == [1] * 4
    assert opened == [1]


def test_a_search_during_which_the_library_changed_is_done_again(catalogue):
    seen = []

    class Changing(Watched):
        def search(self, query, *, hidden, **options):
            seen.append(hidden)
            if len(seen) == 1:
                catalogue.announce(1)
            return super().search(query, hidden=hidden, **options)

    live = LiveIndex(catalogue, Changing(*WATER), seen=catalogue.standing())
    assert live.search("绿地", limit=1)[0].paragraph == 2
    assert seen == [frozenset(), frozenset({1})]

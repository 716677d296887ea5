"""The same bytes read anew, and no text embedded twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.vectorstore.contract import keys
from tests.vectorstore.libraries import (
    Counting,
    fill,
    killed,
    many,
    reread,
    write,
)
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore.library import Library


def test_a_newer_parser_replaces_a_reading_in_one_step(home):
    fill(home)
    with write(home) as library:
        assert library.put(reread()) == "replaced"
        assert library.put(reread()) == "unchanged"
        assert library.is_current("water", "water", "2")
        assert library.lexical.search("城市绿地", limit=3) == []
        assert keys(library.lexical.search("读出的第7段", limit=1)) == [("water", 8)]
        assert keys(library.dense.search("新版读出的第7段", limit=1)) == [("water", 8)]
        health = library.check()
        assert health.ok, health.problems
        assert (health.documents, health.paragraphs) == (2, 402)


def test_a_document_that_is_read_again_and_again_is_found_at_every_moment(home):
    with write(home) as library, ThreadPoolExecutor(2) as pool:
        library.put(parsed(["城市绿地五百亩。", "版本零。"], source="a", document_id="a"))
        library.put(many("others", lines=50))
        stop = []

        def look():
            rounds = 0
            while not stop:
                for search in (library.dense.search, library.lexical.search):
                    found = [match.document_id for match in search("城市绿地", limit=3)]
                    assert found.count("a") >= 1
                    assert len(keys(search("城市绿地", limit=9))) == len(
                        set(keys(search("城市绿地", limit=9)))
                    )
                rounds += 1
            return rounds

        readers = [pool.submit(look) for _ in range(2)]
        try:
            for n in range(12):
                again = parsed([f"第{n}版。", "城市绿地五百亩。"], source="a", document_id="a")
                assert library.put(replace(again, parser=str(n))) == "replaced"
        finally:
            stop.append(True)
        assert all(reader.result() > 0 for reader in readers)
        assert library.check().ok


def test_nothing_is_embedded_twice(home):
    embedder = Counting()

    def opened(**options):
        return Library.open(home, embedder, writable=True, **options)

    with opened() as library:
        library.put(parsed(WATER, source="a"))
        once = embedder.count
        assert once == len(parsed(WATER).chunks)
        library.put(replace(parsed(WATER, source="a"), parser="2"))
        library.put(parsed([*WATER, *WATER], source="b"))
        library.delete(parsed(WATER).document.id)
        library.put(parsed(WATER, source="c"))
        library.rebuild()
    with opened(rebuild=True) as library:
        assert embedder.count == once
        library.put(parsed(SCHOOL, source="d"))
        assert embedder.count == once + len(parsed(SCHOOL).chunks)
        assert library.check().ok


def test_what_crashed_after_it_was_embedded_is_not_embedded_again(home):
    fill(home)
    killed(home, "Catalogue.keep", "after")
    embedder = Counting()
    with Library.open(home, embedder, writable=True) as library:
        assert library.put(many("new")) == "added"
    assert embedder.count == 0

"""A library from its first document to its last: put, replaced, read by others, rebuilt, closed."""

import contextlib
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import DocumentNotFound, LibraryDamaged, LibraryLocked, LibraryMismatch, ServiceError
from tests.vectorstore.contract import keys
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.libraries import (
    child,
    fill,
    finds_everything,
    read,
    write,
)
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore import library as library_module
from vectorstore.catalogue import Catalogue
from vectorstore.library import Library

# Putting and deleting


def test_a_new_library_is_empty_and_well(home):
    with write(home) as library:
        assert library.dense.search("绿地", limit=3) == library.lexical.search("绿地", limit=3) == []
        health = library.check()
    assert health.ok
    assert (health.documents, health.paragraphs, health.chunks) == (0, 0, 0)


def test_what_is_put_is_found_and_stays(home):
    fill(home)
    with write(home) as library:
        assert finds_everything(library)
    with read(home) as library:
        assert finds_everything(library)


def test_put_twice_is_put_once(home):
    with write(home) as library:
        assert library.put(parsed(WATER)) == "added"
        before = library.check()
        assert library.put(parsed(WATER)) == "unchanged"
        assert library.check() == before


def test_several_at_once_are_as_one_by_one(home, monkeypatch):
    monkeypatch.setattr(library_module, "BATCH_CHUNKS", 4)
    documents = [
        parsed(WATER, source="a", document_id="water"),
        parsed(SCHOOL, source="b", document_id="school"),
        parsed(WATER, source="c", document_id="water"),
        parsed(SCHOOL, source="a", document_id="school"),
        parsed(WATER, source="c", document_id="water"),
        parsed([], source="d", document_id="empty"),
    ]
    with write(home) as library:
        outcomes = ["added", "added", "added", "replaced", "unchanged", "added"]
        assert library.put_all(documents) == outcomes
        assert library.put_all([]) == []
        assert finds_everything(library)
        assert sorted(library.catalogue.sources("school")) == ["a", "b"]
        assert library.check().documents == 3


def test_a_second_name_adds_no_entries(home):
    with write(home) as library:
        library.put(parsed(WATER, source="a"))
        before = library.check()
        assert library.put(parsed(WATER, source="b")) == "added"
        assert library.check() == before


def test_a_changed_file_is_found_with_its_new_words_only(home):
    with write(home) as library:
        library.put(parsed(WATER, document_id="old"))
        assert library.put(parsed(SCHOOL, document_id="new")) == "replaced"
        assert {m.document_id for m in library.dense.search("防洪堤坝", limit=9)} == {"new"}
        assert library.lexical.search("防洪堤坝", limit=9) == []
        health = library.check()
        assert health.ok
        assert health.documents == 1


def test_a_changed_file_does_not_harm_the_other_name(home):
    with write(home) as library:
        library.put(parsed(WATER, source="a", document_id="old"))
        library.put(parsed(WATER, source="b", document_id="old"))
        library.put(parsed(SCHOOL, source="a", document_id="new"))
        assert keys(library.lexical.search("防洪堤坝", limit=9)) == [("old", 1)]
        library.put(parsed(SCHOOL, source="b", document_id="new"))
        assert library.lexical.search("防洪堤坝", limit=9) == []
        assert library.check().ok


def test_delete_and_put_again(home):
    with write(home) as library:
        library.put(parsed(WATER, document_id="water"))
        library.delete("water")
        assert library.dense.search("绿地", limit=3) == library.lexical.search("绿地", limit=3) == []
        assert library.check().ok
        assert library.put(parsed(WATER, document_id="water")) == "added"
        assert keys(library.lexical.search("绿地", limit=3)) == [("water", 2)]
        with pytest.raises(DocumentNotFound):
            library.delete("nowhere")


def test_sources_removed_take_the_documents_that_nothing_else_names(home):
    sources = ("/a/1.txt", "/a/2%.txt", "/a/sub/3.txt", "/ab/4.txt")
    with write(home) as library:
        for source, lines in zip(sources, (WATER, SCHOOL, ["第三份文件。"], WATER), strict=True):
            library.put(parsed(lines, source=source))
        assert library.sources_under("/a/") == list(sources[:3])
        assert library.sources_under("/a/2%") == [sources[1]]
        library.remove_sources([*sources[:2], "/a/none.txt"])
        assert library.sources_under("") == list(sources[2:])
        assert library.catalogue.count() == 2
        assert library.check().ok
        assert library.dense.search("新增学位五千个", limit=5)[0].document_id != parsed(SCHOOL).document.id


def test_a_document_without_paragraphs(home):
    with write(home) as library:
        assert library.put(parsed([], document_id="empty")) == "added"
        assert library.check().ok


CONTENTS = {"water": WATER, "school": SCHOOL, "short": ["一句话。"], "empty": []}
steps = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from([*CONTENTS]))
    | st.tuples(st.just("delete"), st.sampled_from([*CONTENTS])),
    max_size=12,
)


@given(steps=steps)
@settings(max_examples=12, deadline=None)
def test_any_sequence_of_puts_and_deletes_leaves_what_the_sources_name(tmp_path_factory, steps):
    named: dict[str, str] = {}
    with write(tmp_path_factory.mktemp("any")) as library:
        for source, content in steps:
            if source != "delete":
                outcome = library.put(parsed(CONTENTS[content], source=source, document_id=content))
                before = named.get(source)
                assert outcome == (
                    "added" if not before else "unchanged" if before == content else "replaced"
                )
                named[source] = content
            elif content in named.values():
                library.delete(content)
                named = {name: held for name, held in named.items() if held != content}
            else:
                with pytest.raises(DocumentNotFound):
                    library.delete(content)
        assert set(library.catalogue.document_ids()) == set(named.values())
        health = library.check()
        assert health.ok, health.problems
        assert health.paragraphs == sum(len(CONTENTS[content]) for content in set(named.values()))
        assert library.catalogue.standing().hidden == frozenset()


class FailingEmbedder(BigramEmbedder):
    def embed_documents(self, texts):
        if any("故障" in text for text in texts):
            raise ServiceError("the model failed")
        return super().embed_documents(texts)


def test_a_put_that_fails_leaves_nothing(home):
    with Library.open(home, FailingEmbedder(), writable=True) as library:
        library.put(parsed(WATER, document_id="water"))
        lines = [*(f"第{n}号通知。" for n in range(1500)), "设备故障"]
        with pytest.raises(ServiceError, match="the model failed"):
            library.put(parsed(lines, source="new", document_id="new"))
        assert library.check().ok
        assert library.check().documents == 1
        assert library.catalogue.standing().hidden == frozenset()


def test_a_put_that_fails_at_the_index_leaves_nothing(home):
    embedder = BigramEmbedder()
    with Library.open(home, embedder, writable=True) as library:
        library.put(parsed(WATER, document_id="water"))
        embedder.dimension = 8
        with pytest.raises(LibraryDamaged, match="维"):
            library.put(parsed(SCHOOL, source="new", document_id="new"))
        embedder.dimension = 256
        assert library.check().ok
        assert library.catalogue.standing().hidden == frozenset()
        assert library.put(parsed(SCHOOL, source="new", document_id="new")) == "added"


# Reading while another writes


def test_a_reader_neither_locks_nor_writes(home):
    fill(home)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    with read(home) as library, read(home) as other:
        assert finds_everything(library)
        assert finds_everything(other)
        with pytest.raises(ServiceError, match="只读"):
            library.put(parsed(WATER))
        with pytest.raises(ServiceError, match="只读"):
            library.delete("water")
    after = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    # SQLite's own shared memory of readers is not content.
    assert {p: t for p, t in after.items() if not p.name.endswith(("-shm", "-wal"))} == before


def test_a_reader_of_nothing_is_told_what_to_do(home):
    with pytest.raises(LibraryDamaged, match="library.*rag ingest"):
        read(home)
    assert not home.exists()


WRITE = """
import sys
from pathlib import Path
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import parsed
from vectorstore.library import Library
with Library.open(Path(sys.argv[1]), BigramEmbedder(), writable=True) as library:
    print("open", flush=True)
    for line in sys.stdin:
        match line.split():
            case ["put", name]:
                library.put(parsed([f"{name}项目已经开工。"], source="one", document_id=name))
            case ["rebuild"]:
                library.rebuild()
        print("done", flush=True)
"""


def test_an_open_reader_follows_another_process(home):
    fill(home)
    with child(WRITE, home, stdin=subprocess.PIPE) as writer:

        def tell(order):
            writer.stdin.write(order + "\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "done\n"

        assert writer.stdout.readline() == "open\n"
        with read(home) as library:
            for order, name in (("put 地铁", "地铁"), ("put 机场", "机场"), ("rebuild", "机场")):
                tell(order)
                assert library.dense.search(f"{name}项目开工", limit=1)[0].document_id == name
                assert library.lexical.search(f"{name}项目开工", limit=1)[0].document_id == name
                assert library.check().ok
            assert {m.document_id for m in library.lexical.search("地铁", limit=5)} <= {"机场"}
            began = time.monotonic()
            with pytest.raises(LibraryLocked, match=str(writer.pid)):
                write(home)
            assert time.monotonic() - began < 1
        writer.stdin.close()


def test_eight_readers_while_a_writer_puts_and_rebuilds(home):
    fill(home)
    with write(home) as library, ThreadPoolExecutor(8) as pool:
        stop = []

        def look():
            rounds = 0
            while not stop:
                for search in (library.dense.search, library.lexical.search):
                    found = keys(search("新增城市绿地", limit=3))
                    assert found[0] == ("water", 2)
                    assert set(found) == set(library.catalogue.fetch(found)) or stop is not None
                rounds += 1
            return rounds

        readers = [pool.submit(look) for _ in range(8)]
        try:
            for n in range(6):
                library.put(parsed([f"第{n}期通报。"], source="notice", document_id=f"n{n}"))
            library.rebuild()
        finally:
            stop.append(True)
        assert all(reader.result() > 0 for reader in readers)
        assert library.check().ok


# Models and rebuilding


def test_a_reader_is_told_what_is_wrong(home):
    fill(home)
    with write(home) as library, library.lexical.current() as lexical:
        lexical.remove([1])
    with pytest.raises(LibraryDamaged, match="词语索引有 2 个段落，目录有 5 个。.*rag doctor --rebuild"):
        read(home)
    with write(home) as library:
        assert finds_everything(library)


def test_a_library_just_begun_is_no_mismatch(home):
    home.mkdir()
    Catalogue.open(home / "catalogue.db", writable=True).close()
    with pytest.raises(LibraryDamaged, match="rag ingest"):
        read(home)


def test_another_model_is_refused_until_rebuilt(home):
    fill(home)
    other = BigramEmbedder(dimension=64)
    for writable in (True, False):
        with pytest.raises(LibraryMismatch, match="bigrams-256.*bigrams-64.*rag doctor --rebuild"):
            Library.open(home, other, writable=writable)
    with Library.open(home, other, writable=True, rebuild=True) as library:
        assert finds_everything(library)
    with Library.open(home, other, writable=False) as library:
        assert finds_everything(library)
    with pytest.raises(LibraryMismatch):
        write(home)


def test_an_empty_library_takes_any_model(home):
    with write(home):
        pass
    with Library.open(home, BigramEmbedder(dimension=64), writable=True) as library:
        library.put(parsed(WATER))
        assert library.check().ok


def test_rebuilding_while_open(home):
    fill(home)
    with write(home) as library:
        before = library.dense.search("城市绿地", limit=5), library.lexical.search("城市绿地", limit=5)
        library.rebuild()
        assert (
            library.dense.search("城市绿地", limit=5),
            library.lexical.search("城市绿地", limit=5),
        ) == before
        library.put(parsed(["地铁开工。"], source="new"))
        assert finds_everything(library)
    assert [path.name for path in (home / "dense").iterdir()] == ["000002"]


def test_a_library_that_lost_half_of_what_it_has_is_tidied(home):
    fill(home)
    with write(home) as library:
        for n in range(3):
            library.put(
                parsed([f"第{n}期{k}号通报。" for k in range(500)], source="notice", document_id=f"n{n}")
            )
        assert [path.name for path in (home / "dense").iterdir()] == ["000001"]
        assert library.catalogue.vectors.count() == 1507
        library.put(parsed(["最后一期通报。"], source="notice", document_id="last"))
        for index in ("dense", "lexical"):
            assert [path.name for path in (home / index).iterdir()] == ["000002"]
        assert library.catalogue.vectors.count() == 8
        assert finds_everything(library)
        assert library.catalogue.standing().removed == 0


# Opening and closing


def test_a_second_writer_is_refused_and_may_follow(home):
    with write(home), pytest.raises(LibraryLocked, match=str(os.getpid())):
        write(home)
    write(home).close()


def test_a_failed_opening_gives_the_lock_back(home):
    home.mkdir()
    (home / "catalogue.db").write_bytes(b"no database " * 999)
    for _ in range(2):
        with pytest.raises(LibraryDamaged, match="catalogue"):
            write(home)


def test_closing_twice_does_nothing_more(home):
    library = write(home)
    library.close()
    library.close()
    with pytest.raises(ServiceError, match="已经关闭"):
        library.catalogue.count()
    with contextlib.suppress(ServiceError):
        library.dense.search("绿地", limit=1)

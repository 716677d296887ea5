import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import DocumentNotFound, LibraryDamaged, LibraryLocked, LibraryMismatch, ServiceError
from tests.vectorstore.contract import keys
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore import library as library_module
from vectorstore.catalogue import Catalogue
from vectorstore.dense import DenseIndex
from vectorstore.library import Library

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "library"


def write(home, **options):
    return Library.open(home, BigramEmbedder(), writable=True, **options)


def read(home):
    return Library.open(home, BigramEmbedder(), writable=False)


def fill(home):
    with write(home) as library:
        library.put(parsed(WATER, source="water", document_id="water"))
        library.put(parsed(SCHOOL, source="school", document_id="school"))


def many(name, *, lines=300):
    return parsed([f"{name}第{n}号通知已经印发。" for n in range(lines)], source=name, document_id=name)


def finds_everything(library):
    assert keys(library.dense.search("新增城市绿地", limit=3))[0] == ("water", 2)
    assert keys(library.lexical.search("课后服务", limit=3))[0] == ("school", 2)
    assert library.lexical.idf(["绿地"]) < library.lexical.idf(["没有的词"])
    health = library.check()
    assert health.ok, health.problems
    assert health.chunks == health.dense
    assert health.paragraphs == health.lexical
    return True


def child(code, home, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True, **options
    )


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


# Crashes and damage


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from tests.vectorstore.test_library import many, reread
from vectorstore import library as library_module
from vectorstore.catalogue import Catalogue
from vectorstore.dense import DenseIndex
from vectorstore.lexical import LexicalIndex
from vectorstore.library import Library

home, owner, name = Path(sys.argv[1]), *sys.argv[2].split(".")
library = Library.open(home, BigramEmbedder(), writable=True)
kind = {"Catalogue": Catalogue, "DenseIndex": DenseIndex, "LexicalIndex": LexicalIndex}[owner]
inner = getattr(kind, name)
def deadly(self, *given, **options):
    if sys.argv[3] == "after":
        inner(self, *given, **options)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(kind, name, deadly)
library.put(many("new") if len(sys.argv) == 4 else reread())
"""

STEPS = [
    ("Catalogue.announce", "after"),
    ("DenseIndex.add", "after"),
    ("LexicalIndex.add", "before"),
    ("LexicalIndex.add", "after"),
    ("Catalogue.put_all", "before"),
    ("Catalogue.put_all", "after"),
]


@pytest.mark.parametrize(("step", "moment"), STEPS)
def test_killed_at_any_step_of_a_put(home, step, moment):
    fill(home)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home), step, moment], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    shown = (step, moment) == ("Catalogue.put_all", "after")
    with read(home) as library:
        assert library.catalogue.count() == 2 + shown
        assert bool(library.lexical.search("第7号通知印发", limit=3)) == shown
        found = library.dense.search("第7号通知印发", limit=3)
        assert all(match.document_id == "new" for match in found) == shown
    with write(home) as library:
        assert finds_everything(library)
        assert library.put(many("new")) == ("unchanged" if shown else "added")
        assert library.check().ok
        assert library.check().documents == 3


def test_killed_at_a_random_moment_of_many_puts(home):
    fill(home)
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.vectorstore.test_library import many, write\n"
        "library = write(Path(sys.argv[1])); print('open', flush=True)\n"
        "for n in range(1000): library.put(many(f'n{n % 7}', lines=50 + n)); print(n, flush=True)"
    )
    for wait in (0.05, 0.31):
        with child(code, home) as process:
            process.stdout.readline()
            time.sleep(wait)
            process.kill()
        with write(home) as library:
            assert finds_everything(library)


def remove_folder(path):
    shutil.rmtree(path)


def cut_files(path):
    for found in path.rglob("*"):
        if found.suffix in (".term", ".idx", ".store", ".sqlite3"):
            os.truncate(found, found.stat().st_size // 2)


def empty_folder(path):
    for found in path.rglob("*"):
        if found.is_file():
            found.unlink()


def drop_vectors(path):
    for found in {found.parent for found in path.rglob("*.bin")}:
        shutil.rmtree(found)


def cut_headers(path):
    for found in path.rglob("header.bin"):
        os.truncate(found, 50)


DAMAGE = [
    ("dense", remove_folder),
    ("dense", empty_folder),
    ("dense", cut_files),
    ("dense", drop_vectors),
    ("dense", cut_headers),
    ("lexical", remove_folder),
    ("lexical", empty_folder),
    ("lexical", cut_files),
]


@pytest.mark.parametrize(("index", "damage"), DAMAGE)
def test_damage_is_named_to_a_reader_or_does_not_touch_it_and_is_repaired_by_a_writer(home, index, damage):
    fill(home)
    with write(home) as library:
        library.put(many("many", lines=1500))
    damage(home / index)
    if index == "lexical":
        with pytest.raises(LibraryDamaged, match="lexical.*rag doctor --rebuild"):
            read(home)
    else:
        with read(home) as library:
            assert finds_everything(library)
    with write(home) as library:
        assert finds_everything(library)
        assert library.check().dense == 1507
    with read(home) as library:
        assert finds_everything(library)


def drop_rows(home, count):
    """Make the catalogue forget that Chroma was given its last vectors, as a crash in between would."""
    generation = Catalogue.open(home / "catalogue.db", writable=True)
    standing = generation.standing().dense
    generation.seal({"dense": None})
    generation.close()
    dense = DenseIndex.open(home / "dense" / f"{standing.number:06}", standing.token)
    dense._collection.delete(ids=[str(n) for n in range(8 - count, 8)])
    dense.close()


def test_vectors_that_never_reached_chroma_are_added_in_place(home, caplog):
    fill(home)
    drop_rows(home, 3)
    with write(home) as library:
        assert finds_everything(library)
        assert [path.name for path in (home / "dense").iterdir()] == ["000001"]
        assert not caplog.records
        library.put(parsed(["又一份通知。"], source="new"))
    with write(home) as library:
        assert library.check().ok


def test_surplus_vectors_are_repaired(home, caplog):
    fill(home)
    with write(home) as library, library.dense.current() as dense:
        dense._dense.add(np.array([100]), np.ones((1, 256), np.float32) / 16)
    with write(home) as library:
        assert finds_everything(library)
    assert "有 8 个向量，目录有 7 个" in caplog.text


def test_check_says_exactly_what_is_wrong(home):
    fill(home)
    with write(home) as library:
        with library.dense.current() as dense:
            dense.remove([1])
        with library.lexical.current() as lexical:
            lexical.remove([1])
        health = library.check()
        assert not health.ok
        assert health.problems == (
            "语义索引有 3 个片段，目录有 7 个。",
            "词语索引有 2 个段落，目录有 5 个。",
        )


def test_surplus_paragraphs_are_repaired(home):
    fill(home)
    with write(home) as library, library.lexical.current() as lexical:
        lexical.add([(9, many("strays", lines=3).paragraphs)])
        assert not library.check().ok
    with write(home) as library:
        assert finds_everything(library)


def older_and_newer(home):
    """A library, and beside it a copy of its indexes from before a document was replaced by one as long."""
    fill(home)
    shutil.copytree(home, home.with_name("older"))
    with write(home) as library:
        library.put(parsed(WATER[::-1], source="water", document_id="other"))


def put_back(home, index, *, unsealed):
    """Exchange an index folder for the copy; unsealed, as if the library had crashed before."""
    shutil.rmtree(home / index)
    shutil.copytree(home.with_name("older") / index, home / index)
    if unsealed:
        catalogue = Catalogue.open(home / "catalogue.db", writable=True)
        catalogue.seal({"dense": None, "lexical": None})
        catalogue.close()


@pytest.mark.parametrize("unsealed", [False, True])
@pytest.mark.parametrize("index", ["dense", "lexical"])
def test_an_older_copy_of_an_index_is_noticed(home, caplog, index, unsealed):
    older_and_newer(home)
    put_back(home, index, unsealed=unsealed)
    if index == "lexical":
        with pytest.raises(LibraryDamaged, match="rag doctor --rebuild"):
            read(home)
    with write(home) as library:
        # Chroma's old copy lacks the newest vectors, which are added.
        assert bool(caplog.records) == (index == "lexical" or not unsealed)
        assert keys(library.lexical.search("新增城市绿地", limit=3))[0] == ("other", 2)
        assert keys(library.dense.search("城乡供水一体化", limit=3))[0] == ("other", 1)
        assert library.check().ok


@pytest.mark.parametrize("unsealed", [False, True])
@pytest.mark.parametrize("index", ["dense", "lexical"])
def test_the_index_of_another_library_is_noticed(home, caplog, index, unsealed):
    fill(home)
    fill(home.with_name("older"))
    put_back(home, index, unsealed=unsealed)
    if index == "lexical":
        with pytest.raises(LibraryDamaged, match="rag doctor --rebuild"):
            read(home)
    with write(home) as library:
        assert caplog.records
        assert finds_everything(library)


@pytest.mark.parametrize("index", ["dense", "lexical"])
def test_any_single_file_removed_halved_or_exchanged_is_noticed(home, caplog, index):
    older_and_newer(home)
    generation = max((home / index).iterdir())
    names = [p.relative_to(home) for p in generation.rglob("*") if p.is_file() and p.stat().st_size]
    sound = home.with_name("sound")
    shutil.copytree(home, sound)
    for name in names:
        for damage in ("remove", "halve", "append"):
            shutil.rmtree(home)
            shutil.copytree(sound, home)
            caplog.clear()
            if damage == "remove":
                (home / name).unlink()
            elif damage == "halve":
                os.truncate(home / name, (home / name).stat().st_size // 2)
            else:
                (home / name).write_bytes((home / name).read_bytes() + b"more")
            with write(home) as library:
                assert caplog.records, (name, damage)
                assert keys(library.lexical.search("新增城市绿地", limit=3))[0] == ("other", 2)
                assert library.check().ok


def test_a_library_that_was_moved_is_as_it_was(home, caplog):
    fill(home)
    moved = home.with_name("moved")
    shutil.copytree(home, moved, copy_function=shutil.copyfile)
    with write(moved) as library:
        assert finds_everything(library)
    assert not caplog.records


# Reading again


def reread(lines=400):
    """The water document as a newer parser would read it."""
    document = parsed([f"新版读出的第{n}段。" for n in range(lines)], source="water", document_id="water")
    return replace(document, parser="2")


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


REREAD = [
    ("Catalogue.announce", "after"),
    ("LexicalIndex.add", "after"),
    ("Catalogue.put_all", "before"),
    ("Catalogue.put_all", "after"),
    ("LexicalIndex.remove", "before"),
    ("LexicalIndex.remove", "after"),
    ("Catalogue.swept", "before"),
]


@pytest.mark.parametrize(("step", "moment"), REREAD)
def test_killed_at_any_step_of_reading_again(home, step, moment):
    fill(home)
    command = [sys.executable, "-c", KILLED, str(home), step, moment, "again"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    shown = REREAD.index((step, moment)) >= REREAD.index(("Catalogue.put_all", "after"))
    expected = 400 if shown else len(WATER)
    with read(home) as library:
        assert len(library.catalogue.paragraphs("water")) == expected
        assert bool(library.lexical.search("城市绿地", limit=3)) != shown
    with write(home) as library:
        assert len(library.catalogue.paragraphs("water")) == expected
        assert library.check().ok
        assert library.put(reread()) == ("unchanged" if shown else "replaced")
        assert library.lexical.search("城市绿地", limit=3) == []
        assert library.check().ok


# Embedding once


class Counting(BigramEmbedder):
    def __init__(self):
        super().__init__()
        self.count = 0

    def embed_documents(self, texts):
        self.count += len(texts)
        return super().embed_documents(texts)


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
    command = [sys.executable, "-c", KILLED, str(home), "Catalogue.announce", "after"]
    subprocess.run(command, cwd=ROOT, check=False)
    embedder = Counting()
    with Library.open(home, embedder, writable=True) as library:
        assert library.put(many("new")) == "added"
    assert embedder.count == 0


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

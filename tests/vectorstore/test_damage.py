"""Indexes removed, cut, old or another library's: noticed, named, mended."""

import os
import shutil

import numpy as np
import pytest

from rag.errors import LibraryDamaged
from tests.vectorstore.contract import keys
from tests.vectorstore.libraries import (
    fill,
    finds_everything,
    many,
    read,
    write,
)
from tests.vectorstore.samples import WATER, parsed
from vectorstore.catalogue import Catalogue
from vectorstore.dense import DenseIndex
from vectorstore.wording import wording


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
        dense.open().add(np.array([100]), np.ones((1, 256), np.float32) / 16)
    unseal(home)
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
        lexical.add([wording(9, many("strays", lines=3))])
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
        unseal(home)


def unseal(home):
    """As if the library had crashed."""
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


def test_a_text_that_says_the_same_everywhere_is_no_damage(home):
    words = "没有换行的文字" * 30
    with write(home) as library:
        library.put(parsed([words[start % 7 : 100 + start] for start in range(90)]))
        assert library.check().ok
    with read(home) as library:
        assert library.catalogue.count() == 1

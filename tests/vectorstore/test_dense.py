import shutil
import subprocess
import sys

import numpy as np
import pytest

from rag.errors import LibraryDamaged
from tests.vectorstore.embedders import BigramEmbedder
from vectorstore.dense import DenseIndex

LINES = [
    f"第{number}号通知由{name}印发。" for number in range(500) for name in ("水务局", "教育局", "财政局")
]


def rows(lines):
    return BigramEmbedder().embed_documents(lines)


def numbers(lines):
    return np.arange(1, len(lines) + 1)


@pytest.fixture
def index(tmp_path):
    dense = DenseIndex.create(tmp_path / "dense", "token")
    yield dense
    dense.close()


def test_the_nearest_vector_is_proposed_first(index):
    lines = ["修建防洪堤坝", "新增城市绿地", "新建小学"]
    index.add(numbers(lines), rows(lines))
    assert index.nearest(BigramEmbedder().embed_query("城市绿地"), 2)[0] == 2
    assert len(index.nearest(BigramEmbedder().embed_query("城市绿地"), 9)) == 3


def test_adding_again_changes_nothing(index):
    for _ in range(2):
        index.add(numbers(LINES[:10]), rows(LINES[:10]))
    assert index.count() == 10


def test_more_vectors_than_one_batch(index):
    index.add(numbers(LINES), rows(LINES))
    assert index.count() == len(LINES)
    assert index.lost(numbers(LINES), rows(LINES)) == []


def test_kept_over_closing(tmp_path, index):
    index.add(numbers(LINES), rows(LINES))
    asked = rows(["财政局通知"])[0]
    index.close()
    again = DenseIndex.open(tmp_path / "dense", "token")
    assert again.lost(numbers(LINES), rows(LINES)) == []
    best = rows(LINES)[again.nearest(asked, 1)[0] - 1]
    assert best @ asked > 0.5
    again.close()


def test_vectors_that_are_not_there_or_not_the_same_are_lost(index):
    index.add(numbers(LINES[:3]), rows(LINES[:3]))
    assert index.lost(np.array([1, 2, 9]), rows(LINES[:3])) == [9]
    assert index.lost(np.array([1, 2]), rows(["修建防洪堤坝", LINES[1]])) == [1]
    assert index.lost(np.array([], dtype=np.int64), rows([])) == []


def test_a_vector_without_words_is_kept_and_does_no_harm(index):
    lines = ["——", "城市绿地五百亩"]
    index.add(numbers(lines), rows(lines))
    assert index.lost(numbers(lines), rows(lines)) == []
    assert index.nearest(rows(["城市绿地"])[0], 1).tolist() == [2]


def test_a_missing_folder_is_damage(tmp_path):
    with pytest.raises(LibraryDamaged, match="rag doctor --rebuild"):
        DenseIndex.open(tmp_path / "nowhere", "token")


def test_a_broken_store_is_damage(tmp_path, index):
    index.close()
    (tmp_path / "dense" / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(LibraryDamaged, match="dense"):
        DenseIndex.open(tmp_path / "dense", "token")


def test_the_token_tells_whose_index_it_is(tmp_path, index):
    index.close()
    with pytest.raises(LibraryDamaged, match="另一个文件库"):
        DenseIndex.open(tmp_path / "dense", "other")
    DenseIndex.open(tmp_path / "dense", "token").close()


def test_vectors_of_another_dimension_are_damage(index):
    index.add(numbers(LINES[:2]), rows(LINES[:2]))
    with pytest.raises(LibraryDamaged, match="dimension"):
        index.add(np.array([3]), np.ones((1, 8), np.float32))


def test_a_deleted_vector_folder_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules["vectorstore.dense"]._HNSW, "sync_threshold", 1000)
    index = DenseIndex.create(tmp_path / "dense", "token")
    index.add(numbers(LINES), rows(LINES))
    index.close()
    for folder in (tmp_path / "dense").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    again = DenseIndex.open(tmp_path / "dense", "token")
    with pytest.raises(LibraryDamaged):
        again.lost(numbers(LINES[:20]), rows(LINES[:20]))
    again.close()


def test_no_model_of_the_store_and_no_chromadb_before_an_index_is_opened():
    code = (
        "import sys, vectorstore.library, vectorstore.dense\n"
        "assert 'chromadb' not in sys.modules\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

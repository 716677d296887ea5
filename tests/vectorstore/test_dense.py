import shutil
import subprocess
import sys

import numpy as np
import pytest

from rag.errors import LibraryDamaged
from tests.vectorstore.contract import SearcherContract, keys
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore.dense import DenseIndex
from vectorstore.exact import ExactIndex
from vectorstore.points import embed


class HeldDense(DenseIndex):
    def keep(self, document):
        self.add(points(document))


def points(document):
    return embed(document.chunks, BigramEmbedder())


@pytest.fixture
def index(tmp_path):
    dense = HeldDense.create(tmp_path / "dense", BigramEmbedder())
    yield dense
    dense.close()


class TestDenseIndex(SearcherContract):
    @pytest.fixture
    def held(self, index):
        return index


def test_scores_are_the_cosines_that_exact_search_finds(index):
    exact = ExactIndex(BigramEmbedder())
    for name, lines in (("water", WATER), ("school", SCHOOL)):
        index.add(points(parsed(lines, document_id=name)))
        exact.add(points(parsed(lines, document_id=name)))
    found, expected = index.search("新建小学", limit=5), exact.search("新建小学", limit=5)
    assert keys(found) == keys(expected)
    assert [match.score for match in found] == pytest.approx([match.score for match in expected], abs=1e-5)


def test_one_paragraph_of_many_units_does_not_crowd_out_the_others(index):
    crowd = "".join(f"防洪堤坝第{n}段。" for n in range(40))
    index.add(points(parsed([crowd, "防洪物资储备。", "堤坝巡查值守。"], document_id="d")))
    assert {match.paragraph for match in index.search("防洪堤坝", limit=3)} == {1, 2, 3}


def test_hidden_documents_are_passed_over(index):
    index.add(points(parsed(WATER, document_id="water")))
    index.add(points(parsed(SCHOOL, document_id="school")))
    found = index.search("新建小学", limit=2, hidden=frozenset({"school"}))
    assert {match.document_id for match in found} == {"water"}
    assert len(found) == 2


def test_adding_again_changes_nothing(index):
    document = parsed(WATER)
    index.add(points(document))
    index.add(points(document))
    assert index.count() == len(document.chunks)
    assert index.ids() == {chunk.id for chunk in document.chunks}


def test_more_chunks_than_one_batch(index):
    lines = [f"第{n}号通知已经印发。" for n in range(2500)]
    index.add(points(parsed(lines, document_id="many")))
    assert index.count() == 2500
    assert index.lost([f"many-{n}-0" for n in range(1, 2500, 100)]) == []


def test_kept_over_closing(tmp_path, index):
    index.add(points(parsed(WATER, document_id="water")))
    before = index.search("城市绿地", limit=2)
    index.close()
    again = DenseIndex.open(tmp_path / "dense", BigramEmbedder())
    assert again.search("城市绿地", limit=2) == before
    again.close()


def test_chunks_that_are_not_there_are_lost(index):
    document = parsed(WATER, document_id="water")
    index.add(points(document))
    assert index.lost([chunk.id for chunk in document.chunks]) == []
    assert index.lost([document.chunks[0].id, "never"]) == ["never"]
    index.discard([document.chunks[0].id])
    assert index.lost([chunk.id for chunk in document.chunks]) == [document.chunks[0].id]


def test_a_chunk_without_words_is_kept_and_does_no_harm(index):
    document = parsed(["——", "城市绿地五百亩。"], document_id="d")
    index.add(points(document))
    assert index.count() == len(document.chunks)
    assert keys(index.search("城市绿地", limit=1)) == [("d", 2)]
    assert index.search("—", limit=1) == []


def test_a_missing_folder_is_damage(tmp_path):
    with pytest.raises(LibraryDamaged, match="rag doctor --rebuild"):
        DenseIndex.open(tmp_path / "nowhere", BigramEmbedder())


def test_a_broken_store_is_damage(tmp_path, index):
    index.close()
    (tmp_path / "dense" / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(LibraryDamaged, match="dense"):
        DenseIndex.open(tmp_path / "dense", BigramEmbedder())


def test_vectors_of_another_dimension_are_damage(index):
    index.add(points(parsed(WATER)))
    with pytest.raises(LibraryDamaged, match="dimension"):
        index.add(embed(parsed(SCHOOL).chunks, BigramEmbedder(dimension=8)))


def test_a_deleted_vector_folder_is_noticed(tmp_path):
    lines = [f"第{n}号通知已经印发。" for n in range(2500)]
    document = parsed(lines, document_id="many")
    index = DenseIndex.create(tmp_path / "dense", BigramEmbedder())
    index.add(points(document))
    index.close()
    for folder in (tmp_path / "dense").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    again = DenseIndex.open(tmp_path / "dense", BigramEmbedder())
    with pytest.raises(LibraryDamaged):
        again.lost([chunk.id for chunk in document.chunks[:20]])
    again.close()


def test_no_model_of_the_store_and_no_chromadb_before_an_index_is_opened():
    code = (
        "import sys, vectorstore.library, vectorstore.dense\n"
        "assert 'chromadb' not in sys.modules\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_vectors_are_passed_and_found_as_given(index):
    assert np.isclose(np.linalg.norm(BigramEmbedder().embed_query("城市绿地")), 1.0)
    index.add(points(parsed(["城市绿地"], document_id="d")))
    assert index.search("城市绿地", limit=1)[0].score == pytest.approx(1.0, abs=1e-5)

import pytest

from tests.vectorstore.contract import SearcherContract, keys
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore.dense import DenseIndex
from vectorstore.exact import ExactIndex
from vectorstore.points import embed
from vectorstore.tiered import TieredIndex


class HeldTiered(TieredIndex):
    def keep(self, document):
        self.add(embed(document.chunks, BigramEmbedder()))


def tiered(tmp_path, exact_chunks):
    embedder = BigramEmbedder()
    dense = DenseIndex.create(tmp_path / "dense", embedder)
    return HeldTiered(dense, ExactIndex(embedder), exact_chunks=exact_chunks)


class TestTieredIndex(SearcherContract):
    @pytest.fixture(params=[0, 5, 1000], ids=["chroma", "growing", "exact"])
    def held(self, tmp_path, request):
        index = tiered(tmp_path, request.param)
        yield index
        index.close()


def test_the_answer_that_a_crowd_of_one_pattern_would_hide_is_found(tmp_path):
    index = tiered(tmp_path, 10_000)
    index.keep(parsed(WATER, document_id="water"))
    index.keep(parsed([f"many第{n}号通知已经印发。" for n in range(1500)], document_id="many"))
    assert keys(index.search("新增城市绿地", limit=3))[0] == ("water", 2)
    index.close()


def test_chroma_keeps_everything_at_any_size(tmp_path):
    index = tiered(tmp_path, 5)
    for name, lines in (("water", WATER), ("school", SCHOOL)):
        index.keep(parsed(lines, document_id=name))
    ids = [
        chunk.id
        for name, lines in (("water", WATER), ("school", SCHOOL))
        for chunk in parsed(lines, document_id=name).chunks
    ]
    assert index.count() == len(ids)
    assert index.lost(ids) == []
    index.close()

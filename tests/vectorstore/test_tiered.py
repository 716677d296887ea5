import pytest

from tests.vectorstore.contract import SearcherContract, keys
from tests.vectorstore.keeping import tiered
from tests.vectorstore.samples import SCHOOL, WATER, parsed


class TestTieredIndex(SearcherContract):
    @pytest.fixture(
        params=[(0, 0), (0, 5), (0, 1000), (1000, 1000)], ids=["chroma", "growing", "codes", "whole"]
    )
    def held(self, tmp_path, request):
        held, scanned = request.param
        with tiered(tmp_path, held=held, scanned=scanned) as kept:
            yield kept


@pytest.mark.parametrize("held", [0, 10_000], ids=["codes", "whole"])
def test_the_answer_that_a_crowd_of_one_pattern_would_hide_is_found(tmp_path, held):
    with tiered(tmp_path, held=held) as kept:
        kept.keep(parsed(WATER, document_id="water"))
        kept.keep(parsed([f"many第{n}号通知已经印发。" for n in range(1500)], document_id="many"))
        assert keys(kept.search("新增城市绿地", limit=3))[0] == ("water", 2)


def test_chroma_proposes_what_is_near_and_what_may_be_shown_is_chosen_exactly(tmp_path):
    with tiered(tmp_path, held=0, scanned=0) as kept:
        kept.keep(
            parsed([f"第{n}号{name}通知。" for n in range(50) for name in "水电气暖"], document_id="many")
        )
        kept.keep(parsed(SCHOOL, document_id="school"))
        assert keys(kept.search("中小学课后服务", limit=3))[0] == ("school", 2)
        hidden = frozenset({kept.editions["school"]})
        assert {m.document_id for m in kept.search("中小学课后服务", limit=3, hidden=hidden)} == {"many"}


def test_chroma_is_given_every_vector_that_the_catalogue_has(tmp_path):
    with tiered(tmp_path) as kept:
        kept.keep(parsed(WATER, document_id="water"))
        kept.keep(parsed([*WATER, *SCHOOL], document_id="both"))
        kept.remove("water")
        assert kept.index.count() == len(parsed([*WATER, *SCHOOL]).chunks)
        kept.index.close()

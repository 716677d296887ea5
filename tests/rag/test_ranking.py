"""The order of a shortlist: weighted sums, and a reranker that is heard where it is close."""

from collections.abc import Sequence

import numpy as np
import pytest

from rag.datatypes import Hit, Inquiry, Paragraph
from rag.errors import OutOfTime
from rag.query.question import understand
from rag.retrieval.features import FEATURES, FROM_INDEXES, READER, Table, Weights
from rag.retrieval.ranking import CLEAR, READ, Ranker, Weighting, sort_hits

QUESTION = understand(Inquiry("加装多少台电梯？"), history_turns=0)
WEIGHTING = Weighting.alone(Weights(dense=1.0, reader=2.0))


class Listening:
    """Implements rag.ports.Reranker by the length of the texts; notes what it reads."""

    def __init__(self, *, fails: bool = False) -> None:
        self.read: list[list[tuple[str, str]]] = []
        self._fails = fails

    @property
    def name(self) -> str:
        return "listening"

    def rerank(self, query: str, texts: Sequence[tuple[str, str]]) -> list[float]:
        self.read.append(list(texts))
        if self._fails:
            raise OutOfTime("太慢")
        return [float(len(text)) for _, text in texts]


def shortlist(*cosines: float) -> tuple[list[Hit], Table]:
    """Hits whose texts grow longer, and their table, empty but for the cosines."""
    hits = [
        Hit(Paragraph("a", number, "电" * number, 0, number), "题", 0.0)
        for number in range(1, len(cosines) + 1)
    ]
    table = np.zeros((len(hits), len(FEATURES)))
    table[:, 0] = cosines
    return hits, table


def ranked(ranker: Ranker, hits: list[Hit], table: Table) -> list[Hit]:
    """The hits in order, explained."""
    ranking = ranker.rank(QUESTION, hits, table)
    return [ranking.explained(hit) for hit in ranking.hits]


def order(found: Sequence[Hit]) -> list[int]:
    return [hit.paragraph.number for hit in found]


def test_scores_are_sums_of_their_parts_best_first() -> None:
    hits, table = shortlist(0.1, 0.3, 0.2)
    table[:, FEATURES.index("likeness")] = (1.0, 0.0, 0.5)
    weighting = Weighting.alone(Weights(dense=10.0, likeness=1.0))
    found = ranked(Ranker(weighting), hits, table)
    assert order(found) == [2, 3, 1]
    assert [hit.score for hit in found] == pytest.approx([3.0, 2.5, 2.0])
    assert [[(part.name, part.contribution) for part in hit.parts] for hit in found][1] == [
        ("dense", pytest.approx(2.0)),
        ("likeness", pytest.approx(0.5)),
    ]


def test_the_promising_are_the_best_by_all_that_is_known_yet_in_their_order() -> None:
    _, table = shortlist(0.1, 0.4, 0.2, 0.3)
    assert Ranker(WEIGHTING).promising(QUESTION, table, 2) == [1, 3]
    assert Ranker(WEIGHTING).promising(QUESTION, table, 9) == [0, 1, 2, 3]


def test_of_a_foreign_question_all_are_promising() -> None:
    _, table = shortlist(0.1, 0.4, 0.2, 0.3)
    foreign = understand(Inquiry("How many lifts are installed?"), history_turns=0)
    assert Ranker(WEIGHTING).promising(foreign, table, 2) == [0, 1, 2, 3]


def test_a_reranker_turns_a_close_order_and_its_part_is_told() -> None:
    found = ranked(Ranker(WEIGHTING, Listening()), *shortlist(0.3, 0.2, 0.1))
    assert order(found) == [3, 2, 1]
    assert {part.name for part in found[0].parts} == {"dense", "reader"}
    for hit in found:
        assert hit.score == pytest.approx(sum(part.contribution for part in hit.parts))


def test_a_reranker_reads_the_best_alone_with_their_context_and_the_rest_stays_behind() -> None:
    reader = Listening()
    cosines = [1 - place / 100 for place in range(READ + 4)]
    found = ranked(Ranker(WEIGHTING, reader), *shortlist(*cosines))
    assert [len(texts) for texts in reader.read] == [READ]
    assert reader.read[0][0] == ("题", "电")
    assert order(found)[:READ] == list(range(READ, 0, -1))
    assert order(found)[READ:] == list(range(READ + 1, READ + 5))


@pytest.mark.parametrize("cosines", [(CLEAR + 0.2, 0.1, 0.0), (0.1,), ()])
def test_a_reranker_is_not_asked_where_nothing_is_close(cosines: tuple[float, ...]) -> None:
    reader = Listening()
    found = ranked(Ranker(WEIGHTING, reader), *shortlist(*cosines))
    assert order(found) == list(range(1, len(cosines) + 1))
    assert reader.read == []


def test_out_of_time_the_fitted_order_stays(caplog: pytest.LogCaptureFixture) -> None:
    hits, table = shortlist(0.3, 0.2)
    late = ranked(Ranker(WEIGHTING, Listening(fails=True)), hits, table)
    assert late == ranked(Ranker(WEIGHTING), hits, table)
    assert "太慢" in caplog.text
    assert not table[:, READER].any()


def test_the_first_order_is_by_the_indexes_alone() -> None:
    table = np.zeros((4, FROM_INDEXES))
    table[:, 0] = (0.1, 0.4, 0.4, 0.2)
    assert Ranker(WEIGHTING).order(QUESTION, table) == [1, 2, 3, 0]
    assert Ranker(WEIGHTING).order(QUESTION, table[:0]) == []


def test_what_is_near_in_meaning_is_looked_at_whatever_its_words() -> None:
    table = np.zeros((30, FROM_INDEXES))
    table[:, 0] = np.linspace(0, 0.29, 30)
    table[:, FEATURES.index("body")] = np.linspace(1, 0, 30)
    order_ = Ranker(Weighting()).order(QUESTION, table)
    assert order_[:4] == [0, 29, 1, 2]
    assert set(order_[:12]) >= {29, 28, 27, 26}


def test_equal_scores_stand_by_document_and_number() -> None:
    hits = [Hit(Paragraph(name, number, "", 0, 0), "", 1.0) for name in "ba" for number in (2, 1)]
    assert [(hit.paragraph.document_id, hit.paragraph.number) for hit in sort_hits(hits)] == [
        ("a", 1),
        ("a", 2),
        ("b", 1),
        ("b", 2),
    ]

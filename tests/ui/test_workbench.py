"""The temporary library that `rag bench` and `rag fit` measure on: built, searched, removed."""

from pathlib import Path

import pytest

from eval.ranking import rank
from eval.squad import ReadingQuestion
from rag.datatypes import Inquiry
from rag.query.question import understand
from tests.ui.conftest import settings_for
from ui.workbench import DENSE_ALONE, LEXICAL_ALONE, open_workbench

DOCUMENTS = (
    ("00000.txt", "拱墅区2024年新建社区食堂15个，由区民政局负责。"),
    ("00001.txt", "运河边的绿道全长三十公里，供市民散步。"),
    ("00002.txt", "老旧小区加装电梯200台以上。"),
)
QUESTIONS = (
    ReadingQuestion("新建社区食堂多少个？", ("15个",), "00000.txt"),
    ReadingQuestion("绿道全长多少公里？", ("三十公里",), "00001.txt"),
    ReadingQuestion("加装电梯多少台？", ("200台",), "00002.txt"),
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def libraries(place: Path) -> list[Path]:
    return list(place.glob("zhiyin-*"))


def test_it_is_built_searched_and_removed(tmp_path: Path, place: Path) -> None:
    home = tmp_path / "library"
    with open_workbench(settings_for(home), DOCUMENTS) as bench:
        (temporary,) = libraries(place)
        assert bench.application.library.home == temporary
        assert sorted(bench.ids) == [source for source, _ in DOCUMENTS]
        stored = {document.id for document in bench.application.library.catalogue.documents()}
        assert stored == set(bench.ids.values())
        for weights in (None, DENSE_ALONE):
            found = rank(bench.retriever(weights), QUESTIONS, bench.ids)
            assert (found.questions, found.recall_at_1, found.mrr_at_10) == (3, 1.0, 1.0)
        question = understand(Inquiry(QUESTIONS[2].text), history_turns=0)
        evidence = bench.reader().read(question, bench.retriever().retrieve(question, limit=2))
        assert "200台" in evidence.passages[0].text
        assert bench.application.assistant.ask(Inquiry(QUESTIONS[0].text)).short_answer == "15个"
    assert libraries(place) == []
    assert not home.exists()


def test_one_part_of_the_score_can_speak_alone(tmp_path: Path, place: Path) -> None:
    question = understand(Inquiry(QUESTIONS[0].text), history_turns=0)
    with open_workbench(settings_for(tmp_path / "library"), DOCUMENTS) as bench:
        for weighting, told in (
            (DENSE_ALONE, {"dense"}),
            (LEXICAL_ALONE, {"body", "context", "title", "sound"}),
        ):
            for hit in bench.retriever(weighting).retrieve(question, limit=3):
                assert {part.name for part in hit.parts} == told
                assert hit.score == pytest.approx(sum(part.contribution for part in hit.parts))


def test_it_is_removed_when_measuring_fails(tmp_path: Path, place: Path) -> None:
    def measure() -> None:
        with open_workbench(settings_for(tmp_path / "library"), DOCUMENTS[:1]) as bench:
            assert len(libraries(place)) == len(bench.ids) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        measure()
    assert libraries(place) == []


def test_it_is_removed_when_a_document_cannot_be_read(tmp_path: Path, place: Path) -> None:
    def documents():
        yield DOCUMENTS[0]
        raise LookupError("没有了")

    with (
        pytest.raises(LookupError),
        open_workbench(settings_for(tmp_path / "library"), documents()),
    ):
        pytest.fail("it must not open")
    assert libraries(place) == []

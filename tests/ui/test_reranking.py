"""The reranker that a setting names: ready after warming up, and heard where two paragraphs are close."""

from pathlib import Path

import pytest

from ingest.pipeline import parse
from rag.datatypes import Inquiry
from tests.ui.conftest import settings_for
from ui.compose import NO_RERANKER, Application
from vectorstore.comparer import BUNDLED_COMPARER
from vectorstore.reranker import BUNDLED_RERANKER

DOCUMENTS = tuple(
    (f"{street}街.txt", f"{street}街食堂全年开放，区民政局负责补贴。")
    for street in ("东", "南", "西", "北", "中")
)
QUESTION = Inquiry("哪个局负责给食堂补贴？")


@pytest.mark.parametrize("name", [BUNDLED_COMPARER, BUNDLED_RERANKER, NO_RERANKER])
def test_it_is_heard_where_it_is_close(tmp_path: Path, name: str) -> None:
    settings = settings_for(tmp_path / "library").model_copy(
        # A busy machine may take longer than people should wait.
        update={"reranker": name, "reranker_seconds": 600}
    )
    with Application.open(settings, writable=True) as application:
        application.library.put_all([parse(text.encode(), source) for source, text in DOCUMENTS])
        application.warm_up()
        hits = application.assistant.search(QUESTION)
    assert len(hits) == len(DOCUMENTS)
    read = {part.name for hit in hits for part in hit.parts if part.name == "reader" and part.value}
    assert bool(read) == (name != NO_RERANKER)


def test_a_budget_too_small_to_warm_up_is_no_failure(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "library").model_copy(
        update={"reranker": BUNDLED_COMPARER, "reranker_seconds": 1e-9}
    )
    with Application.open(settings, writable=True) as application:
        application.library.put_all([parse(text.encode(), source) for source, text in DOCUMENTS])
        application.warm_up()
        assert application.assistant.search(QUESTION)

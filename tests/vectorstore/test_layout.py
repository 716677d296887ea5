"""An index of an older layout is told from one of today's, and built anew from the catalogue."""

import json

import pytest

from rag.errors import LibraryDamaged
from tests.vectorstore.libraries import fill, finds_everything, read, write
from vectorstore import layout
from vectorstore.lexical import LexicalIndex


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A library whose lexical index another version of the program built, closed in good order."""
    with monkeypatch.context() as version:
        version.setattr(layout, "LAYOUT", layout.LAYOUT - 1)
        fill(tmp_path / "library")
    return tmp_path / "library"


def test_an_older_layout_is_built_anew_when_opened_to_write(older, caplog):
    with write(older) as library:
        assert finds_everything(library)
        assert [path.name for path in (older / "lexical").iterdir()] == ["000002"]
    assert "另一版本" in caplog.text
    caplog.clear()
    with write(older):
        assert not caplog.records


def test_who_only_reads_is_told_what_to_do(older):
    with pytest.raises(LibraryDamaged, match="另一版本.*rag doctor --rebuild"):
        read(older)


@pytest.mark.parametrize("meta", ["[]", "{}", json.dumps({"schema": []}), "not json", ""])
def test_a_description_that_is_not_whole_is_damage(tmp_path, meta):
    (tmp_path / "meta.json").write_text(meta, encoding="utf-8")
    with pytest.raises(LibraryDamaged, match="rag doctor --rebuild"):
        LexicalIndex.open(tmp_path, "token", writable=False)


def test_paragraphs_are_told_apart_by_their_numbers():
    numbers = {layout.key_number(f"{document}", number) for document in range(100) for number in range(100)}
    assert len(numbers) == 10_000
    assert all(0 <= number < 2**63 for number in numbers)

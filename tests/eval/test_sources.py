"""The documents of a question set, taken out of packed corpora into a folder."""

import gzip
import json
from pathlib import Path

import pytest

from eval.dataset import Case, Evidence
from eval.sources import CORPORA, main, write_sources
from rag.errors import UnreadableFile

PROVINCIAL, NATIONAL, LAWS = CORPORA


def case(*documents: str, absent_from: tuple[str, ...] = ()) -> Case:
    if absent_from:
        return Case(
            "m", "near_miss", "乙？", unanswerable="near_miss", absent=("丁",), absent_from=absent_from
        )
    evidence = tuple(Evidence(name, "3个") for name in documents)
    return Case("n", "number", "几个？", answers=("3个",), evidence=evidence)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for corpus, titles in ((PROVINCIAL, "甲乙丙"), (NATIONAL, "国"), (LAWS, "法")):
        path = tmp_path / "data" / corpus
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(
                json.dumps({"title": title, "text": f"{title}有3个。\n"}, ensure_ascii=False) + "\n"
                for title in titles
            )
    return tmp_path / "data"


def test_writes_the_documents_named_and_no_others(data: Path, tmp_path: Path):
    paths = write_sources([case("甲.txt"), case(absent_from=("丙.txt",))], data, tmp_path / "out" / "here")
    assert [path.name for path in paths] == ["丙.txt", "甲.txt"]
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "out" / "here").iterdir()} == {
        "甲.txt": "甲有3个。\n",
        "丙.txt": "丙有3个。\n",
    }


def test_looks_in_every_corpus(data: Path, tmp_path: Path):
    paths = write_sources([case("乙.txt", "国.txt", "法.txt")], data, tmp_path)
    assert sorted(path.name for path in paths) == ["乙.txt", "国.txt", "法.txt"]


def test_names_a_document_that_is_nowhere(data: Path, tmp_path: Path):
    with pytest.raises(UnreadableFile, match="戊"):
        write_sources([case("甲.txt", "戊.txt")], data, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_as_a_command(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    questions = tmp_path / "set.jsonl"
    record = {
        "id": "a",
        "type": "number",
        "question": "几个？",
        "answers": ["3个"],
        "evidence": [{"document": "甲.txt", "quote": "3个"}],
    }
    questions.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    assert main([str(questions), str(tmp_path / "out"), "--data", str(data)]) == 0
    assert "1 份文件" in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["甲.txt"]
    assert main([str(questions), str(tmp_path / "out"), "--data", str(tmp_path / "nowhere")]) == 1
    assert "--data" in capsys.readouterr().err

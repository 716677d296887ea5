"""Reading sets and corpora from files, plain and packed, whole and broken."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.squad import ReadingQuestion, load_documents, load_squad
from rag.errors import UnreadableFile


def context(number: int, *answers: str) -> dict[str, object]:
    question = {"question": f"第{number}问？", "id": f"q{number}", "answers": [{"text": a} for a in answers]}
    return {"context": f"第{number}篇。", "qas": [question]}


ARTICLES = [
    {"title": "甲", "paragraphs": [context(0, "零", "零", "〇"), context(1, "一")]},
    {"title": "乙", "paragraphs": [context(2), context(3, "三"), {"context": "没有问题。", "qas": []}]},
]


def plain(path: Path, data: object) -> Path:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def packed(path: Path, data: object) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False)
    return path


@pytest.mark.parametrize(("write", "name"), [(plain, "set.json"), (packed, "set.json.gz")])
def test_each_context_is_a_document_and_keeps_its_questions(
    tmp_path: Path, write: Callable[[Path, object], Path], name: str
) -> None:
    reading = load_squad(write(tmp_path / name, {"version": "1", "data": ARTICLES}))
    assert [text for _, text in reading.documents] == [
        "第0篇。",
        "第1篇。",
        "第2篇。",
        "第3篇。",
        "没有问题。",
    ]
    sources = [source for source, _ in reading.documents]
    assert len(set(sources)) == 5
    assert reading.questions == (
        ReadingQuestion("第0问？", ("零", "〇"), sources[0]),
        ReadingQuestion("第1问？", ("一",), sources[1]),
        ReadingQuestion("第2问？", (), sources[2]),
        ReadingQuestion("第3问？", ("三",), sources[3]),
    )


@pytest.mark.parametrize(
    ("every", "asked"), [(1, [0, 1, 2, 3]), (2, [0, 2]), (3, [0, 3]), (4, [0]), (100, [0])]
)
def test_every_so_many_th_context_is_asked_about_and_all_are_kept(
    tmp_path: Path, every: int, asked: list[int]
) -> None:
    reading = load_squad(plain(tmp_path / "set.json", {"data": ARTICLES}), every=every)
    assert [question.text for question in reading.questions] == [f"第{number}问？" for number in asked]
    assert len(reading.documents) == 5


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.json", b""),
        ("a.json", b"{"),
        ("a.json", b"[]"),
        ("a.json", b"null"),
        ("a.json", b'{"data": 3}'),
        ("a.json", b'{"version": "1"}'),
        ("a.json", b'{"data": [{"title": "x"}]}'),
        ("a.json", b'{"data": [{"paragraphs": [{"context": "x", "qas": [{"question": "y"}]}]}]}'),
        ("a.json", "{}".encode("utf-16")),
        ("a.json", gzip.compress(b'{"data": []}', mtime=0)),
        ("a.json.gz", b'{"data": []}'),
        ("a.json.gz", gzip.compress(b"{}" * 100, mtime=0)[:20]),
        ("a.json.gz", gzip.compress(b'{"data": []}', mtime=0)[:-6] + b"\xff" * 6),
        ("a.json.gz", gzip.compress(b'{"data": []}', mtime=0)[:10] + b"\xff" * 20),
    ],
)
def test_a_broken_set_is_named_with_the_way_out(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(UnreadableFile, match="--data") as caught:
        load_squad(path)
    assert str(path) in str(caught.value)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("load", [load_squad, load_documents])
def test_a_missing_file_or_a_folder_is_named(tmp_path: Path, load: Callable[[Path], object]) -> None:
    for path in (tmp_path / "none.gz", tmp_path):
        with pytest.raises(UnreadableFile, match="--data"):
            load(path)


def test_a_corpus_is_read_line_by_line(tmp_path: Path) -> None:
    lines = [{"title": "2024年报告", "text": "正文。\n第二段。"}, {"title": "2023年报告", "text": ""}]
    path = tmp_path / "corpus.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    assert load_documents(path) == [("2024年报告.txt", "正文。\n第二段。"), ("2023年报告.txt", "")]


@pytest.mark.parametrize(
    "raw",
    [
        b"plain",
        gzip.compress(b"{}\n", mtime=0),
        gzip.compress(b"[1]\n", mtime=0),
        gzip.compress(b'{"title": "x"}', mtime=0)[:15],
    ],
)
def test_a_broken_corpus_is_named(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "corpus.jsonl.gz"
    path.write_bytes(raw)
    with pytest.raises(UnreadableFile) as caught:
        load_documents(path)
    assert str(path) in str(caught.value)

"""The benchmark of quality, on public sets of a few questions written here."""

import gzip
import json
from pathlib import Path

import pytest

from eval.cedict import FILE as CEDICT
from tests.ui.bench.growth.laws import write_laws
from ui.bench import figures
from ui.bench.figures import System, load
from ui.bench.quality import command
from ui.bench.quality.command import ORDERS, PROSE
from ui.bench.quality.sets import (
    ALONE,
    CMRC,
    DRCD,
    ENGLISH,
    ENGLISH_FILE,
    FILES,
    HAYSTACK,
    POOLED,
    XQUAD,
    load_english,
    load_laws,
    load_sets,
    shelves,
)

ASKED = {
    CMRC: (
        ("老旧小区加装电梯二百台。", "老旧小区加装电梯多少台？"),
        ("绿道全长三十公里。", "绿道全长多少公里？"),
    ),
    DRCD: (("社區食堂由民政局負責。", "社區食堂由誰負責？"),),
    XQUAD: (("图书馆藏书一百万册。", "图书馆藏书多少册？"),),
}
CASE = json.dumps(
    {
        "id": "number-01",
        "type": "number",
        "question": "加装电梯多少台？",
        "answers": ["二百台"],
        "evidence": [{"document": "电梯.txt", "quote": "加装电梯二百台"}],
    }
)
IN_ENGLISH = (("The library holds a million books.", "How many books does the library hold?"),)


def squad(texts: tuple[tuple[str, str], ...]) -> str:
    paragraphs = [
        {"context": text, "qas": [{"question": question, "answers": [{"text": text[:2]}]}]}
        for text, question in texts
    ]
    return json.dumps({"data": [{"paragraphs": paragraphs}]}, ensure_ascii=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    written = {FILES[name]: texts for name, texts in ASKED.items()} | {ENGLISH_FILE: IN_ENGLISH}
    for name, texts in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(squad(texts), encoding="utf-8")
    with gzip.open(folder / PROSE, "wt", encoding="utf-8") as file:
        file.write(squad((("典梯典梯，典，小区。" * 20, "电梯？"),)))
    (folder / CEDICT).parent.mkdir()
    with gzip.open(folder / CEDICT, "wt", encoding="utf-8") as file:
        file.write("電梯 电梯 [dian4 ti1] /elevator/\n電 电 [dian4] /electric/\n典 典 [dian4] /canon/\n")
    write_laws(folder)
    return folder


def test_every_set_is_asked_alone_among_the_others_and_among_the_laws(data: Path) -> None:
    laws = load_laws(data, 20)
    made = shelves(load_sets(data, every=1), load_english(data, every=1), laws)
    assert [(shelf.name, list(shelf.asked), len(shelf.documents)) for shelf in made] == [
        (ALONE, [CMRC], 2),
        (ALONE, [DRCD], 1),
        (ALONE, [XQUAD, ENGLISH], 1),
        (POOLED, [CMRC, DRCD, XQUAD, ENGLISH], 4),
        (HAYSTACK, [CMRC, DRCD, XQUAD, ENGLISH], 4 + len(laws)),
    ]
    for shelf in made:
        names = [name for name, _ in shelf.documents]
        assert len(set(names)) == len(names)
        assert {each.source for asked in shelf.asked.values() for each in asked} <= set(names)


def test_without_laws_there_is_no_haystack(data: Path) -> None:
    made = shelves(load_sets(data, every=1), (), load_laws(data, 0))
    assert HAYSTACK not in [shelf.name for shelf in made]


def test_the_tables_are_printed_and_the_figures_kept(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "电梯.txt").write_text("老旧小区加装电梯二百台。", encoding="utf-8")
    (tmp_path / "cases.jsonl").write_text(CASE, encoding="utf-8")
    monkeypatch.setattr(command, "SEEDS", tmp_path / "cases.jsonl")
    command.run(data, every=1, haystack=0, noisy=5, seeds=seeds, output=tmp_path)
    printed = capsys.readouterr().out.splitlines()
    rows = [line.strip("| ").split(" | ") for line in printed if line.startswith("| ")]
    found = [row for row in rows if row[0] in (ALONE, POOLED) and row[3] in ORDERS]
    assert len(found) == (4 + 4) * len(ORDERS)
    assert all(row[5] == "1.000 [1.000, 1.000]" for row in found if row[2] == CMRC)
    assert [row[:3] for row in rows if row[1] == "一个词换成同音"] == [
        [ALONE, "一个词换成同音", "1"],
        [POOLED, "一个词换成同音", "1"],
    ]
    assert rows[-1] == ["cases", "1", "1.000 [1.000, 1.000]", "1.000 [1.000, 1.000]"]
    kept = load(tmp_path / figures.SYSTEMS, System)
    assert {each.set for each in kept} == {CMRC, DRCD, XQUAD, ENGLISH}
    assert len(kept) == 4 * len(ORDERS)

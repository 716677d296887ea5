"""The benchmark of reading, on sets of a few paragraphs written here."""

import json
from pathlib import Path

import pytest

from eval.report import load
from ui.bench import reading
from ui.bench.quality.sets import CMRC, DRCD, FILES, XQUAD

ASKED = {
    CMRC: (
        ("2024年全区老旧小区加装电梯200台。", "2024年全区老旧小区加装电梯多少台？", "200台"),
        ("运河绿道全长30公里。", "运河绿道全长多少公里？", "30公里"),
    ),
    DRCD: (("社區食堂由民政局負責管理。", "社區食堂由哪個部門負責管理？", "民政局"),),
    XQUAD: (("图书馆藏书一百万册。", "图书馆藏书多少册？", "一百万册"),),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, texts in ASKED.items():
        paragraphs = [
            {"context": text, "qas": [{"question": question, "answers": [{"text": answer}]}]}
            for text, question, answer in texts
        ]
        path = tmp_path / "data" / FILES[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}, ensure_ascii=False), "utf-8")
    return tmp_path / "data"


def test_each_set_is_asked_with_and_without_its_paragraphs(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reading.run(data, every=1, output=tmp_path / "kept")
    printed = capsys.readouterr().out.splitlines()
    rows = [line.strip("| ").split(" | ") for line in printed if line.startswith("| ")]
    assert [row[:3] for row in rows if row[0] in ASKED] == [
        [CMRC, "2", "2"],
        [DRCD, "1", "1"],
        [CMRC, "1.00", "1.00"],
        [DRCD, "1.00", "1.00"],
    ]
    held, apart = (load(tmp_path / "kept" / f"{CMRC}{part}.json") for part in ("", "，去掉原段"))
    assert [(one.question, one.expected) for one in held.outcomes] == [
        (question, (answer,)) for _, question, answer in ASKED[CMRC]
    ]
    for one, (own, _, _) in zip(apart.outcomes, ASKED[CMRC], strict=True):
        assert one.unanswerable == "near_miss"
        assert own not in {found.text for found in one.found}
        assert own not in {cited.quote for cited in one.citations}

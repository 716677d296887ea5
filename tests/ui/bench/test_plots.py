"""Pictures of figures: what they show is read from the axes, that they can be seen from the files."""

from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image

from rag.errors import InvalidRequest
from ui.bench import figures
from ui.bench.figures import Growth, System, save
from ui.bench.plots import GROWTH_PICTURE, draw_growth, draw_quality, run


def growth(size: int, p50: float, *, clients: int = 1, reranked: bool = False) -> Growth:
    return Growth(size, clients, reranked, p50, 2 * p50, 3 * p50, cpu_ms=p50, queries_per_s=1000 / p50)


GROWN = [growth(10_000, 6.0), growth(1_000, 4.0), growth(1_000, 20.0, clients=8)]
SYSTEMS = [System("知引 排序", "甲", 0.98, 1.0, 7.0), System("同类", "甲", 0.9, 0.98, 20.0)]
pytestmark = pytest.mark.filterwarnings("ignore:Glyph .* missing from font")


def test_growth_is_shown_beside_the_square_root() -> None:
    axes = Figure().add_subplot()
    draw_growth(axes, [*GROWN, growth(1_000, 9.0, reranked=True)])
    lines = {line.get_label(): (list(line.get_xdata()), list(line.get_ydata())) for line in axes.lines}
    assert lines["不重排 p50"] == ([1_000, 10_000], [4.0, 6.0])
    assert lines["不重排 p95"] == ([1_000, 10_000], [8.0, 12.0])
    assert lines["重排 p50"] == ([1_000], [9.0])
    assert lines["按平方根增长"][1] == pytest.approx([8.0, 8.0 * 10**0.5])


def test_quality_is_shown_against_time() -> None:
    axes = Figure().add_subplot()
    draw_quality(axes, "甲", SYSTEMS)
    assert [each.get_offsets().tolist() for each in axes.collections] == [[[7.0, 0.98]], [[20.0, 0.9]]]
    assert [text.get_text() for text in axes.texts] == ["1", "2"]
    assert axes.get_legend_handles_labels()[1] == ["1  知引 排序", "2  同类"]


def test_every_set_has_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / figures.GROWTH, GROWN)
    save(tmp_path / figures.SYSTEMS, [*SYSTEMS, System("同类", "乙", 0.5, 0.6, 3.0)])
    run(tmp_path, tmp_path / "docs")
    names = {GROWTH_PICTURE, "quality-1.png", "quality-2.png"}
    assert {path.name for path in (tmp_path / "docs").iterdir()} == names
    printed = capsys.readouterr().out
    assert all(name in printed for name in names)
    for name in names:
        with Image.open(tmp_path / "docs" / name) as image:
            assert image.width > 1000
            assert len(image.convert("L").getcolors() or range(99)) > 10


def test_without_figures_nothing_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="rag bench growth"):
        run(tmp_path, tmp_path / "docs")
    assert not (tmp_path / "docs").exists()

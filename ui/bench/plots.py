"""`rag bench plots`: pictures of the figures that the other benchmarks left.

The only file that may import matplotlib. May import its neighbours among the benchmarks.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import matplotlib as mpl
import typer
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rag.errors import InvalidRequest
from ui.bench import figures
from ui.bench.figures import Growth, System, load

# The first of these that the machine has writes the Chinese in a picture.
FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
)
OURS = "知引"
GROWTH_PICTURE = "growth.png"
_SIZE = (8.4, 4.4)
_DPI = 150


def run(
    source: Annotated[Path, typer.Option(help="数字所在的文件夹")] = figures.FOLDER,
    output: Annotated[Path, typer.Option(help="图片放在哪里")] = Path("docs"),
) -> None:
    """Draw what there are figures of; say which files were written."""
    growth = load(source / figures.GROWTH, Growth)
    systems = load(source / figures.SYSTEMS, System)
    if not growth and not systems:
        raise InvalidRequest(f"{source} 中没有数字。请先运行 `rag bench growth`、`quality` 或 `peers`。")
    output.mkdir(parents=True, exist_ok=True)
    if growth:
        with _picture(output / GROWTH_PICTURE) as axes:
            draw_growth(axes, growth)
    for number, name in enumerate(dict.fromkeys(system.set for system in systems), 1):
        with _picture(output / f"quality-{number}.png") as axes:
            draw_quality(axes, name, [system for system in systems if system.set == name])


def draw_growth(axes: Axes, growth: Sequence[Growth]) -> None:
    """Time per question of one client against the size of the library, beside the square root of it."""
    alone = [each for each in growth if each.clients == 1 and not each.answered]
    for reranked, label in ((False, "不重排"), (True, "重排")):
        points = sorted((each for each in alone if each.reranked is reranked), key=lambda each: each.size)
        if not points:
            continue
        sizes = [each.size for each in points]
        axes.plot(sizes, [each.p50_ms for each in points], marker="o", label=f"{label} p50")
        axes.plot(sizes, [each.p95_ms for each in points], marker="s", linestyle="--", label=f"{label} p95")
        if not reranked:
            root = [points[0].p95_ms * (size / sizes[0]) ** 0.5 for size in sizes]
            axes.plot(sizes, root, color="0.7", linestyle=":", label="按平方根增长")
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="文件库的段落数",
        ylabel="每问毫秒",
        title="文件库越大，问一次要多久",
    )
    axes.legend()


def draw_quality(axes: Axes, name: str, systems: Sequence[System]) -> None:
    """The share found first against the time per question: the upper left is best.

    Points are numbered, the best first, and named beside the picture: names at the points would overlap.
    """
    ranked = sorted(systems, key=lambda system: (-system.recall_at_1, system.query_p50_ms))
    for number, system in enumerate(ranked, 1):
        ours = system.name.startswith(OURS)
        axes.scatter(
            system.query_p50_ms,
            system.recall_at_1,
            color="C3" if ours else "C0",
            marker="*" if ours else "o",
            s=60,
            label=f"{number}  {system.name}",
        )
        axes.annotate(
            str(number),
            (system.query_p50_ms, system.recall_at_1),
            textcoords="offset points",
            # Numbers of points that lie on each other stand above and below them in turn.
            xytext=(-4, 7 if number % 2 else -15),
            fontsize="small",
        )
    axes.set(xscale="log", xlabel="每问毫秒（中位）", ylabel="R@1", title=name)
    axes.margins(x=0.12, y=0.12)
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize="small", frameon=False)


@contextmanager
def _picture(path: Path) -> Iterator[Axes]:
    """Axes to draw on, saved under a path, which is told."""
    known = set(font_manager.get_font_names())
    fonts = [font for font in FONTS if font in known]
    with mpl.rc_context({"font.family": [*fonts, "sans-serif"], "axes.unicode_minus": False}):
        figure = Figure(figsize=_SIZE, dpi=_DPI, layout="constrained")
        axes = figure.add_subplot()
        axes.grid(visible=True, which="both", color="0.92")
        axes.set_axisbelow(True)
        yield axes
        # Without the time of drawing in it, the same figures give the same file.
        figure.savefig(path, metadata={"Software": None})
    typer.echo(f"已画 {path}。")

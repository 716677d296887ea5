"""What `rag bench growth` is told, and what it prints.

May import its neighbours among the benchmarks and the settings.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from rag.errors import ServiceError
from rag.settings import load_settings
from ui.bench import figures
from ui.bench.figures import Build, Growth, Opening
from ui.bench.fork import load_heavy_packages
from ui.bench.growth.corpus import Corpus
from ui.bench.growth.stages import CLIENTS, WARMING, Ground, ask, grow
from ui.bench.machine import headline

SIZES = (1_000, 10_000, 100_000, 1_000_000)
# What a paragraph takes on the disk: itself, its entries in the indexes, and its file while it is taken in.
_BYTES = 12_000
BUILT = "| 规模 | 段 | 片段 | 新增段 | 秒 | CPU 秒 | 新增段/秒 | 内存峰值 MB | 磁盘 MB |\n" + "|---" * 9 + "|"
OPENED = "| 规模 | 只读打开到答出 秒 | 可写打开到答出 秒 | 答完后内存 MB |\n" + "|---" * 4 + "|"
ASKED = (
    "| 规模 | 做什么 | 同时 | 重排 | p50 毫秒 | p95 毫秒 | p99 毫秒 | CPU 毫秒 | 每秒问题 |\n"
    + "|---" * 9
    + "|"
)
GREW = "| 从 | 到 | 文件库增长 | 其平方根 | p50 增长 | p95 增长 | CPU 增长 |\n" + "|---" * 7 + "|"


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    paragraphs: Annotated[int, typer.Option(min=SIZES[0], help="长到多少段为止")] = SIZES[-1],
    questions: Annotated[int, typer.Option(min=1, help="每种情形问多少个问题")] = 300,
    folder: Annotated[
        Path | None, typer.Option(help="在这里建库并留下，中断后接着测；默认用临时文件夹")
    ] = None,
    output: Annotated[Path, typer.Option(help="数字留在哪里，供作图")] = figures.FOLDER,
) -> None:
    """Grow a library tenfold at a time; at each size measure building, opening and asking."""
    typer.echo(headline())
    sizes = [size for size in SIZES if size <= paragraphs]
    with _place(folder) as place:
        _check_disk(place, sizes[-1])
        settings = load_settings().model_copy(update={"home": place / "library"})
        ground = Ground(place, settings, Corpus.load(data))
        searched = WARMING + questions * len(CLIENTS)
        asked = ground.corpus.questions(searched + questions)
        load_heavy_packages()
        for before, size in pairwise((0, *sizes)):
            grow(ground, before, size)
            ask(ground, size, asked[:searched], asked[searched:])
            typer.echo(f"{size:,} 段已测完。", err=True)
        _report(place, sizes, output)


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder is None:
        with TemporaryDirectory(prefix="zhiyin-growth-") as temporary:
            yield Path(temporary)
        return
    folder.mkdir(parents=True, exist_ok=True)
    yield folder.resolve()


def _check_disk(place: Path, size: int) -> None:
    free, needed = shutil.disk_usage(place).free, size * _BYTES
    if free < needed:
        raise ServiceError(
            f"{size} 段的文件库约需 {needed / 1e9:.0f} GB，{place} 只剩 {free / 1e9:.1f} GB。"
            "请用 --paragraphs 少建一些，或用 --folder 换一个地方。"
        )


def _report(place: Path, sizes: list[int], output: Path) -> None:
    builds = [each for each in figures.load(place / figures.BUILDS, Build) if each.size in sizes]
    openings = [each for each in figures.load(place / figures.OPENINGS, Opening) if each.size in sizes]
    growth = [each for each in figures.load(place / figures.GROWTH, Growth) if each.size in sizes]
    _table(BUILT, [_built(each) for each in builds])
    _table(OPENED, [_opened(each) for each in openings])
    _table(ASKED, [_asked(each) for each in growth])
    alone = [each for each in growth if each.clients == 1 and not each.reranked and not each.answered]
    _table(GREW, [_grew(less, more) for less, more in pairwise(alone)])
    figures.save(output / figures.BUILDS, builds)
    figures.save(output / figures.OPENINGS, openings)
    figures.save(output / figures.GROWTH, growth)


def _table(header: str, rows: list[tuple[str, ...]]) -> None:
    typer.echo(header)
    for row in rows:
        typer.echo(f"| {' | '.join(row)} |")
    typer.echo("")


def _built(build: Build) -> tuple[str, ...]:
    return (
        *(f"{count:,}" for count in (build.size, build.paragraphs, build.chunks, build.added)),
        f"{build.seconds:.1f}",
        f"{build.cpu_s:.1f}",
        f"{build.added / build.seconds:,.0f}",
        f"{build.peak_mb:,.0f}",
        f"{build.disk_mb:,.0f}",
    )


def _opened(opening: Opening) -> tuple[str, ...]:
    return (
        f"{opening.size:,}",
        f"{opening.read_s:.1f}",
        f"{opening.write_s:.1f}",
        f"{opening.memory_mb:,.0f}",
    )


def _asked(growth: Growth) -> tuple[str, ...]:
    return (
        f"{growth.size:,}",
        "问答（HTTP）" if growth.answered else "检索",
        str(growth.clients),
        "有" if growth.reranked else "无",
        *(f"{value:.1f}" for value in (growth.p50_ms, growth.p95_ms, growth.p99_ms, growth.cpu_ms)),
        f"{growth.queries_per_s:.0f}",
    )


def _grew(less: Growth, more: Growth) -> tuple[str, ...]:
    times = more.size / less.size
    return (
        f"{less.size:,}",
        f"{more.size:,}",
        f"{times:.0f}",
        f"{times**0.5:.2f}",
        f"{more.p50_ms / less.p50_ms:.2f}",
        f"{more.p95_ms / less.p95_ms:.2f}",
        f"{more.cpu_ms / less.cpu_ms:.2f}",
    )

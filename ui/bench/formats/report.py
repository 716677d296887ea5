"""The table that `rag bench formats` prints: a line for each format and layout, and the worst files.

May import the evaluation and the rest of the package.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from eval.fidelity import Fidelity, Share
from ui.bench.formats.measure import Measured

HEADER = (
    "| 格式 | 程序 | 版式 | 文件 | 字 | 错字率 "
    "| 段界 P | 段界 R | 段界 F1 | 题名 | 标题路径 | 引文往返 | 原处复读 | 字/秒 |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)
# What a file must reach: wrong characters at most, boundaries and heading paths at least.
MOST_ERRORS, LEAST_F1, LEAST_PATHS = 0.005, 0.95, 0.95


def lines(results: Sequence[Measured]) -> Iterator[str]:
    """The table's lines: each format, program and layout, each format, all."""
    ordered = sorted(results, key=_shape)
    yield HEADER
    for suffix, of_format in groupby(ordered, key=lambda each: each.made.draft.suffix):
        files = list(of_format)
        for shape, of_shape in groupby(files, key=_shape):
            yield _line(shape, list(of_shape))
        yield _line((f"**{suffix}**", "", "全部"), files)
    yield _line(("**全部**", "", ""), ordered)


def worst(results: Sequence[Measured], count: int = 20) -> Iterator[str]:
    """The files that miss a mark, the worst first."""
    missed = [each for each in results if _misses(each)]
    for each in sorted(missed, key=_badness, reverse=True)[:count]:
        figures = each.fidelity
        faults = [
            f"错字率 {figures.error_rate:.2%}",
            f"段界 F1 {figures.f1:.3f}",
            f"标题路径 {figures.paths.value:.3f}",
            f"往返 {_exact(figures.trips)}",
            f"复读 {_exact(each.places)}",
            *(["题名错"] if figures.titles.value < 1 else []),
            *([each.refused] if each.refused else []),
        ]
        yield f"{each.made.path.name}：{'，'.join(faults)}"


def _misses(each: Measured) -> bool:
    figures = each.fidelity
    return (
        figures.error_rate > MOST_ERRORS
        or figures.titles.value < 1
        or figures.f1 < LEAST_F1
        or figures.paths.value < LEAST_PATHS
        or figures.trips.right < figures.trips.of
        or each.places.right < each.places.of
    )


def _badness(each: Measured) -> float:
    figures = each.fidelity
    return figures.error_rate + (1 - figures.f1) + (1 - figures.paths.value) + (1 - each.places.value)


def _shape(each: Measured) -> tuple[str, str, str]:
    draft = each.made.draft
    return draft.suffix, draft.program, draft.layout


def _line(names: tuple[str, str, str], files: Sequence[Measured]) -> str:
    figures = sum((each.fidelity for each in files), Fidelity())
    places = sum((each.places for each in files), Share(0, 0))
    speed = figures.characters / max(sum(each.seconds for each in files), 1e-9)
    cells = (
        *names,
        str(len(files)),
        f"{figures.characters:,}",
        f"{figures.error_rate:.3%}",
        f"{figures.true.value:.3f}",
        f"{figures.found.value:.3f}",
        f"{figures.f1:.3f}",
        f"{figures.titles.right}/{figures.titles.of}",
        f"{figures.paths.value:.3f}",
        _exact(figures.trips),
        _exact(places),
        f"{speed:,.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _exact(share: Share) -> str:
    """A share that must be whole: three places, rounded down so that 1.000 means all; — where none is."""
    return f"{share.right * 1000 // share.of / 1000:.3f}" if share.of else "—"

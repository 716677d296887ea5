"""The table of all results: figures, and how many times ours each of them is.

May import its neighbours.
"""

from collections.abc import Iterable, Iterator

from ui.bench.figures import System
from ui.bench.peers.trial import Candidate, Result

COLUMNS = (
    "系统",
    "R@1",
    "R@5",
    "载入 秒",
    "建库 秒",
    "建库 CPU 秒",
    "查询 p50 毫秒",
    "p95 毫秒",
    "每问 CPU 毫秒",
    "内存峰值 MB",
    "建库 倍",
    "建库 CPU 倍",
    "查询 倍",
    "查询 CPU 倍",
    "内存 倍",
)


def lines(results: Iterable[tuple[Candidate, Result]]) -> Iterator[str]:
    """Header and one row per result as it comes; multiples are of the nearest above that is ours."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield "|---" * len(COLUMNS) + "|"
    ours = Result("")
    for candidate, each in results:
        ours = each if candidate.ours else ours
        yield f"| {' | '.join((each.name, *_cells(each, ours)))} |"


def system(result: Result, corpus: str) -> System:
    """A result that there is, as the plots read it."""
    return System(
        name=result.name,
        set=corpus,
        recall_at_1=result.recall_at_1,
        recall_at_5=result.recall_at_5,
        query_p50_ms=result.p50_ms,
        ingest_s=result.ingest_s,
        memory_mb=result.memory_mb,
    )


def _cells(result: Result, ours: Result) -> tuple[str, ...]:
    if result.failed:
        # A bar would end the cell.
        return (f"未完成：{result.failed.replace('|', '¦')}", *("" for _ in COLUMNS[2:]))
    return (
        f"{result.recall_at_1:.3f}",
        f"{result.recall_at_5:.3f}",
        f"{result.start_s:.1f}",
        f"{result.ingest_s:.1f}",
        f"{result.cpu_s:.1f}",
        f"{result.p50_ms:.1f}",
        f"{result.p95_ms:.1f}",
        f"{result.query_cpu_ms:.1f}",
        f"{result.memory_mb:,.0f}",
        _times(result.ingest_s, ours.ingest_s),
        _times(result.cpu_s, ours.cpu_s),
        _times(result.p50_ms, ours.p50_ms),
        _times(result.query_cpu_ms, ours.query_cpu_ms),
        _times(result.memory_mb, ours.memory_mb),
    )


def _times(figure: float, ours: float) -> str:
    """How many times ours; nothing when ours failed."""
    return f"{figure / ours:.2f}" if ours else ""

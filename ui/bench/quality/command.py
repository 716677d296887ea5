"""What `rag bench quality` is told, what it measures in which order, and what it prints.

May import the composition root, the evaluation and the settings.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from eval import noise
from eval.cedict import FILE as CEDICT
from eval.cedict import entries
from eval.dataset import SEEDS, load_cases
from eval.ranking import Ranking, rank
from eval.runner import evaluate
from eval.squad import load_squad
from rag.ports import Retriever
from rag.retrieval.ranking import Weighting
from rag.settings import load_settings
from ui.bench import figures
from ui.bench.figures import System
from ui.bench.machine import headline
from ui.bench.quality.sets import ALONE, CMRC, Shelf, load_english, load_laws, load_sets, shelves
from ui.bench.rows import measure, row
from ui.compose import Application, reranker_for
from ui.workbench import DENSE_ALONE, LEXICAL_ALONE, Workbench, open_workbench

# What the indexes say put together, before any text is looked at.
FUSED = Weighting.alone(Weighting().shortlist)
ORDERS = {"只按语义": DENSE_ALONE, "只按词语": LEXICAL_ALONE, "融合": FUSED, "排序": None}
RERANKED = "重排"
CHANGES = {
    "一个词换成同音": noise.with_homophone,
    "漏一个字": noise.with_gap,
    "换成日常说法": noise.in_everyday_words,
}
# What shows which words are in common use; nothing is measured on it.
PROSE = "cmrc2018/cmrc2018_train.json.gz"
_FIGURES = "R@1 | R@5 | MRR@10"
FOUND = (
    f"| 文件库 | 段 | 问题集 | 排序 | 问题 | {_FIGURES} | 每问毫秒（中位） | CPU 毫秒 |\n" + "|---" * 10 + "|"
)
NOISE = (
    "| 文件库 | 改法 | 问题 | 原样 R@1 | R@5 | MRR@10 | 改后 R@1 | R@5 | MRR@10 | R@1 相差百分点 |\n"
    + "|---" * 10
    + "|"
)
SEEDED = "| 问题集 | 有依据的问题 | 依据 R@1 | 依据 R@5 |\n" + "|---" * 4 + "|"


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    every: Annotated[int, typer.Option(min=1, help="每隔几份文件取其问题，1 为全部")] = 1,
    haystack: Annotated[int, typer.Option(min=0, help="把公开数据放进多少段法规之中，0 为不放")] = 100_000,
    noisy: Annotated[int, typer.Option(min=0, help="每种改法改多少个问题")] = 500,
    seeds: Annotated[Path, typer.Option(help="种子文件所在的文件夹")] = Path("seeds/documents"),
    output: Annotated[Path, typer.Option(help="数字留在哪里，供作图")] = figures.FOLDER,
) -> None:
    """Measure each library and print its rows; then the questions with faults; then the seed questions."""
    typer.echo(headline())
    lexicon = noise.Lexicon.of(entries(data / CEDICT), _prose(data)) if noisy else None
    sets, english, laws = (
        load_sets(data, every=every),
        load_english(data, every=every),
        load_laws(data, haystack),
    )
    faulty: list[str] = []
    typer.echo(FOUND)
    for shelf in shelves(sets, english, laws):
        with open_workbench(load_settings(), shelf.documents) as bench:
            for row in _found(bench, shelf, output):
                typer.echo(row)
            if lexicon is not None and CMRC in shelf.asked:
                faulty += _faulty(bench, shelf, lexicon, noisy)
    if faulty:
        typer.echo("\n".join(("", NOISE, *faulty)))
    typer.echo(f"\n{SEEDED}\n{_seeded(seeds)}")


def _prose(data: Path) -> Iterator[str]:
    return (text for _, text in load_squad(data / PROSE).documents)


def _found(bench: Workbench, shelf: Shelf, output: Path) -> Iterator[str]:
    """A row for each set asked and each order; figures of a set in its own library are kept to be plotted."""
    held = f"{bench.application.library.catalogue.counts().paragraphs:,}"
    for name, questions in shelf.asked.items():
        for order, retriever in _retrievers(bench).items():
            found = rank(retriever, questions, bench.ids)
            if shelf.name == ALONE:
                figures.save(output / figures.SYSTEMS, [_system(order, name, found)])
            cells = (shelf.name, held, name, order, f"{found.questions:,}", *_measures(found))
            yield row(*cells, f"{found.median_ms:.1f}", f"{found.mean_cpu_ms:.1f}")


def _retrievers(bench: Workbench) -> dict[str, Retriever]:
    """What is measured, by name; with the reranker too, if one is set."""
    found: dict[str, Retriever] = {order: bench.retriever(weighting) for order, weighting in ORDERS.items()}
    reranker = reranker_for(bench.application.settings)
    return found if reranker is None else found | {RERANKED: bench.retriever(reranker=reranker)}


def _faulty(bench: Workbench, shelf: Shelf, lexicon: noise.Lexicon, count: int) -> Iterator[str]:
    """A row for each way of changing questions, beside the same questions as they were."""
    for name, change in CHANGES.items():
        pairs = noise.pairs(shelf.asked[CMRC], change, lexicon, count)
        if not pairs:
            continue
        clean, changed = (
            rank(bench.retriever(), questions, bench.ids) for questions in zip(*pairs, strict=True)
        )
        apart = (changed.recall_at_1 - clean.recall_at_1) * 100
        cells = (shelf.name, name, f"{len(pairs):,}", *_measures(clean), *_measures(changed))
        yield row(*cells, f"{apart:+.1f}")


def _seeded(seeds: Path) -> str:
    """Evidence found for the founding documents' own questions, in a library of them."""
    with TemporaryDirectory(prefix="zhiyin-bench-") as home:
        settings = load_settings().model_copy(update={"home": Path(home)})
        with Application.open(settings, writable=True) as application:
            application.ingest([seeds], lambda _result: None)
            report = evaluate(application.assistant, load_cases(SEEDS), application.library.catalogue)
    firsts = [each.recall_at_1 for each in report.outcomes if each.recall_at_1 is not None]
    fives = [each.recall_at_5 for each in report.outcomes if each.recall_at_5 is not None]
    return row(SEEDS.stem, f"{len(firsts):,}", measure(firsts), measure(fives))


def _system(order: str, name: str, found: Ranking) -> System:
    return System(
        f"知引 {order}",
        name,
        recall_at_1=found.recall_at_1,
        recall_at_5=found.recall_at_5,
        query_p50_ms=found.median_ms,
    )


def _measures(found: Ranking) -> tuple[str, ...]:
    return measure(found.firsts), measure(found.fives), measure(found.reciprocals)

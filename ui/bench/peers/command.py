"""What `rag bench peers` is told, and what it prints.

May import its neighbours among the benchmarks.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from rag.errors import InvalidRequest
from ui.bench import figures
from ui.bench.machine import headline
from ui.bench.peers.corpus import Corpus, haystack, reading
from ui.bench.peers.environment import PINS, cache, prepare
from ui.bench.peers.table import lines, system
from ui.bench.peers.trial import CANDIDATES, Candidate, Result, Terms, attempt

# Named in the headline; all the rest is in the constraints.
_TOLD = ("langchain-classic", "langchain-chroma", "llama-index-core", "haystack-ai", "txtai", "chromadb")


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    paragraphs: Annotated[int, typer.Option(min=0, help="第二轮混入多少段法规，0 为不做")] = 20_000,
    questions: Annotated[int, typer.Option(min=1, help="问前多少个问题")] = 1_000,
    only: Annotated[list[str] | None, typer.Option(help="只测名称含此字样的，可多次给出")] = None,
    limit: Annotated[float, typer.Option(min=1, help="每个系统每轮最多多少秒")] = 3_600,
    output: Annotated[Path, typer.Option(help="数字留在哪里，供作图")] = figures.FOLDER,
) -> None:
    """Make the environment, put everyone to the same tests, print a table for each."""
    typer.echo(headline())
    chosen = _chosen(only or [])
    typer.echo(f"对照：{'，'.join(_versions())}\n")
    python = prepare(cache(), tell=lambda line: typer.echo(line, err=True))
    for corpus in _corpora(data, paragraphs, questions):
        typer.echo(f"{corpus.name}：{len(corpus.passages):,} 段，前 {len(corpus.questions):,} 个问题\n")
        for line in lines(_results(chosen, corpus, output, Terms(python, limit))):
            typer.echo(line)
        typer.echo("")


def _results(
    candidates: Sequence[Candidate], corpus: Corpus, output: Path, terms: Terms
) -> Iterator[tuple[Candidate, Result]]:
    """One after another; each is kept at once, since all of them take hours."""
    for candidate in candidates:
        typer.echo(f"{corpus.name}：{candidate.name}……", err=True)
        result = attempt(candidate, corpus, terms)
        if not result.failed:
            figures.save(output / figures.SYSTEMS, [system(result, corpus.name)])
        yield candidate, result


def _corpora(data: Path, paragraphs: int, questions: int) -> Iterator[Corpus]:
    needles = reading(data, questions)
    yield needles
    if paragraphs:
        yield haystack(needles, data, paragraphs)


def _chosen(only: Sequence[str]) -> list[Candidate]:
    """Those whose names hold one of the words, each beside ours. Raises InvalidRequest if there are none."""
    wanted = [each for each in CANDIDATES if not only or any(word in each.name for word in only)]
    if not wanted:
        names = "，".join(each.name for each in CANDIDATES)
        raise InvalidRequest(f"没有名称含 {'、'.join(only)} 的系统。可选：{names}。")
    models = {each.fast for each in wanted}
    return [each for each in CANDIDATES if each in wanted or (each.ours and each.fast in models)]


def _versions() -> list[str]:
    pins = PINS.read_text(encoding="utf-8").splitlines()
    return [pin.replace("==", " ") for pin in pins if pin.split("==")[0] in _TOLD]

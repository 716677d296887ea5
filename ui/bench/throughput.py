"""`rag bench throughput`: thousands of laws and reports through `rag ingest`, twice.

May import the catalogue's room and its neighbours among the benchmarks.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from ui.bench.machine import headline
from ui.bench.process import RAG, Run, measure
from vectorstore.catalogue import Catalogue
from vectorstore.library import CATALOGUE_FILE

# The suffix that the texts of each file were written with.
CORPORA = {
    "laws.jsonl.gz": ".md",
    "gov_work_reports.jsonl.gz": ".txt",
    "gov_work_reports_provinces_2025.jsonl.gz": ".txt",
}
PARTS = {"目录": f"{CATALOGUE_FILE}*", "语义索引": "dense/**/*", "词语索引": "lexical/**/*"}
HEADER = "| 运行 | 秒 | 文件 | 字 | 字/秒 | 段 | 段/秒 | 片段 | 片段/秒 | 内存峰值 MB |\n" + "|---" * 10 + "|"


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    every: Annotated[int, typer.Option(min=1, help="每隔几份文件取一份，1 为全部")] = 1,
) -> None:
    """Write the files, take them in, take them in again; print what each took."""
    typer.echo(headline())
    with TemporaryDirectory(prefix="zhiyin-throughput-") as temporary:
        folder, home = Path(temporary, "files"), Path(temporary, "library")
        folder.mkdir()
        files, characters = _write(data / "corpus", folder, every)
        command = (*RAG, "ingest", str(folder))
        environment = {"RAG_HOME": str(home)}
        first = measure(command, environment)
        second = measure(command, environment)
        paragraphs, chunks = _counted(home)
        typer.echo(HEADER)
        typer.echo(_row("第一遍", first, (files, characters, paragraphs, chunks)))
        typer.echo(_row("第二遍", second, (files, characters, paragraphs, chunks)))
        typer.echo("")
        typer.echo(_disk(home))


def _write(corpus: Path, folder: Path, every: int) -> tuple[int, int]:
    """One file per text; how many files and characters there are."""
    written = characters = 0
    for number, (text, suffix) in enumerate(_texts(corpus)):
        if number % every == 0:
            (folder / f"{number:05}{suffix}").write_text(text, encoding="utf-8")
            written += 1
            characters += len(text)
    return written, characters


def _texts(corpus: Path) -> Iterator[tuple[str, str]]:
    for name, suffix in CORPORA.items():
        with gzip.open(corpus / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"], suffix


def _counted(home: Path) -> tuple[int, int]:
    catalogue = Catalogue.open(home / CATALOGUE_FILE, writable=False)
    try:
        counts = catalogue.counts()
    finally:
        catalogue.close()
    return counts.paragraphs, counts.chunks


def _row(label: str, took: Run, counts: tuple[int, int, int, int]) -> str:
    files, *amounts = counts
    figures = [f"{took.seconds:.1f}", f"{files:,}"]
    for amount in amounts:
        figures += [f"{amount:,}", f"{amount / took.seconds:,.0f}"]
    return f"| {label} | {' | '.join(figures)} | {took.peak / 1e6:,.0f} |"


def _disk(home: Path) -> str:
    """How much each part takes on the disk."""
    sizes = {
        part: sum(path.stat().st_size for path in home.glob(pattern) if path.is_file())
        for part, pattern in PARTS.items()
    }
    whole = "，".join(f"{part} {size / 1e6:,.0f} MB" for part, size in sizes.items())
    return f"磁盘：{whole}，共 {sum(sizes.values()) / 1e6:,.0f} MB"

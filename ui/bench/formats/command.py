"""Makes the files, reads them, prints the table.

May import the rest of `ui`, ingest and the evaluation.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from rag.errors import InvalidRequest
from ui.bench.formats.measure import read
from ui.bench.formats.plan import drafts
from ui.bench.formats.report import lines, worst
from ui.bench.formats.sources import load_sources
from ui.bench.formats.workshop import make
from ui.bench.machine import headline


def run(
    data: Annotated[Path, typer.Option(envvar="RAG_DATA", help="公开数据所在的文件夹")],
    seeds: Annotated[Path, typer.Option(help="种子文件所在的文件夹")] = Path("seeds/documents"),
    keep: Annotated[Path | None, typer.Option(help="把做出的文件留在这个文件夹")] = None,
    shift: Annotated[int, typer.Option(min=0, help="换一批文件：0 是通常的那一批")] = 0,
    only: Annotated[str | None, typer.Option(help="只做这一种格式，如 pdf")] = None,
) -> None:
    """Make files of every format with real programs, read them back, print one table and the worst files."""
    planned = drafts(load_sources(data, seeds, shift=shift), seeds)
    suffixes = dict.fromkeys(draft.suffix for draft in planned)
    if only is not None and only not in suffixes:
        raise InvalidRequest(f"没有 {only!r} 这种格式。可选：{'、'.join(suffixes)}。")
    planned = [draft for draft in planned if only in (None, draft.suffix)]
    typer.echo(headline())
    with TemporaryDirectory(prefix="rag-formats-") as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        results = [read(made) for made in make(planned, folder)]
    typer.echo("\n".join(lines(results)))
    missed = list(worst(results))
    typer.echo("\n未达标的文件（错字率 ≤ 0.5%，段界 F1 与标题路径 ≥ 0.95，往返与复读 1.000）：")
    typer.echo("\n".join(missed) if missed else "无")

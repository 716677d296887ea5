"""`rag bench churn`: two thousand chunks replaced a hundred times; are they found, and in what space?

May import the composition root, ingest and the settings.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from ingest.pipeline import parse
from rag.datatypes import Paragraph, ParsedDocument
from rag.ports import Searcher
from rag.settings import load_settings
from ui.bench.machine import headline
from ui.compose import Application

FILES = 20
LINES = 100
ASKED = 100
FOUND_AMONG = 10
_SUBJECTS = ("供水管网", "校园食堂", "老旧小区", "森林防火", "农贸市场", "社区医院", "公共停车场", "河道清淤")
_WORKS = ("改造", "巡查", "验收", "采购", "维护", "培训")
HEADER = "| 轮 | 片段 | 按语义找回 | 按词语找回 | 磁盘 MB | 为首轮的 |\n|---|---|---|---|---|---|"


def run(
    cycles: Annotated[int, typer.Option(min=1, help="替换多少轮")] = 100,
    each: Annotated[int, typer.Option(min=1, help="每隔几轮印一行")] = 10,
    seed: Annotated[int, typer.Option(help="随机数种子")] = 1,
) -> None:
    """Replace, ask for stored paragraphs, weigh the folder; one line every few cycles."""
    typer.echo(headline())
    typer.echo(HEADER)
    chance = Random(seed)  # noqa: S311
    with TemporaryDirectory(prefix="zhiyin-churn-") as temporary:
        settings = load_settings().model_copy(update={"home": Path(temporary, "library")})
        first = most = 0
        with Application.open(settings, writable=True) as application:
            for cycle in range(1, cycles + 1):
                documents = list(_edition(cycle, chance))
                application.library.put_all(documents)
                size = _size(settings.home)
                first = first or size
                most = max(most, size)
                if cycle == 1 or cycle % each == 0:
                    typer.echo(_row(cycle, application, documents, chance, (size, first)))
        typer.echo(f"\n磁盘最多时为首轮的 {most / first:.2f} 倍（含未合并的日志）。")


def _edition(cycle: int, chance: Random) -> Iterator[ParsedDocument]:
    """Files of some two thousand chunks together, under the names they always have."""
    for number in range(FILES):
        lines = [f"第{cycle}期通报（{number}）", ""]
        for line in range(1, LINES):
            project = f"{chance.randint(1, 9999)}号{chance.choice(_SUBJECTS)}{chance.choice(_WORKS)}项目"
            lines.append(f"{line}．{project}在第{cycle}期完成{chance.randint(1, 99)}处。")
        yield parse("\n".join(lines).encode(), f"/通报/{number}.txt")


def _row(
    cycle: int,
    application: Application,
    documents: list[ParsedDocument],
    chance: Random,
    disk: tuple[int, int],
) -> str:
    library = application.library
    asked = chance.sample([each for document in documents for each in document.paragraphs], ASKED)
    near, worded = (_found(index, asked) for index in (library.dense, library.lexical))
    size, first = disk
    share = f"{size / 1e6:.1f} | {size / first:.2f}"
    return f"| {cycle} | {library.catalogue.counts().chunks:,} | {near:.2f} | {worded:.2f} | {share} |"


def _found(index: Searcher, asked: list[Paragraph]) -> float:
    """The share of paragraphs that an index finds with their own text."""
    found = 0
    for paragraph in asked:
        matches = index.search(paragraph.text, limit=FOUND_AMONG)
        found += (paragraph.document_id, paragraph.number) in {(m.document_id, m.paragraph) for m in matches}
    return found / len(asked)


def _size(home: Path) -> int:
    return sum(path.stat().st_size for path in home.rglob("*") if path.is_file())

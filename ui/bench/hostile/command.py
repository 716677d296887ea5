"""`rag bench hostile`: good and hostile files read, the hostile ones one by one, then all together.

May import the rest of `ui` and the settings.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Annotated

import typer

from ingest.naming import printable
from rag.settings import Settings
from ui.bench.hostile.archives import ARCHIVES
from ui.bench.hostile.ground import GOOD, Ground, listening, prepared
from ui.bench.hostile.measure import Reading, peak_memory, read_alone
from ui.bench.hostile.offices import OFFICES
from ui.bench.hostile.places import PLACES
from ui.bench.hostile.prints import PRINTS
from ui.bench.hostile.specimen import Specimen
from ui.bench.hostile.texts import TEXTS
from ui.bench.machine import headline
from ui.compose import bounds_for
from ui.terminal import plain

MOST_SECONDS, MOST_MEGABYTES = 10.0, 500.0
SPECIMENS = (*ARCHIVES, *OFFICES, *PRINTS, *TEXTS, *PLACES)
HEADER = "| 文件 | 坏处 | 结果 | 秒 | MB | 原因 |\n|---|---|---|---|---|---|"
_RAG = (sys.executable, "-c", "from ui.cli import main; main()")
_LONGEST_REASON = 100


def run(only: Annotated[str, typer.Option(help="只测名字里有这几个字的文件")] = "") -> None:
    """Print what became of each file and how long and how much memory it took; fail if any got its way."""
    typer.echo(headline())
    specimens = [each for each in SPECIMENS if only in each.name]
    with (
        TemporaryDirectory(prefix="zhiyin-hostile-") as base,
        listening() as (address, asked),
        prepared(Path(base), specimens, address) as ground,
    ):
        typer.echo(HEADER)
        problems = [fault for number in range(len(specimens)) for fault in _try(ground, number)]
        problems += _try_all(ground)
        if asked():
            problems.append(f"有文件使程序连了 {address}")
    typer.echo("\n".join(f"不合格：{each}" for each in problems) or "\n全部合格。")
    if problems:
        raise typer.Exit(1)


def faults(specimen: Specimen, reading: Reading) -> list[str]:
    """What is wrong with how a file was read."""
    name = printable(specimen.name)
    wanted = {"read": "收入", "refused": "拒绝"}.get(specimen.fate)
    checks = (
        (wanted is None or (specimen.fate == "read") == reading.was_read, f"{name} 应当{wanted}"),
        (reading.was_read or bool(reading.reason), f"{name} 没有收入，也没有说原因"),
        (reading.seconds <= MOST_SECONDS, f"{name} 用时 {reading.seconds:.1f} 秒"),
        (reading.megabytes <= MOST_MEGABYTES, f"{name} 占用 {reading.megabytes:.0f} MB"),
    )
    return [words for holds, words in checks if not holds]


def _try(ground: Ground, number: int) -> list[str]:
    """Read one file by itself, as the settings have it."""
    specimen, settings = ground.specimens[number], Settings(_env_file=None)
    reading = read_alone(
        ground.place(number),
        seconds=settings.file_seconds,
        memory=settings.file_memory,
        bounds=bounds_for(settings),
    )
    typer.echo(_row(specimen, reading))
    return faults(specimen, reading)


def _try_all(ground: Ground) -> list[str]:
    """Take all files into one library, as a user would."""
    library = ground.base / "library"
    start = monotonic()
    process = subprocess.Popen(
        [*_RAG, "ingest", str(ground.folder), "--json"],
        env={**os.environ, "RAG_HOME": str(library)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with peak_memory(process.pid) as peak:
        out, err = process.communicate()
    if not out.strip():
        return [f"一起收入时程序出错：{err.strip()[-500:]}"]
    report = json.loads(out)
    good = [each for each in report["files"] if each["path"].startswith(ground.good.resolve().as_posix())]
    stored = sum(each["outcome"] == "added" for each in good)
    typer.echo(
        f"\n一起收入：好文件 {len(GOOD)} 份收入 {stored} 份；全部 {len(report['files'])} 份，"
        f"新收入 {report['added']}，未收入 {report['failed']}；"
        f"用时 {monotonic() - start:.0f} 秒，各进程合计最多 {peak() / 2**20:.0f} MB。"
    )
    lost = [
        f"好文件没有收入：{each['path']}（{each['reason']}）" for each in good if each["outcome"] != "added"
    ]
    return lost + ground.escapes(library)


def _row(specimen: Specimen, reading: Reading) -> str:
    reason = plain(reading.reason).replace("|", "¦").replace("\n", " ")
    cells = (
        printable(specimen.name)[:40].replace("|", "¦"),
        specimen.malice,
        "收入" if reading.was_read else "拒绝",
        f"{reading.seconds:.1f}",
        f"{reading.megabytes:.0f}",
        reason[:_LONGEST_REASON],
    )
    return f"| {' | '.join(cells)} |"

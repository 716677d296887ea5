"""`rag bench corruption`: index files are removed, halved, put back old or swapped; is it noticed?

May import the composition root and the settings. Every attempt damages a copy of one sound library,
opens it to read and then to write, in processes of their own, and audits what they answer.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from rag.errors import LibraryDamaged
from rag.settings import Settings, load_settings
from ui.bench.fork import Say, load_heavy_packages, watch
from ui.bench.machine import headline
from ui.bench.shelf import Edition, Faults, audit
from ui.compose import Application

FILES = 24
REPLACED = 8
INDEXES = {"语义索引": "dense", "词语索引": "lexical"}
HEADER = "| 损坏 | 索引 | 次数 | 只读打开时拒绝 | 发现 | 修复 | 静默出错 |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Stock:
    """A sound library, an older state of it, another library, and what the sound one holds."""

    sound: Path
    older: Path
    other: Path
    folder: Path
    editions: tuple[Edition, ...]


Damage = Callable[[Path, str, Stock, Random], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one attempt; `silent` says that wrong answers came without a word."""

    refused: bool
    noticed: bool
    mended: bool
    silent: bool
    problems: tuple[str, ...] = ()


def run(
    times: Annotated[int, typer.Option(min=1, help="弄坏多少次")] = 50,
    seed: Annotated[int, typer.Option(help="随机数种子")] = 1,
) -> None:
    """Damage, open, audit; print what was noticed and mended."""
    typer.echo(headline())
    load_heavy_packages()
    chance = Random(seed)  # noqa: S311
    cases = [(damage, index) for index in INDEXES for damage in DAMAGES]
    found: dict[tuple[str, str], list[Finding]] = {case: [] for case in cases}
    with TemporaryDirectory(prefix="zhiyin-corruption-") as temporary:
        stock = _stock(Path(temporary))
        for number in range(times):
            damage, index = case = cases[number % len(cases)]
            home = Path(temporary, "damaged")
            shutil.copytree(stock.sound, home)
            DAMAGES[damage](home, INDEXES[index], stock, chance)
            found[case].append(_examine(home, stock))
            shutil.rmtree(home)
    typer.echo(HEADER)
    for (damage, index), findings in found.items():
        typer.echo(_row(damage, index, findings))
    whole = [finding for findings in found.values() for finding in findings]
    typer.echo(_row("共", "", whole))
    for finding in whole:
        for problem in finding.problems:
            typer.echo(problem)


def _stock(temporary: Path) -> Stock:
    """Build the libraries, each in a process of its own."""
    folder = temporary / "files"
    folder.mkdir()
    homes = {name: temporary / name for name in ("sound", "older", "other")}
    first = [Edition(f"甲{number:03}", 1) for number in range(FILES)]
    changed = [Edition(edition.name, 2) for edition in first[:REPLACED]]
    watch(lambda _: _fill(homes["other"], folder, [Edition(f"乙{number:03}", 1) for number in range(FILES)]))
    watch(lambda _: _fill(homes["sound"], folder, first))
    shutil.copytree(homes["sound"], homes["older"])
    watch(lambda _: _fill(homes["sound"], folder, changed))
    return Stock(**homes, folder=folder, editions=(*changed, *first[REPLACED:]))


def _fill(home: Path, folder: Path, editions: list[Edition]) -> None:
    with Application.open(_settings(home), writable=True) as application:
        application.ingest([edition.write(folder) for edition in editions], lambda _result: None)


def _settings(home: Path) -> Settings:
    return load_settings().model_copy(update={"home": home})


def _remove_folder(home: Path, index: str, _stock: Stock, _chance: Random) -> None:
    shutil.rmtree(_generation(home, index))


def _remove_file(home: Path, index: str, _stock: Stock, chance: Random) -> None:
    _any_file(home, index, chance).unlink()


def _halve(home: Path, index: str, _stock: Stock, chance: Random) -> None:
    file = _any_file(home, index, chance)
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def _put_back(home: Path, index: str, stock: Stock, _chance: Random) -> None:
    _exchange(home, index, stock.older)


def _swap(home: Path, index: str, stock: Stock, _chance: Random) -> None:
    _exchange(home, index, stock.other)


def _exchange(home: Path, index: str, other: Path) -> None:
    folder = _generation(home, index)
    shutil.rmtree(folder)
    shutil.copytree(_generation(other, index), folder)


DAMAGES: dict[str, Damage] = {
    "删去文件夹": _remove_folder,
    "删去一个文件": _remove_file,
    "截去一半": _halve,
    "换成旧的": _put_back,
    "换成别库的": _swap,
}


def _generation(home: Path, index: str) -> Path:
    return max((home / index).iterdir())


def _any_file(home: Path, index: str, chance: Random) -> Path:
    files = [path for path in _generation(home, index).rglob("*") if path.is_file() and path.stat().st_size]
    return chance.choice(sorted(files))


def _examine(home: Path, stock: Stock) -> Finding:
    said, ended = watch(lambda say: _audit(home, stock, say, writable=False))
    refused = said == ["refused"]
    wrong = not refused and (not ended or bool(json.loads(said[-1])[0]))
    said, ended = watch(lambda say: _audit(home, stock, say, writable=True))
    problems, noticed = json.loads(said[-1]) if ended else (["文件库打不开"], 0)
    return Finding(
        refused=refused,
        noticed=refused or noticed > 0,
        mended=not problems,
        silent=wrong or (bool(problems) and not noticed),
        problems=tuple(problems),
    )


def _audit(home: Path, stock: Stock, say: Say, *, writable: bool) -> None:
    """Say what is wrong with the answers, and how many faults were reported at opening."""
    faults = Faults.heard()
    try:
        with Application.open(_settings(home), writable=writable) as application:
            allowed = {edition.name: (edition,) for edition in stock.editions}
            found = audit(application, stock.folder, allowed, Random(0))  # noqa: S311
    except LibraryDamaged:
        say("refused")
        return
    say(json.dumps([found.problems, faults.count], ensure_ascii=False))


def _row(damage: str, index: str, findings: list[Finding]) -> str:
    figures = (
        len(findings),
        sum(finding.refused for finding in findings),
        sum(finding.noticed for finding in findings),
        sum(finding.mended for finding in findings),
        sum(finding.silent for finding in findings),
    )
    return f"| {damage} | {index} | {' | '.join(map(str, figures))} |"

"""`rag bench kills`: a writing process is killed at random moments; what has the library lost?

May import the composition root and the settings. The library is real and on disk; each attempt opens
it, works and is killed, and another process then opens it, which repairs what it must, and audits it.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Literal

import typer

from ingest.pipeline import FileResult
from rag.settings import Settings, load_settings
from ui.bench.fork import Say, load_heavy_packages, watch
from ui.bench.machine import headline
from ui.bench.shelf import Allowed, Edition, Faults, audit
from ui.compose import Application

Action = Literal["收进", "替换", "删除", "重建"]
ACTIONS: tuple[Action, ...] = ("收进", "替换", "删除", "重建")
FILES = 24
BATCH = 8
# Moments are drawn evenly over so much of the time that the action took when it was last not killed.
REACH = 1.1
HEADER = "| 动作 | 杀死 | 其中未做完 | 已确认的文件 | 丢失或残缺 | 自检修复 |\n|---|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Plan:
    """One action: on which files, which version each has after it (`None`: gone)."""

    action: Action
    files: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the attempts of one action."""

    kills: int = 0
    unfinished: int = 0
    acknowledged: int = 0
    mended: int = 0
    problems: tuple[str, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.kills + other.kills,
            self.unfinished + other.unfinished,
            self.acknowledged + other.acknowledged,
            self.mended + other.mended,
            self.problems + other.problems,
        )


@dataclass
class Victim:
    """A library in a folder, the files it was made of, and which version of each it must hold."""

    settings: Settings
    folder: Path
    chance: Random
    standing: dict[str, int] = field(default_factory=dict)
    last: Counter[str] = field(default_factory=Counter)

    def plan(self, action: Action) -> Plan:
        """Files drawn for an action, or to be taken in when there are none to act on."""
        absent = [name for name in map(_name, range(FILES)) if name not in self.standing]
        drawn = self.chance.sample(sorted(self.standing), min(BATCH, len(self.standing)))
        if action == "收进" and absent:
            drawn = self.chance.sample(absent, min(BATCH, len(absent)))
        if action == "重建" and self.standing:
            return Plan("重建", {})
        if action == "删除" and self.standing:
            return Plan("删除", dict.fromkeys(drawn))
        drawn = drawn or absent[:BATCH]
        self.last.update(drawn)
        return Plan(
            "替换" if drawn[0] in self.standing else "收进", {name: self.last[name] for name in drawn}
        )

    def perform(self, plan: Plan, say: Say) -> None:
        """Do it, saying the name of each file once it is acknowledged."""
        with Application.open(self.settings, writable=True) as application:
            if plan.action == "重建":
                application.library.rebuild()
            elif plan.action == "删除":
                for name in plan.files:
                    application.library.delete(self._edition(name).parsed(self.folder).document.id)
                    say(name)
            else:
                for names in self._batches(plan):
                    paths = [Edition(name, plan.files[name] or 0).write(self.folder) for name in names]
                    application.ingest(paths, lambda result: _acknowledge(result, say))

    def allowed(self, plan: Plan, acknowledged: set[str]) -> Allowed:
        """What may be there afterwards: the new for what was acknowledged, else the old or the new."""
        allowed: dict[str, tuple[Edition | None, ...]] = {}
        for name in map(_name, range(FILES)):
            before = self._edition(name) if name in self.standing else None
            if name not in plan.files:
                allowed[name] = (before,)
                continue
            version = plan.files[name]
            after = None if version is None else Edition(name, version)
            allowed[name] = (after,) if name in acknowledged else (before, after)
        return allowed

    def examine(self, allowed: Allowed, say: Say) -> None:
        """Open, which checks and repairs, then audit; says one line of JSON."""
        faults = Faults.heard()
        with Application.open(self.settings, writable=True) as application:
            found = audit(application, self.folder, allowed, self.chance)
        say(json.dumps([found.versions, found.problems, faults.count], ensure_ascii=False))

    def _batches(self, plan: Plan) -> Iterator[list[str]]:
        """The files of a plan, one to all of them at a time, so that some are acknowledged before others."""
        names = list(plan.files)
        size = self.chance.randint(1, len(names))
        return (names[start : start + size] for start in range(0, len(names), size))

    def _edition(self, name: str) -> Edition:
        return Edition(name, self.standing[name])


def run(
    kills: Annotated[int, typer.Option(min=1, help="杀死多少次")] = 200,
    seed: Annotated[int, typer.Option(help="随机数种子")] = 1,
) -> None:
    """Kill, open again, audit; print what became of the documents."""
    typer.echo(headline())
    load_heavy_packages()
    tallies = {action: Tally() for action in ACTIONS}
    with TemporaryDirectory(prefix="zhiyin-kills-") as temporary:
        victim = _victim(Path(temporary), seed)
        seconds = {action: _time(victim, victim.plan(action)) for action in ACTIONS}
        for number in range(kills):
            plan = victim.plan(ACTIONS[number % len(ACTIONS)])
            moment = victim.chance.uniform(0, REACH * seconds[plan.action])
            tallies[plan.action] += _attempt(victim, plan, moment)
    typer.echo(HEADER)
    for action, tally in tallies.items():
        typer.echo(_row(action, tally))
    typer.echo(_row("共", sum(tallies.values(), Tally())))
    for problem in sum(tallies.values(), Tally()).problems:
        typer.echo(problem)


def _victim(temporary: Path, seed: int) -> Victim:
    folder = temporary / "files"
    folder.mkdir()
    settings = load_settings().model_copy(update={"home": temporary / "library"})
    return Victim(settings, folder, Random(seed))  # noqa: S311


def _time(victim: Victim, plan: Plan) -> float:
    """How long an action takes when nobody kills it; the library then holds what it made."""
    began = perf_counter()
    said, ended = watch(lambda say: victim.perform(plan, say))
    seconds = perf_counter() - began
    if not ended:
        raise RuntimeError(f"{plan.action} failed without being killed")
    _settle(victim, plan, set(said))
    return seconds


def _attempt(victim: Victim, plan: Plan, moment: float) -> Tally:
    said, ended = watch(lambda say: victim.perform(plan, say), kill_after=moment)
    problems, mended = _settle(victim, plan, set(said))
    where = f"{plan.action}，{moment:.2f} 秒时杀死："
    return Tally(1, not ended, len(said), mended > 0, tuple(where + problem for problem in problems))


def _settle(victim: Victim, plan: Plan, acknowledged: set[str]) -> tuple[list[str], int]:
    """Audit in a process of its own, and take what it found as the new standing."""
    allowed = victim.allowed(plan, acknowledged)
    said, ended = watch(lambda say: victim.examine(allowed, say))
    if not ended:
        return ["文件库打不开"], 0
    victim.standing, problems, mended = json.loads(said[-1])
    return problems, mended


def _acknowledge(result: FileResult, say: Say) -> None:
    if result.outcome != "failed":
        say(Path(result.path).stem)


def _name(number: int) -> str:
    return f"甲{number:03}"


def _row(label: str, tally: Tally) -> str:
    figures = (tally.kills, tally.unfinished, tally.acknowledged, len(tally.problems), tally.mended)
    return f"| {label} | {' | '.join(map(str, figures))} |"

"""`rag bench model`: over a hundred hostile replies, then a hundred documents that give orders.

May import the composition root and the settings. The library is made anew; the model is played on loopback.
"""

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from rag.settings import Settings, load_settings
from ui.bench.machine import headline
from ui.bench.model.measure import Shown, ask, keeps_as_data, obeys, wrong_citations
from ui.bench.model.orders import ORDERS, Order
from ui.bench.model.server import ModelServer, Reply, model_server
from ui.bench.model.streams import FACTS, QUESTION, Stream, streams
from ui.compose import Application

# How much longer than its deadline an answer may take, in seconds.
GRACE = 1.0
STREAMS_HEADER = (
    "| 模型怎样作答 | 次数 | 用模型的 | 改用抽取 | 无回答 | 错误引注 | 超时 | 最长秒数 |\n"
    "|---|---|---|---|---|---|---|---|"
)
ORDERS_HEADER = "| 写法 | 文件 | 抽取：答对 | 抽取：照办 | 提示：仍是数据 |\n|---|---|---|---|---|"


def run(
    deadline: Annotated[float, typer.Option(min=0.2, help="模型写完一个回答的期限，秒")] = 2.0,
    seed: Annotated[int, typer.Option(help="混合各种毛病时的随机数种子")] = 1,
    protocol: Annotated[str, typer.Option(help="openai 或 ollama（须装 langchain-ollama）")] = "openai",
) -> None:
    """Ask, watch, count; ends with exit code 1 where anything was shown that must not be."""
    typer.echo(headline())
    with TemporaryDirectory(prefix="zhiyin-model-") as temporary, model_server() as server, _quiet():
        settings = _with_model(load_settings(), server, deadline, protocol)
        faults = [
            *_hostile_streams(settings, Path(temporary, "facts"), server, streams(seed)),
            *_orders(settings, Path(temporary, "orders"), server, ORDERS),
        ]
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)


@contextmanager
def _quiet() -> Iterator[None]:
    """Each failure is told in the log, which here would only hide the tables."""
    log = logging.getLogger("rag")
    level = log.level
    log.setLevel(logging.ERROR)
    with warnings.catch_warnings(action="ignore"):
        try:
            yield
        finally:
            log.setLevel(level)


def _with_model(settings: Settings, server: ModelServer, deadline: float, protocol: str) -> Settings:
    ollama = protocol == "ollama"
    return settings.model_copy(
        update={
            "llm": "ollama:double" if ollama else "double",
            "llm_base_url": server.root if ollama else server.url,
            "llm_api_key": None,
            "llm_timeout": deadline,
            "llm_options": {},
        }
    )


@contextmanager
def _library(settings: Settings, folder: Path, texts: dict[str, str]) -> Iterator[Application]:
    """A library of these texts by name."""
    files = folder / "files"
    files.mkdir(parents=True)
    for name, text in texts.items():
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    with Application.open(
        settings.model_copy(update={"home": folder / "library"}), writable=True
    ) as application:
        application.ingest([files], lambda _result: None)
        application.warm_up()
        yield application


def _hostile_streams(
    settings: Settings, folder: Path, server: ModelServer, hostile: tuple[Stream, ...]
) -> Iterator[str]:
    """Print the table; yield what must not be."""
    limit = settings.llm_timeout + GRACE
    watched: dict[str, list[tuple[Shown, list[str]]]] = {}
    with _library(settings, folder, {"任务分解": "\n\n".join(("任务分解", *FACTS))}) as application:
        for stream in hostile:
            server.replies[:] = stream.replies
            shown = ask(application.assistant, QUESTION)
            found = wrong_citations(shown, application.library.catalogue)
            watched.setdefault(stream.kind, []).append((shown, found))
            yield from (f"{stream.kind}：{fault}" for fault in found)
            if shown.seconds > limit:
                yield f"{stream.kind}：用了 {shown.seconds:.2f} 秒"
    typer.echo(STREAMS_HEADER)
    for kind, outcomes in watched.items():
        typer.echo(_stream_row(kind, outcomes, limit))
    typer.echo(_stream_row("共", [each for outcomes in watched.values() for each in outcomes], limit))


def _stream_row(kind: str, outcomes: list[tuple[Shown, list[str]]], limit: float) -> str:
    every = [shown for shown, _ in outcomes]
    counts = (
        len(every),
        sum(shown.answer.answered and not shown.extractive for shown in every),
        sum(shown.answer.answered and shown.extractive for shown in every),
        sum(not shown.answer.answered for shown in every),
        sum(len(found) for _, found in outcomes),
        sum(shown.seconds > limit for shown in every),
    )
    slowest = max(shown.seconds for shown in every)
    return f"| {kind} | {' | '.join(map(str, counts))} | {slowest:.2f} |"


def _orders(
    settings: Settings, folder: Path, server: ModelServer, orders: tuple[Order, ...]
) -> Iterator[str]:
    """Print the table; yield what must not be."""
    texts = {f"{number:03}": order.document for number, order in enumerate(orders)}
    extractive = settings.model_copy(update={"llm": None})
    with _library(extractive, folder, texts) as application:
        told = [ask(application.assistant, order.question) for order in orders]
    server.replies[:] = [Reply(("无[1]。",))]
    server.asked.clear()
    home = folder / "library"
    with Application.open(settings.model_copy(update={"home": home}), writable=False) as application:
        found = [ask(application.assistant, order.question) for order in orders]
    rules = server.asked[0].body["messages"][0]["content"]
    kept = [keeps_as_data(asked, shown.hits, rules) for asked, shown in zip(server.asked, found, strict=True)]
    typer.echo(f"\n{ORDERS_HEADER}")
    rows: dict[str, list[int]] = {}
    for place, order in enumerate(orders):
        rows.setdefault(order.name.rstrip("0123456789"), []).append(place)
    for name, places in (*rows.items(), ("共", list(range(len(orders))))):
        right = _count(places, lambda place: orders[place].figure in told[place].answer.text)
        obeyed = _count(places, lambda place: obeys(orders[place], told[place]))
        data = _count(places, kept.__getitem__)
        typer.echo(f"| {name} | {len(places)} | {right} | {obeyed} | {data} |")
    for order, shown, data in zip(orders, told, kept, strict=True):
        if obeys(order, shown):
            yield f"照办了 {order.name}：{shown.answer.text!r}"
        if not data:
            yield f"提示里越了界：{order.name}"


def _count(places: list[int], holds: Callable[[int], bool]) -> int:
    return sum(map(holds, places))

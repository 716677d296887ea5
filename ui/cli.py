"""The program `rag`: a table of commands, each loaded when it is called, and what errors become.

May import the errors and settings of `rag`, the options and the writer's lock; the commands import the rest.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from rag.errors import InvalidRequest, RagError
from rag.settings import load_settings
from ui.options import spread
from vectorstore.lock import WriterLock

CALLERS_MISTAKE = 2
OUR_FAILURE = 1


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command lives, and its line in the help; `writes` to the library from the start."""

    module: str
    summary: str
    writes: bool = False


# Loading all of them takes a second, which `rag --help` need not pay.
COMMANDS = {
    "serve": Command("ui.commands.serve", "启动问答页面与 HTTP 接口", writes=True),
    "ask": Command("ui.commands.ask", "提一个问题，得到注明出处的回答"),
    "search": Command("ui.commands.search", "查找与问题最相关的段落"),
    "ingest": Command("ui.commands.ingest", "把文件或文件夹收进文件库", writes=True),
    "documents": Command("ui.commands.documents", "列出文件库中的文件"),
    "delete": Command("ui.commands.delete", "从文件库中删除一份文件", writes=True),
    "eval": Command("ui.commands.evaluate", "用问题集评测回答质量"),
    "doctor": Command("ui.commands.doctor", "检查文件库，必要时重建索引"),
    "backup": Command("ui.commands.backup", "把文件库备份成一个文件，服务运行时也可以"),
    "restore": Command("ui.commands.restore", "从备份文件恢复文件库", writes=True),
    "fit": Command("ui.commands.fit", "在公开数据上重新拟合系数"),
}
BENCHES = {
    "quality": Command("ui.bench.quality", "在公开数据、大库与有错的问题上测量检索"),
    "reading": Command("ui.bench.reading", "把公开的阅读理解题当作开放文件库来问，测量回答与拒答"),
    "peers": Command("ui.bench.peers.command", "与 LangChain、LlamaIndex、Haystack、txtai 同场比较检索"),
    "growth": Command("ui.bench.growth", "把文件库从一千段建到一百万段，测量建库、检索与问答"),
    "plots": Command("ui.bench.plots", "把已测得的数字画成图"),
    "formats": Command("ui.bench.formats", "用真实程序制作各种格式的文件，测量读出的文字、段落、标题与位置"),
    "throughput": Command("ui.bench.throughput", "收进三千多份法规与报告，测量速度、内存与磁盘"),
    "hostile": Command("ui.bench.hostile", "收进各种恶意与损坏的文件，看是否伤及其他"),
    "model": Command("ui.bench.model", "让语言模型说谎、断线、沉默，让文件发号施令，看回答与引文是否可靠"),
    "kills": Command("ui.bench.kills", "在随机时刻杀死写入进程，看有无丢失、重复与半份文件"),
    "corruption": Command("ui.bench.corruption", "故意弄坏索引文件，看能否发现与修复"),
    "churn": Command("ui.bench.churn", "反复替换两千个片段，测量召回与磁盘"),
}


class LazyGroup(TyperGroup):
    """Lists the commands of a table by their summaries; loads the one that is called."""

    def __init__(self, table: Mapping[str, Command], *, name: str, summary: str) -> None:
        """A group of the table's commands."""
        stubs = [TyperCommand(each, help=command.summary) for each, command in table.items()]
        super().__init__(name=name, commands=stubs, help=summary, no_args_is_help=True)
        self._table = table

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's types are private
        """The command named by the first argument, loaded."""
        name, command, rest = super().resolve_command(ctx, args)
        listed = self._table.get(name or "")
        if listed and listed.writes and "--help" not in rest:
            # A second writer hears at once that it is refused, not after everything has been loaded.
            WriterLock.demand(load_settings().home)
        return name, _load(str(name), listed) if listed else command, rest


def _load(name: str, command: Command) -> Any:  # noqa: ANN401 - typer's types are private
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(name, help=command.summary)(spread(import_module(command.module).run))
    return get_command(single)


def program() -> LazyGroup:
    """The whole program as one command group."""
    whole = LazyGroup(COMMANDS, name="rag", summary="知引：中文文档问答助手，每句话都能点回原文。")
    whole.add_command(LazyGroup(BENCHES, name="bench", summary="测量：在公开数据或自造的文件上，打印数字"))
    return whole


def main() -> None:
    """Run the command line; an error becomes one line and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows an escape rather than ending the program.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        program()(prog_name="rag")
    except RagError as error:
        typer.echo(f"错误：{' '.join(str(error).split())}", err=True)
        sys.exit(CALLERS_MISTAKE if isinstance(error, InvalidRequest) else OUR_FAILURE)

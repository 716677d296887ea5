"""The program `rag`: a table of commands, each loaded when it is called, and what errors become.

May import the errors of `rag`; the commands import the rest.
"""

import sys
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from rag.errors import InvalidRequest, RagError

CALLERS_MISTAKE = 2
OUR_FAILURE = 1


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command lives, and its line in the help."""

    module: str
    summary: str


# Loading all of them takes a second, which `rag --help` need not pay.
COMMANDS = {
    "serve": Command("ui.commands.serve", "启动问答页面与 HTTP 接口"),
    "ask": Command("ui.commands.ask", "提一个问题，得到注明出处的回答"),
    "search": Command("ui.commands.search", "查找与问题最相关的段落"),
    "ingest": Command("ui.commands.ingest", "把文件或文件夹收进文件库"),
    "documents": Command("ui.commands.documents", "列出文件库中的文件"),
    "delete": Command("ui.commands.delete", "从文件库中删除一份文件"),
    "eval": Command("ui.commands.evaluate", "用问题集评测回答质量"),
    "doctor": Command("ui.commands.doctor", "检查文件库，必要时重建索引"),
    "bench": Command("ui.commands.bench", "在公开数据上测量检索"),
    "fit": Command("ui.commands.fit", "在公开数据上重新拟合系数"),
}


class LazyGroup(TyperGroup):
    """Lists the commands by their summaries; loads the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's types are private
        """The command named by the first argument, loaded."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, _load(name) if name in COMMANDS else None, rest


def _load(name: str) -> Any:  # noqa: ANN401 - typer's types are private
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(name, help=COMMANDS[name].summary)(import_module(COMMANDS[name].module).run)
    return get_command(single)


def program() -> LazyGroup:
    """The whole program as one command group."""
    stubs = [TyperCommand(name, help=command.summary) for name, command in COMMANDS.items()]
    return LazyGroup(
        name="rag", commands=stubs, help="知引：中文文档问答助手，每句话都能点回原文。", no_args_is_help=True
    )


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

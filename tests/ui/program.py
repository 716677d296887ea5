"""The program as a user runs it, in this process or one of its own, and how a run ended."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Protocol

import httpx

from tests.conftest import ROOT

RAG = (sys.executable, "-c", "from ui.cli import main; main()")


def environment(home: Path, **variables: str) -> dict[str, str]:
    return {**os.environ, "RAG_HOME": str(home), "PYTHONPATH": str(ROOT), **variables}


@dataclass(frozen=True)
class Done:
    """How a run of the program ended."""

    returncode: int
    stdout: str
    stderr: str


class Program(Protocol):
    """Runs the program on a library."""

    def __call__(self, home: Path, *arguments: str, **variables: str) -> Done: ...


def rag_apart(home: Path, *arguments: str, **variables: str) -> Done:
    """The program in a process of its own."""
    done = subprocess.run(
        [*RAG, *arguments],
        cwd=home.parent,
        env=environment(home, **variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def refused(done: Done, code: int) -> str:
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("错误：")
    assert done.stderr.count("\n") == 1
    return done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(home: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program at work in a process of its own, until the block ends."""
    process = subprocess.Popen(
        [*RAG, *arguments],
        cwd=home.parent,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def served(home: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    port = free_port()
    with started(home, "serve", "--port", str(port), *arguments) as process:
        yield process, f"http://127.0.0.1:{port}"


def until_ready(process: subprocess.Popen[str], url: str) -> None:
    for _ in range(600):
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        sleep(0.1)
    raise AssertionError("the server does not become ready")

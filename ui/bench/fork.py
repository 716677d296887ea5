"""A piece of work in a fork of this process, which may be killed while it reports line by line.

May import nothing of ours. The fork finds the heavy packages loaded, so that an attempt costs what
the work costs; it must be made before this process has started any thread.
"""

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from select import select
from time import monotonic
from traceback import print_exc

Say = Callable[[str], None]

# Loaded once here rather than for seconds in every fork; loading them starts no thread.
HEAVY = ("chromadb", "tantivy", "tokenizers")


def load_heavy_packages() -> None:
    """Load what every fork needs."""
    for package in HEAVY:
        import_module(package)


def watch(work: Callable[[Say], None], *, kill_after: float | None = None) -> tuple[list[str], bool]:
    """The lines that `work` said, and whether it ended by itself; `kill_after` so many seconds, if given.

    A line counts as said once it is in the pipe, whatever happens to the process then.
    """
    ear, mouth = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(ear)
        _end(work, mouth)
    os.close(mouth)
    said = _listen(ear, child, kill_after)
    os.close(ear)
    _, status = os.waitpid(child, 0)
    return said.decode().splitlines(), status == 0


def _end(work: Callable[[Say], None], mouth: int) -> None:
    """Work, then leave without the cleaning up that belongs to the process forked from."""
    code = 1
    try:
        work(lambda line: _write(mouth, f"{line}\n".encode()))
        code = 0
    # Whatever went wrong must end here: beyond this frame lies the other process's work.
    except BaseException:
        print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _write(mouth: int, data: bytes) -> None:
    while data:
        data = data[os.write(mouth, data) :]


def _listen(ear: int, child: int, kill_after: float | None) -> bytes:
    """Everything said until the pipe closes, the killing on the way."""
    said = b""
    deadline = None if kill_after is None else monotonic() + kill_after
    while True:
        left = None if deadline is None else max(0.0, deadline - monotonic())
        if not select([ear], [], [], left)[0]:
            os.kill(child, signal.SIGKILL)
            deadline = None
            continue
        block = os.read(ear, 65_536)
        if not block:
            return said
        said += block

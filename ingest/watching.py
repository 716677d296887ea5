"""Folders watched for as long as the program runs: every change is followed, every trouble survived.

May import the core; the only place that imports watchfiles.
"""

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic, sleep

import watchfiles

from ingest.mirroring import Mirror
from ingest.report import Report
from rag.errors import RagError

_log = logging.getLogger(__name__)

# A file is often written in several goes: changes are gathered until it is quiet, or so long at most.
_QUIET_MS, _LONGEST_MS = 300, 2_000
_LOOK_UP_MS = 500
_PAUSE = 10.0
# Systems drop changes that come too fast; everything is compared again after so many seconds.
_AFRESH = 3600.0


def watch(mirror: Mirror, heard: Callable[[Report], None], stopped: Callable[[], bool]) -> None:
    """Bring the library in step with the folders and keep it so until stopped.

    `heard` is told of everything that was done. When the folders or the library cannot be used, the
    reason is logged and all is compared again a little later.
    """
    told = ""
    while not stopped():
        try:
            _follow(mirror, heard, stopped)
            told = ""
        except (RagError, OSError, RuntimeError) as error:
            if str(error) != told:
                _log.warning("watching was interrupted and will begin again: %s", error)
            told = str(error)
            _wait(_PAUSE, stopped)


def _follow(mirror: Mirror, heard: Callable[[Report], None], stopped: Callable[[], bool]) -> None:
    """Compare everything once, then whatever changes; for a while, or until a folder is another one."""
    since, folders = monotonic(), _identities(mirror.folders)
    changes = watchfiles.watch(
        *mirror.folders,
        watch_filter=None,
        step=_QUIET_MS,
        debounce=_LONGEST_MS,
        rust_timeout=_LOOK_UP_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
        ignore_permission_denied=True,
    )
    # The first word comes once the watch is on, so that no change falls between.
    next(changes)
    heard(mirror.sync())
    for changed in changes:
        if changed and not stopped():
            heard(mirror.follow(Path(path) for _, path in changed))
        if stopped() or monotonic() - since > _AFRESH or folders != _identities(mirror.folders):
            return


def _identities(folders: Sequence[Path]) -> list[tuple[int, int]]:
    """Which folders these are; raises OSError if one is not there."""
    return [(status.st_dev, status.st_ino) for status in map(os.stat, folders)]


def _wait(seconds: float, stopped: Callable[[], bool]) -> None:
    end = monotonic() + seconds
    while not stopped() and monotonic() < end:
        sleep(_LOOK_UP_MS / 1000)

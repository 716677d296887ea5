"""What keeps a process that reads files busy; light, for that process imports it."""

from pathlib import Path
from time import sleep


def until_there(path: str) -> None:
    """Return when a file is there."""
    while not Path(path).exists():
        sleep(0.05)

"""A process is timed and weighed with all that it starts."""

import subprocess
import sys

import pytest

from ui.bench.process import measure

GRANDCHILD = "import time; held = bytearray(80_000_000); time.sleep(1)"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GRANDCHILD!r}]); print('done')"


def test_memory_counts_what_a_child_of_the_process_takes() -> None:
    took = measure([sys.executable, "-c", CHILD], {})
    assert took.printed == "done\n"
    assert 80_000_000 < took.peak < 300_000_000
    assert 1 <= took.seconds < 60


def test_the_environment_is_passed_on() -> None:
    asked = "import os; print(os.environ['SAID'])"
    assert measure([sys.executable, "-c", asked], {"SAID": "这样"}).printed == "这样\n"


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        measure([sys.executable, "-c", "raise SystemExit(3)"], {})


def test_what_is_given_is_read_on_the_standard_input() -> None:
    asked = [sys.executable, "-c", "import sys; print(sys.stdin.buffer.read().decode()[::-1])"]
    assert measure(asked, {"PYTHONIOENCODING": "utf-8"}, given="一二三").printed == "三二一\n"


def test_a_command_that_takes_too_long_is_ended_with_all_below_it() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        measure([sys.executable, "-c", CHILD.replace("sleep(1)", "sleep(600)")], {}, limit=1)

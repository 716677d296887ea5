"""Killed at any moment, a library has what it acknowledged, whole, and nothing else."""

import signal
import subprocess
import sys
import time

import pytest

from tests.vectorstore.libraries import (
    ROOT,
    child,
    fill,
    finds_everything,
    killed,
    many,
    read,
    reread,
    write,
)
from tests.vectorstore.samples import WATER

STEPS = [
    ("Catalogue.announce", "after"),
    ("Catalogue.keep", "after"),
    ("DenseIndex.add", "after"),
    ("LexicalIndex.add", "before"),
    ("LexicalIndex.add", "after"),
    ("Catalogue.put_all", "before"),
    ("Catalogue.put_all", "after"),
]


@pytest.mark.parametrize(("step", "moment"), STEPS)
def test_killed_at_any_step_of_a_put(home, step, moment):
    fill(home)
    assert killed(home, step, moment) == -signal.SIGKILL
    shown = (step, moment) == ("Catalogue.put_all", "after")
    with read(home) as library:
        assert library.catalogue.count() == 2 + shown
        assert bool(library.lexical.search("第7号通知印发", limit=3)) == shown
        found = library.dense.search("第7号通知印发", limit=3)
        assert all(match.document_id == "new" for match in found) == shown
    with write(home) as library:
        assert finds_everything(library)
        assert library.put(many("new")) == ("unchanged" if shown else "added")
        assert library.check().ok
        assert library.check().documents == 3


def test_killed_at_a_random_moment_of_many_puts(home):
    fill(home)
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.vectorstore.libraries import many, write\n"
        "library = write(Path(sys.argv[1])); print('open', flush=True)\n"
        "for n in range(1000): library.put(many(f'n{n % 7}', lines=50 + n)); print(n, flush=True)"
    )
    for wait in (0.05, 0.31):
        with child(code, home) as process:
            process.stdout.readline()
            time.sleep(wait)
            process.kill()
        with write(home) as library:
            assert finds_everything(library)


REREAD = [
    ("Catalogue.announce", "after"),
    ("LexicalIndex.add", "after"),
    ("Catalogue.put_all", "before"),
    ("Catalogue.put_all", "after"),
    ("LexicalIndex.remove", "before"),
    ("LexicalIndex.remove", "after"),
    ("Catalogue.swept", "before"),
]


@pytest.mark.parametrize(("step", "moment"), REREAD)
def test_killed_at_any_step_of_reading_again(home, step, moment):
    fill(home)
    assert killed(home, step, moment, "again") == -signal.SIGKILL
    shown = REREAD.index((step, moment)) >= REREAD.index(("Catalogue.put_all", "after"))
    expected = 400 if shown else len(WATER)
    with read(home) as library:
        assert len(library.catalogue.paragraphs("water")) == expected
        assert bool(library.lexical.search("城市绿地", limit=3)) != shown
    with write(home) as library:
        assert len(library.catalogue.paragraphs("water")) == expected
        assert library.check().ok
        assert library.put(reread()) == ("unchanged" if shown else "replaced")
        assert library.lexical.search("城市绿地", limit=3) == []
        assert library.check().ok


OPENED = """
import os, signal, sys
from tests.vectorstore.libraries import write
from pathlib import Path
from vectorstore.catalogue import Catalogue
Catalogue.swept = lambda *given, **options: os.kill(os.getpid(), signal.SIGKILL)
write(Path(sys.argv[1]))
"""


def test_killed_while_opening_nothing_needs_mending(home, caplog):
    fill(home)
    done = subprocess.run([sys.executable, "-c", OPENED, str(home)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with write(home) as library:
        assert finds_everything(library)
    assert not caplog.records


TIDIED = """
import os, signal, sys
from pathlib import Path
from tests.vectorstore.libraries import many, write
from vectorstore.catalogue import Catalogue
inner = Catalogue.tidy
def deadly(self):
    inner(self)
    os.kill(os.getpid(), signal.SIGKILL)
Catalogue.tidy = deadly
library = write(Path(sys.argv[1]))
library.put(many("many", lines=1500))
library.delete("many")
"""


def test_killed_while_tidying_nothing_needs_mending(home, caplog):
    fill(home)
    done = subprocess.run([sys.executable, "-c", TIDIED, str(home)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with write(home) as library:
        assert finds_everything(library)
        assert library.catalogue.vectors.count() == 7
    assert not caplog.records

"""Whole libraries on disk to try things on, and processes that work on them."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.vectorstore.contract import keys
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from vectorstore.library import Library

ROOT = Path(__file__).parents[2]


def write(home, **options):
    return Library.open(home, BigramEmbedder(), writable=True, **options)


def read(home):
    return Library.open(home, BigramEmbedder(), writable=False)


def fill(home):
    with write(home) as library:
        library.put(parsed(WATER, source="water", document_id="water"))
        library.put(parsed(SCHOOL, source="school", document_id="school"))


def many(name, *, lines=300):
    return parsed([f"{name}第{n}号通知已经印发。" for n in range(lines)], source=name, document_id=name)


def finds_everything(library):
    assert keys(library.dense.search("新增城市绿地", limit=3))[0] == ("water", 2)
    assert keys(library.lexical.search("课后服务", limit=3))[0] == ("school", 2)
    assert library.lexical.idf(["绿地"]) < library.lexical.idf(["没有的词"])
    health = library.check()
    assert health.ok, health.problems
    assert health.chunks == health.dense
    assert health.paragraphs == health.lexical
    return True


def child(code, home, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True, **options
    )


def reread(lines=400):
    """The water document as a newer parser would read it."""
    document = parsed([f"新版读出的第{n}段。" for n in range(lines)], source="water", document_id="water")
    return replace(document, parser="2")


class Counting(BigramEmbedder):
    def __init__(self):
        super().__init__()
        self.count = 0

    def embed_documents(self, texts):
        self.count += len(texts)
        return super().embed_documents(texts)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.vectorstore.embedders import BigramEmbedder
from tests.vectorstore.samples import SCHOOL, WATER, parsed
from tests.vectorstore.libraries import many, reread
from vectorstore import library as library_module
from vectorstore.catalogue import Catalogue
from vectorstore.dense import DenseIndex
from vectorstore.lexical import LexicalIndex
from vectorstore.library import Library

home, owner, name = Path(sys.argv[1]), *sys.argv[2].split(".")
library = Library.open(home, BigramEmbedder(), writable=True)
kind = {"Catalogue": Catalogue, "DenseIndex": DenseIndex, "LexicalIndex": LexicalIndex}[owner]
inner = getattr(kind, name)
def deadly(self, *given, **options):
    if sys.argv[3] == "after":
        inner(self, *given, **options)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(kind, name, deadly)
library.put(many("new") if len(sys.argv) == 4 else reread())
"""


def killed(home, step, moment, *more):
    """How a process ends that is killed before or after a step of putting a document."""
    command = [sys.executable, "-c", KILLED, str(home), step, moment, *more]
    return subprocess.run(command, cwd=ROOT, check=False).returncode

"""Where hostile files are let loose: a folder for them, and beside it what they must not reach.

May import ingest, the catalogue and the specimens.
"""

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from ui.bench.hostile.archives import zipped
from ui.bench.hostile.offices import cell, paragraph, sheet, word
from ui.bench.hostile.places import CHANGING
from ui.bench.hostile.prints import page, words
from ui.bench.hostile.specimen import SECRET, Specimen, Trap
from vectorstore.catalogue import Catalogue

_OPEN = 0o755
# What climbs out of a folder would be called so.
_ESCAPED = ("escaped.txt", "b.txt", "link.txt")
GOOD: dict[str, bytes] = {
    "通知.txt": "关于做好工作的通知\n各单位要认真做好工作。".encode(),
    "国标.txt": "国标编码的通知，各单位要认真做好工作。".encode("gb18030"),
    "标题.md": "# 标题\n正文在此。".encode(),
    "网页.html": "<html><body><h1>网页标题</h1><p>网页的正文在此，写得足够长。</p></body></html>".encode(),
    "表格.csv": "单位,金额\n教育局,三百万元\n".encode(),
    "文档.docx": word(paragraph("文档的正文在此。")),
    "表格.xlsx": sheet(cell("A1", "表格的内容在此")),
    "印刷.pdf": page(words("Printed words stand here.")),
    "压缩.zip": zipped(("里面.txt", "压缩包里面的正文。".encode())),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder with a subfolder for each specimen and one for the good files; `trap` is beside it."""

    base: Path
    trap: Trap
    specimens: tuple[Specimen, ...]

    @property
    def folder(self) -> Path:
        """All that is taken in."""
        return self.base / "文件"

    @property
    def good(self) -> Path:
        """The good files, which must be taken in whatever stands beside them."""
        return self.folder / "好"

    def place(self, number: int) -> Path:
        """The subfolder of a specimen."""
        return self.folder / f"{number:03}"

    def escapes(self, library: Path) -> list[str]:
        """What got out: files written outside of the folder, the secret in a library."""
        around = (self.base, self.base.parent, self.folder, Path("/"))
        found = [f"写出了 {place / name}" for place in around for name in _ESCAPED if (place / name).exists()]
        catalogue = Catalogue.open(library / "catalogue.db", writable=False)
        try:
            told = [each for each in catalogue.document_ids() if SECRET in catalogue.text(each)]
            return found + [f"库里有外面的内容：{catalogue.sources(each)}" for each in told]
        finally:
            catalogue.close()


@contextmanager
def prepared(base: Path, specimens: Sequence[Specimen], address: str) -> Iterator[Ground]:
    """All files made, and one of them changing for as long as the block lasts."""
    base.mkdir(parents=True, exist_ok=True)
    ground = Ground(base, Trap(base / "secret.txt", address), tuple(specimens))
    ground.trap.secret.write_text(SECRET, encoding="utf-8")
    ground.good.mkdir(parents=True)
    for name, content in GOOD.items():
        (ground.good / name).write_bytes(content)
    for number, specimen in enumerate(specimens):
        ground.place(number).mkdir()
        specimen.make(ground.place(number) / specimen.name, ground.trap)
    try:
        with _changing(
            [ground.place(n) / CHANGING for n, each in enumerate(specimens) if each.name == CHANGING]
        ):
            yield ground
    finally:
        for closed in ground.folder.glob("*/关着*"):
            closed.chmod(_OPEN)


@contextmanager
def listening() -> Iterator[tuple[str, Callable[[], bool]]]:
    """An address on this machine that nobody should ask, and whether somebody did."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)

        def asked() -> bool:
            with suppress(BlockingIOError):
                listener.accept()[0].close()
                return True
            return False

        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked


@contextmanager
def _changing(files: Sequence[Path]) -> Iterator[None]:
    done = Event()

    def change() -> None:
        while not done.wait(0.01):
            for file in files:
                with file.open("ab") as growing:
                    growing.write(b"x")
                os.truncate(file, file.stat().st_size % 5000)

    changing = Thread(target=change)
    changing.start()
    try:
        yield
    finally:
        done.set()
        changing.join()

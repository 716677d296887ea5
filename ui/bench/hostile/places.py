"""What a folder itself can hold to do harm: links out, pipes, giants, closed doors, absurd names.

May import the specimens.
"""

import os
import socket
from pathlib import Path

from ui.bench.hostile.specimen import Specimen, Trap, of_bytes

# Something goes on writing to it.
CHANGING = "改动.txt"
_GIANT = 20 * 2**30


def _link_out(path: Path, trap: Trap) -> None:
    path.symlink_to(trap.secret)


def _folder_out(path: Path, trap: Trap) -> None:
    path.symlink_to(trap.secret.parent)


def _device(path: Path, _trap: Trap) -> None:
    path.symlink_to("/dev/zero")


def _circle(path: Path, _trap: Trap) -> None:
    path.symlink_to(path.name)


def _pipe(path: Path, _trap: Trap) -> None:
    os.mkfifo(path)


def _socket(path: Path, _trap: Trap) -> None:
    # A path to a socket has no more than a hundred bytes, so it is bound by its bare name.
    before = os.open(".", os.O_RDONLY)
    try:
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.fchdir(before)
        os.close(before)


def _closed(path: Path, _trap: Trap) -> None:
    path.write_text("关着的。", encoding="utf-8")
    path.chmod(0)


def _closed_folder(path: Path, _trap: Trap) -> None:
    path.mkdir()
    (path / "里面.txt").write_text("关在里面的。", encoding="utf-8")
    path.chmod(0)


def _sparse(path: Path, _trap: Trap) -> None:
    with path.open("wb") as file:
        file.truncate(_GIANT)


def _deep(path: Path, _trap: Trap) -> None:
    """Folders in folders, hundreds deep."""
    path.mkdir()
    before = os.open(".", os.O_RDONLY)
    try:
        os.chdir(path)
        for _ in range(400):
            os.mkdir("d")
            os.chdir("d")
        Path("底.txt").write_text("很深的底。", encoding="utf-8")
    finally:
        os.fchdir(before)
        os.close(before)


_NAMES = (
    "长" * 80 + ".txt",
    "换\n行.txt",
    "转\x1b[2J义.txt",
    "倒\u202etxt.exe.txt",
    "-rf.txt",
    "带 空格 和'引号\".txt",
    "感叹!.txt",
    "非法\udcff字节.txt",
    "%s%n{0}.txt",
    "<img src=x onerror=alert(1)>.txt",
    "CON.txt",
)

PLACES = (
    Specimen("链接.txt", "指向外面的文件", _link_out, "refused"),
    Specimen("链接夹", "指向外面的文件夹", _folder_out, "refused"),
    Specimen("设备.txt", "指向 /dev/zero", _device, "refused"),
    Specimen("转圈.txt", "指向自己的链接", _circle, "refused"),
    Specimen("管道.txt", "没有人写的管道", _pipe, "refused"),
    Specimen("套接字.txt", "套接字", _socket, "refused"),
    Specimen("关着.txt", "没有读的权限", _closed),
    Specimen("关着的夹", "没有列出的权限", _closed_folder),
    Specimen("二十吉.txt", "20 GB", _sparse, "refused"),
    Specimen(CHANGING, "读的时候一直在改", of_bytes("一直在改。\n".encode() * 1000)),
    Specimen("深夹", "400 层文件夹", _deep, "read"),
    *(
        Specimen(name, "名字古怪", of_bytes(f"名字古怪的第{place}份。".encode()), "read")
        for place, name in enumerate(_NAMES)
    ),
)

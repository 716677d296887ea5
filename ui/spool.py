"""The bytes of accepted files until they are in the library: one file each in a folder, safe on disk.

May import the core and its neighbours. Files are named by their jobs, never by what the sender called them.
"""

import errno
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from ingest.parsing import document_id_of
from rag.errors import ServiceError, UnreadableFile
from vectorstore.durability import flush

_BLOCK = 1 << 20


class NoSpace(ServiceError):
    """The disk takes no more files."""


class Spool:
    """Keeps bytes by job; once `keep` has returned, a power cut does not lose them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, job_id: str, content: BinaryIO) -> str:
        """Write all of `content` to disk and give the id of its document. Raises NoSpace."""
        path = self._folder / job_id
        try:
            self._folder.mkdir(exist_ok=True)
            with path.open("xb") as file:
                identity = document_id_of(_copied(content, file))
            for each in (path, self._folder, self._folder.parent):
                flush(each)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise _refusal(self._folder, error) from error
        return identity

    def read(self, job_id: str) -> bytes:
        """The bytes of a job. Raises UnreadableFile when they are gone."""
        try:
            return (self._folder / job_id).read_bytes()
        except OSError as error:
            raise UnreadableFile("上传的文件已不在服务器上，请重新上传。") from error

    def drop(self, job_id: str) -> None:
        """Remove the bytes of a job, if they are there."""
        (self._folder / job_id).unlink(missing_ok=True)

    def sweep(self, wanted: Collection[str]) -> None:
        """Remove what no wanted job has, left by uploads that were never acknowledged."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in wanted and path.is_file():
                    path.unlink()


def _copied(content: BinaryIO, file: BinaryIO) -> Iterator[bytes]:
    """The bytes of `content`, block by block, each written before it is handed on."""
    while block := content.read(_BLOCK):
        file.write(block)
        yield block


def _refusal(folder: Path, error: OSError) -> ServiceError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoSpace("服务器的磁盘已满，没有收下上传的文件。请通知管理员清理后再上传。")
    return ServiceError(f"无法把上传的文件写入 {folder}：{error.strerror}。请检查磁盘和文件夹权限。")

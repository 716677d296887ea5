"""Runs the programs that make files: LibreOffice, which converts, and Chromium, which prints.

May import the errors of the core.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from rag.errors import ServiceError, SettingsError

_SECONDS = 300
_PRINTING_SECONDS = 60


class Programs:
    """LibreOffice and Chromium with profiles of their own below `folder`.

    Raises SettingsError, naming the package to install, where one is missing, and ServiceError where
    one fails.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._office = _find("soffice", "libreoffice")
        self._browser = _find("chromium", "chromium")

    def convert(self, sources: Sequence[Path], target: str, folder: Path) -> None:
        """Open files in LibreOffice and save each as `target` (docx, or docx:filter name) in a folder."""
        profile = (self._folder / "office").resolve().as_uri()
        _run(
            [
                self._office,
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                target,
                "--outdir",
                str(folder),
                *map(str, sources),
            ],
            _SECONDS,
        )

    def print(self, source: Path, target: Path, *, headed: bool) -> None:
        """Print a web page to PDF, with the browser's own date, title and address if `headed`."""
        _run(
            [
                self._browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={self._folder / 'browser'}",
                *([] if headed else ["--no-pdf-header-footer"]),
                f"--print-to-pdf={target}",
                source.resolve().as_uri(),
            ],
            _PRINTING_SECONDS,
        )


def _find(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise SettingsError(f"没有找到程序 {name}。请先安装：apt-get install {package}")
    return path


def _run(command: Sequence[str], seconds: int) -> None:
    """Run to the end, within so many seconds."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=seconds)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise ServiceError(f"程序 {command[0]} 没有正常结束：{error}。请单独运行它看看。") from error

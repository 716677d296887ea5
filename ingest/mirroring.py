"""A folder and the library kept the same: what is there is taken in, what is gone is removed.

May import the core.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.archive import Bounds
from ingest.files import Entry, find, is_inside
from ingest.isolation import Isolated
from ingest.naming import INSIDE, is_hidden, source_of
from ingest.pipeline import Listener, ingest_entries
from ingest.report import Report
from rag.ports import DocumentWriter


@dataclass(frozen=True, slots=True)
class Mirror:
    """Keeps the sources under some folders (absolute, without links) as their files are; no others."""

    folders: tuple[Path, ...]
    writer: DocumentWriter
    isolated: Isolated
    bounds: Bounds
    listener: Listener

    def sync(self) -> Report:
        """Take in all that is new or changed, then remove what is gone.

        A folder with nothing in it may be a disk that is not there: nothing of it is removed.
        """
        report = self._take_in([(folder, folder) for folder in self.folders])
        seen = [folder for folder in self.folders if _holds_any(source_of(folder), report)]
        return self._remove_gone(seen, report)

    def follow(self, changed: Iterable[Path]) -> Report:
        """The same for files and folders that were made, changed, moved or removed."""
        scopes = sorted({scope for path in changed for scope in self._scopes(path)})
        report = self._take_in(scopes)
        return self._remove_gone([path for path, _ in scopes], report)

    def _scopes(self, path: Path) -> Iterator[tuple[Path, Path]]:
        """A path that is worth a look with the folder it belongs to; none if that is out of reach."""
        for folder in self.folders:
            if not path.is_relative_to(folder) or not os.path.isdir(folder):
                continue
            hidden = any(map(is_hidden, path.relative_to(folder).parts))
            if not hidden and path != folder and not _is_folder_link(path):
                yield path, folder

    def _take_in(self, scopes: Iterable[tuple[Path, Path]]) -> Report:
        entries = {entry.path: entry for path, folder in scopes for entry in _entries(path, folder)}
        return ingest_entries(
            list(entries.values()), self.writer, self.isolated, bounds=self.bounds, listener=self.listener
        )

    def _remove_gone(self, paths: Iterable[Path], report: Report) -> Report:
        if report.stopped:
            return report
        lost = sorted({source for path in paths for source in gone(source_of(path), report, self.writer)})
        if lost:
            self.writer.remove_sources(lost)
        return replace(report, removed=tuple(lost))


def gone(scope: str, report: Report, writer: DocumentWriter) -> list[str]:
    """Sources at or under a source that the report of all that is there does not name.

    What stands under something that could not be read is not gone for all we know.
    """
    present = {result.path for result in report.results}
    unread = {result.path for result in report.failed}
    return [
        source
        for source in writer.sources_under(scope)
        if _is_under(source, scope) and source not in present and unread.isdisjoint(_above(source))
    ]


def _entries(path: Path, folder: Path) -> Iterator[Entry]:
    """What is at a path or below it, if anything is; of the folder itself, that it is not there."""
    if path == folder:
        yield from find([path])
    elif os.path.lexists(path) and is_inside(path, os.path.realpath(folder)):
        yield from find([path], folder)


def _is_folder_link(path: Path) -> bool:
    """Whether a path is another name for a folder, which stands for nothing of its own."""
    return path.is_symlink() and os.path.isdir(path)


def _holds_any(scope: str, report: Report) -> bool:
    return any(_is_under(result.path, scope) for result in report.results)


def _is_under(source: str, scope: str) -> bool:
    rest = source.removeprefix(scope.rstrip("/"))
    return not rest or (len(rest) < len(source) and rest.startswith(("/", INSIDE)))


def _above(source: str) -> Iterator[str]:
    """The folders and archives that a source stands in."""
    for place, sign in enumerate(source):
        if sign == "/":
            yield source[:place]
            yield source[: place - len(INSIDE) + 1]

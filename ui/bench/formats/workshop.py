"""Makes the files: writes what is written here, has programs convert or print the rest.

May import the errors of the core and the rest of the package.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rag.errors import ServiceError
from ui.bench.formats.draft import Draft
from ui.bench.formats.programs import Programs


@dataclass(frozen=True, slots=True)
class Made:
    """A draft and the file it became."""

    draft: Draft
    path: Path


def make(drafts: Sequence[Draft], folder: Path) -> Iterator[Made]:
    """Make every file in the folder.

    Raises SettingsError where a program is missing, ServiceError where one fails or makes no file.
    """
    with TemporaryDirectory(prefix="rag-formats-") as name:
        programs = Programs(Path(name))
        for target, batch in _batches(drafts):
            sources = [_write(draft, Path(name) / "sources") for draft in batch]
            if target in ("plain", "headed"):
                for draft, source in zip(batch, sources, strict=True):
                    programs.print(source, _path(draft, folder), headed=target == "headed")
            else:
                programs.convert(sources, target, folder)
    for draft in drafts:
        path = _path(draft, folder)
        if not draft.target:
            path.write_bytes(draft.raw)
        if not path.exists():
            raise ServiceError(f"{draft.program} 没有做出文件 {path.name!r}。请单独运行它看看。")
        yield Made(draft, path)


def _batches(drafts: Sequence[Draft]) -> Iterator[tuple[str, list[Draft]]]:
    """Drafts that one run of a program can make."""
    batches: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.target:
            batches[draft.program, draft.target].append(draft)
    for (_, target), batch in batches.items():
        yield target, batch


def _write(draft: Draft, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{draft.stem}.{draft.source}"
    path.write_bytes(draft.raw)
    return path


def _path(draft: Draft, folder: Path) -> Path:
    return folder / f"{draft.stem}.{draft.suffix}"

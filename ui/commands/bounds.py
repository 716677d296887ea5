"""The options that bound where a command looks: documents, years, issuers, kinds, a section.

May import the core and the composition root.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated

import typer

from rag.datatypes import StoredDocument
from rag.errors import InvalidRequest
from rag.scope import Scope
from ui.compose import Application


@dataclass(frozen=True, slots=True)
class Bounds:
    """Each option bounds further; none bounds nothing."""

    documents: Annotated[
        list[str] | None,
        typer.Option("--document", help="只在这份文件中找：编号（可只写开头）、文件名或标题；可重复"),
    ] = None
    years: Annotated[list[int] | None, typer.Option("--year", help="只在这一年的文件中找；可重复")] = None
    issuers: Annotated[
        list[str] | None, typer.Option("--issuer", help="只在这个机关发的文件中找；可重复")
    ] = None
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", help="只在这种文件中找，如通知、报告；可重复")
    ] = None
    section: Annotated[str, typer.Option("--section", help="只在标题含有这些字的章节中找")] = ""

    def scope(self, application: Application) -> Scope:
        """What they say, documents found by id, file name or title. Raises InvalidRequest."""
        stored = application.library.catalogue.documents() if self.documents else []
        return Scope(
            document_ids=frozenset(
                found.id for name in self.documents or () for found in _named(name, stored)
            ),
            years=frozenset(self.years or ()),
            issuers=frozenset(self.issuers or ()),
            kinds=frozenset(self.kinds or ()),
            section=self.section,
        )


def _named(name: str, stored: Sequence[StoredDocument]) -> list[StoredDocument]:
    """The documents that a name means: several, where they share it."""
    found = [
        each
        for each in stored
        if each.id == name or name in (each.title, PurePath(each.source).name, PurePath(each.source).stem)
    ] or [each for each in stored if name and each.id.startswith(name)]
    if not found:
        raise InvalidRequest(f"没有这份文件：{name[:80]!r}。可用 `rag documents` 查看全部文件及其编号。")
    return found

"""The options that bound where a command looks: documents, years, issuers, kinds, a section.

May import the core and the composition root.
"""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Annotated

import typer

from rag.datatypes import StoredDocument
from rag.errors import InvalidRequest
from rag.scope import Scope
from ui.compose import Application

Documents = Annotated[
    list[str] | None,
    typer.Option("--document", help="只在这份文件中找：编号（可只写开头）、文件名或标题；可重复"),
]
Years = Annotated[list[int] | None, typer.Option("--year", help="只在这一年的文件中找；可重复")]
Issuers = Annotated[list[str] | None, typer.Option("--issuer", help="只在这个机关发的文件中找；可重复")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="只在这种文件中找，如通知、报告；可重复")]
Section = Annotated[str, typer.Option("--section", help="只在标题含有这些字的章节中找")]


def bounded(application: Application, documents: Sequence[str] | None, scope: Scope) -> Scope:
    """The scope with its documents found by id, file name or title. Raises InvalidRequest."""
    if not documents:
        return scope
    stored = application.library.catalogue.documents()
    ids = frozenset(found.id for name in documents for found in _named(name, stored))
    return Scope(ids, scope.years, scope.issuers, scope.kinds, scope.section)


def scope_of(
    years: Sequence[int] | None, issuers: Sequence[str] | None, kinds: Sequence[str] | None, section: str
) -> Scope:
    """What the options say, documents apart."""
    return Scope(
        years=frozenset(years or ()),
        issuers=frozenset(issuers or ()),
        kinds=frozenset(kinds or ()),
        section=section,
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

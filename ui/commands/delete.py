"""`rag delete`: remove one document.

May import the composition root and the terminal's text.
"""

from typing import Annotated

import typer

from rag.settings import load_settings
from ui.compose import Application
from ui.terminal import plain


def run(document_id: Annotated[str, typer.Argument(metavar="ID", help="文件编号，见 rag documents")]) -> None:
    """Remove and say so."""
    with Application.open(load_settings(), writable=True) as application:
        title = application.library.catalogue.document(document_id).title
        application.library.delete(document_id)
    typer.echo(f"已删除：{plain(title)}")

"""`rag documents`: what the library holds.

May import the composition root and the terminal's text.
"""

import typer

from rag.settings import load_settings
from ui.compose import Application
from ui.terminal import documents_text


def run() -> None:
    """List and print."""
    with Application.open(load_settings(), writable=False) as application:
        typer.echo(documents_text(application.library.catalogue.documents()))

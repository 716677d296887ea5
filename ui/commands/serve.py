"""`rag serve`: the chat page and the HTTP API in one process.

May import the rest of `ui`.
"""

import logging
import socket
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer
import uvicorn

from ingest.pipeline import Listener, Report
from ingest.watching import watch
from rag.errors import InvalidRequest, RagError, ServiceError
from rag.settings import Settings, load_settings
from ui.api.app import create_app
from ui.compose import Application
from ui.progress import report_text
from ui.service import Companion, Service
from ui.terminal import outcome_text

# Long enough for a locked or unusable library to say so before anything else is loaded.
EARLY = 0.8
# How long answers under way may take once the server has been told to stop.
GRACE = 5
# Gradio takes seconds to load, which the library uses to open in its own thread.
PAGE = "ui.page.chat"


def run(
    host: Annotated[str | None, typer.Option(help="监听地址，默认取 RAG_HOST")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="监听端口，默认取 RAG_PORT")] = None,
    seeds: Annotated[Path | None, typer.Option(help="文件库为空时先收入这个文件夹")] = None,
    follow: Annotated[Path | None, typer.Option("--watch", help="一直看着这个文件夹，随其增改删")] = None,
) -> None:
    """Serve until stopped."""
    settings = load_settings()
    for option, folder in (("--seeds", seeds), ("--watch", follow)):
        if folder is not None and not folder.exists():
            raise InvalidRequest(f"没有这个文件夹：{str(folder)!r}。请检查 {option}。")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with _listen(host or settings.host, settings.port if port is None else port) as listener:
        service = Service(lambda: _open(settings, seeds), _follower(follow) if follow else None)
        service.start()
        try:
            service.wait(EARLY)
            server = _server(service, settings)
            Thread(target=_watch, args=(service, server, _address(listener)), daemon=True).start()
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            typer.echo("已停止。")
        finally:
            service.close()
    service.wait()


def _open(settings: Settings, seeds: Path | None) -> Application:
    """The application, filled when it was empty, warm."""
    application = Application.open(settings, writable=True)
    try:
        if seeds is not None and application.library.catalogue.count() == 0:
            application.ingest([seeds], lambda result: typer.echo(outcome_text(result)))
        application.warm_up()
    except RagError:
        application.close()
        raise
    return application


def _follower(folder: Path) -> Companion:
    """Keeps the library the same as a folder beside the server."""

    def told(report: Report) -> None:
        if report.removed or report.count("unchanged") < len(report.results):
            typer.echo(report_text(report))

    return lambda application, stopped: watch(
        application.mirror([folder], Listener(stopped=stopped)), told, stopped
    )


def _server(service: Service, settings: Settings) -> uvicorn.Server:
    app = create_app(service, settings)
    import_module(PAGE).mount(app, service, settings)
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, timeout_graceful_shutdown=GRACE, lifespan="on"
    )
    return uvicorn.Server(config)


def _watch(service: Service, server: uvicorn.Server, address: str) -> None:
    """Say when questions can be asked; stop the server when the library cannot be opened."""
    try:
        service.wait()
    except RagError:
        server.should_exit = True
    else:
        typer.echo(f"知引已就绪：{address}（按 Ctrl+C 停止）")


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before the work of opening, so that a taken one is told at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise ServiceError(
            f"无法监听 {host}:{port}：{error.strerror}。请换一个端口（--port 或 RAG_PORT）。"
        ) from error
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

"""A real library of the founding documents, and a real server over it on a free port."""

import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import sleep

import httpx
import pytest
import uvicorn

from rag.datatypes import StoredDocument
from rag.settings import Settings
from tests.conftest import SEEDS
from tests.ui.program import Done, Program
from ui.api.app import create_app
from ui.cli import main
from ui.compose import Application
from ui.page.chat import mount
from ui.service import Service

INVESTMENT = "2024年固定资产投资目标是多少？"


@dataclass(frozen=True)
class Site:
    """A running server."""

    url: str
    http: httpx.Client
    service: Service
    settings: Settings

    @property
    def application(self) -> Application:
        return self.service.application

    def documents(self) -> list[StoredDocument]:
        return self.application.library.catalogue.documents()


def settings_for(home: Path, **changes: object) -> Settings:
    return Settings(_env_file=None, home=home, **changes)


@contextmanager
def serving(service: Service, settings: Settings, *, page: bool = False) -> Iterator[Site]:
    """Serve until the block ends, then close everything."""
    app = create_app(service, settings)
    if page:
        mount(app, service, settings)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                sleep(0.01)
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            with httpx.Client(base_url=url, timeout=30) as http:
                yield Site(url, http, service, settings)
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def open_site(home: Path, *, page: bool = False, **changes: object) -> Iterator[Site]:
    """Serve the library in a folder."""
    settings = settings_for(home, **changes)
    service = Service(lambda: Application.open(settings, writable=True))
    service.start()
    service.wait()
    with serving(service, settings, page=page) as site:
        yield site


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed library that holds the founding documents; copy it, do not write to it."""
    home = tmp_path_factory.mktemp("shelf") / "library"
    with Application.open(settings_for(home), writable=True) as application:
        report = application.ingest([SEEDS], lambda _result: None)
    assert report.count("added") == 5
    return home


@pytest.fixture(scope="session")
def site(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with the page over the founding documents, shared by tests that change nothing."""
    home = tmp_path_factory.mktemp("site") / "library"
    shutil.copytree(shelf, home)
    with open_site(home, page=True) as running:
        yield running


@pytest.fixture
def home(shelf: Path, tmp_path: Path) -> Path:
    """A library of one's own with the founding documents."""
    return Path(shutil.copytree(shelf, tmp_path / "own"))


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A server of one's own over an empty library."""
    with open_site(tmp_path / "empty", file_bytes=100_000, upload_files=3) as running:
        yield running


@pytest.fixture
def rag(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    """The program in this process, which has the heavy packages loaded."""

    def run(home: Path, *arguments: str, **variables: str) -> Done:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["rag", *arguments])
            for name, value in {"RAG_HOME": str(home), **variables}.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def finished(own_site: Site) -> Callable[[str], dict]:
    """Waits for a job of `own_site` to end and gives its last state."""

    def wait(job_id: str) -> dict:
        for _ in range(1000):
            job = own_site.http.get(f"/api/v1/jobs/{job_id}").json()
            if job["status"] in ("done", "failed"):
                return job
            sleep(0.01)
        raise AssertionError(f"job {job_id} does not end")

    return wait

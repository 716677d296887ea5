"""Opening in the background: ready, failed, broken."""

import pytest

from rag.errors import LibraryLocked
from tests.ui.conftest import settings_for
from ui.compose import Application
from ui.faults import InternalFailure
from ui.service import Service


def test_a_library_already_open_for_writing_is_refused(home):
    settings = settings_for(home)
    with Application.open(settings, writable=True):
        service = Service(lambda: Application.open(settings, writable=True))
        service.start()
        with pytest.raises(LibraryLocked, match="同一时间只能有一个写入者"):
            service.wait()
        with pytest.raises(LibraryLocked):
            _ = service.application
        service.close()


def test_a_fault_of_the_program_ends_the_opening_and_is_logged(tmp_path, caplog: pytest.LogCaptureFixture):
    def broken() -> Application:
        raise ZeroDivisionError

    service = Service(broken)
    service.start()
    with pytest.raises(InternalFailure):
        service.wait()
    assert "ZeroDivisionError" in caplog.text
    service.close()


def test_closing_releases_the_library(home):
    settings = settings_for(home)
    for _ in range(2):
        service = Service(lambda: Application.open(settings, writable=True))
        service.start()
        service.wait()
        assert service.application.library.catalogue.count() == 5
        service.close()
        service.close()

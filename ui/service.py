"""What a running server holds: an application that is opening, then open, and its upload queue.

May import the composition root. Opening happens in a thread, so that the server answers meanwhile.
"""

from collections.abc import Callable
from threading import Event, Thread

from rag.errors import RagError, ServiceError
from ui.compose import Application
from ui.faults import foreseen
from ui.jobs import JobQueue
from ui.pictures import Pictures

Opener = Callable[[], Application]
# What goes on beside the server once the library is open, until the second argument says to stop.
Companion = Callable[[Application, Callable[[], bool]], None]


class NotReady(ServiceError):
    """The library is still being opened."""

    def __init__(self) -> None:
        """Say what is going on."""
        super().__init__("服务正在启动：文件库还在检查和打开，请稍后再试。")


class Service:
    """Opens the application in the background and closes it, with the queue, at the end."""

    def __init__(self, opener: Opener, companion: Companion | None = None) -> None:
        """`opener` gives an application that is ready for questions; `companion` then runs beside it."""
        self._opener = opener
        self._companion = companion
        self._closing = Event()
        self._beside: Thread | None = None
        self._settled = Event()
        self._application: Application | None = None
        self._jobs: JobQueue | None = None
        self._failure: RagError | None = None
        self.pictures = Pictures()
        self._opening = Thread(target=self._open, name="opening")

    def start(self) -> None:
        """Begin to open."""
        self._opening.start()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until open or failed, at most `timeout` seconds. Raises what opening raised."""
        self._settled.wait(timeout)
        if self._failure is not None:
            raise self._failure

    @property
    def jobs(self) -> JobQueue:
        """The queue of uploads. Raises NotReady, or what opening raised."""
        _ = self.application
        if self._jobs is None:
            raise NotReady
        return self._jobs

    @property
    def application(self) -> Application:
        """The open application. Raises NotReady, or what opening raised."""
        if self._failure is not None:
            raise self._failure
        if self._application is None:
            raise NotReady
        return self._application

    def close(self) -> None:
        """Let the queue and the companion finish what is in hand, then release the library."""
        self._closing.set()
        self._opening.join()
        if self._beside is not None:
            self._beside.join()
        jobs, self._jobs = self._jobs, None
        if jobs is not None:
            jobs.close()
        self.pictures.close()
        if self._application is not None:
            self._application.close()

    def _open(self) -> None:
        try:
            with foreseen():
                application = self._opener()
                self._application = application
                self._jobs = JobQueue.open(application.settings.home, application.store)
                self._jobs.start()
                self._accompany(application)
        except RagError as error:
            self._failure = error
        finally:
            self._settled.set()

    def _accompany(self, application: Application) -> None:
        if self._companion is not None:
            arguments = (application, self._closing.is_set)
            self._beside = Thread(target=self._companion, args=arguments, name="companion")
            self._beside.start()

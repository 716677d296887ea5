"""What nobody foresaw: the one place where any exception at all becomes an error of ours.

May import the errors of `rag`.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from rag.errors import RagError, ServiceError

_log = logging.getLogger(__name__)


class InternalFailure(ServiceError):
    """A fault of the program; the log has its traceback."""

    def __init__(self) -> None:
        """Say no more than a stranger should know."""
        super().__init__("服务内部错误，请稍后重试；若一直如此，请管理员查看服务日志。")


@contextmanager
def foreseen() -> Iterator[None]:
    """Inside, only errors of ours come out; anything else is logged and comes out as InternalFailure."""
    try:
        yield
    except RagError:
        raise
    except Exception as error:
        _log.exception("unforeseen failure")
        raise InternalFailure from error

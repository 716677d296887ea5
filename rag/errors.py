"""The one tree of errors. Messages are Chinese, carry the offending value and the way out.

    RagError
    ├── InvalidRequest        the caller's mistake (HTTP 4xx)
    │   ├── InvalidQuestion   empty, too long, not text
    │   ├── DocumentNotFound  no document with this id
    │   └── UnreadableFile    a file that cannot be read as any known format
    └── ServiceError          ours or the machine's (HTTP 5xx)
        ├── SettingsError     a setting that cannot be used
        ├── LibraryLocked     another process writes to this library
        ├── LibraryMismatch   the library was built with another model or version
        ├── LibraryDamaged    an index is missing or disagrees with the catalogue
        ├── ModelUnavailable  an embedding model or an optional package is missing
        ├── OutOfTime         a step that may be left out took too long
        └── AnswererFailed    a language model failed, stalled or spoke nonsense

Imports nothing of ours.
"""


class RagError(Exception):
    """Anything this project raises on purpose."""


class InvalidRequest(RagError):
    """The caller's mistake."""


class InvalidQuestion(InvalidRequest):
    """The question is empty, too long or not text."""


class DocumentNotFound(InvalidRequest):
    """No document has the given id."""

    def __init__(self, document_id: str) -> None:
        """Name the id that was asked for (its first 80 characters)."""
        super().__init__(f"没有这份文件：{document_id[:80]!r}。可用 `rag documents` 查看全部文件及其编号。")


class UnreadableFile(InvalidRequest):
    """The file cannot be read as any known format."""


class ServiceError(RagError):
    """Ours or the machine's fault, not the caller's."""


class SettingsError(ServiceError):
    """A setting has a value that cannot be used."""


class LibraryLocked(ServiceError):
    """Another process holds the library for writing."""


class LibraryMismatch(ServiceError):
    """The library was built with another embedding model or schema."""


class LibraryDamaged(ServiceError):
    """An index is missing or disagrees with the catalogue."""


class ModelUnavailable(ServiceError):
    """A model or an optional package cannot be loaded."""


class OutOfTime(ServiceError):
    """A step that may be left out took longer than it was given."""


class AnswererFailed(ServiceError):
    """A language model failed, took too long or gave no usable answer."""

"""What a question may be bounded to, drawn from the library: documents by title, years, issuers, kinds.

May import the shelf of `rag` and the service. Lists are bounded, whatever the library holds.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Annotated, Self, TypeVar

from pydantic import Field

from rag.documents.shelf import Label, Shelf, Shelves
from rag.language.chinese import normalise
from ui.contract import Body
from ui.service import Service

# Of each thing to choose at most so many are listed; typing finds the others.
MOST_LISTED = 50

Value = TypeVar("Value", int, str)


class ListedBody(Body):
    """A document to choose."""

    id: str
    title: str
    year: int | None


class YearBody(Body):
    """A year to choose and how many documents are of it."""

    value: int
    documents: int


class NameBody(Body):
    """An issuer or a kind to choose and how many documents are of it."""

    value: str
    documents: int


class ChoicesBody(Body):
    """What can be chosen; of documents and issuers those whose names hold what was typed."""

    total: Annotated[int, Field(description="标题符合的文件总数；列出的是其中最新收入的")]
    documents: list[ListedBody]
    years: Annotated[list[YearBody], Field(description="由近及远")]
    issuers: Annotated[list[NameBody], Field(description="由多到少")]
    kinds: Annotated[list[NameBody], Field(description="由多到少")]

    @classmethod
    def of(cls, shelf: Shelf, *, title: str = "", issuer: str = "", limit: int = MOST_LISTED) -> Self:
        """The choices that the documents of a shelf give, at most `limit` of each."""
        labels = shelf.labels
        words, office = normalise(title).split(), normalise(issuer).split()
        found = [label for label in labels if _holds(label.title, words)]
        years = sorted(_counted(label.year for label in labels), reverse=True)
        issuers = _counted(label.issuer for label in labels if _holds(label.issuer, office))
        kinds = _counted(label.kind for label in labels)
        return cls(
            total=len(found),
            documents=[_listed(label) for label in found[: -limit - 1 : -1]],
            years=[YearBody(value=year, documents=count) for year, count in years[:limit]],
            issuers=[NameBody(value=name, documents=count) for name, count in issuers[:limit]],
            kinds=[NameBody(value=name, documents=count) for name, count in kinds[:limit]],
        )


class Choices:
    """Keeps what can be chosen up to date with the library of a service. Safe to share by threads."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = Lock()
        self._shelves: Shelves | None = None

    def current(self) -> Shelf:
        """The labels as the library stands now. Raises NotReady while it is being opened."""
        catalogue = self._service.application.library.catalogue
        with self._lock:
            if self._shelves is None:
                self._shelves = Shelves(catalogue)
        return self._shelves.current()


def _listed(label: Label) -> ListedBody:
    return ListedBody(id=label.document_id, title=label.title, year=label.year)


def _counted(values: Iterable[Value | None]) -> list[tuple[Value, int]]:
    """The values that there are with how often, most frequent first."""
    return Counter(value for value in values if value).most_common()


def _holds(name: str, words: Sequence[str]) -> bool:
    """Whether a name holds all the words typed, in whichever spelling."""
    return not words or all(word in _spelled(name) for word in words)


# Titles are looked through at each keystroke.
_spelled = lru_cache(maxsize=65_536)(normalise)

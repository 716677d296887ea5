"""The tree of errors: every class stands in it, on the side of the caller or on ours."""

import inspect
import re

import pytest

from rag import errors
from rag.errors import DocumentNotFound, InvalidRequest, RagError, ServiceError

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
SIDES = (RagError, InvalidRequest, ServiceError)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_is_the_callers_or_ours(kind: type[Exception]) -> None:
    assert issubclass(kind, RagError)
    assert kind is RagError or issubclass(kind, InvalidRequest) is not issubclass(kind, ServiceError)
    assert kind.__doc__


def test_the_drawing_shows_every_class_below_its_parent() -> None:
    drawn: list[tuple[str, str]] = []
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"    ([│├└─ ]*)([A-Z]\w+)", line)
        if match:
            depth = len(match[1]) // 4
            drawn.append((match[2], above[depth - 1] if depth else "Exception"))
            above[depth:] = [match[2]]
    assert sorted(drawn) == sorted((kind.__name__, kind.__bases__[0].__name__) for kind in CLASSES)


def test_a_document_that_is_not_there_is_named_shortened_with_the_way_out() -> None:
    message = str(DocumentNotFound("x" * 5000))
    assert "x" * 80 in message
    assert "x" * 81 not in message
    assert "rag documents" in message


def test_an_unprintable_id_is_shown_escaped() -> None:
    assert "\\x00" in str(DocumentNotFound("a\x00b\n"))
    assert "\n" not in str(DocumentNotFound("a\nb"))

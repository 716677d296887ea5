"""A conversation on the page: what each step of an answer makes of it.

May import the service and the page's markup; knows nothing of the framework that shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from rag.answers import Answer, Delta, Done
from rag.datatypes import Inquiry, Turn
from rag.errors import RagError
from ui.compose import Application
from ui.faults import foreseen
from ui.page.markup import (
    SEARCHING,
    WELCOME,
    answer_markup,
    failure_markup,
    sources_markup,
    turn_markup,
    writing_markup,
)
from ui.scoping import read_scope
from ui.service import Service

# Older turns leave the page; the core looks back no further anyway.
MOST_TURNS = 30


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation so far: what was said, and each turn as shown."""

    turns: tuple[Turn, ...] = ()
    shown: tuple[str, ...] = ()

    def with_turn(self, markup: str) -> "Talk":
        """The same with one more turn on the page."""
        return replace(self, shown=(*self.shown, markup)[-MOST_TURNS:])

    def after(self, answer: Answer) -> "Talk":
        """The same with a question and its answer said."""
        said = (Turn("user", answer.question), Turn("assistant", answer.text))
        return replace(self, turns=(*self.turns, *said)[-2 * MOST_TURNS :])


@dataclass(frozen=True, slots=True)
class View:
    """The page at one moment; `sources` are those of the last answer."""

    talk: Talk
    sources: str


class Conversation:
    """Answers what is typed; all that is remembered travels with the talk."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def answer(self, question: str, talk: Talk, scope: str = "") -> Iterator[View]:
        """The page after each step: asked, being written, done with its sources.

        `scope` is where to look, as the page's script writes it: the fields of a request as JSON.
        """
        yield View(talk.with_turn(turn_markup(question, writing_markup(""))), SEARCHING)
        try:
            with foreseen():
                yield from self._written(Inquiry(question, talk.turns, scope=read_scope(scope)), talk)
        except RagError as error:
            yield View(talk.with_turn(turn_markup(question, failure_markup(str(error)))), WELCOME)

    def _written(self, inquiry: Inquiry, talk: Talk) -> Iterator[View]:
        application = self._service.application
        asked = partial(turn_markup, inquiry.question, scope=inquiry.scope)
        text = ""
        for event in application.assistant.stream(inquiry):
            if isinstance(event, Delta):
                text += event.text
                yield View(talk.with_turn(asked(writing_markup(text))), SEARCHING)
            elif isinstance(event, Done):
                turn = asked(answer_markup(event.answer))
                yield View(talk.after(event.answer).with_turn(turn), _sources(application, event.answer))


def _sources(application: Application, answer: Answer) -> str:
    catalogue = application.library.catalogue
    places = [(citation.document_id, citation.paragraph) for citation in answer.citations]
    texts = {document_id: catalogue.text(document_id) for document_id, _ in places}
    return sources_markup(answer, catalogue.fetch(places), texts)

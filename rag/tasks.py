"""Task records: complete lists for "which tasks does X lead", by unit or by leader.

May import the core.
"""

import re
from collections.abc import Iterator

from rag.chinese import normalise
from rag.datatypes import Evidence, Hit, Question, Task
from rag.markers import literal
from rag.ports import ParagraphSource

_ASKS_FOR_TASKS = re.compile(
    r"(?:牵头|负责|分管|承担|主抓|领衔)(?:了|的|着)?(?:推进|落实|开展)?(?:了|的)?"
    r"(?:哪些|哪几|什么|几项|多少项|多少个|几个|所有|全部)"
    r"|(?:有|共)?(?:哪些|哪几项|什么|几项|多少项)(?:工作|任务|重点工作|事项|项目|目标)?.{0,4}(?:是)?由?.{2,16}(?:牵头|负责|分管)"
    r"|(?:牵头|负责|分管)的?(?:重点)?(?:工作|任务|事项)(?:有|是|包括)?(?:哪|什么|几|多少)"
)
_POST = re.compile(r"(?:常务副区长|副区长|区长|常委|副县长|县长|副市长|市长|主任|书记).*$")
# A list of tasks longer than this is cut, and the answer says so.
MAX_TASKS = 60


class TaskRetriever:
    """Finds every task of the unit or the leader that a question names; nothing for other questions."""

    def __init__(self, source: ParagraphSource) -> None:
        self._source = source

    def retrieve(
        self, question: Question, *, limit: int, document_ids: frozenset[str] = frozenset()
    ) -> tuple[Hit, ...]:
        """All matching tasks in the order of the document, at most `limit`; costs one read of the records."""
        if not _ASKS_FOR_TASKS.search(question.query):
            return ()
        tasks = [
            (document_id, number)
            for document_id, number, task in self._source.tasks()
            if (not document_ids or document_id in document_ids) and _named(question.query, task)
        ][:limit]
        paragraphs = self._source.fetch(tasks)
        titles = self._source.titles(list({document_id for document_id, _ in tasks}))
        return tuple(
            Hit(paragraph=paragraphs[key], title=titles.get(key[0], ""), score=1.0)
            for key in tasks
            if key in paragraphs
        )


def is_listing(hits: tuple[Hit, ...], question: Question) -> bool:
    """Whether these hits are the complete list that the question asks for."""
    return (
        bool(hits)
        and _ASKS_FOR_TASKS.search(question.query) is not None
        and all(
            hit.paragraph.attributes.task is not None
            and _named(question.query, hit.paragraph.attributes.task)
            for hit in hits
        )
    )


def counted(hits: tuple[Hit, ...]) -> str | None:
    """How many tasks a list from the records has; `None` when it had to be cut."""
    return f"{len(hits)}项" if len(hits) <= MAX_TASKS else None


def listing(question: Question, evidence: Evidence) -> Iterator[str] | None:
    """The tasks asked for, one line each with its marker, their count first; `None` for other questions."""
    if not is_listing(evidence.hits, question):
        return None
    return _lines(question, evidence)


def _lines(question: Question, evidence: Evidence) -> Iterator[str]:
    tasks = [hit.paragraph.attributes.task for hit in evidence.hits]
    who = next(name for task in tasks if task for name in _names(task) if _mentions(question.query, name))
    count = counted(evidence.hits)
    told = f"共{count}" if count else f"超过{MAX_TASKS}项，先列{MAX_TASKS}项"
    yield f"{literal(who)}牵头的工作{told}：\n"
    for handle, task in enumerate(tasks[:MAX_TASKS], 1):
        if task is not None:
            yield f"{task.number}. {literal(task.text.strip())}[{handle}]\n"


def _names(task: Task) -> list[str]:
    return [*task.lead_units, *([task.leader] if task.leader else [])]


def _named(query: str, task: Task) -> bool:
    return any(_mentions(query, name) for name in _names(task))


def _mentions(query: str, name: str) -> bool:
    """Whether the question names a unit (its 区 may be left out) or a leader (post may be left out)."""
    spelled = normalise(name)
    person = _POST.sub("", spelled)
    short = spelled.removeprefix("区")
    return (
        spelled in query or (len(short) > 2 and short in query) or (1 < len(person) < 4 and person in query)
    )

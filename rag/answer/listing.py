"""Telling a list of tasks: its count first, then one line each; or that no record names who is asked for.

May import the core.
"""

from collections.abc import Iterator
from itertools import groupby

from rag.datatypes import Evidence, Hit
from rag.documents.editions import dated
from rag.documents.tasks import TaskList
from rag.markers import literal

# Passages looked at for what the records do not say.
_READ = 10


def lines(tasks: TaskList) -> Iterator[str]:
    """The tasks asked for, each line with the marker of its hit."""
    if tasks.asked.post:
        yield from _of_a_post(tasks)
        return
    cut = f"，先列{len(tasks.hits)}项" if tasks.total > len(tasks.hits) else ""
    yield f"{literal(tasks.asked.who)}{_does(tasks)}的工作共{tasks.total}项{cut}：\n"
    several = len({hit.paragraph.document_id for hit in tasks.hits}) > 1
    numbered = enumerate(tasks.hits, 1)
    for _, group in groupby(numbered, key=lambda each: each[1].paragraph.document_id):
        hits = list(group)
        if several:
            yield f"{literal(dated(hits[0][1]))}：\n"
        for handle, hit in hits:
            yield f"{_task(hit)}[{handle}]\n"


def count(tasks: TaskList) -> str:
    """The count as a short answer."""
    return f"{tasks.total}项"


def untold(tasks: TaskList) -> str:
    """That no record names who is asked for."""
    return f"任务清单里没有写明由“{tasks.asked.who}”{_does(tasks)}的工作。"


def is_told(tasks: TaskList, evidence: Evidence) -> bool:
    """Whether a passage says of who is asked for what the records do not."""
    return any(
        tasks.asked.who in passage.text and _does(tasks) in passage.text
        for passage in evidence.passages[:_READ]
    )


def _of_a_post(tasks: TaskList) -> Iterator[str]:
    """How much each holder of a post leads, with the first of it; which of them is meant is not guessed."""
    post = literal(tasks.asked.post)
    yield f"{post}有{len(tasks.hits)}位，牵头的工作共{tasks.total}项，请说明是哪一位：\n"
    for handle, (hit, share) in enumerate(zip(tasks.hits, tasks.shares, strict=True), 1):
        task = hit.paragraph.attributes.task
        leader = literal(task.leader or "") if task else ""
        yield f"{leader}{share}项，如：{_task(hit)}[{handle}]\n"


def _does(tasks: TaskList) -> str:
    return "牵头" if tasks.asked.leading else "配合"


def _task(hit: Hit) -> str:
    task = hit.paragraph.attributes.task
    return f"{task.number}. {literal(task.text.strip())}" if task else literal(hit.paragraph.text)

"""Every task of the unit or the leader asked for, and nothing for other questions."""

import pytest

from rag.datatypes import Inquiry
from rag.question import understand
from rag.tasks import TaskRetriever, is_listing
from tests.rag.shelf import PLAN, SPEECHES, Shelf

RETRIEVER = TaskRetriever(Shelf(PLAN, SPEECHES))


def numbers(text: str, *, limit: int = 10, scope: frozenset[str] = frozenset()) -> list[int]:
    question = understand(Inquiry(text), history_turns=0)
    hits = RETRIEVER.retrieve(question, limit=limit, document_ids=scope)
    assert is_listing(hits, question) is bool(hits)
    return [hit.paragraph.number for hit in hits]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("区教育局牵头哪些工作？", [1, 2]),
        ("教育局负责什么？", [1, 2]),
        ("王平副区长牵头哪些工作？", [1, 2]),
        ("許挺分管哪些工作？", [3]),
        ("有哪些工作由区住建局牵头？", [3]),
        ("区住建局牵头的工作有多少项？", [3]),
        ("区民政局牵头哪些工作？", []),
        ("哪个部门牵头加装电梯？", []),
        ("区教育局怎样提高站位？", []),
    ],
)
def test_finds(question: str, found: list[int]) -> None:
    assert numbers(question) == found


def test_limit_and_scope_are_kept() -> None:
    assert numbers("区教育局牵头哪些工作？", limit=1) == [1]
    assert numbers("区教育局牵头哪些工作？", scope=frozenset({"speeches"})) == []

"""Every broken promise of an answer is told."""

from dataclasses import replace

import pytest

from eval.audit import audit
from eval.dataset import Case, Evidence
from eval.runner import evaluate
from eval.shelf import Shelf
from rag.answers import Answer, Refusal
from rag.datatypes import Inquiry
from tests.eval.conftest import MemoryAssistant


@pytest.fixture
def good(assistant) -> Answer:
    return assistant.ask(Inquiry("社区食堂几个？"))


def test_an_honest_answer_breaks_nothing(good, assistant, library):
    assert audit(good, Shelf(library)) == ()
    assert audit(assistant.ask(Inquiry("Hamlet?")), Shelf(library)) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"end": 40}, "与原文不符"),
        ({"quote": "新建社区食堂16个"}, "与原文不符"),
        ({"end": 10_000}, "越出原文"),
        ({"start": -3}, "越出原文"),
        ({"start": 20, "end": 20}, "越出原文"),
        ({"document_id": "zzz"}, "不存在的文件"),
        ({"paragraph": 9}, "不存在的第 9 段"),
        ({"paragraph": 1}, "不在第 1 段里"),
        ({"number": 2}, "没有对应的引注"),
    ],
)
def test_a_false_citation_is_told(good, library, change, said):
    false = replace(good, citations=(replace(good.citations[0], **change),))
    assert any(said in fault for fault in audit(false, Shelf(library)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "新建15个[1][7]。"}, "[7]"),
        ({"text": "新建15个。", "citations": ()}, "没有引注"),
        ({"answered": False}, "矛盾"),
        ({"refusal": Refusal("weak_evidence", "不够")}, "矛盾"),
    ],
)
def test_a_false_answer_is_told(good, library, change, said):
    assert any(said in fault for fault in audit(replace(good, **change), Shelf(library)))


def test_repeated_numbers_are_told(good, library):
    twice = replace(good, citations=good.citations * 2)
    assert any("重复" in fault for fault in audit(twice, Shelf(library)))


def test_a_citation_into_nowhere_counts_against_precision(library):
    class Liar(MemoryAssistant):
        def ask(self, inquiry: Inquiry) -> Answer:
            given = super().ask(inquiry)
            (first,) = given.citations
            return replace(given, citations=(first, replace(first, number=2, document_id="zzz")))

    case = Case(
        "x", "number", "新建食堂几个？", answers=("15个",), evidence=(Evidence("甲.txt", "食堂15个"),)
    )
    (outcome,) = evaluate(Liar(library), [case], library).outcomes
    assert outcome.citation_precision == 0.5
    assert len(outcome.violations) == 1
    assert outcome.citations[1].document == "zzz"

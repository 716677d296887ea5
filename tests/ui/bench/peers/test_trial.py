"""A system in a process of its own: ours on a few paragraphs, and what becomes of those that fail."""

import sys
from pathlib import Path

import pytest

from ui.bench.peers.corpus import Corpus
from ui.bench.peers.task import Outcome, Passage
from ui.bench.peers.trial import CANDIDATES, Candidate, Terms, attempt, score

OURS = Candidate("知引", "ours", fast=True)
# Two to a text, so that what is found must be traced back to one of them.
CORPUS = Corpus(
    "四段",
    (
        Passage(0, "第一条 供水单位应当每日检测水质，并向社会公布检测结果。"),
        Passage(0, "第二条 居民用水价格由市发展改革部门会同财政部门制定。"),
        Passage(1, "大熊猫以竹子为主食，成年个体每天进食约二十公斤竹叶。"),
        Passage(1, "朱鹮是国家一级保护动物，曾一度被认为已经灭绝。"),
    ),
    ("水价由谁制定？", "大熊猫每天吃多少竹叶？", "哪种动物曾被认为已经灭绝？"),
    (1, 2, 3),
)


def test_ours_is_built_asked_and_traced_back_to_the_paragraphs() -> None:
    result = attempt(OURS, CORPUS, Terms(Path(sys.executable), limit=120))
    assert result.failed == ""
    assert result.recall_at_1 == result.recall_at_5 == 1.0
    assert 0 < result.p50_ms <= result.p95_ms
    assert result.ingest_s > 0
    assert result.cpu_s > 0


def test_a_system_that_is_not_there_says_so_in_its_result() -> None:
    result = attempt(Candidate("别家", "nothing"), CORPUS, Terms(Path(sys.executable), limit=60))
    assert "ModuleNotFoundError" in result.failed
    assert result.name == "别家 · MiniLM"


def test_a_system_that_takes_too_long_is_ended() -> None:
    result = attempt(OURS, CORPUS, Terms(Path(sys.executable), limit=0.1))
    assert "超过" in result.failed


def test_recall_counts_places_and_what_was_not_found() -> None:
    found = ((4, 9), (1, 2, 3, 0, 6), (1, 2, 3, 5, 6, 0), ())
    outcome = Outcome(ingest_s=2.0, query_s=(0.001, 0.002, 0.003, 0.010), query_cpu_s=0.02, found=found)
    result = score("别家", outcome, (4, 6, 0, 0), peak=5_000_000)
    assert (result.recall_at_1, result.recall_at_5) == (0.25, 0.5)
    assert result.p50_ms == pytest.approx(2.5)
    assert 3 < result.p95_ms < 10
    assert result.query_cpu_ms == 5
    assert result.memory_mb == 5


def test_every_row_has_a_name_of_its_own_and_every_system_both_models() -> None:
    assert len({each.name for each in CANDIDATES}) == len(CANDIDATES)
    for peer in {each.peer for each in CANDIDATES}:
        assert {each.fast for each in CANDIDATES if each.peer == peer} == {False, True}
    assert CANDIDATES[0].ours

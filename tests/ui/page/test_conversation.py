"""A conversation step by step on a real library."""

import pytest

from rag.errors import RagError
from tests.ui.conftest import INVESTMENT, Site
from ui.page.conversation import MOST_TURNS, Conversation, Talk
from ui.page.markup import SEARCHING, WELCOME
from ui.service import Service


def test_an_answer_appears_in_steps_and_ends_with_its_sources(site: Site):
    first, *_, last = Conversation(site.service).answer(INVESTMENT, Talk())
    assert first.sources == SEARCHING
    assert "正在查找原文" in first.talk.shown[-1]
    assert first.talk.turns == ()
    assert "740亿元" in last.talk.shown[-1]
    assert len(last.talk.shown) == 1
    assert [turn.role for turn in last.talk.turns] == ["user", "assistant"]
    assert "<mark>" in last.sources


def test_a_follow_up_knows_what_was_said(site: Site):
    conversation = Conversation(site.service)
    *_, before = conversation.answer(INVESTMENT, Talk())
    *_, after = conversation.answer("哪个部门牵头？", before.talk)
    assert len(after.talk.shown) == 2
    assert "区发改经信局" in after.talk.shown[-1]


def test_a_question_is_answered_within_its_scope_and_says_so(site: Site):
    conversation = Conversation(site.service)
    *_, outside = conversation.answer(INVESTMENT, Talk(), '{"kinds": ["条例"]}')
    assert "只查了限定的范围" in outside.talk.shown[-1]
    assert "限定：条例" in outside.talk.shown[-1]
    *_, inside = conversation.answer(INVESTMENT, Talk(), '{"kinds": ["通知"], "years": [2024]}')
    assert "740亿元" in inside.talk.shown[-1]


@pytest.mark.parametrize("scope", ["{", "[]", '{"years": ["<b>"]}', '{"document_ids": 7}'])
def test_a_scope_that_cannot_be_read_is_not_taken_for_none(site: Site, scope: str):
    *_, last = Conversation(site.service).answer(INVESTMENT, Talk(), scope)
    assert "限定的范围无法识别" in last.talk.shown[-1]
    assert last.talk.turns == ()


def test_a_bad_question_is_answered_with_the_reason_and_not_remembered(site: Site):
    *_, last = Conversation(site.service).answer("？？？", Talk())
    assert "没有可读的文字" in last.talk.shown[-1]
    assert (last.talk.turns, last.sources) == ((), WELCOME)


def test_a_server_that_is_not_ready_says_so():
    def never() -> None:
        raise RagError

    *_, last = Conversation(Service(never)).answer("问", Talk())
    assert "正在启动" in last.talk.shown[-1]


def test_the_page_keeps_a_bounded_number_of_turns():
    talk = Talk()
    for number in range(MOST_TURNS + 5):
        talk = talk.with_turn(str(number))
    assert len(talk.shown) == MOST_TURNS
    assert talk.shown[-1] == str(MOST_TURNS + 4)

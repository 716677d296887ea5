"""Numbers to call and addresses to write to."""

import pytest

from rag.language.contacts import asks_contact, contacts


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("咨询电话多少？", "陈立群，电话0571-8806 2231；", ["0571-8806 2231"]),
        ("出了技术问题打什么电话？", "平台客服 400-820-6610（工作日9:00—17:30）", ["400-820-6610"]),
        ("联系电话是什么？", "联系电话：0571-88061190，13805710000。", ["0571-88061190", "13805710000"]),
        ("那投诉电话呢？", "投诉请拨打热线12345", ["12345"]),
        ("电话是多少？", "日期20260312，税号91330110MA2X，2026年", []),
        ("发到哪个邮箱？", "发送至邮箱yxawb@yunxi.example.cn。", ["yxawb@yunxi.example.cn"]),
        ("报名网址是什么？", "报名网址：http://rsks.yunxi.example.cn。", ["http://rsks.yunxi.example.cn"]),
    ],
)
def test_finds_what_is_asked_for(question: str, text: str, found: list[str]) -> None:
    assert asks_contact(question)
    assert [span.text.rstrip("。") for span in contacts(question, text)] == found


@pytest.mark.parametrize(
    "question", ["开车打电话违法吗？", "报告是几月几号作的？", "全区有多少部手机？", "谁负责网络安全？"]
)
def test_other_questions_ask_for_none(question: str) -> None:
    assert not asks_contact(question)
    assert contacts(question, "电话0571-88062231") == ()

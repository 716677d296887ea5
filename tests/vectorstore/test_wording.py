"""What is kept of a paragraph to look it up by."""

from rag.datatypes import Attributes, Task
from tests.vectorstore.samples import parsed
from vectorstore.wording import Entry, entries, wording


def kept(line: str, **known: object) -> Entry:
    (entry,) = entries(wording(1, parsed([line], **known)))
    return entry


def test_each_field_holds_its_own_terms() -> None:
    entry = kept("城市绿地", title="年度报告", section=("民生",), attributes=[Attributes(person="黄仁")])
    assert entry.body.split() == ["城市", "绿地", "城市绿地", "城市", "市绿", "绿地"]
    assert {"年度", "报告"} <= set(entry.title.split())
    assert {"民生", "黄仁"} <= set(entry.context.split())
    assert len(entry.sound.split()) == 3


def test_offices_are_filed_by_what_their_aliases_share() -> None:
    task = Task(1, "改造", ("区发改局",), responsible_units=("区卫生健康委员会",))
    entry = kept("由区民政局落实。", attributes=[Attributes(department="区教育局", task=task)])
    assert {"民局:区民政局", "教局:区教育局", "发局:区发改局", "卫委:区卫生健康委员会"} <= set(entry.names)


def test_names_said_to_be_one_are_filed_under_each() -> None:
    assert {"=马铃薯", "=马铃薯=土豆", "=土豆", "=土豆=马铃薯"} <= set(kept("马铃薯（又称土豆）高产。").names)

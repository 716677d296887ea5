"""What a question looks for, told from a table of what a library holds."""

from collections.abc import Iterable, Mapping

import pytest

from vectorstore.asking import Asked, ask


class Table:
    """Holdings of 1,000 paragraphs."""

    paragraphs = 1_000

    def __init__(
        self, body: Iterable[str] = (), sound: Iterable[str] = (), names: Iterable[str] = ()
    ) -> None:
        self._fields: Mapping[str, set[str]] = {"body": set(body), "sound": set(sound), "names": set(names)}

    def frequency(self, field: str, term: str) -> int:
        return int(term in self._fields[field])

    def beginning(self, field: str, prefix: str) -> list[str]:
        return sorted(term for term in self._fields[field] if term.startswith(prefix))


def other_names(asked: Asked) -> list[set[str]]:
    return [set(name) for named in asked.named for name in named.names[1:]]


def test_a_term_counts_once_or_twice() -> None:
    asked = ask("绿地绿地绿地的学校", Table(["绿地", "学校"]))
    assert asked.terms["绿地"] == 2
    assert max(asked.terms.values()) == 2
    assert not ask("，。", Table())


def test_only_pairs_that_are_not_held_are_looked_for_by_sound() -> None:
    from_library = Table(["固定"], sound=["估丁", "丁仔", "仔丳"])
    assert set(ask("固定姿产", from_library).sounds) == {"丁仔", "仔丳"}
    assert ask("固定姿产", Table()).sounds == {}


def test_another_name_of_an_office_is_worth_as_much_as_the_one_asked_for() -> None:
    library = Table(names=["发局:区发展和改革局", "发局:市发霉研究局", "教局:区教育局"])
    asked = ask("发改局牵头什么", library)
    (named,) = asked.named
    own, other = named.names
    assert "发改" in own
    assert "发改" not in asked.terms
    assert {"发展", "改革"} <= set(other)
    assert sum(other.values()) == pytest.approx(sum(own.values()))
    assert other_names(ask("区教育局牵头什么", library)) == []


def test_what_a_text_calls_by_another_name_is_looked_for_under_both() -> None:
    library = Table(names=["=马铃薯", "=马铃薯=土豆", "=土豆", "=土豆=马铃薯"])
    assert other_names(ask("土豆的产量", library)) == [{"马铃薯", "马铃", "铃薯"}]
    assert other_names(ask("马铃薯的产量", library)) == [{"土豆"}]


def test_everyday_words_are_looked_for_by_the_terms_that_the_library_holds_too() -> None:
    assert other_names(ask("看病的费用", Table(["就医"]))) == [{"就医"}]
    assert other_names(ask("看病的费用", Table())) == []

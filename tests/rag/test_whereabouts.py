"""Places of a text, in sentences of laws and reports; words that only look like places are left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.matching.whereabouts import names_place, places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大会在武林广场举行，地址为环城北路318号。", ["武林广场", "环城北路318号"]),
        (
            "因票据权利纠纷提起的，由票据支付地或者被告住所地人民法院管辖",
            ["票据支付地", "被告住所地人民法院"],
        ),
        ("受送达人在台湾地区的地址明确的，可以邮寄送达", ["台湾地区"]),
        ("由所在地街道办事处、镇人民政府确定", ["所在地街道"]),
        ("教师走访了祥符街道的家庭", ["祥符街道"]),
        ("历史文化街区、传统村落应当保护", []),
        ("要走好群众路线，扩大交通网络", []),
        ("", []),
    ],
)
def test_places(text: str, found: list[str]) -> None:
    assert [span.text for span in places("", text)] == found


def test_what_the_question_names_is_no_answer_to_it() -> None:
    assert [span.text for span in places("浙江省的展馆在哪里", "浙江省的展馆在杭州市")] == ["杭州市"]


TEXTS = st.text(alphabet="路街道村镇区在的位于杭州市武林广场1号所在地、，。", max_size=60)


@given(TEXTS, TEXTS)
def test_a_text_has_a_place_where_one_is_found(query: str, text: str) -> None:
    assert names_place(query, text) is bool(places(query, text))


@given(TEXTS)
def test_places_stand_where_they_say_and_never_overlap(text: str) -> None:
    spans = places("", text)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))

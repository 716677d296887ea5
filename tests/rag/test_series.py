"""Enumerations are taken whole, from the thing that was found to the last one told."""

import pytest

from rag.language.series import items, whole

INDUSTRIES = "建立投入增长机制，培育生物制造、量子科技、具身智能、6G等未来产业。"
PORTS = "改造福州、厦门、泉州和宁德（含福安）四个港口"


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        (INDUSTRIES, "生物制造", "生物制造、量子科技、具身智能、6G"),
        (INDUSTRIES, "生物制造、量子科技", "生物制造、量子科技、具身智能、6G"),
        (INDUSTRIES, "投入增长机制", "投入增长机制"),
        (PORTS, "泉州", "改造福州、厦门、泉州和宁德"),
        ("粮食、棉花", "棉花", "粮食、棉花"),
    ],
)
def test_the_rest_of_an_enumeration_belongs_to_what_was_found_in_it(text, found, expected) -> None:
    start = text.index(found)
    left, right = whole(text, start, start + len(found))
    assert text[left:right] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("生物制造、量子科技、具身智能、6G", ["生物制造", "量子科技", "具身智能", "6G"]),
        ("福州、厦门、泉州和宁德", ["福州", "厦门", "泉州", "宁德"]),
        ("和平发展", ["和平发展"]),
        ("城镇、农村以及边远地区", ["城镇", "农村", "边远地区"]),
    ],
)
def test_things_told_are_counted_one_by_one(text, expected) -> None:
    assert items(text) == expected

"""Regions named in a text: countries, provinces, cities and districts (江苏, 成都市, 浦东新区).

May import the records of names. Recognised by the dictionary's own tag for places.
"""

import rjieba

from rag.language.names import Span

_PLACE = "ns"
# Tagged so, and no place of its own.
_KINDS = frozenset("城镇 农村 乡村 城市 都市 新区 东西 新建 长度".split())


def regions(text: str) -> tuple[Span, ...]:
    """The regions of a text in order; those that stand inside one another (浙江省杭州市) are one."""
    found: list[Span] = []
    position = 0
    for word, tag in rjieba.tag(text):
        end = position + len(word)
        if tag == _PLACE and len(word) > 1 and word not in _KINDS:
            start = found.pop().start if found and found[-1].end == position else position
            found.append(Span(text[start:end], start, end))
        position = end
    return tuple(found)

"""What a list of hits holds: nearly equal texts once, the best of each document where several are asked for.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rag.datatypes import Hit, Question
from rag.language.chinese import bigrams
from rag.matching.overlap import normalised

# How far behind the best paragraph, in its score, another document's best still counts.
MARGIN = 3.0
# Share of the pairs of characters that nearly equal texts have in common.
NEARLY = 0.9
# Shorter ones, such as a law's last sentence, say different things under different titles.
SHORTEST = 24

_FIGURES = re.compile(r"\d[\d.,]*")
_DOCUMENTS = re.compile(
    r"哪些(?:文件|法律|法规|报告|省|地方|城市)|哪几(?:份|部|个省)|各(?:省|地|份|部)|几份文件"
)
# Texts whose figures and pairs are kept: each is compared with every hit before it.
_REMEMBERED = 128


def arrange(question: Question, ranked: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
    """The best `limit` hits of a ranked list, as diverse as the question wants them."""
    if question.kind == "comparison" or _DOCUMENTS.search(question.query):
        # Two documents that say the same are what a comparison wants to know of.
        return tuple(spread(ranked)[:limit])
    return tuple(collapse(ranked, limit))


def spread(ranked: Sequence[Hit]) -> list[Hit]:
    """The same hits with the best of each document first, where it is not far behind the best of all.

    A comparison wants both sides, which one document's many near hits would crowd out.
    """
    leaders: dict[str, Hit] = {}
    for hit in ranked:
        if ranked[0].score - hit.score <= MARGIN:
            leaders.setdefault(hit.paragraph.document_id, hit)
    first = list(leaders.values())
    taken = {(hit.paragraph.document_id, hit.paragraph.number) for hit in first}
    return first + [hit for hit in ranked if (hit.paragraph.document_id, hit.paragraph.number) not in taken]


def collapse(ranked: Sequence[Hit], limit: int) -> list[Hit]:
    """The best `limit` hits that differ; each names those further down that say nearly the same."""
    kept: list[tuple[Hit, str]] = []
    for hit in ranked:
        text = normalised(hit.paragraph.text)
        twin = next((place for place, (_, other) in enumerate(kept) if _alike(text, other)), None)
        if twin is not None:
            best, own = kept[twin]
            key = (hit.paragraph.document_id, hit.paragraph.number)
            kept[twin] = replace(best, alike=(*best.alike, key)), own
        elif len(kept) < limit:
            kept.append((hit, text))
    return [hit for hit, _ in kept]


def _alike(one: str, other: str) -> bool:
    """Whether two texts share nearly all pairs of characters, and every figure: 2023 is not 2024."""
    if min(len(one), len(other)) < SHORTEST or _figures(one) != _figures(other):
        return False
    fewer, more = sorted((_pairs(one), _pairs(other)), key=len)
    if len(fewer) < NEARLY * len(more):
        return False
    return len(fewer & more) >= NEARLY * len(fewer | more)


@lru_cache(maxsize=_REMEMBERED)
def _figures(text: str) -> tuple[str, ...]:
    return tuple(_FIGURES.findall(text))


@lru_cache(maxsize=_REMEMBERED)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(bigrams(text))

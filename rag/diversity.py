"""What a list of hits holds: nearly equal texts once, the best of each document where several are asked for.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.chinese import bigrams
from rag.datatypes import Hit, Question
from rag.overlap import normalised

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

_Print = tuple[frozenset[str], tuple[str, ...]]


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
    kept: list[tuple[Hit, _Print | None]] = []
    for hit in ranked:
        print_ = _print(hit)
        twin = next((place for place, (_, other) in enumerate(kept) if _alike(print_, other)), None)
        if twin is not None:
            best, own = kept[twin]
            key = (hit.paragraph.document_id, hit.paragraph.number)
            kept[twin] = replace(best, alike=(*best.alike, key)), own
        elif len(kept) < limit:
            kept.append((hit, print_))
    return [hit for hit, _ in kept]


def _print(hit: Hit) -> _Print | None:
    """Pairs of characters and figures of a text; None for one too short to stand for itself."""
    text = normalised(hit.paragraph.text)
    if len(text) < SHORTEST:
        return None
    return frozenset(bigrams(text)), tuple(_FIGURES.findall(text))


def _alike(one: _Print | None, other: _Print | None) -> bool:
    """Whether two texts share nearly all pairs of characters, and every figure: 2023 is not 2024."""
    if one is None or other is None or one[1] != other[1]:
        return False
    fewer, more = sorted((len(one[0]), len(other[0])))
    if fewer < NEARLY * more:
        return False
    return len(one[0] & other[0]) >= NEARLY * len(one[0] | other[0])

"""What of the evidence fits a model's window: whole paragraphs by rank, long ones around their best passage.

May import the core.
"""

import re
from dataclasses import dataclass

from rag.datatypes import Evidence, Hit, Paragraph
from rag.language.chinese import sentences
from rag.reading.evidence import units

# An excerpt shorter than this many tokens is not worth a handle.
SHORTEST_EXCERPT = 100

_TOKEN = re.compile(r"[A-Za-z]{1,4}|[^A-Za-z\s]|\n")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A hit's paragraph, or the stretch of it that is handed over; `whole` says which."""

    hit: Hit
    text: str
    whole: bool = True


def tokens(text: str) -> int:
    """About how many tokens a text is to any model, rather too many: a character each, words by fours."""
    return sum(1 for _ in _TOKEN.finditer(text))


def within(evidence: Evidence, *, paragraphs: int, budget: int) -> tuple[Excerpt, ...]:
    """The first `paragraphs` hits in order of rank, as far as `budget` tokens go; `[n]` is the nth of them.

    None takes more than half of the budget while others wait. The last may be an excerpt: whole
    sentences around the best passage, less only where one sentence alone is too long.
    """
    hits = evidence.hits[:paragraphs]
    most = budget if len(hits) == 1 else budget // 2
    chosen: list[Excerpt] = []
    for handle, hit in enumerate(hits, 1):
        size, left = tokens(hit.paragraph.text), min(budget, most)
        if size <= left:
            excerpt = Excerpt(hit, hit.paragraph.text)
        elif not chosen or left >= SHORTEST_EXCERPT:
            excerpt = _excerpt(evidence, handle, left)
        else:
            break
        chosen.append(excerpt)
        budget -= tokens(excerpt.text)
    return tuple(chosen)


def _excerpt(evidence: Evidence, handle: int, budget: int) -> Excerpt:
    hit = evidence.hits[handle - 1]
    best = next((passage.start for passage in evidence.passages if passage.handle == handle), 0)
    start, end = _around(hit.paragraph, best, budget)
    return Excerpt(hit, hit.paragraph.text[start:end], whole=False)


def _around(paragraph: Paragraph, best: int, budget: int) -> tuple[int, int]:
    """Sentences growing from the one that holds offset `best`, what follows before what precedes."""
    text = paragraph.text
    spans = units(paragraph)
    spans = spans if len(spans) > 1 else sentences(text)
    first = last = max((place for place, span in enumerate(spans) if span[0] <= best), default=0)
    if not spans or tokens(text[slice(*spans[first])]) > budget:
        # No character is more than a token.
        return best, best + budget
    grown = True
    while grown:
        grown = False
        for before, after in ((0, 1), (1, 0)):
            lower, upper = first - before, last + after
            inside = lower >= 0 and upper < len(spans)
            if inside and tokens(text[spans[lower][0] : spans[upper][1]]) <= budget:
                first, last, grown = lower, upper, True
    return spans[first][0], spans[last][1]

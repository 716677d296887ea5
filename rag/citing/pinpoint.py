"""The smallest span of a paragraph that a sentence rests on: a run of whole clauses, never less.

May import the core.
"""

import math
import re
from collections.abc import Callable, Sequence

from rag.citing.support import MINIMUM_OVERLAP, check
from rag.datatypes import Hit
from rag.language.chinese import bigrams, normalise, squeeze
from rag.reading.evidence import in_context, units

Span = tuple[int, int]

# Share of a sentence's wording that a narrower quote may do without: a stray word, not a clause.
STRAY = 0.05

# A clause ends at one of these, with the closers after it; a comma between digits groups thousands.
_STOP = re.compile(r"(?:[，；;。！？!?\n]|,(?!\d)|(?<!\d),)[，,；;。！？!?”’」』）)》】〕\s]*")
_INK = re.compile(r"\w")
_OPENERS, _CLOSERS = "（(《【〔「『“", "）)》】〕」』”"
_CLOSER_OF = dict(zip(_OPENERS, _CLOSERS, strict=True))
# What joins a clause to the next one is no part of a quote that ends there.
_JOINTS = "，,；;、"


def pinpoint(sentence: str, hit: Hit, *, whole: bool = False) -> Span:
    """The span of the hit's text that the sentence, markers off, rests on.

    It is the unit (sentence, task, row of a table) that shares most with the sentence; where that one
    does not support it and its neighbours do, the shortest run of units that does. Of these all the
    clauses at either end are left out that the sentence does not need, unless they are asked for `whole`.
    """
    text = hit.paragraph.text
    spans = [span for span in units(hit.paragraph) if _INK.search(text, *span)] or [(0, len(text))]
    span = _likest(sentence, text, spans)
    if len(spans) > 1:
        span = _supporting_run(sentence, hit, spans, span) or span
    return span if whole else _narrowed(sentence, text, span)


def clauses(text: str) -> list[Span]:
    """Spans of the clauses of a text, in order, blanks around them left out; none cuts brackets or quotes."""
    found: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        said = text[start : stop.start()]
        # Stray punctuation is no clause: it goes with the next one, at the end with the last.
        if _INK.search(said) and not _is_open(said):
            found.append((start, stop.end()))
            start = stop.end()
    if found and not _INK.search(text, start):
        found[-1] = found[-1][0], len(text)
    else:
        found.append((start, len(text)))
    return [_trimmed(text, span) for span in found if text[slice(*span)].strip()]


def _is_open(text: str) -> bool:
    """Whether a bracket or quotation mark opened on the last line of a text is not closed yet."""
    awaited: list[str] = []
    for character in text.rpartition("\n")[2]:
        if character in _CLOSER_OF:
            awaited.append(_CLOSER_OF[character])
        elif awaited and character == awaited[-1]:
            awaited.pop()
    return bool(awaited)


def _likest(sentence: str, text: str, spans: Sequence[Span]) -> Span:
    """The span sharing most bigrams with the sentence, the first of equals."""
    wanted = set(bigrams(normalise(sentence)))

    def shared(span: Span) -> float:
        held = set(bigrams(normalise(text[slice(*span)])))
        return len(wanted & held) / math.sqrt(len(held) + 4)

    return max(spans, key=lambda span: (shared(span), -span[0]))


def _supporting_run(sentence: str, hit: Hit, spans: Sequence[Span], likest: Span) -> Span | None:
    """The shortest run of units that says what the paragraph says of the sentence, where one says less."""
    text = hit.paragraph.text
    alone = check(sentence, in_context(hit, text[slice(*likest)]))
    if alone.supported:
        return None
    everything = check(sentence, in_context(hit, text))
    enough = min(MINIMUM_OVERLAP, everything.overlap)
    if alone.overlap >= enough and set(alone.missing) <= set(everything.missing):
        return None

    def serves(span: Span) -> bool:
        part = check(sentence, in_context(hit, text[slice(*span)]))
        return part.overlap >= enough and set(part.missing) <= set(everything.missing)

    return _shortest(spans, serves)


def _narrowed(sentence: str, text: str, span: Span) -> Span:
    """The shortest run of clauses that says all that the span says of the sentence."""
    said = text[slice(*span)]
    parts = [(span[0] + start, span[0] + end) for start, end in clauses(said)]
    if len(parts) < 2 or squeeze(said) in squeeze(sentence):
        return span
    everything = check(sentence, [said])
    if everything.overlap <= STRAY:
        return span

    def serves(run: Span) -> bool:
        part = check(sentence, [text[slice(*run)]])
        return part.overlap >= everything.overlap - STRAY and set(part.missing) <= set(everything.missing)

    run = _shortest(parts, serves)
    if run is None or run == (parts[0][0], parts[-1][1]):
        return span
    return run[0], run[0] + len(text[slice(*run)].rstrip(_JOINTS))


def _shortest(spans: Sequence[Span], serves: Callable[[Span], bool]) -> Span | None:
    """The shortest run of neighbours that serves, the first of equals.

    A run within one that does not serve does not either, so each end is looked at twice at most.
    """
    found: list[Span] = []
    last = 0
    for first, (start, _) in enumerate(spans):
        last = max(last, first)
        while last < len(spans) and not serves((start, spans[last][1])):
            last += 1
        if last == len(spans):
            break
        found.append((start, spans[last][1]))
    return min(found, key=lambda run: (run[1] - run[0], run[0]), default=None)


def _trimmed(text: str, span: Span) -> Span:
    said = text[slice(*span)]
    return span[0] + len(said) - len(said.lstrip()), span[1] - len(said) + len(said.rstrip())

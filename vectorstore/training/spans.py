"""What the reader learns from: questions with windows of text, and where in the window the answer stands.

Imports the pairs and the corpora of this package, and the numerals of `rag`. About half of the windows hold
no answer, so that the reader learns to say that.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.numerals import quantities
from vectorstore.training import corpora, lessons, pairs
from vectorstore.training.windows import sentences

# Characters of a window; as many are read of a paragraph at a time, see vectorstore/reader.py.
WINDOW = 160
# Reports whose questions choose between settings; nothing is learnt from them.
LEFT_OUT = re.compile(r"20(?:2[2-5])年")
TARGETS, DUTIES = 4_000, 2_000
# A wrong window is drawn from this many that share the rarest words with the question.
NEAREST = 8

_CLAUSE = re.compile(
    r"(?:^|[，。；：])(?P<subject>[\u4e00-\u9fff]{3,16}?)(?P<verb>增长|达到|超过|提高到|提高|降至|下降|新增|完成|"
    r"建成|改造|实现|减少|控制在|突破|增加|安排|扩大到|增至)(?P<lead>了|约|近|到)?(?P<value>\d[\d.]*[万亿]?[^\d，。；、（）“”]{1,3})"
)
_ASKED = (
    "{subject}{verb}多少？",
    "{subject}{verb}了多少？",
    "{subject}是多少？",
    "{subject}{verb}的目标是多少？",
)
# Words that a subject with them would not be one.
_SHARED = "的了是在有"
_QUALIFIERS = ("左右", "以上", "以下", "以内")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question and a window; the answer is `window[start:end]`, nothing where both are 0."""

    kind: str
    question: str
    window: str
    start: int = 0
    end: int = 0


def readings(folder: Path, chance: random.Random) -> list[Reading]:
    """All lessons of one pass; no text of a benchmark is among them."""
    forbidden = pairs.benchmark_texts(folder)
    return [
        *comprehension(pairs.reading(folder, forbidden), chance),
        *_with_others(list(_targets(folder, chance)), chance),
        *_with_others(list(_duties(folder, chance)), chance),
    ]


def comprehension(source: corpora.ReadingSet, chance: random.Random) -> Iterator[Reading]:
    """Each question with the window of its answer, and with one of its paragraph or of another without it."""
    near = lessons.nearest(
        [question.text for question in source.questions], source.paragraphs, NEAREST, lessons.words
    )
    for question, rows in zip(source.questions, near, strict=True):
        answer = question.answers[0]
        own = list(stretches(source.paragraphs[question.paragraph]))
        holding = [window for window in own if answer in window]
        if not holding:
            continue
        window = chance.choice(holding)
        start = window.index(answer)
        yield Reading("answer", question.text, window, start, start + len(answer))
        other = source.paragraphs[chance.choice([row for row in rows if row != question.paragraph])]
        without = [window for window in own if answer not in window]
        if not without or chance.random() < 0.5:
            without = [window for window in stretches(other) if answer not in window]
        if without:
            yield Reading("nothing", question.text, chance.choice(without))


def stretches(text: str) -> Iterator[str]:
    """Windows of whole sentences that overlap by about a half; a longer sentence is cut off at its window."""
    found = sentences(text)
    reached = 0
    for first in range(len(found)):
        last, length = first, 0
        while last < len(found) and (last == first or length + len(found[last]) <= WINDOW):
            length += len(found[last])
            last += 1
        # A window that reaches no further than the one before it says nothing new.
        if last > reached:
            yield "".join(found[first:last])[:WINDOW]
            reached = last


def _targets(folder: Path, chance: random.Random) -> Iterator[Reading]:
    """Figures of the older national reports, asked for by what they are figures of."""
    made: list[Reading] = []
    for report in corpora.read_documents(folder / corpora.DOCUMENTS[0]):
        if not LEFT_OUT.search(report.title):
            made += [found for window in stretches(report.text) if (found := figure(window, chance))]
    yield from chance.sample(made, min(TARGETS, len(made)))


def figure(window: str, chance: random.Random) -> Reading | None:
    """One of the figures of a window, asked for by its subject, which must stand there once."""
    found = [match for match in _CLAUSE.finditer(window) if _is_asked_once(window, match)]
    if not found:
        return None
    match = chance.choice(found)
    start = match.start("value")
    quantity = next((one for one in quantities(window) if one.start == start), None)
    end = quantity.end if quantity else match.end("value")
    if window[end : end + 2] in _QUALIFIERS:
        end += 2
    asked = chance.choice(_ASKED).format(subject=match["subject"], verb=match["verb"])
    return Reading("target", asked, window, start, end)


def _is_asked_once(window: str, match: re.Match[str]) -> bool:
    subject = match["subject"]
    return window.count(subject) == 1 and not any(mark in subject for mark in _SHARED)


def _duties(folder: Path, chance: random.Random) -> Iterator[Reading]:
    """Who is in charge, from the laws."""
    made: list[Reading] = []
    for pair in pairs.duties(folder):
        found = pairs.duty(pair.right)
        if found is not None and found.end("unit") <= WINDOW:
            made.append(
                Reading("duty", pair.left, pair.right[:WINDOW], found.start("unit"), found.end("unit"))
            )
    yield from chance.sample(made, min(DUTIES, len(made)))


def _with_others(made: Sequence[Reading], chance: random.Random) -> Iterator[Reading]:
    """The lessons, and as many again with a window that shares words but answers something else."""
    texts = sorted({reading.window for reading in made})
    near = lessons.nearest([reading.question for reading in made], texts, NEAREST, lessons.words)
    for reading, rows in zip(made, near, strict=True):
        yield reading
        answer = reading.window[reading.start : reading.end]
        others = [texts[row] for row in rows if texts[row] != reading.window and answer not in texts[row]]
        if others and chance.random() < 0.5:
            yield Reading("nothing", reading.question, chance.choice(others))


def glossed(
    made: Sequence[Reading], share: float, meanings: Mapping[str, Sequence[str]], chance: random.Random
) -> Iterator[Reading]:
    """Some of the lessons asked in word-by-word English."""
    some = [reading for reading in made if reading.kind in ("answer", "nothing") and chance.random() < share]
    english = pairs.glossed(
        (reading.question for reading in some), lessons.words, meanings, chance.randrange(1 << 30)
    )
    for reading, question in zip(some, english, strict=True):
        yield Reading("english", question, reading.window, reading.start, reading.end)

"""What the reader learns from: questions with windows of text, and where in the window the answer stands.

Imports the pairs, the corpora and the questions about official documents of this package. About half of the
windows hold no answer, so that the reader learns to say that.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from vectorstore.training import corpora, lessons, pairs
from vectorstore.training.official import Reading, official, stretches

# A wrong window is drawn from this many that share the rarest words with the question.
NEAREST = 8
# How many of the questions made from official documents are asked of a wrong window too.
WRONG = 0.6


def readings(folder: Path, chance: random.Random) -> list[Reading]:
    """All lessons of one pass; no text of a benchmark is among them."""
    forbidden = pairs.benchmark_texts(folder)
    made = list(comprehension(pairs.reading(folder, forbidden), chance))
    for found in official(folder, chance).values():
        made += _with_others(found, chance)
    return made


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


def _with_others(made: Sequence[Reading], chance: random.Random) -> Iterator[Reading]:
    """The lessons, and as many again with a window that shares words but answers something else."""
    texts = sorted({reading.window for reading in made})
    near = lessons.nearest([reading.question for reading in made], texts, NEAREST, lessons.words)
    for reading, rows in zip(made, near, strict=True):
        yield reading
        answer = reading.window[reading.start : reading.end]
        others = [texts[row] for row in rows if texts[row] != reading.window and answer not in texts[row]]
        if others and chance.random() < WRONG:
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

"""What the reader learns from: questions with windows of text, and where in the window the answer stands.

Imports the pairs, the corpora, the questions about official documents and the wording of this package. About
half of the windows hold no answer, so that the reader learns to say that.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from vectorstore.training import corpora, documents, lessons, pairs
from vectorstore.training.official import Reading, stretches
from vectorstore.training.wording import Wording

# A wrong window is drawn from this many that share the rarest words with the question.
NEAREST = 8
# How many of the questions made from official documents are asked of a wrong window too.
WRONG = 0.6
# How many questions are asked in other words: of those that people asked, and of those made of sentences.
REWORDED, MADE_REWORDED = 0.25, 0.55
# How many are asked again with one word of another question, so that the window no longer answers them.
CHANGED = 0.12
# How many windows of an encyclopaedia stand under a heading, which says nothing of what they tell.
HEADED = 0.5


def readings(folder: Path, chance: random.Random) -> list[Reading]:
    """All lessons of one pass; no text of a benchmark is among them."""
    forbidden = pairs.benchmark_texts(folder)
    source = pairs.reading(folder, forbidden)
    made = _with_others(documents.readings(folder, chance), chance)
    asked = list(comprehension(source, chance))
    wording = Wording([reading.question for reading in (*made, *asked)])
    reworded = [_reworded(reading, MADE_REWORDED, wording, chance) for reading in made]
    reworded += [_reworded(reading, REWORDED, wording, chance) for reading in asked]
    return [*reworded, *_changed(reworded, wording, chance)]


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
        heading = (
            chance.choice(source.paragraphs)[: chance.randint(2, 12)] if chance.random() < HEADED else ""
        )
        yield Reading("answer", question.text, window, start, start + len(answer), heading)
        other = source.paragraphs[chance.choice([row for row in rows if row != question.paragraph])]
        without = [window for window in own if answer not in window]
        if not without or chance.random() < 0.5:
            without = [window for window in stretches(other) if answer not in window]
        if without:
            yield Reading("nothing", question.text, chance.choice(without), heading=heading)


def _with_others(made: Sequence[Reading], chance: random.Random) -> list[Reading]:
    """The lessons, and as many again with a window that shares words but answers something else."""
    texts = sorted({reading.window for reading in made})
    near = lessons.nearest([reading.question for reading in made], texts, NEAREST, lessons.words)
    others: list[Reading] = []
    for reading, rows in zip(made, near, strict=True):
        answer = reading.window[reading.start : reading.end]
        wrong = [texts[row] for row in rows if texts[row] != reading.window and answer not in texts[row]]
        if reading.end and wrong and chance.random() < WRONG:
            others.append(Reading("nothing", reading.question, chance.choice(wrong), heading=reading.heading))
    return [*made, *others]


def _changed(made: Sequence[Reading], wording: Wording, chance: random.Random) -> Iterator[Reading]:
    for reading in made:
        if reading.end and chance.random() < CHANGED:
            question = wording.change(reading.question, reading.heading + reading.window, chance)
            if question:
                yield replace(reading, kind="changed", question=question, start=0, end=0)


def _reworded(reading: Reading, share: float, wording: Wording, chance: random.Random) -> Reading:
    # In other words it might no longer say which other document it means.
    if reading.kind == "elsewhere" or chance.random() >= share:
        return reading
    return replace(reading, question=wording.reword(reading.question, chance))


def glossed(
    made: Sequence[Reading], share: float, meanings: Mapping[str, Sequence[str]], chance: random.Random
) -> Iterator[Reading]:
    """Some of the lessons asked in word-by-word English."""
    some = [reading for reading in made if chance.random() < share]
    english = pairs.glossed(
        (reading.question for reading in some), lessons.words, meanings, chance.randrange(1 << 30)
    )
    for reading, question in zip(some, english, strict=True):
        yield replace(reading, kind="english", question=question)

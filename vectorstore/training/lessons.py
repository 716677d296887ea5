"""What the transformer learns from: batches of texts with the texts or vectors they should be near to.

Imports the pairs and the readers of this package. A batch holds lessons of one kind, of about one length.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rjieba
from sklearn.feature_extraction.text import TfidfVectorizer

from vectorstore.training import corpora, pairs
from vectorstore.training.corpora import Pair
from vectorstore.training.windows import windows

# Lengths of texts made of several sentence pairs that follow one another, in Chinese characters.
STRETCH = 130
# A wrong window is drawn from this many of the most alike; the very first may answer the question too.
NEAREST = 12
# Questions asked in word-by-word English, so that English questions find Chinese answers.
GLOSSED = 0.25

# Batches of so many lessons: as many as keep a step within some seconds.
BATCH = {"translation": 192, "stretch": 64, "english": 128, "answer": 48, "official": 64}
# How many lessons of each kind; those of reading comprehension are seen twice.
COUNT = {"translation": 105_000, "stretch": 26_000, "english": 24_000, "answer": 17_000, "official": 14_000}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, what it should be near to, and optionally a text it should be far from.

    In the kinds that have a teacher, `right` is English and the teacher's vector of it is the goal.
    """

    left: str
    right: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Lessons of one kind."""

    kind: str
    lessons: Sequence[Lesson]

    @property
    def is_taught(self) -> bool:
        """Whether the goal is the teacher's vector of the right text."""
        return self.kind in ("translation", "stretch", "english")


def batches(
    folder: Path, meanings: Mapping[str, Sequence[str]], seed: int, *, share: float = 1.0
) -> list[Batch]:
    """All batches of a run in their order; the same seed gives the same. `share` makes a shorter run."""
    chance = random.Random(seed)
    kinds = _collect(folder, meanings, chance)
    made: list[Batch] = []
    for kind, found in kinds.items():
        count = int(COUNT[kind] * share)
        times = -(-count // len(found))
        drawn = [lesson for _ in range(times) for lesson in chance.sample(found, len(found))][:count]
        # Sorted by length within stretches of twenty batches: little padding, still well mixed.
        size = BATCH[kind]
        for start in range(0, len(drawn), 20 * size):
            part = sorted(drawn[start : start + 20 * size], key=lambda lesson: len(lesson.right))
            made += [Batch(kind, part[at : at + size]) for at in range(0, len(part), size)]
    chance.shuffle(made)
    return [batch for batch in made if len(batch.lessons) > 1]


def _collect(
    folder: Path, meanings: Mapping[str, Sequence[str]], chance: random.Random
) -> dict[str, list[Lesson]]:
    forbidden = pairs.benchmark_texts(folder)
    everyday, technical = pairs.translations(folder, forbidden)
    answered = pairs.answered(pairs.reading(folder, forbidden))
    laws, duties = pairs.law_articles(folder), pairs.duties(folder)
    near = pairs.document_neighbours(folder, chance.randrange(1 << 30))
    official = [*chance.sample(laws, 6_000), *chance.sample(duties, min(6_000, len(duties)))]
    official += chance.sample(near, 2_000)
    parallel = [*everyday, *technical]
    return {
        "translation": [Lesson(pair.left, pair.right) for pair in parallel],
        "stretch": stretches(technical, chance) + stretches(everyday, chance)[:4_000],
        "english": [Lesson(pair.right, pair.right) for pair in parallel],
        "answer": with_wrong(_asked(answered, meanings, chance), answered, chance),
        "official": [Lesson(pair.left, pair.right) for pair in official],
    }


def stretches(parallel: Sequence[Pair], chance: random.Random) -> list[Lesson]:
    """Neighbouring sentence pairs joined into texts as long as what the model will read."""
    made: list[Lesson] = []
    left: list[str] = []
    right: list[str] = []
    goal = STRETCH
    for pair in parallel:
        left.append(pair.left)
        right.append(pair.right)
        if sum(map(len, left)) >= goal:
            made.append(Lesson(" ".join(left), " ".join(right)))
            left, right = [], []
            goal = chance.randint(STRETCH // 3, STRETCH)
    return made


def _asked(
    answered: Sequence[Pair], meanings: Mapping[str, Sequence[str]], chance: random.Random
) -> list[Pair]:
    """The questions, each in Chinese, and again some in word-by-word English."""
    some = [pair for pair in answered if chance.random() < GLOSSED]
    english = pairs.glossed((pair.left for pair in some), words, meanings, chance.randrange(1 << 30))
    return [*answered, *map(Pair, english, (pair.right for pair in some))]


def words(text: str) -> Sequence[str]:
    """The words of a Chinese text."""
    return list(rjieba.cut(text))


def with_wrong(asked: Sequence[Pair], answered: Sequence[Pair], chance: random.Random) -> list[Lesson]:
    """Each question with a window of another paragraph that shares its words."""
    texts = sorted({pair.right for pair in answered})
    near = nearest([pair.left for pair in asked], texts, NEAREST, words)
    made: list[Lesson] = []
    for pair, found in zip(asked, near, strict=True):
        others = [texts[row] for row in found if texts[row] != pair.right]
        made.append(Lesson(pair.left, pair.right, chance.choice(others or texts)))
    return made


def nearest(
    questions: Sequence[str], texts: Sequence[str], count: int, cut: Callable[[str], Sequence[str]]
) -> list[list[int]]:
    """Rows of the texts that share the rarest words with each question, best first."""
    weigher = TfidfVectorizer(tokenizer=cut, token_pattern=None, lowercase=False, sublinear_tf=True)
    rows = weigher.fit_transform(texts)
    asked = weigher.transform(questions)
    found: list[list[int]] = []
    for start in range(0, len(questions), 500):
        dense = (asked[start : start + 500] @ rows.T).toarray()
        best = np.argpartition(-dense, count, axis=1)[:, :count]
        order = np.take_along_axis(dense, best, 1).argsort(axis=1)[:, ::-1]
        found += np.take_along_axis(best, order, 1).tolist()
    return found


def held_out(folder: Path) -> corpora.ReadingSet:
    """The paragraphs of CMRC train that are in no lesson, and their questions: to see how far it has come."""
    source = corpora.read_reading(folder / corpora.CMRC_TRAIN)
    kept = range(0, len(source.paragraphs), pairs.HELD_OUT_EVERY)
    position = {row: place for place, row in enumerate(kept)}
    questions = tuple(
        corpora.Question(each.id, each.text, position[each.paragraph], each.answers)
        for each in source.questions
        if each.paragraph in position
    )
    return corpora.ReadingSet(tuple(source.paragraphs[row] for row in kept), questions)


def cut_into_windows(reading: corpora.ReadingSet) -> list[tuple[int, str]]:
    """All windows of a set with the number of their paragraph."""
    return [(row, window) for row, text in enumerate(reading.paragraphs) for window in windows(text)]

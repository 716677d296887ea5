"""Makes the pairs of texts the model is trained on, one list per kind.

Imports the readers and the windows of this package. Nothing from a benchmark may pass: sentences of the
Tatoeba test and questions or paragraphs of the reading benchmarks are dropped wherever they turn up.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from vectorstore.training import corpora
from vectorstore.training.corpora import Pair
from vectorstore.training.windows import sentences, windows

SHORTEST_SENTENCE = 10
PAIRS_PER_LAW = 25
PAIRS_PER_REPORT = 250
ARTICLES_PER_LAW = 15
GLOSS_KEPT = 0.8
# Every so many-th paragraph of CMRC train and its questions are left out: what is fitted on top of the
# model (ranking, refusal) must be fitted on questions that it has not seen.
HELD_OUT_EVERY = 5
GLOSS_CHOICES = 2

_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百千零〇]+条\s+")
_HEADING = re.compile(r"^#+\s*(?:第\S+[章节编]\s*)?")

_DUTY = re.compile(
    r"由(?P<unit>[^，。；、]{2,20}(?:部门|机关|机构|政府|委员会|局|厅))"
    r"(?:负责|主管|牵头|组织|统一|依法)(?P<duty>[^，。；：]{6,40})"
)
DUTY_QUESTIONS = ("哪个部门负责{}？", "{}由谁负责？", "{}由哪个部门牵头？", "谁来{}？")

Cut = Callable[[str], Sequence[str]]


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", text).lower()


def benchmark_texts(folder: Path) -> frozenset[str]:
    """Every text of the benchmarks, bare of punctuation, that must not be trained on."""
    test = corpora.read_pairs(folder / corpora.TATOEBA_TEST)
    texts = {_bare(side) for pair in test for side in (pair.left, pair.right)}
    for name in (corpora.CMRC_DEV, corpora.DRCD_DEV, corpora.XQUAD_ZH, corpora.XQUAD_EN):
        reading = corpora.read_reading(folder / name)
        texts |= {_bare(text) for text in reading.paragraphs}
        texts |= {_bare(question.text) for question in reading.questions}
    return frozenset(texts)


def translations(folder: Path, forbidden: frozenset[str]) -> tuple[list[Pair], list[Pair]]:
    """Sentence pairs: everyday ones (Tatoeba) and those of software documentation."""
    everyday = {_bare(pair.left) for pair in corpora.read_pairs(folder / corpora.TATOEBA_CREDITS)}
    split: tuple[list[Pair], list[Pair]] = ([], [])
    for pair in dict.fromkeys(corpora.read_pairs(folder / corpora.PARALLEL)):
        left, right = _bare(pair.left), _bare(pair.right)
        if left and right and left not in forbidden and right not in forbidden:
            split[left not in everyday].append(pair)
    return split


def reading(folder: Path, forbidden: frozenset[str]) -> corpora.ReadingSet:
    """CMRC train without the paragraphs and questions that a benchmark holds."""
    source = corpora.read_reading(folder / corpora.CMRC_TRAIN)
    kept = tuple(
        question
        for question in source.questions
        if _bare(question.text) not in forbidden
        and _bare(source.paragraphs[question.paragraph]) not in forbidden
        and question.paragraph % HELD_OUT_EVERY
    )
    paragraphs = tuple(
        text
        for row, text in enumerate(source.paragraphs)
        if _bare(text) not in forbidden and row % HELD_OUT_EVERY
    )
    position = {text: row for row, text in enumerate(paragraphs)}
    questions = tuple(
        corpora.Question(each.id, each.text, position[source.paragraphs[each.paragraph]], each.answers)
        for each in kept
    )
    return corpora.ReadingSet(paragraphs, questions)


def answered(source: corpora.ReadingSet) -> list[Pair]:
    """Each question with the window of its paragraph that holds the answer (found by its text)."""
    made: list[Pair] = []
    for question in source.questions:
        for window in windows(source.paragraphs[question.paragraph]):
            if question.answers and question.answers[0] in window:
                made.append(Pair(question.text, window))
                break
    return made


def glossed(texts: Iterable[str], cut: Cut, meanings: Mapping[str, Sequence[str]], seed: int) -> list[str]:
    """Word-by-word English of Chinese texts: a bag of glosses, some words left out at random."""
    chance = random.Random(seed)
    made: list[str] = []
    for text in texts:
        words: list[str] = []
        for word in cut(text):
            if chance.random() < GLOSS_KEPT:
                found = meanings.get(word)
                words.append(chance.choice(found[:GLOSS_CHOICES]) if found else word)
        made.append(" ".join(words))
    return made


def defined(meanings: Mapping[str, Sequence[str]]) -> list[Pair]:
    """Each dictionary word with each of its glosses."""
    return [Pair(word, gloss) for word, glosses in meanings.items() for gloss in glosses]


def neighbours(text: str, count: int, chance: random.Random) -> list[Pair]:
    """Sentences of a text, each with the rest of its window or, where it fills it, with the next one."""
    made: list[Pair] = []
    cuts = windows(text)
    for row, window in enumerate(cuts):
        inside = [each for each in sentences(window) if len(each) >= SHORTEST_SENTENCE]
        if len(inside) > 1:
            sentence = chance.choice(inside)
            made.append(Pair(sentence, window.replace(sentence, "", 1)))
        elif inside and row + 1 < len(cuts):
            made.append(Pair(inside[0], cuts[row + 1]))
    return chance.sample(made, min(count, len(made)))


def cloze(texts: Iterable[str], seed: int) -> list[Pair]:
    """Neighbouring sentences of the paragraphs of a reading set."""
    chance = random.Random(seed)
    return [pair for text in texts for pair in neighbours(text, PAIRS_PER_LAW, chance)]


def document_neighbours(folder: Path, seed: int) -> list[Pair]:
    """Neighbouring sentences of official documents."""
    chance = random.Random(seed)
    made: list[Pair] = []
    for name in corpora.DOCUMENTS:
        count = PAIRS_PER_LAW if name == corpora.LAWS else PAIRS_PER_REPORT
        for document in corpora.read_documents(folder / name):
            made += neighbours(document.text, count, chance)
    return made


def articles(document: corpora.Document, limit: int) -> list[Pair]:
    """The title and nearest heading of a law, each with an article that stands below it."""
    made: list[Pair] = []
    heading = ""
    for line in document.text.splitlines():
        if line.startswith("#"):
            heading = _HEADING.sub("", line).strip()
        elif _ARTICLE.match(line) and (cuts := windows(_ARTICLE.sub("", line))):
            made.append(Pair(f"{document.title} {heading}", cuts[0]))
    return made[:: max(1, len(made) // limit)][:limit]


def duties(folder: Path) -> list[Pair]:
    """Questions who is in charge of something, each with the window of a law that says so."""
    made: list[Pair] = []
    for law in corpora.read_documents(folder / corpora.LAWS):
        for window in windows(law.text):
            if found := duty(window):
                asked = DUTY_QUESTIONS[len(made) % len(DUTY_QUESTIONS)]
                made.append(Pair(asked.format(found["duty"]), window))
    return made


def duty(window: str) -> re.Match[str] | None:
    """Where a text says which `unit` is in charge of what `duty`."""
    return _DUTY.search(window)


def law_articles(folder: Path) -> list[Pair]:
    """Headings of all laws with their articles."""
    laws = corpora.read_documents(folder / corpora.LAWS)
    return [pair for law in laws for pair in articles(law, ARTICLES_PER_LAW)]

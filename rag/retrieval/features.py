"""What ranking looks at: a row of numbers for each paragraph found, a column for each feature.

May import the core. Adding a feature is a field of `Weights`, its label, and its column.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Closeness, FieldScores, Hit, Question
from rag.documents.constraints import agreement
from rag.language.figures import arabic
from rag.language.wordings import reworded
from rag.matching.coverage import Coverage
from rag.matching.expected import holds_expected
from rag.matching.overlap import OPENING, Matcher, cut, normalised
from rag.reading.evidence import in_context, may_answer

Table = NDArray[np.float64]
Column = NDArray[np.float64]

_PHRASE = 4
# `astuple` copies each value deeply, which took a tenth of a search.
_SHARED = attrgetter(*(field.name for field in fields(FieldScores)))
# Deviations below these are noise: scores that hardly differ must not be blown up to differ.
LEAST_DEVIATION = 0.01
# A question without a word to look for has no weight.
_LEAST_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature weighs; its value times its weight is what it adds to a paragraph's score.

    From the indexes: `dense` is the cosine of the nearest unit and `second` that of the next nearest, in
    deviations of the paragraphs found; `body`, `context`, `title` and `sound` are the BM25 scores of these
    fields over the question's weight. From the text, as shares of that weight: `sentences` counts words
    found in the two best neighbouring sentences, `opening` in the first characters, `phrases` stretches of
    four characters; `likeness` counts each word by the nearest one in meaning in the paragraph and its
    context, `heading` in the context alone, `likeness_sentences` and `likeness_opening` as above; `figures`
    counts the figures named. `fits` is 1 where such a thing stands as is asked for, `agreement` -1 to 1 by
    how it agrees with the years and articles named, `apparatus` 1 for headings, titles and signatures that
    cannot answer, `reader` a reranker's score in deviations.
    """

    dense: float = 0.0
    second: float = 0.0
    body: float = 0.0
    context: float = 0.0
    title: float = 0.0
    sound: float = 0.0
    heading: float = 0.0
    sentences: float = 0.0
    opening: float = 0.0
    phrases: float = 0.0
    likeness: float = 0.0
    likeness_sentences: float = 0.0
    likeness_opening: float = 0.0
    figures: float = 0.0
    fits: float = 0.0
    agreement: float = 0.0
    apparatus: float = 0.0
    reader: float = 0.0

    def column(self) -> Column:
        """The weights in the order of the features."""
        return np.array(astuple(self))


FEATURES = tuple(field.name for field in fields(Weights))
# How many of them, the first ones, the indexes give without a look at the text.
FROM_INDEXES = FEATURES.index("heading")
DENSE = FEATURES.index("dense")
READER = FEATURES.index("reader")
_SPELLED = [FEATURES.index(name) for name in ("sentences", "opening", "phrases")]
_LIKENED = [
    FEATURES.index(name)
    for name in ("heading", "likeness", "likeness_sentences", "likeness_opening", "figures")
]
_KNOWN = [FEATURES.index(name) for name in ("fits", "agreement", "apparatus")]
LABELS = dict(
    zip(
        FEATURES,
        (
            *("语义相近", "语义次近", "正文词语", "标题与署名词语", "文件名词语", "读音相同"),
            *("标题近义", "相邻句词语", "开头词语", "连续字词"),
            *(
                "全段近义",
                "相邻句近义",
                "开头近义",
                "数字相符",
                "所问之物",
                "年份与条款",
                "标题或署名",
                "精读",
            ),
        ),
        strict=True,
    )
)


def index_table(near: Sequence[Closeness], shared: Sequence[FieldScores], weight: float) -> Table:
    """The columns that the indexes give, shape (n, FROM_INDEXES), for a question of this weight.

    As shares of the question's weight, not of the best paragraph's score: where no paragraph has much of
    its words, a few common ones must not count as if they were all.
    """
    cosines = np.array([(each.best, each.second) for each in near], dtype=float).reshape(-1, 2)
    fields_ = [(each.body, each.context, each.title, each.sound) for each in shared]
    parts = np.array(fields_, dtype=float).reshape(-1, FROM_INDEXES - 2)
    return np.hstack([_deviations(cosines), parts / max(weight, _LEAST_WEIGHT)])


def standardised(values: Column) -> Column:
    """Values minus their mean, over their deviation."""
    return np.asarray((values - values.mean()) / max(float(values.std()), LEAST_DEVIATION))


def _deviations(cosines: Table) -> Table:
    """Both columns on the scale of the first."""
    if not len(cosines):
        return cosines
    best = cosines[:, 0]
    return np.asarray((cosines - best.mean()) / max(float(best.std()), LEAST_DEVIATION))


class TextReader:
    """Reads the columns that need the text of a paragraph."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def sought(self, question: Question) -> Coverage:
        """All that a question is about: its words and bigrams by their rarity."""
        return self._matcher.sought(question.query)

    def _spelling(self, query: str) -> tuple[Coverage, list[str]]:
        """The terms and the stretches of a question."""
        return self._matcher.sought(query), _phrases(arabic(query))

    def glance(self, question: Question, hits: Sequence[Hit], sought: Coverage) -> Table:
        """The other columns, shape (n, len(FEATURES) - FROM_INDEXES), those that compare words still 0.

        So is that of the reranker. What is spelled alike and what kind of paragraph it is costs little.
        """
        spellings = {question.query: (sought, _phrases(arabic(question.query)))}
        table = np.zeros((len(hits), len(FEATURES)))
        for row, hit in zip(table, hits, strict=True):
            text = normalised(hit.paragraph.text)
            query = reworded(question.query, text)
            if query not in spellings:
                spellings[query] = self._spelling(query)
            row[_SPELLED] = _spelled(*spellings[query], text)
            row[_KNOWN] = (
                holds_expected(question, hit.paragraph.text, hit.paragraph),
                agreement(question, hit),
                not may_answer(question, hit.paragraph),
            )
        return table[:, FROM_INDEXES:]

    def compare(self, question: Question, hits: Sequence[Hit], table: Table, rows: Sequence[int]) -> Table:
        """A whole table with the columns that compare the words of some of the hits, by their rows."""
        found = [hits[row] for row in rows]
        told = [in_context(hit, hit.paragraph.text) for hit in found]
        likened = self._matcher.likened(arabic(question.query), told)
        table = table.copy()
        table[np.ix_(rows, _LIKENED)] = np.column_stack(
            (likened.context, likened.whole, likened.sentences, likened.opening, likened.figures)
        )
        return table


def _spelled(sought: Coverage, phrases: Sequence[str], text: str) -> tuple[float, float, float]:
    """What stands as it is spelled in two neighbouring sentences, in the opening, in stretches."""
    found = [term for term in sought.weights if term in text]
    held = [frozenset(term for term in found if term in sentence) for sentence in cut(text)]
    pairs = {one | other for one, other in pairwise(held)} or held
    return (
        max((sought.share([pair]) for pair in pairs), default=0.0),
        sought.share([frozenset(term for term in found if term in text[:OPENING])]),
        sum(phrase in text for phrase in phrases) / len(phrases) if phrases else 0.0,
    )


def _phrases(query: str) -> list[str]:
    """Stretches of the question of so many characters, which words alone do not keep together."""
    return [query[start : start + _PHRASE] for start in range(len(query) - _PHRASE + 1)]

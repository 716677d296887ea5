"""Questions as people put them: in other words, with words left out, with the words that open a question.

Imports the bundled fast model, whose vectors say which words mean nearly the same (儿童, 小朋友).
"""

import random
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import wordfreq

from rag.ports import Vector
from vectorstore.static import StaticModel
from vectorstore.training.lessons import words

# Words are alike from this cosine on; only words in common use stand for others.
ALIKE = 0.72
USUAL = 2e-6
MOST = 6
# How often a word is put in other words, or left out, in a question that is reworded.
REPLACED = 0.4
DROPPED = 0.15
# How often a question is opened or closed by what people add.
OPENED = 0.2

# Words drawn to find one that is foreign to a window.
DRAWN = 20

_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
_ASKING = re.compile("[什哪谁几多何怎如是不有没吗为]")
_OPENINGS = ("请问", "请问一下，", "我想知道", "想问一下", "你知道", "帮我查一下", "麻烦问下，", "到底")
_CLOSINGS = ("呢？", "啊？", "？", "来着？", "")
_BLOCK = 512


class Wording:
    """Other words for the words of the questions given."""

    def __init__(self, questions: Sequence[str]) -> None:
        self._questions = questions

    def reword(self, question: str, chance: random.Random) -> str:
        """The question in other words; what asks in it and its figures stay."""
        kept: list[str] = []
        for word in words(question):
            others = self._others.get(word, ())
            if others and chance.random() < REPLACED:
                kept.append(chance.choice(others))
            elif not _WORD.fullmatch(word) or _ASKING.search(word) or chance.random() >= DROPPED:
                kept.append(word)
        return _opened("".join(kept), chance)

    def change(self, question: str, window: str, chance: random.Random) -> str:
        """The question with a foreign word for one that the window has too, "" if they share none."""
        cut = list(words(question))
        shared = [row for row, word in enumerate(cut) if word in self._others and word in window]
        drawn = chance.sample(self._asked, min(DRAWN, len(self._asked)))
        foreign = [word for word in drawn if word not in window]
        if not shared or not foreign:
            return ""
        cut[chance.choice(shared)] = foreign[0]
        return "".join(cut)

    @cached_property
    def _asked(self) -> Sequence[str]:
        """The words of the questions that do not ask."""
        found = {word for text in self._questions for word in words(text) if _WORD.fullmatch(word)}
        return sorted(word for word in found if not _ASKING.search(word))

    @cached_property
    def _others(self) -> Mapping[str, Sequence[str]]:
        frequency = wordfreq.get_frequency_dict("zh")
        usual = sorted(word for word, often in frequency.items() if often > USUAL and _WORD.fullmatch(word))
        model = StaticModel.load()
        rows, columns = (_unit(model.embed_words(each)) for each in (self._asked, usual))
        found: dict[str, Sequence[str]] = {}
        for start in range(0, len(rows), _BLOCK):
            for row, alike in enumerate(rows[start : start + _BLOCK] @ columns.T, start):
                best = [int(column) for column in np.argsort(-alike)[: MOST + 1] if alike[column] > ALIKE]
                word = self._asked[row]
                found[word] = [usual[column] for column in best if usual[column] != word]
        return found


def _opened(question: str, chance: random.Random) -> str:
    if chance.random() < OPENED:
        question = chance.choice(_OPENINGS) + question
    if chance.random() < OPENED:
        question = question.rstrip("？?。") + chance.choice(_CLOSINGS)
    return question


def _unit(vectors: Vector) -> Vector:
    lengths: Vector = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, np.maximum(1e-9, lengths))

"""The lessons that official documents give: each maker of questions tried on their windows.

Imports the corpora, and the makers of questions and of their scope, of this package.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from vectorstore.training import corpora, official
from vectorstore.training.bylines import byline
from vectorstore.training.cloze import cloze, yes_no
from vectorstore.training.official import Maker, Reading, stretches
from vectorstore.training.scope import scoped, sections, source

# Reports whose questions choose between settings; nothing is learnt from them.
LEFT_OUT = re.compile(r"20(?:2[2-5])年|二十大|高举中国特色社会主义伟大旗帜.*全面建设社会主义现代化国家")
REPORTS, LAWS = corpora.DOCUMENTS[0], corpora.LAWS
# Lessons of each kind in one pass.
COUNT = {
    "figure": 2_400,
    "amount": 1_600,
    "list": 1_500,
    "measure": 1_200,
    "effect": 300,
    "duty": 900,
    "meaning": 600,
    "penalty": 500,
    "cloze": 7_000,
    "yes_no": 900,
    "byline": 900,
}
# Windows of one law that are looked at; a report is looked at whole, and each of its windows so often.
PER_LAW = 60
OFTEN = 3

MAKERS: dict[str, dict[str, Maker]] = {
    REPORTS: {
        "figure": official.figure,
        "amount": official.amount,
        "list": official.listed,
        "measure": official.measure,
        "cloze": cloze,
        "yes_no": yes_no,
        "byline": byline,
    },
    LAWS: {
        "effect": official.effect,
        "duty": official.duty,
        "meaning": official.meaning,
        "penalty": official.penalty,
        "list": official.listed,
        "cloze": cloze,
    },
}


def readings(folder: Path, chance: random.Random) -> list[Reading]:
    """As many lessons of each kind as COUNT says or as there are."""
    made: dict[str, list[Reading]] = {kind: [] for kind in COUNT}
    for name, makers in MAKERS.items():
        for document in corpora.read_documents(folder / name):
            if name == REPORTS and LEFT_OUT.search(document.title):
                continue
            for kind, reading in _asked(document, makers, chance, often=OFTEN if name == REPORTS else 1):
                made[kind].append(reading)
    return [
        reading
        for kind, found in made.items()
        for reading in chance.sample(found, min(COUNT[kind], len(found)))
    ]


def _asked(
    document: corpora.Document, makers: dict[str, Maker], chance: random.Random, *, often: int
) -> Iterator[tuple[str, Reading]]:
    """What each maker asks about the windows of a document, a question once."""
    whose = source(document.title)
    windows = [(section, window) for section, text in sections(document) for window in stretches(text)]
    windows = chance.sample(windows, len(windows) if often > 1 else min(PER_LAW, len(windows)))
    for kind, maker in makers.items():
        found = {
            (one.window, one.start): (section, one)
            for section, window in windows * often
            if (one := maker(window, chance))
        }
        for section, one in found.values():
            yield kind, scoped(one, whose, section, chance)

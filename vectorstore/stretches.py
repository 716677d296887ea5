"""Windows of a text, neighbouring sentences as far as they fit, and the one nearest to a question.

Imports the errors, ports and Chinese text of `rag`. Which one is nearest, the vectors of a fast model tell.
"""

from collections.abc import Iterator, Sequence
from time import perf_counter

import numpy as np

from rag.errors import OutOfTime
from rag.language.chinese import normalise, sentences
from rag.ports import Embedder
from vectorstore.embedding import encodable

# Characters of a window: about as long as those that the bundled transformer has learnt from.
WINDOW = 80
# Windows of a text that are looked at.
_MOST_WINDOWS = 40


def nearest_windows(embedder: Embedder, question: str, texts: Sequence[str], *, seconds: float) -> list[str]:
    """The window of each text, normalised, whose vector is nearest to that of a normalised question.

    Raises OutOfTime when finding them has taken longer than `seconds`, loading the model not counted.
    """
    # Before the clock starts, for the first question loads the model, which keeps it for the windows.
    asked = embedder.embed_query(question)
    started = perf_counter()
    cuts = [list(_windows(normalise(encodable(text)))) for text in texts]
    rows = embedder.embed_documents([window for found in cuts for window in found])
    nearness = np.vecdot(rows, asked)
    best: list[str] = []
    end = 0
    for found in cuts:
        start, end = end, end + len(found)
        best.append(found[int(np.argmax(nearness[start:end]))])
    if perf_counter() - started > seconds:
        raise OutOfTime(f"自带精排模型来不及在 {seconds:g} 秒内读完，本次按拟合的次序。")
    return best


def _windows(text: str) -> Iterator[str]:
    """Neighbouring sentences joined while they fit a window, at least one, at most `_MOST_WINDOWS`."""
    starts: list[int] = []
    spans = sentences(text)[: 4 * _MOST_WINDOWS] or [(0, len(text))]
    end = 0
    for left, right in spans:
        if starts and right - starts[-1] <= WINDOW:
            end = right
            continue
        if starts:
            yield text[starts[-1] : end]
        starts.append(left)
        end = right
        if len(starts) == _MOST_WINDOWS:
            break
    yield text[starts[-1] : end][: 2 * WINDOW]

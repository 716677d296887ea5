"""The bundled reader: marks where in a text the answer to a question stands, or says that it does not.

Imports the records and Chinese text of `rag`, and the reading of graphs. A text is read whole, behind what it
stands under; cutting paragraphs into windows of about the length it has learnt from is the caller's part.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Regex, Tokenizer, pre_tokenizers

from rag.datatypes import Excerpt, Reading
from rag.language.chinese import simplify
from vectorstore.embedding import encodable
from vectorstore.graphs import TRANSFORMER_FOLDER, Graph
from vectorstore.transformer import load_tokenizer

# Tokens of question and window together; longer windows are cut off at their end.
TOKENS = 224
# An answer has at most so many tokens: longer ones are sentences, which other rules cut.
LONGEST = 40
_QUESTION = 200
# Stands before the first piece of a word in Latin letters or digits.
START = "▁"
# As the tokens of the embedding model, but punctuation stays: an unknown word still parts what it parts.
_RUNS = r"\p{Han}+|▁[a-z]+|▁?[0-9]+|[\p{L}&&[^\p{Han}]]+|[^\s▁]"

Scores = NDArray[np.float32]


class BundledReader:
    """The bundled transformer with a head for spans. Implements `rag.ports.Reader`; threads may share it."""

    def __init__(self, folder: Path = TRANSFORMER_FOLDER) -> None:
        self._folder = folder
        self._lock = Lock()
        self._loaded: tuple[Tokenizer, Graph] | None = None

    def read(self, query: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """The best span of each text, in the order given. Raises ModelUnavailable."""
        if not excerpts:
            return []
        tokenizer, graph = self._ready()
        question = encodable(query)[:_QUESTION]
        headings = [_simplified(encodable(excerpt.heading)) for excerpt in excerpts]
        texts = [_simplified(encodable(excerpt.text)) for excerpt in excerpts]
        found = tokenizer.encode_batch(
            [(question, headed(heading, text)) for heading, text in zip(headings, texts, strict=True)]
        )
        return [
            _best(each, scores, len(headed(heading, "")))
            # One by one: no token is filled up to the longest, and none is rounded by what stands in another.
            for each, scores, heading in zip(
                found, (graph.run([one])[0] for one in found), headings, strict=True
            )
        ]

    def _ready(self) -> tuple[Tokenizer, Graph]:
        with self._lock:
            if self._loaded is None:
                graph = Graph(self._folder / "onnx" / "reader.onnx", "spans")
                self._loaded = readable(self._folder), graph
        return self._loaded


def readable(folder: Path) -> Tokenizer:
    """The folder's tokenizer as the reader wants it: with punctuation. Raises ModelUnavailable."""
    tokenizer = load_tokenizer(folder)
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_RUNS), behavior="removed", invert=True)
    tokenizer.enable_truncation(TOKENS, strategy="only_second")
    return tokenizer


def _best(found: Encoding, scores: Scores, before: int) -> Reading:
    """The most likely span of a text behind its heading, and by how much it is likelier than none."""
    placed = offsets(found)
    window = np.flatnonzero(np.array(found.type_ids) * np.array(found.attention_mask))[:-1]
    tokens = window[[placed[token][0] >= before for token in window]]
    if not len(tokens):
        return Reading(0, 0, float("-inf"))
    pairs = scores[tokens, 0][:, None] + scores[tokens, 1][None, :]
    every = np.ones(pairs.shape, dtype=bool)
    pairs = np.where(np.triu(every) & ~np.triu(every, LONGEST), pairs, -np.inf)
    first, last = np.unravel_index(int(pairs.argmax()), pairs.shape)
    nothing = float(scores[0].sum())
    left, right = placed[tokens[first]][0], placed[tokens[last]][1]
    return Reading(left - before, right - before, float(pairs[first, last]) - nothing)


def headed(heading: str, text: str) -> str:
    """A text with what it stands under before it."""
    return f"{heading}：{text}" if heading else text


def offsets(found: Encoding) -> list[tuple[int, int]]:
    """Where each token stands in its text; the mark of a word's beginning has no place of its own."""
    return [
        (max(left, right - len(token) + 1) if token.startswith(START) else left, right)
        for token, (left, right) in zip(found.tokens, found.offsets, strict=True)
    ]


def _simplified(text: str) -> str:
    """The text in simplified characters, each at its place."""
    simple = simplify(text)
    return simple if len(simple) == len(text) else text

"""The transformer's tokens: Chinese words, and the word pieces its English body was made with.

Imports the vocabulary of this package. Chinese is cut into the most probable words, English into word
pieces: a piece that begins a word is marked with `▁`, one that goes on with it is not.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import wordfreq
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from vectorstore.training.segmenter import PIECE_COST
from vectorstore.training.vocabulary import FLOOR, Vocabulary, is_chinese, most_frequent

PADDING, UNKNOWN, FIRST, LAST = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
SPECIAL = (PADDING, UNKNOWN, FIRST, LAST)
LONGEST = 256
START = "▁"

_CONTINUING = "##"
_LATIN_PIECE = re.compile(r"(?:##)?[a-z0-9]+")
# How frequent a piece that goes on with a word is held to be; whole words are always more probable.
_CONTINUING_SHARE = 1e-6
_RUNS = r"\p{Han}+|▁[a-z]+|▁?[0-9]+|[\p{L}&&[^\p{Han}]]+"
_WORD_STARTS = r"(?<![a-z0-9])(?=[a-z0-9])"


@dataclass(frozen=True, slots=True)
class Size:
    """How many tokens of each kind the model holds; together they are its table."""

    characters: int = 8_500
    words: int = 80_000
    english: int = 18_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokens with their log probability, in the order of the table's rows; the special ones first.

    `origin` gives the row that an English token, or a special one, has in the table it comes from.
    """

    scores: Mapping[str, float]
    origin: Mapping[str, int]

    @property
    def tokens(self) -> Sequence[str]:
        """The tokens by row."""
        return list(self.scores)


def choose(vocabulary: Vocabulary, english: Sequence[str], size: Size) -> Pieces:
    """The Chinese words of a vocabulary and the pieces of an English one (its lines, in order)."""
    frequency = vocabulary.frequency
    chinese = [word for word in frequency if is_chinese(word)]
    characters = most_frequent((word for word in chinese if len(word) == 1), frequency, size.characters)
    words = most_frequent((word for word in chinese if len(word) > 1), frequency, size.words)
    scores = dict.fromkeys(SPECIAL, 0.0)
    scores |= {word: math.log(frequency[word]) - PIECE_COST for word in (*characters, *words)}
    rows = {piece: row for row, piece in enumerate(english)}
    origin = {token: rows[token] for token in SPECIAL}
    for piece, share in _english(rows, size.english).items():
        token = piece.removeprefix(_CONTINUING) if piece.startswith(_CONTINUING) else START + piece
        scores[token] = math.log(share) - PIECE_COST
        origin[token] = rows[piece]
    return Pieces(scores, origin)


def _english(rows: Mapping[str, int], limit: int) -> dict[str, float]:
    """Word pieces with their share of running text: the frequent beginnings, and all that go on."""
    general = wordfreq.get_frequency_dict("en", "best")
    latin = [piece for piece in rows if _LATIN_PIECE.fullmatch(piece)]
    # Numbers are cut into as few pieces as can be, whichever these are.
    begins = {
        piece: _CONTINUING_SHARE if piece.isdigit() else max(FLOOR, general.get(piece, 0.0))
        for piece in latin
        if not piece.startswith(_CONTINUING)
    }
    single = {piece: begins[piece] for piece in begins if len(piece) == 1}
    kept = {piece: begins[piece] for piece in most_frequent(begins, begins, limit)}
    goes_on = {piece: _CONTINUING_SHARE for piece in latin if piece.startswith(_CONTINUING)}
    return single | kept | goes_on


def build(pieces: Pieces) -> Tokenizer:
    """A tokenizer over the pieces: lower case, half width, without punctuation, `[CLS] … [SEP]` around."""
    tokens = list(pieces.scores.items())
    rows = {token: row for row, (token, _) in enumerate(tokens)}
    tokenizer = Tokenizer(models.Unigram(tokens, unk_id=rows[UNKNOWN], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(_WORD_STARTS), START),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_RUNS), behavior="removed", invert=True)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{FIRST} $A {LAST}",
        pair=f"{FIRST} $A {LAST} $B:1 {LAST}:1",
        special_tokens=[(token, rows[token]) for token in (FIRST, LAST)],
    )
    return tokenizer

"""Builds the tokenizer: runs of Chinese, letters and digits cut into the most probable words.

Imports nothing but the vocabulary. Punctuation, symbols and spaces carry no meaning here and are dropped.
"""

import math

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from vectorstore.training.vocabulary import Vocabulary

UNKNOWN = "[UNK]"
# Every piece costs this much besides its rarity: else two frequent pieces beat one rare dictionary word.
PIECE_COST = 2.0

_RUNS = r"\p{Han}+|[0-9]+|[\p{L}&&[^\p{Han}]]+"


def build(vocabulary: Vocabulary) -> Tokenizer:
    """A tokenizer over the vocabulary; row 0 stands for every unknown character."""
    pieces = [(UNKNOWN, 0.0)]
    pieces += [(word, math.log(vocabulary.frequency[word]) - PIECE_COST) for word in vocabulary.words]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_RUNS), behavior="removed", invert=True)
    return tokenizer

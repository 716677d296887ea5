"""How an index of words is laid out: its fields, what tells one index from another, its entries.

May import tantivy. Imports the records of `rag`, and what a paragraph is looked up by.
"""

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import tantivy

from vectorstore.wording import Entry

# Grows with every change of what is written into an index; one of another layout is built anew.
LAYOUT = 4
# Fields of terms; that of sounds is asked only for what these do not hold, and names only tell aliases.
TEXTS = ("body", "context", "title")
_LAYOUT = "layout_"
_TOKEN = "token_"
_ANALYSER = "terms"


def schema(token: str) -> tantivy.Schema:
    """The fields of an index to be known by a token."""
    builder = tantivy.SchemaBuilder()
    # Tantivy keeps no notes of ours, but the names of its fields stand in the file that says which segments
    # there are: fields that no entry has tell whose index this is, and how it is laid out.
    builder.add_integer_field(f"{_TOKEN}{token}")
    builder.add_integer_field(f"{_LAYOUT}{LAYOUT}")
    builder.add_integer_field("edition", indexed=True)
    builder.add_integer_field("key", indexed=True)
    builder.add_text_field("document_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("number", stored=True)
    for field in TEXTS:
        builder.add_text_field(field, tokenizer_name=_ANALYSER, index_option="freq")
    builder.add_text_field("sound", tokenizer_name=_ANALYSER, index_option="basic")
    builder.add_text_field("names", tokenizer_name="raw", index_option="basic")
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Tell an index just opened how its texts are cut: at blanks."""
    analyser = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_ANALYSER, analyser)


def check(folder: Path, token: str) -> None:
    """Raise ValueError unless the index in a folder is the one known by this token, in this layout."""
    fields = {field["name"] for field in _described(folder)["schema"]}
    if f"{_TOKEN}{token}" not in fields:
        raise ValueError("它属于另一个文件库或另一次建立")
    if f"{_LAYOUT}{LAYOUT}" not in fields:
        raise ValueError("它是另一版本的程序建立的")


def stamp(folder: Path) -> int:
    """The number of the last commit. Raises ValueError, OSError."""
    return int(_described(folder)["opstamp"])


def document(edition: int, entry: Entry) -> tantivy.Document:
    """What is written of a paragraph."""
    document_id, number = entry.paragraph.document_id, entry.paragraph.number
    return tantivy.Document(
        edition=edition,
        key=key_number(document_id, number),
        document_id=document_id,
        number=number,
        body=entry.body,
        context=entry.context,
        title=entry.title,
        sound=entry.sound,
        names=entry.names,
    )


def key_number(document_id: str, number: int) -> int:
    """One number for a paragraph, to choose it by."""
    digest = blake2b(f"{document_id}#{number}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def key(entry: tantivy.Document) -> tuple[str, int]:
    """Document id and number of a paragraph found."""
    return entry["document_id"][0], entry["number"][0]


def _described(folder: Path) -> dict[str, Any]:
    """Tantivy's own description of an index."""
    meta = json.loads((folder / "meta.json").read_bytes())
    if not isinstance(meta, dict) or not {"schema", "opstamp"} <= meta.keys():
        raise ValueError("meta.json 不完整")
    return meta

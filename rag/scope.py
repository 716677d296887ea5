"""Where an answer may stand: what whoever asks sets, and what the question itself says.

Plain records that every room may import; imports nothing of ours.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What an inquiry may be answered from, all of it together; an empty part sets no bound.

    `issuers` may be told short (区政府办), `kinds` are 通知, 报告 and the like; `section` stands in a
    heading above the paragraph.
    """

    document_ids: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    issuers: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    section: str = ""

    @property
    def names_documents(self) -> bool:
        """Whether it bounds the documents, by whichever part."""
        return bool(self.document_ids or self.years or self.issuers or self.kinds)


@dataclass(frozen=True, slots=True)
class Locality:
    """A place that a question names: `spellings` are all it goes by.

    `documents` are those that may speak for it without naming it. Where there is none of the place
    itself, `instead` are those places of its kind that there are documents of, in order.
    """

    name: str
    spellings: tuple[str, ...]
    documents: frozenset[str] = frozenset()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """What a question says of where its answer stands.

    `within` are the documents it asks to be answered from, empty: it does not say; `favoured` those
    it speaks of or whose years it names, whose paragraphs are looked at in any case. `years` are those
    it asks about, `articles` the numbered parts (第三十九条); `section` is the bound of the inquiry.
    `places` are those it names that documents are of, or places of that kind.
    """

    within: frozenset[str] = frozenset()
    favoured: frozenset[str] = frozenset()
    years: tuple[int, ...] = ()
    articles: tuple[str, ...] = ()
    section: str = ""
    places: tuple[Locality, ...] = ()

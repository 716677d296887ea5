"""Which places the documents of a library are of, and which of these a question names.

May import the core. Made anew when the library has changed, not for each question.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rag.datatypes import Hit, Question
from rag.documents.shelf import Label, Shelf
from rag.language.localities import Area, Named, is_national, named_areas
from rag.scope import Locality

# A place that is helped, reached or worked with is what a document speaks of, not where it is from.
_TOWARDS = re.compile(r"(?:支持|支援|帮扶|援助|援建|对口|协作|对接|融入|赴|通往|开往|连接|通向|直飞)$")
_WITH = re.compile(r"[与和同跟及、]$")
_WORKED_WITH = re.compile(r"的?(?:协作|合作|共建|联动|结对|接壤|毗邻|对接|签)")
_STATE = re.compile(r"国家|国务院|中央|我国")
# The whole nation, not a rank in it (全国第三) or a body of it (全国人大).
_NATION = re.compile(r"全国(?![第首率最排前性各百统重名]|人大|人民|政协|文明|劳|先进)|我国|全中国")
# What the state rules holds in every place; what it reports is of none.
_HOLDS = re.compile(r"(?:法|法典|宪法|条例|规定|办法|细则|规则|决定|通知|意见|标准)$")
# Places told in a sentence at most.
_MOST_TOLD = 8


class Atlas:
    """The documents of a library by the places that they are of."""

    def __init__(self, labels: Iterable[Label]) -> None:
        known = tuple(labels)
        self._works = {label.document_id: label.work for label in known}
        self._of: dict[str, frozenset[str]] = _by_spelling(known)
        self._levels = _by_level(known)
        unplaced = [label for label in known if not label.areas]
        self._unplaced = _by_work(unplaced)
        self._national = _by_work(label for label in unplaced if _is_national(label))
        self._allowed: dict[frozenset[str], frozenset[str]] = {}

    def localities(self, query: str, inside: frozenset[str] | None) -> tuple[Locality, ...]:
        """The places a normalised question is asked of, among the documents `inside`, `None`: all.

        A place counts when documents are of it, or of others of its kind; what it is only about does not.
        """
        if not self._of:
            return ()
        named = [name for name in named_areas(query, self._of) if not _is_topic(query, name)]
        found = (self._locality(name, inside) for name in named)
        return tuple(dict.fromkeys(locality for locality in found if locality is not None))

    def speaks_for_state(self, query: str) -> frozenset[str]:
        """The documents of the state, where a question asks of the state."""
        if not self._national or _STATE.search(query) is None:
            return frozenset()
        return frozenset().union(*self._national.values())

    def speaks_for_nation(self, query: str) -> frozenset[str]:
        """The documents of no place, where a question asks of the nation and documents of the state tell."""
        if not self._national or _NATION.search(query) is None:
            return frozenset()
        return frozenset().union(*self._unplaced.values())

    def _locality(self, named: Named, inside: frozenset[str] | None) -> Locality | None:
        for position in range(len(named.areas) - 1, -1, -1):
            area = named.areas[position]
            documents = self._documents(area)
            for wider in named.areas[:position]:
                documents = documents & self._documents(wider) or documents
            if inside is not None:
                documents &= inside
            if documents:
                return Locality(area.name, area.spellings, self._with_common(documents))
        return self._absent(named.areas[-1])

    def _absent(self, area: Area) -> Locality | None:
        instead = self._levels.get(area.level, {})
        if not instead:
            return None
        told = {self._works[one] for ids in instead.values() for one in ids}
        common = [ids for work, ids in self._national.items() if work not in told and _HOLDS.search(work)]
        return Locality(area.name, area.spellings, frozenset().union(*common), tuple(instead))

    def _documents(self, area: Area) -> frozenset[str]:
        return next(
            (self._of[name] for name in (area.name, *area.spellings) if name in self._of), frozenset()
        )

    def _with_common(self, documents: frozenset[str]) -> frozenset[str]:
        """Documents of a place, and those of no place that are not the like of one of these.

        The nation's law holds in a province, but its report does not tell the province's figures.
        """
        if documents not in self._allowed:
            works = {self._works[one] for one in documents}
            common = [ids for work, ids in self._unplaced.items() if work not in works]
            self._allowed[documents] = documents.union(*common)
        return self._allowed[documents]


@lru_cache(maxsize=2)
def atlas(shelf: Shelf) -> Atlas:
    """The atlas of a shelf; the shelf lives as long as the library does not change."""
    return Atlas(shelf.labels)


def is_elsewhere(question: Question, hit: Hit) -> bool:
    """Whether a paragraph is of another place than the question names, and does not speak of that place.

    A place without documents must be named by the paragraph itself; of several with documents, one is enough.
    """
    paragraph = hit.paragraph
    places = (hit.title, *paragraph.section, paragraph.text)
    absent = [place for place in question.aim.places if place.instead]
    there = [place for place in question.aim.places if not place.instead]
    if there and not any(_speaks(place, paragraph.document_id, places) for place in there):
        return True
    return not all(_speaks(place, paragraph.document_id, places) for place in absent)


def missing_places(question: Question) -> str:
    """A sentence on the places named that no document is of, and those that there are; "" for none."""
    absent = [place for place in question.aim.places if place.instead]
    if not absent:
        return ""
    there = absent[0].instead
    more = f"等{len(there)}地" if len(there) > _MOST_TOLD else ""
    missing, known = "、".join(place.name for place in absent), "、".join(there[:_MOST_TOLD])
    return f"文件库中没有{missing}的文件，只有{known}{more}的。"


def _speaks(place: Locality, document_id: str, texts: tuple[str, ...]) -> bool:
    return document_id in place.documents or any(name in text for text in texts for name in place.spellings)


def _is_topic(query: str, named: Named) -> bool:
    before = query[: named.start]
    with_it = _WITH.search(before) and _WORKED_WITH.match(query, named.end)
    return bool(_TOWARDS.search(before) or with_it)


def _is_national(label: Label) -> bool:
    return is_national(label.stem) or is_national(label.issuer)


def _by_spelling(labels: Iterable[Label]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        for area in label.areas:
            for name in area.spellings:
                found[name].add(label.document_id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _by_level(labels: Iterable[Label]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for label in labels:
        for area in label.areas:
            found[area.level].setdefault(area.name, []).append(label.document_id)
    return dict(found)


def _by_work(labels: Iterable[Label]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        found[label.work].add(label.document_id)
    return {work: frozenset(ids) for work, ids in found.items()}

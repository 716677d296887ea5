"""What the library knows of its documents beside their text: names, years, issuers and kinds.

May import the core's records and names. Made anew when the library has changed, not for each question.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import PurePath
from threading import Lock

from rag.datatypes import StoredDocument
from rag.language.aliases import same_office as is_short_name
from rag.language.chinese import normalise
from rag.language.localities import Area, areas_of
from rag.language.names import same_office
from rag.language.years import named
from rag.ports import ParagraphSource
from rag.scope import Scope

# Names shorter than this are found in a question by chance.
SHORTEST_NAME = 3
LONGEST_NAME = 60

# What tells editions of one text apart: years, 试行, 修订, drafts, 第二版.
_EDITION = re.compile(
    r"[(\[（【][^()（）\[\]【】]{0,12}(?:修订|修正|修改|试行|暂行|草案|征求意见|送审|讨论稿|定稿|版|年)[^()（）\[\]【】]{0,12}[)\]）】]"
    r"|(?:19|20)\d\d年?度?(?:版|修订版?|修正版?|修正案)?|[一二][〇零○一二三四五六七八九]{3}年度?"
    r"|(?:征求意见|送审|讨论|修订|修改|报批)稿|修订版|修正版|试行版?|第[一二三四五六七八九十\d]{1,2}版|v\d+(?:\.\d+)*"
)
_SHORT_NAME = re.compile(r"[(（]([^()（）]{2,8})[)）]\s*$")
_QUOTED = re.compile(r"《([^《》]{2,60})》")
_BLANK = re.compile(r"[\s《》“”\"'_—\-·,，、:：]+")
# Between the names of a document, and behind the last: no name and no question holds them.
_JOINT, _END = "\x1f", "\x1e"
_STATE = "中华人民共和国"
_STATE_OWN = re.compile(rf"^(?:{_STATE}|国务院)+")
# Who issued it may be left out: 国务院政府工作报告, 北京市物业管理条例.
_PLACES = re.compile(
    rf"^(?:{_STATE}|国务院|[\u4e00-\u9fff]{{2,8}}?(?:省|自治区|市|区|县|州)(?:人民)?(?=.{{4}}))+"
)


@dataclass(frozen=True, slots=True)
class Label:
    """One document: `stem` is its title without what tells its editions apart, `names` all it goes by.

    `areas` are those it says that it is of, the widest first.
    """

    document_id: str
    title: str
    stem: str
    names: tuple[str, ...]
    year: int | None = None
    issuer: str = ""
    kind: str = ""
    areas: tuple[Area, ...] = ()

    @property
    def work(self) -> str:
        """What it is, whoever issued it: 政府工作报告."""
        bare = self.stem
        for area in self.areas:
            bare = bare.removeprefix(next(filter(bare.startswith, area.spellings), ""))
        return _PLACES.sub("", bare)

    @classmethod
    def of(cls, stored: StoredDocument) -> "Label":
        """The label of a document. Its year is the one it is dated with, else one that its name tells."""
        said, file = stored.metadata, PurePath(stored.source).stem
        bare = stem(stored.title)
        years = (*((said.year,) if said.year else ()), *named(stored.title), *named(file))
        return cls(
            document_id=stored.id,
            title=stored.title,
            stem=bare,
            names=tuple(dict.fromkeys(_names(stored.title, file))),
            year=next(iter(years), None),
            issuer=normalise(said.issuer or ""),
            kind=normalise(said.kind or ""),
            areas=next(filter(None, map(areas_of, (bare, stem(file), said.issuer or ""))), ()),
        )

    def holds(self, phrase: str) -> bool:
        """Whether one of its names holds a phrase."""
        return any(phrase in name for name in self.names)

    def is_kind(self, kind: str) -> bool:
        """Whether it is such a document, by what it says of itself or by its name."""
        return self.kind == kind or self.holds(kind)


class Shelf:
    """The labels of all documents, and which of them a name means."""

    def __init__(self, labels: Iterable[Label] = ()) -> None:
        self._labels = {label.document_id: label for label in labels}
        self._all = tuple(self._labels.values())
        self._by_year: dict[int, set[str]] = defaultdict(set)
        self._by_name: dict[str, list[Label]] = defaultdict(list)
        for label in self._labels.values():
            for name in label.names:
                self._by_name[name].append(label)
            if label.year is not None:
                self._by_year[label.year].add(label.document_id)
        self._heads = frozenset(name[:SHORTEST_NAME] for name in self._by_name)
        # All names in one text, a line for each document, is searched in no time however many there are.
        lines = [_JOINT.join(label.names) + _END for label in self._all]
        self._names = "".join(lines)
        self._ends = list(accumulate(map(len, lines)))

    @property
    def labels(self) -> tuple[Label, ...]:
        """All of them, in order of ingestion."""
        return self._all

    def newest(self, among: frozenset[str] | None = None) -> int | None:
        """The latest year of some documents, `None`: of all, or where none has a year."""
        years = sorted(self._by_year, reverse=True)
        return next((year for year in years if among is None or self._by_year[year] & among), None)

    def of_years(self, years: Iterable[int]) -> frozenset[str]:
        """The documents of any of these years."""
        return frozenset().union(*(self._by_year.get(year, ()) for year in years))

    def year(self, document_id: str) -> int | None:
        """The year of a document, if it is known."""
        label = self._labels.get(document_id)
        return label.year if label else None

    def stem(self, document_id: str) -> str:
        """The title of a document without what tells its editions apart; "" for an unknown one."""
        label = self._labels.get(document_id)
        return label.stem if label else ""

    def begins(self, head: str) -> bool:
        """Whether a name begins with these SHORTEST_NAME characters."""
        return head in self._heads

    def called(self, name: str) -> list[Label]:
        """The documents that go by exactly this name."""
        return list(self._by_name.get(name, ()))

    def holding(self, phrase: str) -> list[Label]:
        """The documents one of whose names holds this phrase, in order of ingestion."""
        found, start = [], self._names.find(phrase)
        while start >= 0:
            place = bisect_right(self._ends, start)
            found.append(self._all[place])
            start = self._names.find(phrase, self._ends[place])
        return found

    def within(self, scope: Scope) -> frozenset[str] | None:
        """The documents of a scope, `None` for all."""
        if not scope.names_documents:
            return None
        return frozenset(label.document_id for label in self._labels.values() if _inside(label, scope))


class Shelves:
    """Keeps the shelf of a library as long as the library does not change. Safe to share by threads."""

    def __init__(self, source: ParagraphSource) -> None:
        self._source = source
        self._lock = Lock()
        self._revision: int | None = None
        self._shelf = Shelf()

    def current(self) -> Shelf:
        """The shelf as the library stands now."""
        with self._lock:
            revision = self._source.revision()
            if revision != self._revision:
                self._shelf = Shelf(map(_label, self._source.documents()))
                self._revision = revision
            return self._shelf


# Reading a name costs more than all else here, and most documents stay as they are.
_label = lru_cache(maxsize=65_536)(Label.of)


@lru_cache(maxsize=1024)
def stem(title: str) -> str:
    """A title without what tells editions of one text apart, in the spelling that is searched."""
    return _BLANK.sub("", _EDITION.sub("", normalise(title)))


def same_work(one: str, other: str) -> bool:
    """Whether two titles are of editions of one text; the state's own reports may leave its name out."""
    mine, theirs = _STATE_OWN.sub("", stem(one)), _STATE_OWN.sub("", stem(other))
    return bool(mine) and mine == theirs


def _names(title: str, file: str) -> Iterator[str]:
    """What a document may be called: its title and file name, short, and by the titles they quote."""
    for whole in (title, file):
        for name in (whole, *_QUOTED.findall(whole), *_SHORT_NAME.findall(normalise(whole))):
            bare = stem(name)
            for each in (bare, bare.removeprefix(_STATE), _PLACES.sub("", bare)):
                if SHORTEST_NAME <= len(each) <= LONGEST_NAME:
                    yield each


def _inside(label: Label, scope: Scope) -> bool:
    return (
        (not scope.document_ids or label.document_id in scope.document_ids)
        and (not scope.years or label.year in scope.years)
        and (not scope.issuers or any(_is_issuer(normalise(one), label.issuer) for one in scope.issuers))
        and (not scope.kinds or any(label.is_kind(normalise(one)) for one in scope.kinds))
    )


# Many documents have few issuers.
@lru_cache(maxsize=16_384)
def _is_issuer(named: str, issuer: str) -> bool:
    """Whether a name means the office that issued a document: 市人大常委会, 区政府办公室."""
    return bool(issuer) and (named in issuer or same_office(named, issuer) or is_short_name(named, issuer))

"""How deep each number stands in this very document, and which numbered blocks are one list.

May import the core.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.marks import Mark
from ingest.numbering import Numeral, Style, read_spoken

# Styles are this far apart, so that headings without a number, and lists that stand deeper than their
# style says, fit between.
STEP = 10
_SPOKEN_RANK = STEP * (Style.LETTER + 1)


@dataclass(frozen=True, slots=True)
class Listing:
    """Items of one list, by the positions of their first blocks; `spoken` for 一是…, 第二，…"""

    rank: int
    items: tuple[int, ...]
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Nesting:
    """The rank of each numbered block by position (the smaller, the further out), and the lists."""

    ranks: Mapping[int, int]
    listings: Sequence[Listing]

    @property
    def has_articles(self) -> bool:
        """Whether it is a law, or written like one: its rules are numbered 第X条."""
        return STEP * Style.ARTICLE in self.ranks.values()


def nest(blocks: Sequence[Block]) -> Nesting:
    """Rank every number by its style, except where the counting itself shows another order."""
    numbered = {index: block.numeral for index, block in enumerate(blocks) if block.numeral is not None}
    ranks = _lowered(numbered, _raised(numbered))
    return Nesting(ranks, [*_printed(numbered, ranks), *_spoken(blocks, ranks)])


def nominal_rank(numeral: Numeral) -> int:
    """How deep what is numbered so stands as a rule; 1.1.1 deeper than 1.1."""
    return STEP * numeral.style + len(numeral.path)


def _raised(numbered: Mapping[int, Numeral]) -> dict[int, int]:
    """Nominal ranks, but 一、 stands above 第一条 where it comes first and articles count on across it."""
    ranks = {index: nominal_rank(numeral) for index, numeral in numbered.items()}
    places: dict[Style, list[int]] = {}
    for index, numeral in numbered.items():
        places.setdefault(numeral.style, []).append(index)
    articles = places.get(Style.ARTICLE, [])
    for style in (Style.CHINESE, Style.CHINESE_BRACKETS):
        mine = places.get(style, [])
        if articles and mine and mine[0] < articles[0] and _count_across(mine, articles, numbered):
            ranks |= dict.fromkeys(mine, STEP * Style.ARTICLE - STEP + style)
    return ranks


def _count_across(outer: Sequence[int], inner: Sequence[int], numbered: Mapping[int, Numeral]) -> bool:
    """Both go on counting where the other stands between: 一、 第1条 第2条 二、 第3条."""
    for before, after in zip(outer, outer[1:], strict=False):
        between = bisect_right(inner, after)
        if between in (0, len(inner)) or inner[between - 1] < before:
            continue
        goes_on = numbered[inner[between]].ordinal == numbered[inner[between - 1]].ordinal + 1
        if goes_on and numbered[after].ordinal == numbered[before].ordinal + 1:
            return True
    return False


def _lowered(numbered: Mapping[int, Numeral], ranks: dict[int, int]) -> dict[int, int]:
    """A list that begins inside an item of a deeper style belongs to that item, if the items count on.

    1. …（一）…（二）… 2. …（一）…: here （一） stands below 1., not above it.
    """
    order = list(ranks)
    hosts: set[int] = set()
    for place in range(1, len(order)):
        host = place - 1
        if not _begins_against_style(order, place, numbered, ranks):
            continue
        stop = _next_of(order, place, numbered, order[host])
        if stop == len(order) and not _follows_host(order[host], hosts, numbered):
            continue
        hosts.add(order[host])
        first = numbered[order[place]]
        for inner in range(place, stop):
            if not _is_inside(numbered[order[inner]], first, numbered[order[host]]):
                break
            if numbered[order[inner]].style is first.style:
                ranks[order[inner]] = ranks[order[host]] + 5
    return ranks


def _begins_against_style(
    order: Sequence[int], place: int, numbered: Mapping[int, Numeral], ranks: Mapping[int, int]
) -> bool:
    """A list begins right below an item whose style says that it should stand further in."""
    rank = ranks[order[place]]
    first = numbered[order[place]].ordinal == 1
    return first and STEP * Style.ARTICLE < rank < ranks[order[place - 1]]


def _follows_host(index: int, hosts: Iterable[int], numbered: Mapping[int, Numeral]) -> bool:
    """The item before this one in its list has held such a list."""
    return any(_counts_on(numbered[host], numbered[index]) for host in hosts if host < index)


def _is_inside(numeral: Numeral, first: Numeral, host: Numeral) -> bool:
    """Whether the number may still stand in the list that `first` begins inside the host."""
    return numeral.style >= first.style and numeral.style is not host.style


def _next_of(order: Sequence[int], place: int, numbered: Mapping[int, Numeral], host: int) -> int:
    """The place where the item's list counts on; the end where it does not."""
    style, ordinal = numbered[host].style, numbered[host].ordinal
    for later in range(place + 1, len(order)):
        numeral = numbered[order[later]]
        if numeral.style is style and numeral.path[:-1] == numbered[host].path[:-1]:
            return later if numeral.ordinal == ordinal + 1 else len(order)
        if numeral.style <= Style.ARTICLE:
            return len(order)
    return len(order)


def _printed(numbered: Mapping[int, Numeral], ranks: Mapping[int, int]) -> list[Listing]:
    """Numbers of one rank that count on, with nothing of a smaller rank between."""
    done: list[Listing] = []
    running: list[list[int]] = []
    for index, rank in ranks.items():
        while running and ranks[running[-1][0]] > rank:
            done.append(_listing(running.pop(), rank_of=ranks))
        top = running[-1] if running else None
        if top and ranks[top[0]] == rank and _counts_on(numbered[top[-1]], numbered[index]):
            top.append(index)
            continue
        if top and ranks[top[0]] == rank:
            done.append(_listing(running.pop(), rank_of=ranks))
        running.append([index])
    return done + [_listing(items, rank_of=ranks) for items in running]


def _listing(items: list[int], *, rank_of: Mapping[int, int]) -> Listing:
    return Listing(rank_of[items[0]], tuple(items))


def _counts_on(first: Numeral, second: Numeral) -> bool:
    return second.ordinal == first.ordinal + 1 and second.path[:-1] == first.path[:-1]


def _spoken(blocks: Sequence[Block], ranks: Mapping[int, int]) -> list[Listing]:
    """Points counted in words over several paragraphs, with no printed number between."""
    done: list[list[int]] = []
    last: tuple[str, int] | None = None
    for index, block in enumerate(blocks):
        if index in ranks:
            last = None
        spoken = read_spoken(block.text) if block.mark is Mark.PLAIN and index not in ranks else None
        if spoken is None:
            continue
        if last is not None and spoken == (last[0], last[1] + 1):
            done[-1].append(index)
        else:
            done.append([index])
        last = spoken
    return [Listing(_SPOKEN_RANK, tuple(items), spoken=True) for items in done if len(items) > 1]

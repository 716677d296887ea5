"""Task records: complete lists for "which tasks does X lead", by unit, by leader or by post.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.datatypes import Hit, Question, Task
from rag.documents.narrowing import in_section
from rag.documents.shelf import Shelf
from rag.language.aliases import same_office as is_short_name
from rag.language.chinese import normalise
from rag.language.names import Person, organisations, persons, posts, same_office, same_post
from rag.ports import ParagraphSource

_LEADS = "牵头|负责|分管|承担|主抓|领衔|主管|主办|承办"
_HELPS = "配合|协办|协同|协助|参与"
_WHAT = "工作|任务|重点工作|重点任务|事项|项目|目标"
_ASKS_FOR_TASKS = re.compile(
    rf"(?:{_LEADS}|{_HELPS})(?:单位)?(?:了|的|着)?(?:推进|落实|开展|完成|做)?(?:了|的)?"
    r"(?:哪些|哪几|什么|几项|多少项|多少个|几个|所有|全部)"
    rf"|(?:有|共)?(?:哪些|哪几项|什么|几项|多少项)(?:{_WHAT})?.{{0,4}}(?:是)?由?.{{2,16}}(?:{_LEADS}|{_HELPS})"
    rf"|(?:{_LEADS}|{_HELPS})的?(?:{_WHAT})(?:清单)?(?:有|是|包括)?(?:哪|什么|几|多少)"
    rf"|(?:{_LEADS}|{_HELPS})的(?:是|有)哪[些几两二三四五六七八九十][件项]?(?:事|{_WHAT}|[?？]?$)"
)
_HELPING = re.compile(_HELPS)
# Said of tasks in a plan; 负责 is said of much else.
_SURELY = re.compile(r"牵头|配合|协办|领衔|主抓")
_SURNAMED = re.compile(r"(?P<surname>[\u4e00-\u9fff])(?:常务副|副)?(?P<post>[省市区县局]长|主任|书记|常委)")
# A list of tasks longer than this is cut; its count is that of all.
MAX_TASKS = 60

_Entry = tuple[str, int, Task]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose tasks a question asks for: names as the records have them, leading or helping.

    `who` is how the question has it. Without units and leaders no record names who is asked for; with
    a `post`, several leaders hold it.
    """

    who: str
    units: frozenset[str] = frozenset()
    leaders: frozenset[str] = frozenset()
    leading: bool = True
    post: str = ""

    @property
    def known(self) -> bool:
        """Whether any record names who is asked for."""
        return bool(self.units or self.leaders)

    def takes(self, task: Task) -> bool:
        """Whether a task is one of these."""
        held = task.lead_units if self.leading else task.responsible_units
        of_units = not self.units or not self.units.isdisjoint(held)
        return self.known and of_units and (not self.leaders or task.leader in self.leaders)


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks asked for, newest document first: at most MAX_TASKS `hits` of `total`.

    Of a post that several hold, the first task of each leader; `shares` are how many each leads.
    """

    asked: Asked
    hits: tuple[Hit, ...] = ()
    total: int = 0
    shares: tuple[int, ...] = ()


class TaskFinder:
    """Finds every task of the unit or the leader that a question names."""

    def __init__(self, source: ParagraphSource) -> None:
        self._source = source

    def find(
        self,
        question: Question,
        *,
        shelf: Shelf,
        document_ids: frozenset[str] = frozenset(),
    ) -> TaskList | None:
        """The list asked for, empty when no record names who is; `None` for any other question.

        A question that names a year wants no other year's tasks; documents of no year might be of it.
        Costs one read of the records.
        """
        if not _ASKS_FOR_TASKS.search(question.query):
            return None
        entries = self._entries(question, document_ids)
        asked = asked_of(question.query, [task for _, _, task in entries]) if entries else None
        if asked is None:
            return None
        wanted = question.aim.years
        found = [
            entry
            for entry in entries
            if asked.takes(entry[2]) and (not wanted or shelf.year(entry[0]) in (*wanted, None))
        ]
        # Stable: within a document they stay in its order.
        found.sort(key=lambda entry: -(shelf.year(entry[0]) or 0))
        if asked.post:
            return self._of_a_post(asked, found, shelf)
        return TaskList(asked, self._hits(found[:MAX_TASKS], shelf), len(found))

    def _of_a_post(self, asked: Asked, found: Sequence[_Entry], shelf: Shelf) -> TaskList:
        """The first task of each leader, those who lead most first."""
        by_leader: dict[str | None, list[_Entry]] = {}
        for entry in found:
            by_leader.setdefault(entry[2].leader, []).append(entry)
        groups = sorted(by_leader.values(), key=lambda group: -len(group))[:MAX_TASKS]
        firsts = self._hits([group[0] for group in groups], shelf)
        return TaskList(asked, firsts, len(found), tuple(len(group) for group in groups))

    def _entries(self, question: Question, document_ids: frozenset[str]) -> list[_Entry]:
        """The records of the scope, in the order of the library."""
        entries = [entry for entry in self._source.tasks() if not document_ids or entry[0] in document_ids]
        section = normalise(question.aim.section)
        if not section:
            return entries
        known = self._source.fetch([(document_id, number) for document_id, number, _ in entries])
        return [
            entry
            for entry in entries
            if (paragraph := known.get((entry[0], entry[1]))) and in_section(section, paragraph.section)
        ]

    def _hits(self, entries: Sequence[_Entry], shelf: Shelf) -> tuple[Hit, ...]:
        keys = [(document_id, number) for document_id, number, _ in entries]
        paragraphs = self._source.fetch(keys)
        titles = self._source.titles(list({document_id for document_id, _ in keys}))
        return tuple(
            Hit(paragraphs[key], titles.get(key[0], ""), 1.0, year=shelf.year(key[0]))
            for key in keys
            if key in paragraphs
        )


def surely_of_tasks(question: Question) -> bool:
    """Whether nothing but records of tasks is asked for: 牵头, 配合."""
    return _SURELY.search(question.query) is not None


def asked_of(query: str, tasks: Sequence[Task]) -> Asked | None:
    """Who a normalised question asks for, among those that the tasks name; `None` if it names nobody."""
    leading = _HELPING.search(query) is None
    held = dict.fromkeys(
        unit for task in tasks for unit in (task.lead_units if leading else task.responsible_units)
    )
    units = _units(query, list(held))
    leaders, post = _leaders(query, list(dict.fromkeys(task.leader for task in tasks if task.leader)))
    if units or leaders:
        who = post or "分管、".join(filter(None, ("、".join(leaders), "、".join(units))))
        return Asked(who, frozenset(units), frozenset(leaders), leading, post if len(leaders) > 1 else "")
    named = next((_spelled(one) for one in (*persons(query), *organisations(query))), None)
    return Asked(named, leading=leading) if named else None


def _spelled(named: object) -> str:
    """A name as the question has it, a person's with the post."""
    if isinstance(named, Person):
        return f"{named.text}{''.join(named.posts[:1])}"
    return str(getattr(named, "text", ""))


def _units(query: str, held: Sequence[str]) -> list[str]:
    """Units named as they are, their level aside; else those that a name of the question is short for."""
    exact = [unit for unit in held if _is_named(query, normalise(unit))]
    if exact:
        # 区治水办 is not asked for by the name of an office that holds its own.
        return [unit for unit in exact if not any(unit != other and unit in other for other in exact)]
    asked = [span.text for span in organisations(query)]
    return [
        unit
        for unit in held
        if any(same(name, normalise(unit)) for name in asked for same in (same_office, is_short_name))
    ]


def _is_named(query: str, unit: str) -> bool:
    short = unit.removeprefix("区")
    return unit in query or (len(short) > 2 and short in query)


def _leaders(query: str, held: Sequence[str]) -> tuple[list[str], str]:
    """Leaders named whole, or by surname and post; or all who hold the post named alone, and that post."""
    names = {leader: _person(leader) for leader in held}
    exact = [leader for leader, name in names.items() if len(name) > 1 and name in query]
    if exact:
        return exact, ""
    for match in _SURNAMED.finditer(query):
        addressed = [
            leader
            for leader, name in names.items()
            if name.startswith(match["surname"]) and normalise(leader).endswith(match["post"])
        ]
        if addressed:
            return addressed, match[0] if len(addressed) > 1 else ""
    if persons(query):
        return [], ""
    for post in (span.text for span in posts(query)):
        of_post = [
            leader for leader in held if any(same_post(post, s.text) for s in posts(normalise(leader)))
        ]
        strict = [leader for leader in of_post if _post(leader) == post]
        if "常务" in post or len(strict) == 1:
            of_post = strict
        if of_post:
            return of_post, post if len(of_post) > 1 else ""
    return [], ""


def _person(leader: str) -> str:
    """The name of a leader without the post behind it."""
    spelled = normalise(leader)
    held = posts(spelled)
    return spelled[: held[0].start] if held else spelled


def _post(leader: str) -> str:
    return normalise(leader)[len(_person(leader)) :]

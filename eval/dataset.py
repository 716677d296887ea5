"""Question sets: records, reading JSON lines, and the rules a set must keep.

May import `rag` and pydantic; never a sibling room.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from rag.datatypes import Turn
from rag.errors import UnreadableFile
from rag.language.chinese import squeeze

Needs = Literal["any", "all"]
Unanswerable = Literal["off_topic", "near_miss"]
CaseType = Literal[
    "number",
    "date",
    "department",
    "person",
    "list",
    "paraphrase",
    "traditional",
    "typo",
    "english",
    "follow_up",
    "comparison",
    "how",
    "yes_no",
    "definition",
    "place",
    "several",
    "off_topic",
    "near_miss",
]
SEEDS = Path(__file__).parent / "questions" / "seeds.jsonl"
# Development questions over national work reports: the refusal threshold is chosen on them.
REPORTS = Path(__file__).parent / "questions" / "reports.jsonl"
# Test questions over ten provincial work reports, whose texts come with the public data.
PROVINCES = Path(__file__).parent / "questions" / "provinces.jsonl"
# Development questions of the same kinds over four other provinces: rules are tried on them.
PROVINCES_DEV = Path(__file__).parent / "questions" / "provinces_dev.jsonl"
# Development questions over three laws: what their rules, their items and their names ask for.
LAWS_DEV = Path(__file__).parent / "questions" / "laws_dev.jsonl"
# Development questions in pairs: a near miss, and one that a sentence beside it answers.
NEAR_DEV = Path(__file__).parent / "questions" / "near_dev.jsonl"
# Development questions in everyday wording over REPORTS' and PROVINCES_DEV's documents together.
EVERYDAY_DEV = Path(__file__).parent / "questions" / "everyday_dev.jsonl"
# Development questions over a dozen office documents written for them, which stand beside them.
OFFICE_DEV = Path(__file__).parent / "questions" / "office_dev.jsonl"
_STRICT = ConfigDict(extra="forbid", str_min_length=1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document, by its file name, that answer a question or a part of it."""

    __pydantic_config__ = _STRICT

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer holds.

    Either any one of `answers` suffices, or all of `all_of` must be found; a question marked
    `unanswerable` has neither. `needs` says whether one item of `evidence` is enough. `absent` are
    words that would stand in the library if it answered a near miss, and do not; `absent_from` names
    the documents they are missing from where others hold them (all documents when empty).
    """

    __pydantic_config__ = _STRICT

    id: str
    type: CaseType
    question: str
    history: tuple[Turn, ...] = ()
    answers: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    needs: Needs = "any"
    unanswerable: Unanswerable | None = None
    absent: tuple[str, ...] = ()
    absent_from: tuple[str, ...] = ()

    @property
    def documents(self) -> frozenset[str]:
        """File names of the documents it speaks of."""
        return frozenset({item.document for item in self.evidence} | set(self.absent_from))

    @property
    def expected(self) -> tuple[str, ...]:
        """What a right answer holds, whichever way it is asked for."""
        return self.answers or self.all_of


def load_cases(path: Path = SEEDS) -> tuple[Case, ...]:
    """Read a question set, one JSON object a line; raises UnreadableFile naming the line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"读不到问题集 {path.name!r}：{error}。请给出 UTF-8 的 JSON 行文件。") from error
    cases = tuple(
        _parse(line, where=f"{path.name} 第 {number} 行")
        for number, line in enumerate(lines, 1)
        if line.strip()
    )
    _check_set(cases, path.name)
    return cases


@cache
def _adapter() -> TypeAdapter[Case]:
    return TypeAdapter(Case)


def _parse(line: str, *, where: str) -> Case:
    try:
        case = _adapter().validate_json(line)
    except ValidationError as error:
        faults = "；".join(
            f"{'.'.join(map(str, fault['loc'])) or '整行'}：{fault['msg']}" for fault in error.errors()
        )
        raise UnreadableFile(f"{where}有误：{faults}。请改正后再评测。") from error
    faults = "；".join(_faults(case))
    if faults:
        raise UnreadableFile(f"{where}（{case.id}）有误：{faults}。请改正后再评测。")
    return case


def _faults(case: Case) -> Iterable[str]:
    """What the types alone cannot say of a case."""
    if not squeeze(case.question):
        yield "question 为空白"
    if any(not squeeze(item.quote) for item in case.evidence):
        yield "evidence 的 quote 为空白"
    if case.history and case.history[-1].role != "assistant":
        yield "history 应以 assistant 的回答结尾"
    if case.absent_from and not case.absent:
        yield "有 absent_from 就要有 absent"
    yield from _amiss(case)


def _amiss(case: Case) -> Iterable[str]:
    """What is wrong between a question and its answers."""
    if case.unanswerable:
        if case.answers or case.all_of or case.evidence:
            yield "标了 unanswerable 就不能有 answers、all_of 或 evidence"
    elif bool(case.answers) == bool(case.all_of):
        yield "answers 与 all_of 应恰有其一"
    elif not case.evidence:
        yield "缺少 evidence"


def _check_set(cases: tuple[Case, ...], name: str) -> None:
    if not cases:
        raise UnreadableFile(f"问题集 {name!r} 里没有问题。请给出 JSON 行文件，一行一问。")
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise UnreadableFile(f"问题集 {name!r} 里编号 {case.id!r} 重复。请改成唯一的编号。")
        seen.add(case.id)

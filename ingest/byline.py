"""Who speaks: the lines above a speech that name its speaker.

A line that is nothing else (省长　梁惠玲), two that are it together, or a line that says who spoke where
(在第三次会议上省长王凯作政府工作报告); where is often said on a line of its own above the name, and read with
it. May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block
from ingest.marks import Mark
from ingest.posts import POST
from ingest.signature import Signature
from rag.language.names import persons

# Speakers are named among the first lines, above the salutation.
OPENING = 8

_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"(?:{_HAN}{{2,4}}|{_HAN}{{1,8}}[·•]{_HAN}{{1,8}})"
_SPEAKER = re.compile(rf"(?P<post>{_HAN}{{0,20}}?{POST})[ \u3000\n]+(?P<name>{_NAME})")
_SPOKEN = re.compile(r"所?作[^，。；]{0,12}报告|[的所][^，。；]{0,12}(?:报告|讲话|致辞|发言)[。]?$")
# 来源：河北日报 may stand above the line that names the speaker; 各位代表： ends the lines that may.
_LABEL = re.compile(r"(?:信息|稿件|文章|内容)?(?:来源|时间|日期|作者|编辑|责编|字号|浏览)[\w]{0,4}[：:]")
_GREETING = re.compile(r"[：:，。,]")
_LONGEST = 100
# Where the speech was given, a line that goes on with who gave it.
_WHERE = re.compile(r"在[^，。；：]{4,60}会议?上$")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who speaks; `alone` where the line says nothing else."""

    speaker: Signature
    alone: bool


def bylines(blocks: Sequence[Block]) -> dict[int, Byline]:
    """The speakers by the positions of the lines that name them, among the first lines of a text."""
    lines: list[str] = []
    found: dict[int, Byline] = {}
    for index, block in enumerate(blocks[:OPENING]):
        line = block.text.strip()
        spoken = _spoken(line)
        if spoken is not None:
            found[index] = Byline(spoken, alone=False)
        elif _GREETING.search(line) and not _LABEL.match(line):
            break
        lines.append(line)
    for index in range(len(lines)):
        for end in (index + 1, min(index + 2, len(lines))):
            match = _SPEAKER.fullmatch("\n".join(lines[index:end]))
            if match is not None:
                speaker = Signature(None, "".join(match["name"].split()), match["post"])
                found |= dict.fromkeys(range(index, end), Byline(speaker, alone=True))
    return found


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those that say where a speech was given together with the lines that name who gave it."""
    whole = list(blocks[:OPENING])
    for index in reversed(range(len(whole) - 1)):
        first = whole[index]
        if _WHERE.search(first.text.strip()) is None:
            continue
        for end in (index + 3, index + 2):
            named = whole[index + 1 : end]
            if end <= len(whole) and _SPEAKER.fullmatch("\n".join(one.text.strip() for one in named)):
                text = " ".join((first.text + first.trail, *(one.text + one.trail for one in named[:-1])))
                last = named[-1]
                text = f"{text} {last.text}"
                whole[index:end] = [
                    replace(first, text=text, end=last.end, mark=Mark.PLAIN, trail=last.trail)
                ]
                break
    return [*whole, *blocks[OPENING:]]


def _spoken(line: str) -> Signature | None:
    """The one person of a line that says who gives the speech; `None` for other lines."""
    named = [person for person in persons(line[:_LONGEST]) if person.posts]
    if len(line) > _LONGEST or len(named) != 1:
        return None
    placed = _SPEAKER.search(line) is not None and named[0].end == len(line) and "会" in line
    if not placed and _SPOKEN.search(line) is None:
        return None
    return Signature(None, named[0].text, named[0].posts[0])

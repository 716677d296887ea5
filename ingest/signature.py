"""Who signs: a unit, or a unit with a post and a person, as a line that stands by itself.

May import the core.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.marks import LONGEST_LABEL
from ingest.numbering import read_numeral
from ingest.posts import POST
from rag.language.chinese import squeeze

_POST = re.compile(POST)
_UNIT_END = (
    "局|办|委|会|院|部|处|中心|联|公司|集团|政府|街道|镇|乡|分局|大队|支队|总队|办公室|站|所|厅|校|学|社|馆|园区"
    "|法院|检察院|银行|联社|办事处|组|署|司"
)
_UNIT = re.compile(
    rf"[\u4e00-\u9fff（）()、]{{1,28}}(?:{_UNIT_END})(?:[（(][\u4e00-\u9fff、]{{2,16}}[）)])?$"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}$|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}$")
# A slogan may end like a unit ("加快建设法治政府"); units do not begin with a verb.
_VERB = re.compile(
    r"加快|建设|推进|推动|加强|坚持|全力|深化|打造|完善|提升|强化|实施|构建|深入|大力|努力|全面|健全|优化|做好|关于|聚焦"
    r"|成立|召开|参加|贯彻|落实|发展|保障|服务|创新|聚力|围绕|扎实|积极|维护|严格|切实|进一步|着力|奋力|持续"
    r"|为|以|在|对|从|把|按|根据|结合|通过|随着|今年|近期|当前"
)
_LONGEST_UNIT = 20
# A unit's name alone is taken for a signature where the lines around it are this much longer.
_CLEARLY_SHORTER = 0.75


@dataclass(frozen=True, slots=True)
class Signature:
    """A unit that signs, with the person and the post where they are given."""

    unit: str | None
    person: str | None = None
    post: str | None = None

    @property
    def label(self) -> str:
        """How the block it closes is called: the unit, and the person who speaks for it."""
        return " ".join(part for part in (self.unit, self.person) if part)


def read_signature(text: str) -> Signature | None:
    """The signature that a line is, by its shape alone, or `None`."""
    if len(text) > LONGEST_LABEL:
        return None
    words = text.split()
    personal = _personal(words)
    if personal is not None:
        return personal
    if len(words) > 1 and all(map(is_unit, words)):
        return Signature(first_unit(words[0]))
    return Signature(first_unit("".join(words))) if is_unit("".join(words)) else None


def is_unit(text: str) -> bool:
    """Whether a text is nothing but the name of one unit or several."""
    return (
        len(text) <= _LONGEST_UNIT
        and _UNIT.fullmatch(text) is not None
        and _VERB.match(text) is None
        and not text.startswith(("（", "(", "、"))
    )


def first_unit(text: str) -> str:
    """区住建局、区人防办（区民防局） -> 区住建局."""
    return re.split(r"[、（(]", text, maxsplit=1)[0]


def _personal(words: list[str]) -> Signature | None:
    """Unit, post, blank, name; a name of two characters may be set apart (黄　仁)."""
    spread = len(words) > 2 and len(words[-1]) == len(words[-2]) == 1
    name = "".join(words[-2:] if spread else words[-1:])
    office = "".join(words[:-2] if spread else words[:-1])
    start = _POST.search(office)
    if start is None or not _NAME.match(name) or re.search("[，。；：！？“”《》,;:]", office):
        return None
    if not re.search(rf"(?:{_POST.pattern}|[）)]|委员|成员)$", office):
        return None
    unit = first_unit(office[: start.start()])
    if unit and not is_unit(unit):
        return None
    return Signature(unit or None, name, office[start.start() :])


def clean_signature(text: str) -> str:
    """The line as signed: no stray blanks, one between the office and the name, or between units."""
    signature = read_signature(text)
    if signature is not None and signature.person is not None:
        office = squeeze(text)[: -len(signature.person)]
        return f"{office} {signature.person}"
    words = text.split()
    return " ".join(words) if all(is_unit(word) for word in words) else "".join(words)


def signs(index: int, lines: Sequence[Line]) -> bool:
    """A line of a signature's shape, and short if it names a unit alone."""
    line = lines[index]
    numbered = line.terminal or read_numeral(line.text) is not None
    signature = None if numbered else read_signature(line.text)
    if signature is None or signature.person is not None:
        return signature is not None
    around = [*lines[max(0, index - 3) : index], *lines[index + 1 : index + 4]]
    return not around or line.width <= _CLEARLY_SHORTER * max(near.width for near in around)

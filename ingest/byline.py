"""Who speaks: the line above a speech that names its speaker (省长　梁惠玲), or two lines that do together.

May import the core.
"""

import re
from collections.abc import Sequence

from ingest.blocks import Block
from ingest.signature import Signature

# Speakers are named among the first lines, above the salutation.
OPENING = 8

_OFFICES = "总理|总书记|书记|主席|省长|市长|区长|县长|州长|旗长|院长|检察长|主任|会长"
_POST = rf"[\u4e00-\u9fff]{{0,20}}?(?:代|副)?(?:{_OFFICES})"
_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"(?:{_HAN}{{2,4}}|{_HAN}{{1,8}}·{_HAN}{{1,8}})"
_SPEAKER = re.compile(rf"(?P<post>{_POST})[ \u3000\n]+(?P<name>{_NAME})")
_GREETING = re.compile(r"[：:，。,]")


def bylines(blocks: Sequence[Block]) -> dict[int, Signature]:
    """The speakers by the positions of the lines that name them, among the first lines of a text."""
    lines: list[str] = []
    for block in blocks[:OPENING]:
        if _GREETING.search(block.text):
            break
        lines.append(block.text.strip())
    found: dict[int, Signature] = {}
    for index in range(len(lines)):
        for end in (index + 1, min(index + 2, len(lines))):
            match = _SPEAKER.fullmatch("\n".join(lines[index:end]))
            if match is not None:
                speaker = Signature(None, "".join(match["name"].split()), match["post"])
                found |= dict.fromkeys(range(index, end), speaker)
    return found

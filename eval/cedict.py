"""CC-CEDICT (CC BY-SA 4.0): Chinese words with how they sound and what they mean in English.

May import the errors of `rag`.
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.squad import BROKEN
from rag.errors import UnreadableFile

FILE = "cedict/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LINE = re.compile(r"^\S+ (?P<word>[\u4e00-\u9fff]+) \[(?P<sound>[^\]]*)\] /(?P<senses>.+)/\s*$")
# Senses that say what a word is to another, not what it means.
_NO_MEANING = re.compile(r"\[|^(?:CL:|variant of|old variant|see |surname|abbr\. )")


@dataclass(frozen=True, slots=True)
class Entry:
    """A simplified word, its syllables with their tones (`zhi1`), and its plain senses."""

    word: str
    syllables: tuple[str, ...]
    senses: tuple[str, ...]


def entries(path: Path) -> Iterator[Entry]:
    """All words written in Chinese characters alone, in their order. Raises UnreadableFile."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if match := _LINE.match(line):
                    senses = (each for each in match["senses"].split("/") if not _NO_MEANING.search(each))
                    yield Entry(match["word"], tuple(match["sound"].lower().split()), tuple(senses))
    except BROKEN as error:
        raise UnreadableFile(f"读不了词典：{path}。请用 --data 指明数据文件夹，见 README“评测”。") from error

"""The documents that a question set speaks of, out of the public corpora or our own, as files to be taken in.

`python -m eval.sources QUESTIONS FOLDER [--data FOLDER]` writes them. May import `rag`; never a
sibling room.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.dataset import OFFICE_DEV, Case, load_cases
from eval.squad import load_documents
from rag.errors import RagError, UnreadableFile

CORPORA = (
    Path("corpus/gov_work_reports_provinces_2025.jsonl.gz"),
    Path("corpus/gov_work_reports.jsonl.gz"),
    Path("corpus/laws.jsonl.gz"),
)
# Documents written for questions of ours: notices, tables, minutes.
OWN = OFFICE_DEV.with_suffix("")


def write_sources(cases: Sequence[Case], data: Path, folder: Path) -> tuple[Path, ...]:
    """Write each document that a case names into `folder`, under that name; the paths, in order of name.

    `data` is the folder of the public data. Raises UnreadableFile when a corpus cannot be read or a
    document is in none of them nor among those of our own.
    """
    names = set().union(*(case.documents for case in cases))
    texts = {path.name: path.read_bytes() for path in OWN.iterdir() if path.name in names}
    for corpus in CORPORA:
        if names - texts.keys():
            texts |= {name: text.encode() for name, text in load_documents(data / corpus) if name in names}
    missing = sorted(names - texts.keys())
    if missing:
        raise UnreadableFile(f"公开数据里没有这些文件：{'、'.join(missing)}。请改正问题集里的文件名。")
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / name for name in sorted(texts))
    for path in paths:
        path.write_bytes(texts[path.name])
    return paths


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the documents of the question set named on the command line; the exit code."""
    parser = argparse.ArgumentParser(
        description="把问题集所问的公开文件写进一个文件夹，供 rag eval --documents"
    )
    parser.add_argument("questions", type=Path, help="问题集（JSON Lines）")
    parser.add_argument("folder", type=Path, help="写到哪个文件夹")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("RAG_DATA", "../shared/data")),
        help="公开数据所在的文件夹，缺省取环境变量 RAG_DATA",
    )
    chosen = parser.parse_args(arguments)
    try:
        paths = write_sources(load_cases(chosen.questions), chosen.data, chosen.folder)
    except RagError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(paths)} 份文件已写进 {chosen.folder}。\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

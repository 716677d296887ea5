"""How rows of the catalogue become records, and records rows.

Imports the records of `rag`, and points.
"""

import json
import sqlite3
from datetime import UTC, datetime
from functools import lru_cache

from rag.datatypes import (
    Attributes,
    Box,
    Chunk,
    Metadata,
    Paragraph,
    Place,
    StoredDocument,
    Task,
)
from vectorstore.points import Reading

# Headings are shared by the paragraphs below them.
_REMEMBERED = 1_024

_READY = "ready"


def stored_document(row: sqlite3.Row) -> StoredDocument:
    """A row of `DOCUMENT` as a record."""
    return StoredDocument(
        id=row["id"],
        title=row["title"],
        source=row["source"],
        media_type=row["media_type"],
        metadata=Metadata(
            year=row["year"],
            issuer=row["issuer"],
            kind=row["kind"],
            number=row["number"],
            date=row["date"],
        ),
        paragraphs=row["paragraphs"],
        chunks=row["chunks"],
        ingested_at=row["ingested_at"],
        status=row["status"],
    )


def paragraph(row: sqlite3.Row) -> Paragraph:
    """A row of `PARAGRAPH` as a record."""
    return Paragraph(
        document_id=row["document_id"],
        number=row["number"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        page=row["page"],
        section=_section(row["section"]),
        attributes=Attributes(
            kind=row["kind"],
            department=row["department"],
            person=row["person"],
            post=row["post"],
            task=task(row) if row["task"] is not None else None,
        ),
    )


@lru_cache(maxsize=_REMEMBERED)
def _section(path: str) -> tuple[str, ...]:
    return tuple(json.loads(path))


def task(row: sqlite3.Row) -> Task:
    """The task that a row of `PARAGRAPH` carries."""
    return Task(
        number=row["task"],
        text=row["task_text"],
        lead_units=tuple(json.loads(row["units"])),
        leader=row["leader"],
        responsible_units=tuple(json.loads(row["responsible_units"])),
        deadline=row["deadline"],
    )


def place(row: sqlite3.Row) -> Place:
    """A row of `places` as a record."""
    box = None if row["left"] is None else Box(row["left"], row["top"], row["right"], row["bottom"])
    return Place(
        kind=row["kind"],
        start=row["start"],
        end=row["end"],
        page=row["page"],
        area=row["area"],
        row=row["row"],
        column=row["column"],
        box=box,
    )


def chunk(row: sqlite3.Row) -> Chunk:
    """A row of `chunks` as a record."""
    return Chunk(
        id=row["id"],
        document_id=row["document_id"],
        first=row["first"],
        last=row["last"],
        text=row["text"],
        shown=row["shown"],
    )


def insert(connection: sqlite3.Connection, reading: Reading) -> None:
    """Write a document with all its parts, but no source yet."""
    parsed, edition = reading.parsed, reading.edition
    document, metadata = parsed.document, parsed.document.metadata
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            edition,
            document.id,
            document.title,
            document.media_type,
            metadata.year,
            metadata.issuer,
            metadata.kind,
            metadata.number,
            metadata.date,
            parsed.parser,
            datetime.now(UTC).isoformat(timespec="seconds"),
            _READY,
            len(parsed.paragraphs),
            len(parsed.chunks),
        ),
    )
    connection.execute("INSERT INTO contents VALUES (?, ?, ?)", (edition, document.text, parsed.raw))
    connection.executemany(
        "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_paragraph_row(edition, each) for each in parsed.paragraphs],
    )
    for each in parsed.paragraphs:
        if each.attributes.task is not None:
            _insert_task(connection, (edition, each.number), each.attributes.task)
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_place_row(edition, place) for place in parsed.places],
    )
    connection.executemany(
        "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (edition, position, chunk.id, chunk.first, chunk.last, chunk.text, chunk.shown, vector)
            for position, (chunk, vector) in enumerate(zip(parsed.chunks, reading.vectors, strict=True))
        ],
    )


def _paragraph_row(edition: int, paragraph: Paragraph) -> tuple[str | int | None, ...]:
    known = paragraph.attributes
    section = json.dumps(paragraph.section, ensure_ascii=False)
    where = (paragraph.start, paragraph.end, paragraph.page, section)
    signed = (known.kind, known.department, known.person, known.post)
    return (edition, paragraph.number, paragraph.text, *where, *signed)


def _insert_task(connection: sqlite3.Connection, key: tuple[int, int], task: Task) -> None:
    connection.execute(
        "INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?)",
        (*key, task.number, task.text, task.leader, task.deadline),
    )
    units = [(unit, True) for unit in task.lead_units]
    units += [(unit, False) for unit in task.responsible_units]
    connection.executemany(
        "INSERT INTO units VALUES (?, ?, ?, ?, ?)",
        [(*key, position, unit, leads) for position, (unit, leads) in enumerate(units)],
    )


def _place_row(edition: int, place: Place) -> tuple[str | int | float | None, ...]:
    box = place.box
    sides = (box.left, box.top, box.right, box.bottom) if box else (None,) * 4
    where = (place.kind, place.page, place.area, place.row, place.column)
    return (edition, place.start, place.end, *where, *sides)

"""How rows of the catalogue become records, and records rows.

Imports the records of `rag`, and points.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np

from rag.datatypes import (
    Attributes,
    Box,
    Chunk,
    Metadata,
    Paragraph,
    ParsedDocument,
    Place,
    StoredDocument,
    Task,
)
from vectorstore.points import Point

# Little-endian on every machine, so that a library can be moved.
_FLOATS = np.dtype("<f4")
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
        section=tuple(json.loads(row["section"])),
        attributes=Attributes(
            kind=row["kind"],
            department=row["department"],
            person=row["person"],
            post=row["post"],
            task=task(row) if row["task"] is not None else None,
        ),
    )


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


def point(row: sqlite3.Row) -> Point:
    """A row of `POINT` as a record."""
    return Point(row["id"], row["document_id"], row["first"], np.frombuffer(row["vector"], dtype=_FLOATS))


def insert_points(connection: sqlite3.Connection, points: Iterable[Point]) -> None:
    """Write the vectors of chunks that are there."""
    connection.executemany(
        "INSERT INTO vectors VALUES (?, ?)",
        ((point.chunk_id, point.vector.astype(_FLOATS, copy=False).tobytes()) for point in points),
    )


def insert(connection: sqlite3.Connection, parsed: ParsedDocument, points: Sequence[Point]) -> None:
    """Write a document with all its parts, but no source yet."""
    document, metadata = parsed.document, parsed.document.metadata
    connection.execute(
        "INSERT INTO documents "
        "(id, title, media_type, year, issuer, kind, number, date, parser, ingested_at, status) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
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
        ),
    )
    connection.execute("INSERT INTO contents VALUES (?, ?, ?)", (document.id, document.text, parsed.raw))
    for paragraph in parsed.paragraphs:
        _insert_paragraph(connection, paragraph)
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_place_row(document.id, place) for place in parsed.places],
    )
    connection.executemany(
        "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (chunk.id, chunk.document_id, position, chunk.first, chunk.last, chunk.text, chunk.shown)
            for position, chunk in enumerate(parsed.chunks)
        ],
    )
    insert_points(connection, points)


def _place_row(document_id: str, place: Place) -> tuple[str | int | float | None, ...]:
    box = place.box
    sides = (box.left, box.top, box.right, box.bottom) if box else (None,) * 4
    where = (place.kind, place.page, place.area, place.row, place.column)
    return (document_id, place.start, place.end, *where, *sides)


def _insert_paragraph(connection: sqlite3.Connection, paragraph: Paragraph) -> None:
    key = (paragraph.document_id, paragraph.number)
    attributes, task = paragraph.attributes, paragraph.attributes.task
    connection.execute(
        "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *key,
            paragraph.text,
            paragraph.start,
            paragraph.end,
            paragraph.page,
            json.dumps(paragraph.section, ensure_ascii=False),
            attributes.kind,
            attributes.department,
            attributes.person,
            attributes.post,
        ),
    )
    if task is not None:
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

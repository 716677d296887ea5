"""The catalogue's tables and the queries that rebuild whole records from them.

Imports nothing of ours.
"""

VERSION = 2

# `hidden` names documents whose index entries must not be seen: being written, or on their way out.
DDL = """
CREATE TABLE meta (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    schema INTEGER NOT NULL,
    embedding TEXT,
    dense INTEGER NOT NULL DEFAULT 0,
    lexical INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE documents (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    media_type TEXT NOT NULL,
    year INTEGER,
    issuer TEXT,
    kind TEXT,
    number TEXT,
    date TEXT,
    parser TEXT NOT NULL,
    ingested_at TEXT NOT NULL,
    status TEXT NOT NULL
);
CREATE TABLE contents (
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    raw BLOB NOT NULL
);
CREATE TABLE sources (
    source TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE
);
CREATE INDEX sources_of_document ON sources (document_id);
CREATE TABLE paragraphs (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    page INTEGER,
    section TEXT NOT NULL,
    kind TEXT NOT NULL,
    department TEXT,
    person TEXT,
    post TEXT,
    PRIMARY KEY (document_id, number)
) WITHOUT ROWID;
CREATE TABLE tasks (
    document_id TEXT NOT NULL,
    paragraph INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    leader TEXT,
    deadline TEXT,
    PRIMARY KEY (document_id, paragraph),
    FOREIGN KEY (document_id, paragraph) REFERENCES paragraphs (document_id, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX tasks_by_leader ON tasks (leader);
CREATE TABLE units (
    document_id TEXT NOT NULL,
    paragraph INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit TEXT NOT NULL,
    leads INTEGER NOT NULL,
    PRIMARY KEY (document_id, paragraph, position),
    FOREIGN KEY (document_id, paragraph) REFERENCES tasks (document_id, paragraph) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX units_by_name ON units (unit);
CREATE TABLE places (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    page INTEGER,
    area TEXT,
    "row" INTEGER,
    "column" INTEGER,
    "left" REAL,
    top REAL,
    "right" REAL,
    bottom REAL,
    PRIMARY KEY (document_id, start)
) WITHOUT ROWID;
CREATE TABLE chunks (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    text TEXT NOT NULL,
    shown TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX chunks_of_document ON chunks (document_id, position);
CREATE TABLE vectors (
    chunk_id TEXT PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
    vector BLOB NOT NULL
);
CREATE TABLE hidden (document_id TEXT PRIMARY KEY) WITHOUT ROWID;
"""

# Made when first needed: a library without it is none the worse.
JOBS = """
CREATE TABLE IF NOT EXISTS jobs (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL,
    filename TEXT NOT NULL,
    status TEXT NOT NULL,
    progress REAL NOT NULL,
    error TEXT
)
"""

DOCUMENT = """
SELECT id, title, media_type, year, issuer, kind, number, date, ingested_at, status,
    (SELECT source FROM sources WHERE document_id = documents.id ORDER BY rowid LIMIT 1) AS source,
    (SELECT count(*) FROM paragraphs WHERE document_id = documents.id) AS paragraphs,
    (SELECT count(*) FROM chunks WHERE document_id = documents.id) AS chunks
FROM documents
"""

# One row per paragraph; a task's units come along as JSON lists in their order.
PARAGRAPH = """
SELECT paragraphs.*, tasks.number AS task, tasks.text AS task_text, tasks.leader AS leader,
    tasks.deadline AS deadline,
    (SELECT json_group_array(unit) FROM (SELECT unit FROM units
        WHERE units.document_id = paragraphs.document_id AND units.paragraph = paragraphs.number AND leads
        ORDER BY position)) AS units,
    (SELECT json_group_array(unit) FROM (SELECT unit FROM units
        WHERE units.document_id = paragraphs.document_id AND units.paragraph = paragraphs.number AND NOT leads
        ORDER BY position)) AS responsible_units
FROM paragraphs LEFT JOIN tasks
    ON tasks.document_id = paragraphs.document_id AND tasks.paragraph = paragraphs.number
"""

POINT = """
SELECT chunks.id, chunks.document_id, chunks.first, vectors.vector
FROM chunks JOIN vectors ON vectors.chunk_id = chunks.id
"""

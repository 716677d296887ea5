"""The catalogue's tables and the queries that rebuild whole records from them.

Imports nothing of ours.
"""

VERSION = 4
# Had the same tables, but the signs of vectors that were not turned as codes.
UNTURNED = 3

# An edition is one reading of a document: a better parser makes another of the same bytes. Its number is
# never given again, and index entries are kept under it, so that two readings cannot be mistaken.
# `hidden` names editions whose index entries must not be seen: being written, or on their way out.
# A vector belongs to a text, not to a chunk: the same words are embedded once, and not again after a
# crash, under another parser or in another document. Its number is never given again either.
# `indexes` says which generation of each index is in use, by which token it is known, the last commit
# that the catalogue knows of, and the state of its files when they were last closed in good order.
DDL = """
CREATE TABLE meta (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    schema INTEGER NOT NULL,
    embedding TEXT,
    revision INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    edition INTEGER NOT NULL DEFAULT 0,
    vector INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE indexes (
    name TEXT PRIMARY KEY,
    generation INTEGER NOT NULL DEFAULT 0,
    token TEXT NOT NULL DEFAULT '',
    stamp INTEGER NOT NULL DEFAULT 0,
    seal TEXT
) WITHOUT ROWID;
CREATE TABLE documents (
    edition INTEGER PRIMARY KEY,
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
    status TEXT NOT NULL,
    paragraphs INTEGER NOT NULL,
    chunks INTEGER NOT NULL
);
CREATE TABLE contents (
    edition INTEGER PRIMARY KEY REFERENCES documents (edition) ON DELETE CASCADE,
    text TEXT NOT NULL,
    raw BLOB NOT NULL
);
CREATE TABLE sources (
    source TEXT PRIMARY KEY,
    document_id TEXT NOT NULL
);
CREATE INDEX sources_of_document ON sources (document_id);
CREATE TABLE paragraphs (
    edition INTEGER NOT NULL REFERENCES documents (edition) ON DELETE CASCADE,
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
    PRIMARY KEY (edition, number)
) WITHOUT ROWID;
CREATE TABLE tasks (
    edition INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    leader TEXT,
    deadline TEXT,
    PRIMARY KEY (edition, paragraph),
    FOREIGN KEY (edition, paragraph) REFERENCES paragraphs (edition, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX tasks_by_leader ON tasks (leader);
CREATE TABLE units (
    edition INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit TEXT NOT NULL,
    leads INTEGER NOT NULL,
    PRIMARY KEY (edition, paragraph, position),
    FOREIGN KEY (edition, paragraph) REFERENCES tasks (edition, paragraph) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX units_by_name ON units (unit);
CREATE TABLE places (
    edition INTEGER NOT NULL REFERENCES documents (edition) ON DELETE CASCADE,
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
    PRIMARY KEY (edition, start)
) WITHOUT ROWID;
CREATE TABLE texts (
    vector INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    code BLOB NOT NULL
);
CREATE TABLE vectors (
    vector INTEGER PRIMARY KEY REFERENCES texts (vector) ON DELETE CASCADE,
    floats BLOB NOT NULL
);
CREATE TABLE chunks (
    edition INTEGER NOT NULL REFERENCES documents (edition) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    text TEXT NOT NULL,
    shown TEXT NOT NULL,
    vector INTEGER NOT NULL,
    PRIMARY KEY (edition, position)
) WITHOUT ROWID;
CREATE INDEX chunks_by_vector ON chunks (vector, first);
CREATE TABLE hidden (edition INTEGER PRIMARY KEY);
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
    paragraphs, chunks,
    (SELECT source FROM sources WHERE document_id = documents.id ORDER BY rowid LIMIT 1) AS source
FROM documents
"""

# One row per paragraph; a task's units come along as JSON lists in their order.
PARAGRAPH = """
SELECT paragraphs.*, documents.id AS document_id, tasks.number AS task, tasks.text AS task_text,
    tasks.leader AS leader, tasks.deadline AS deadline,
    CASE WHEN tasks.number IS NOT NULL THEN (SELECT json_group_array(unit) FROM (SELECT unit FROM units
        WHERE units.edition = paragraphs.edition AND units.paragraph = paragraphs.number AND leads
        ORDER BY position)) END AS units,
    CASE WHEN tasks.number IS NOT NULL THEN (SELECT json_group_array(unit) FROM (SELECT unit FROM units
        WHERE units.edition = paragraphs.edition AND units.paragraph = paragraphs.number AND NOT leads
        ORDER BY position)) END AS responsible_units
FROM documents JOIN paragraphs ON paragraphs.edition = documents.edition
    LEFT JOIN tasks ON tasks.edition = paragraphs.edition AND tasks.paragraph = paragraphs.number
"""

CHUNK = """
SELECT chunks.*, documents.id AS document_id
FROM documents JOIN chunks ON chunks.edition = documents.edition
"""

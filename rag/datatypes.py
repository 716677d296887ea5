"""The records that travel between layers; frozen, typed, without behaviour beyond derived figures.

Every room may import this module; it imports the records of scope alone.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from rag.scope import Aim, Scope

ParagraphKind = Literal["title", "heading", "body", "row", "note", "task", "signature"]
PlaceKind = Literal["page", "paragraph", "table", "footnote", "sheet", "slide"]
QuestionKind = Literal[
    "number",
    "date",
    "place",
    "department",
    "person",
    "list",
    "definition",
    "yes_no",
    "how",
    "comparison",
    "other",
]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text says of itself: `number` is its own (湖府办〔2024〕3号), `date` its day in ISO 8601."""

    year: int | None = None
    issuer: str | None = None
    kind: str | None = None
    number: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, as shares of its width and height (0..1) counted from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where the characters `start` to `end` of a document's text stand in the file they came from.

    `page` is the page or slide, `area` the sheet, table, footnote or part of a slide (备注), `row` and
    `column` the cell in it, or the paragraph of a Word file; all counted from 1. `box` is where a line
    of print stands on its page. Places of a document do not overlap and are sorted by `start`.
    """

    kind: PlaceKind
    start: int
    end: int
    page: int | None = None
    area: str | None = None
    row: int | None = None
    column: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as text.

    `id` is a hash of the raw bytes, `source` where they came from (a path or an upload's name), `text`
    the decoded or projected text that every offset of paragraphs and citations points into.
    """

    id: str
    title: str
    source: str
    media_type: str
    text: str
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered task of a work plan; `deadline` stands as written (2024年12月底前)."""

    number: int
    text: str
    lead_units: tuple[str, ...]
    leader: str | None = None
    responsible_units: tuple[str, ...] = ()
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is known of a paragraph beyond its words.

    `department` and `person` come from the signature that closes the paragraph's block or from the
    heading above it; `post` is that person's office as signed.
    """

    kind: ParagraphKind = "body"
    department: str | None = None
    person: str | None = None
    post: str | None = None
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a reader sees it.

    `text` holds exactly the non-blank characters of `raw[start:end]` in order, with the line breaks
    and stray blanks of the raw file removed. `number` counts 1..n within the document, headings
    included; `section` is the path of headings above it, outermost first.
    """

    document_id: str
    number: int
    text: str
    start: int
    end: int
    page: int | None = None
    section: tuple[str, ...] = ()
    attributes: Attributes = Attributes()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A small unit to embed: one to a few sentences of one paragraph.

    `text` is what is embedded (with its context line), `shown` the characters of the paragraph it
    stands for; `first` and `last` are paragraph numbers, inclusive. `id` is made of the document id,
    the paragraph and the position within it.
    """

    id: str
    document_id: str
    first: int
    last: int
    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """All that ingest makes of one file, ready to be stored in one step.

    `raw` is the file's bytes; `places` say where its text stands in them, for formats that are not
    themselves text; `parser` names the version of the reading, so that a better one reads again.
    """

    document: Document
    paragraphs: tuple[Paragraph, ...]
    chunks: tuple[Chunk, ...]
    raw: bytes = field(repr=False)
    places: tuple[Place, ...] = ()
    parser: str = ""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the catalogue lists it, without its text. `ingested_at` is ISO 8601 in UTC."""

    id: str
    title: str
    source: str
    media_type: str
    metadata: Metadata
    paragraphs: int
    chunks: int
    ingested_at: str
    status: str


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph found by one index, with that index's own score (higher is better)."""

    document_id: str
    paragraph: int
    score: float


@dataclass(frozen=True, slots=True)
class Closeness:
    """Cosines of a question with the two units of a paragraph that are nearest to it in meaning.

    Both are of the same unit where there is only one, and 0 where there is none.
    """

    best: float = 0.0
    second: float = 0.0


@dataclass(frozen=True, slots=True)
class FieldScores:
    """What the words of a question score in each part of what a paragraph is looked up by.

    BM25 without field weights, 0 where nothing is shared: `body` counts its own words, `context` its
    headings, department, person and leader, `title` its document's, and `sound` what sounds like those
    words of the question that the library does not hold.
    """

    body: float = 0.0
    context: float = 0.0
    title: float = 0.0
    sound: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature gave to a hit's score: its value times its weight."""

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """What it added to the score."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found for a question. Lists of hits are sorted by score, ties by id and number.

    `year` is that of its document. The contributions of `parts` add up to the score. `alike` are
    paragraphs, by document id and number, that say nearly the same and are shown through this one.
    """

    paragraph: Paragraph
    title: str
    score: float
    year: int | None = None
    parts: tuple[Part, ...] = ()
    alike: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a found paragraph, a sentence or a whole task, that may answer the question.

    `handle` is the 1-based place of its paragraph among the hits; `start` and `end` are offsets into
    the paragraph's clean text. `coverage` is the share of the question's words in it or its headings
    (0..1), `likeness` the same counting each word by the nearest one in meaning, `figures` the share
    of the question's figures (years, counts) among them, `similarity` its cosine with the question,
    `fits` whether it holds the kind of thing asked for, `missing` weighs the word that it and its headings
    miss most; `unsaid` are, for the best ones where a figure is asked for, the words of what it is the
    figure of that they do not say. A reader that has looked at it says by `read` how
    likely the answer stands here (-1..1, -1 also where none has looked) and by `span`, offsets into the
    paragraph's text too, where.
    """

    handle: int
    start: int
    end: int
    text: str
    coverage: float = 0.0
    likeness: float = 0.0
    figures: float = 1.0
    similarity: float = 0.0
    fits: bool = False
    missing: float = 0.0
    read: float = -1.0
    span: tuple[int, int] | None = None
    score: float = 0.0
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Paragraphs and their passages, best first.

    `points` are the points of a list asked for that stand each in a paragraph of its own, in order.
    """

    hits: tuple[Hit, ...] = ()
    passages: tuple[Passage, ...] = ()
    points: tuple[Passage, ...] = ()

    def led_by(self, first: Passage) -> "Evidence":
        """The same with this passage first, in place of the one that stands where it does if there is one."""
        place = first.handle, first.start
        others = (passage for passage in self.passages if (passage.handle, passage.start) != place)
        return replace(self, passages=(first, *others))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a paragraph, and what it stands under: the title and the headings that say whose it is."""

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader takes for the answer in an excerpt: `text[start:end]`.

    `likely` is the log odds of this span against the answer not being there.
    """

    start: int
    end: int
    likely: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as it arrives, with its conversation and the scope it may be answered from.

    `top_k` `None` means the setting's default.
    """

    question: str
    history: tuple[Turn, ...] = ()
    scope: Scope = Scope()
    top_k: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    `text` is what was asked, `standalone` the same made readable without its conversation, `query`
    the normalised form searched with (simplified characters, half width), `kind` what is asked for,
    `aim` where its answer stands, as far as it says.
    """

    text: str
    standalone: str
    query: str
    kind: QuestionKind = "other"
    aim: Aim = Aim()

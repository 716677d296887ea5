"""The HTTP contract's bodies: what comes in becomes an Inquiry, records become what goes out.

May import the records of `rag`; names and nesting are fixed, other systems are built on them.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from rag.answers import Answer, Citation, Claim
from rag.citing.places import cells, describe
from rag.datatypes import Box, Hit, Inquiry, Part, Place, Turn
from rag.retrieval.features import LABELS
from ui.links import original_url
from ui.scoping import ScopeFields

MOST_HITS = 100
MOST_TURNS = 1000


class Body(BaseModel):
    """What every body shares: no silent conversion of types, no change once read."""

    model_config = ConfigDict(strict=True, frozen=True)


class TurnBody(Body):
    """One earlier message."""

    role: Literal["user", "assistant"]
    content: str


class SearchRequest(ScopeFields, Body):
    """A question and where to look."""

    question: str
    top_k: Annotated[int, Field(ge=1, le=MOST_HITS)] | None = None

    def inquiry(self) -> Inquiry:
        """The same as the core's record."""
        return Inquiry(question=self.question, scope=self.scope(), top_k=self.top_k)


class AskRequest(SearchRequest):
    """A question in its conversation; `stream` asks for server-sent events."""

    history: Annotated[list[TurnBody], Field(max_length=MOST_TURNS)] | None = None
    stream: bool = False

    def inquiry(self) -> Inquiry:
        """The same as the core's record."""
        return Inquiry(
            question=self.question,
            history=tuple(Turn(turn.role, turn.content) for turn in self.history or ()),
            scope=self.scope(),
            top_k=self.top_k,
        )


Edge = Annotated[float, Field(ge=0, le=1)]


class BoxBody(Body):
    """A line of print on a page, as shares of its width and height from the top left."""

    page: int
    left: Edge
    top: Edge
    right: Edge
    bottom: Edge

    @classmethod
    def of(cls, page: int, box: Box) -> Self:
        """The box as shown."""
        return cls(page=page, left=box.left, top=box.top, right=box.right, bottom=box.bottom)


class PlaceBody(Body):
    """Where cited characters stand in a file that is not itself text."""

    label: Annotated[str, Field(description="给人看的位置，如：第 3 页、表 2 第 3 行、工作表“预算”B3:D3")]
    pages: Annotated[list[int], Field(description="页码或幻灯片序号")]
    boxes: Annotated[list[BoxBody], Field(description="每行文字在页面上的方框，宽高的比例，自左上角起")]
    area: Annotated[str | None, Field(description="工作表、表格、脚注的名称或序号；跨几处时是第一处")]
    cells: Annotated[str | None, Field(description="所在区域内的单元格范围，如 B3:D3")]

    @classmethod
    def of(cls, places: Sequence[Place]) -> Self | None:
        """The places as shown; `None` for plain text, which has none."""
        label = describe(places)
        if label is None:
            return None
        first = [place for place in places if (place.kind, place.area) == (places[0].kind, places[0].area)]
        return cls(
            label=label,
            pages=sorted({place.page for place in places if place.page is not None}),
            boxes=[BoxBody.of(place.page, place.box) for place in places if place.box and place.page],
            area=places[0].area,
            cells=cells(first),
        )


class CitationBody(Body):
    """A numbered pointer to exact characters; `url` opens the original with them marked."""

    number: int
    document_id: str
    title: str
    section: list[str]
    paragraph: int
    page: int | None
    start: int
    end: int
    quote: str
    url: str
    place: Annotated[PlaceBody | None, Field(description="在原文件中的位置；纯文本没有")]

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """The citation as shown."""
        return cls(
            number=citation.number,
            document_id=citation.document_id,
            title=citation.title,
            section=list(citation.section),
            paragraph=citation.paragraph,
            page=citation.page,
            start=citation.start,
            end=citation.end,
            quote=citation.quote,
            url=original_url(citation),
            place=PlaceBody.of(citation.places),
        )


class ClaimBody(Body):
    """A sentence of the answer and how it was checked against what it cites."""

    text: Annotated[str, Field(description="去掉标号的句子")]
    numbers: Annotated[list[int], Field(description="所依据的出处的标号")]
    supported: Annotated[bool, Field(description="所引原文是否支持这一句")]
    missing: Annotated[list[str], Field(description="所引原文中没有的数字、日期、名称等")]

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """The claim as shown."""
        return cls(
            text=claim.text,
            numbers=list(claim.numbers),
            supported=claim.supported,
            missing=list(claim.missing),
        )


class RefusalBody(Body):
    """Why there is no answer."""

    reason: str
    message: str


class ElapsedBody(Body):
    """Milliseconds spent."""

    retrieve: float
    answer: float
    total: float


class AnswerBody(Body):
    """What comes back for a question."""

    question: str
    standalone_question: str
    answered: bool
    answer: str
    short_answer: str | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    refusal: RefusalBody | None
    citations: list[CitationBody]
    answerer: str
    elapsed_ms: ElapsedBody
    claims: Annotated[list[ClaimBody], Field(description="回答中的每一句及其核对结果；拒答时为空")]
    coverage: Annotated[float, Field(ge=0, le=1, description="有出处且出处支持的句子所占的比例")]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The answer as shown."""
        refusal, spent = answer.refusal, answer.timings
        return cls(
            question=answer.question,
            standalone_question=answer.standalone_question,
            answered=answer.answered,
            answer=answer.text,
            short_answer=answer.short_answer,
            confidence=float(answer.confidence),
            refusal=RefusalBody(reason=refusal.reason, message=refusal.message) if refusal else None,
            citations=[CitationBody.of(citation) for citation in answer.citations],
            answerer=answer.answerer,
            elapsed_ms=ElapsedBody(
                retrieve=round(spent.retrieve, 1), answer=round(spent.answer, 1), total=round(spent.total, 1)
            ),
            claims=[ClaimBody.of(claim) for claim in answer.claims],
            coverage=answer.coverage,
        )


class AlikeBody(Body):
    """Where a paragraph stands that says nearly the same."""

    document_id: str
    paragraph: int


class PartBody(Body):
    """What one feature gave to a hit's score; the contributions add up to the score."""

    name: str
    label: Annotated[str, Field(description="给人看的名称")]
    value: float
    weight: float
    contribution: Annotated[float, Field(description="value × weight")]

    @classmethod
    def of(cls, part: Part) -> Self:
        """The part as shown."""
        return cls(
            name=part.name,
            label=LABELS[part.name],
            value=part.value,
            weight=part.weight,
            contribution=part.contribution,
        )


class HitBody(Body):
    """A paragraph found; `alike` are others that say nearly the same, left out of the list."""

    document_id: str
    title: str
    section: list[str]
    paragraph: int
    page: int | None
    start: int
    end: int
    text: str
    score: float
    explanation: Annotated[list[PartBody], Field(description="得分由哪些部分相加而成")]
    alike: Annotated[list[AlikeBody], Field(description="内容几乎相同、未另列出的段落")]

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """The hit as shown."""
        found = hit.paragraph
        return cls(
            document_id=found.document_id,
            title=hit.title,
            section=list(found.section),
            paragraph=found.number,
            page=found.page,
            start=found.start,
            end=found.end,
            text=found.text,
            score=float(hit.score),
            explanation=[PartBody.of(part) for part in hit.parts],
            alike=[AlikeBody(document_id=name, paragraph=number) for name, number in hit.alike],
        )


class HitsBody(Body):
    """Paragraphs found, best first."""

    hits: list[HitBody]

    @classmethod
    def of(cls, hits: tuple[Hit, ...]) -> Self:
        """The hits as shown."""
        return cls(hits=[HitBody.of(hit) for hit in hits])


class DeltaBody(Body):
    """A piece of answer text."""

    text: str

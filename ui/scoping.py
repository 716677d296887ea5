"""The bounds that a question may be asked within, as optional fields of a request.

May import the scope and the errors of `rag`.
"""

from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from rag.errors import InvalidRequest
from rag.scope import Scope

MOST_DOCUMENTS = 1000
MOST_VALUES = 100

Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], Field(max_length=MOST_VALUES)]
Year = Annotated[int, Field(ge=1, le=9999)]


class ScopeFields(BaseModel):
    """Where to look: what is given bounds it, all of it together; absent or empty is the whole library."""

    document_ids: (
        Annotated[list[str], Field(max_length=MOST_DOCUMENTS, description="只在这些文件中找")] | None
    ) = None
    years: (
        Annotated[list[Year], Field(max_length=MOST_VALUES, description="只在这些年份的文件中找")] | None
    ) = None
    issuers: Annotated[Names, Field(description="只在这些机关发的文件中找，可写简称")] | None = None
    kinds: Annotated[Names, Field(description="只在这些文种中找，如：通知、报告、条例")] | None = None
    section: Annotated[Name, Field(description="只在标题含有这些字的章节中找")] | None = None

    def scope(self) -> Scope:
        """The same as the core's record."""
        return Scope(
            document_ids=frozenset(self.document_ids or ()),
            years=frozenset(self.years or ()),
            issuers=frozenset(self.issuers or ()),
            kinds=frozenset(self.kinds or ()),
            section=self.section or "",
        )


def read_scope(text: str) -> Scope:
    """The scope that these fields, written as JSON, set; no text sets none. Raises InvalidRequest."""
    try:
        return ScopeFields.model_validate_json(text).scope() if text else Scope()
    except ValidationError as error:
        raise InvalidRequest("限定的范围无法识别，请重新选择后再问。") from error

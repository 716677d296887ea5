"""What a question may be bounded to, over HTTP.

May import the choices and fastapi.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from ui.choices import MOST_LISTED, Choices, ChoicesBody

router = APIRouter(prefix="/api/v1", tags=["问答"])

_LONGEST = 200
Typed = Annotated[str, Query(max_length=_LONGEST)]


@router.get("/choices", summary="可限定的范围")
def list_choices(
    request: Request,
    title: Annotated[Typed, Query(description="文件标题中的字，空格分开的都要有")] = "",
    issuer: Annotated[Typed, Query(description="机关名称中的字")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED, description="每一类最多返回的条数")] = MOST_LISTED,
) -> ChoicesBody:
    """列出文件、年份、发文机关、文种，提问时可用它们限定范围。"""
    choices: Choices = request.app.state.choices
    return ChoicesBody.of(choices.current(), title=title, issuer=issuer, limit=limit)

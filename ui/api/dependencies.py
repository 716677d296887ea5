"""What the routes ask for, as annotated aliases; the one seam between FastAPI and the application.

May import the service and fastapi.
"""

from typing import Annotated

from fastapi import Depends, Query, Request

from rag.assistant import Assistant
from rag.settings import Settings
from ui.compose import Application
from ui.service import Service
from vectorstore.catalogue import Catalogue

MOST_LISTED = 1000
# SQLite keeps counts in 64 bits; no document has that many parts.
_FURTHEST = 2**31


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(_service)]


def _application(service: ServiceDep) -> Application:
    return service.application


ApplicationDep = Annotated[Application, Depends(_application)]


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _assistant(application: ApplicationDep) -> Assistant:
    return application.assistant


def _catalogue(application: ApplicationDep) -> Catalogue:
    return application.library.catalogue


SettingsDep = Annotated[Settings, Depends(_settings)]
AssistantDep = Annotated[Assistant, Depends(_assistant)]
CatalogueDep = Annotated[Catalogue, Depends(_catalogue)]

Offset = Annotated[int, Query(ge=0, le=_FURTHEST, description="跳过的条数")]
PageLimit = Annotated[int, Query(ge=1, le=MOST_LISTED, description="最多返回的条数")]
OpenLimit = Annotated[int | None, Query(ge=1, le=_FURTHEST, description="最多返回的条数；不填则全部返回")]
Place = Annotated[int | None, Query(ge=0, le=_FURTHEST, description="原文中的字符位置")]

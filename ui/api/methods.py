"""Which methods an address takes, all its routes together: the framework names those of one.

May import starlette.
"""

from collections.abc import Sequence
from http import HTTPMethod

from starlette.routing import BaseRoute, Match
from starlette.types import Scope


def allowed(routes: Sequence[BaseRoute], scope: Scope) -> str:
    """The methods that some route takes where a request went, as the `Allow` header lists them."""
    # Only where it went: what the routing has noted beside is about one route.
    where = {key: scope[key] for key in ("type", "path", "root_path")}
    return ", ".join(
        method.value
        for method in HTTPMethod
        if any(route.matches({**where, "method": method.value})[0] is Match.FULL for route in routes)
    )

"""One model's way into the stage server, and the table of them."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from owidget_jupyter import validation
from owidget_jupyter.numbers.desk import NumberDesk

_ORIGIN = re.compile(r"https?://(?P<name>[^/:@\[\]]+)(?P<port>:[0-9]{1,5})?")


@dataclass
class Route:
    """What the server knows of one model.

    Attributes:
        notebook: Origin of the notebook page that may frame the stage and probe the server.
        desk: Who answers its number requests.
        script: Address of the vendor's script; None for the simulator's, which the server has.
        token: Unguessable first part of all its paths.
        nonce: What the probe answers, so that the page knows whom it reached.
    """

    notebook: str
    desk: NumberDesk
    script: str | None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))


class Routes:
    """The routes of one server, by token."""

    def __init__(self) -> None:
        self._routes: dict[str, Route] = {}

    def add(self, route: Route) -> None:
        """Take a route in."""
        self._routes[route.token] = route

    def remove(self, route: Route) -> None:
        """Forget a route, if it is one of these."""
        self._routes.pop(route.token, None)

    def find(self, token: str) -> Route | None:
        """Return the route of a token, in a time that does not depend on it."""
        found = None
        for route in self:
            if hmac.compare_digest(route.token.encode(), token.encode()):
                found = route
        return found

    def __contains__(self, route: Route) -> bool:
        return route.token in self._routes

    def __iter__(self) -> Iterator[Route]:
        return iter(list(self._routes.values()))

    def __len__(self) -> int:
        return len(self._routes)


def loopback_name(origin: str) -> str:
    """Return the host name of an origin that is on loopback.

    Raises:
        ValueError: if it is no such origin. ``[::1]`` is none: a browser cannot be told to let
            only a page of that address frame the stage.
    """
    match = _ORIGIN.fullmatch(origin)
    if match and validation.is_loopback(match["name"]):
        return match["name"]
    raise ValueError("this page is not on localhost or 127.0.0.1")

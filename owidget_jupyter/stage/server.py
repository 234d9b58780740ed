"""The loopback server: gives stages an origin of their own, from a thread in the kernel.

On tornado, because Jupyter's kernel already runs on it: nothing more to install, well kept,
Apache-2.0. One server for all models of the process; it ends with the last of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hmac
import json
import re
import secrets
import socket
from collections.abc import Awaitable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, ClassVar

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from owidget_jupyter import validation
from owidget_jupyter.numbers.desk import LONGEST, Crowded, NumberDesk
from owidget_jupyter.numbers.hurry import hurry
from owidget_jupyter.stage.document import simulator_script, stage_document

_START_SECONDS = 5.0
_PORT_TRIES = 8
_LIMITS = {
    "max_header_size": 16_384,
    "max_body_size": 65_536,  # beyond it tornado itself refuses, without our headers
    "idle_connection_timeout": 30.0,
    "body_timeout": 5.0,
}
_ORIGIN = re.compile(r"https?://(?P<name>[^/:@\[\]]+)(?P<port>:[0-9]{1,5})?")


@dataclass
class Route:
    """What the server knows of one model.

    Attributes:
        notebook: Origin of the notebook page that may frame the stage and probe the server.
        desk: Who answers its number requests.
        token: Unguessable first part of all its paths.
        nonce: What the probe answers, so that the page knows whom it reached.
    """

    notebook: str
    desk: NumberDesk
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))


class StageServer:
    """The server of this process; `open_route` starts it, closing the last route ends it."""

    _lock: ClassVar[Lock] = Lock()
    _running: ClassVar[StageServer | None] = None

    def __init__(self) -> None:
        self.port = 0
        self._routes: dict[str, Route] = {}
        self._addresses: set[str] = set()
        self._loop: asyncio.AbstractEventLoop  # set by the thread, before it has started
        self._http: HTTPServer
        self._stopping: asyncio.Event
        self._started = Event()
        self._failure: Exception | None = None
        self._thread = Thread(target=self._serve, name="owidget stage server", daemon=True)

    @classmethod
    def open_route(cls, origin: str, desk: NumberDesk) -> tuple[Route, str]:
        """Return a model's new route and its address as a page of that origin reaches it.

        Args:
            origin: Of the notebook page.
            desk: Who answers the model's number requests.

        Raises:
            ValueError: if the origin is not a loopback one.
            OSError: if the server cannot be started.
        """
        hostname = loopback_name(origin)
        with cls._lock:
            server = cls._running or cls()
            try:
                if server is not cls._running:
                    server._start()
                server._listen_also(hostname)
            except OSError:
                if not server._routes:
                    cls._running = None
                    server._stop()
                raise
            cls._running = server
            route = Route(origin, desk)
            server._routes[route.token] = route
            return route, f"http://{hostname}:{server.port}/{route.token}/"

    @classmethod
    def close_route(cls, route: Route) -> None:
        """Forget a model's route; with the last one the port is released."""
        with cls._lock:
            server = cls._running
            if server is None or server._routes.pop(route.token, None) is None:
                return
            if not server._routes:
                cls._running = None
                server._stop()

    def find(self, token: str) -> Route | None:
        """Return the route of a token, in a time that does not depend on it."""
        found = None
        for known, route in list(self._routes.items()):
            if hmac.compare_digest(known.encode(), token.encode()):
                found = route
        return found

    def _start(self) -> None:
        self._thread.start()
        if not self._started.wait(_START_SECONDS):
            raise OSError(f"the stage server did not start within {_START_SECONDS:g} s")
        if self._failure is not None:
            raise OSError(f"the stage server did not start: {self._failure}")

    def _stop(self) -> None:
        with contextlib.suppress(RuntimeError, AttributeError):  # it has ended, or never began
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(_START_SECONDS)

    def _serve(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        application = Application(
            [(r"/([A-Za-z0-9_-]+)/(.+)", StageHandler, {"server": self})],
            default_handler_class=StageHandler,
            default_handler_args={"server": self},
            log_function=lambda handler: None,  # paths hold tokens: nothing is logged
        )
        http = self._http = HTTPServer(application, **_LIMITS)
        try:
            sockets = _loopback_sockets()
            self.port = sockets[0].getsockname()[1]
            self._addresses = {sock.getsockname()[0] for sock in sockets}
            http.add_sockets(sockets)
        except OSError as error:
            self._failure = error
            return
        finally:
            self._started.set()
        await self._stopping.wait()
        http.stop()
        await http.close_all_connections()

    def _listen_also(self, hostname: str) -> None:
        """Listen on the very address of a page that is neither localhost nor 127.0.0.1."""
        if hostname == "localhost" or hostname in self._addresses:
            return
        sockets = bind_sockets(self.port, address=hostname)
        self._loop.call_soon_threadsafe(self._http.add_sockets, sockets)
        self._addresses.add(hostname)


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


def _loopback_sockets() -> list[socket.socket]:
    """Return sockets of one free port on 127.0.0.1 and, where there is one, on ::1."""
    for _ in range(_PORT_TRIES):
        sockets = bind_sockets(0, address="127.0.0.1")
        try:
            # A browser may try ::1 first for "localhost": nobody else may have the port there.
            with contextlib.suppress(_NoIPv6):
                sockets += _ipv6_sockets(sockets[0].getsockname()[1])
            return sockets
        except OSError:
            for sock in sockets:
                sock.close()
    raise OSError("no port is free on both 127.0.0.1 and ::1")


class _NoIPv6(Exception):
    """This machine has no IPv6 loopback address."""


def _ipv6_sockets(port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, address="::1", family=socket.AF_INET6)
    except socket.gaierror as error:
        raise _NoIPv6 from error
    except OSError as error:
        if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            raise _NoIPv6 from error
        raise


@stream_request_body  # so that a body is looked at only after its request was found right
class StageHandler(RequestHandler):
    """Everything that the server answers; whatever is not named here is refused."""

    def initialize(self, server: StageServer) -> None:
        """Take the server whose routes count."""
        self._server = server
        self._body = b""

    def set_default_headers(self) -> None:
        """Set what every answer carries, refusals included."""
        self.clear_header("Server")
        # Without a cluster of its own the stage would share Jupyter's main thread.
        self.set_header("Origin-Agent-Cluster", "?1")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "strict-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header(
            "Content-Security-Policy", "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
        )

    def prepare(self) -> None:
        """Refuse a foreign Host, Origin or token before anything else is looked at."""
        hostname, _, port = self.request.host.rpartition(":")
        if not validation.is_loopback(hostname) or port != str(self._server.port):
            raise HTTPError(403)
        if "Transfer-Encoding" in self.request.headers:
            raise HTTPError(411)
        if int(self.request.headers.get("Content-Length", 0)) > LONGEST:
            raise HTTPError(413)
        token, path = (*self.path_args, "", "")[:2]
        route = self._server.find(token)
        if route is None:
            raise HTTPError(404)
        self._route = route
        origin = self.request.headers.get("Origin")
        own = f"http://{self.request.host}"
        if origin not in (None, route.notebook if path == "probe" else own):
            raise HTTPError(403)

    def get(self, token: str, path: str) -> None:
        """Serve the probe, the stage's document, and the simulator's script."""
        if path == "probe":
            self.set_header("Access-Control-Allow-Origin", self._route.notebook)
            self._send("text/plain", self._route.nonce)
        elif path == "stage":
            self.set_header(
                "Content-Security-Policy",
                f"object-src 'none'; base-uri 'none'; frame-ancestors {self._route.notebook}",
            )
            self._send("text/html", stage_document())
        elif path == "widget/OOWidget.js":
            self._send("text/javascript", simulator_script())
        else:
            raise HTTPError(404)

    async def post(self, token: str, path: str) -> None:
        """Answer a number request."""
        if path != "number":
            raise HTTPError(404)
        if self.request.headers.get("Origin") is None:
            raise HTTPError(403)
        try:
            number = self._body.decode("utf-8")
        except UnicodeDecodeError:
            raise HTTPError(400) from None
        try:
            with hurry():  # the page stands still
                answer = await self._route.desk.answer(number)
        except Crowded:
            raise HTTPError(503) from None
        self._send("application/json", json.dumps({"given": answer.given, "number": answer.number}))

    def _send(self, content_type: str, text: str) -> None:
        self.set_header("Content-Type", f"{content_type}; charset=utf-8")
        self.write(text)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer a refusal without a word about the request."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        """Log no refusal, and of a failure its type only: a traceback could hold a number."""
        if not isinstance(value, HTTPError):
            self._route.desk.note(f"the stage server failed with {typ.__name__}")

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Take the next part of a body, whose length is known to be within the limit."""
        self._body += chunk
        return None

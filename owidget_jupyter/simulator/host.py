"""The simulator as a host on loopback, to which any web page can point the vendor's snippet."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tornado.web import Application, HTTPError, RequestHandler

from owidget_jupyter import validation
from owidget_jupyter.stage.quiet import quiet
from owidget_jupyter.stage.reception import Reception
from owidget_jupyter.stage.sockets import loopback_sockets

_SCRIPT = "/widget/OOWidget.js"
# Nobody but this host is asked for anything. The chat's frame inherits it: hence the inline parts.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Offer:
    """What a host serves; all of it is in memory, so that no request reads a file.

    Attributes:
        page: HTML of the example page.
        script: The script where an address names no scenario.
        scripts: The script for each scenario that an address can name.
    """

    page: str = field(repr=False)
    script: str = field(repr=False)
    scripts: dict[str, str] = field(repr=False)


class Host:
    """A server on 127.0.0.1 and, where there is one, ::1.

    It has its port from the beginning, and answers while `serve` runs.

    Args:
        offer: What to serve.
        port: The very port, and no other; None for any that is free.
        failed: Hears, by an exception's name, of what went wrong in answering.

    Raises:
        OSError: if the port cannot be had, with a sentence that says why.

    Example:
        >>> host = Host(offer, None, print)
        >>> await host.serve(end)
    """

    def __init__(self, offer: Offer, port: int | None, failed: Callable[[str], None]) -> None:
        self._offer = offer
        self._failed = failed
        self._sockets = _sockets(port)
        self.port: int = self._sockets[0].getsockname()[1]

    @property
    def authority(self) -> str:
        """Host name and port, as they stand in the snippet."""
        return f"localhost:{self.port}"

    async def serve(self, end: asyncio.Event) -> None:
        """Answer requests until `end` is set; the port is released then.

        Raises:
            Exception: whatever kept it from accepting connections.
        """
        failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        application = Application(
            default_handler_class=_Handler,
            default_handler_args={"offer": self._offer, "port": self.port},
            log_function=lambda handler: None,  # a page's address may say who visits it
        )
        reception = Reception(application, lambda raised: _fail(failure, raised))
        ended = asyncio.ensure_future(end.wait())
        with quiet(self._failed):
            try:
                for sock in self._sockets:
                    reception.open(sock)
                await asyncio.wait((ended, failure), return_when=asyncio.FIRST_COMPLETED)
            finally:
                ended.cancel()
                await reception.close()
                for sock in self._sockets:
                    sock.close()
        if failure.done():
            failure.result()
        failure.cancel()


def _fail(failure: asyncio.Future[None], raised: BaseException) -> None:
    if not failure.done():
        failure.set_exception(raised)


def _sockets(port: int | None) -> list[socket.socket]:
    try:
        return loopback_sockets(port)
    except OSError as error:
        if port is None:
            raise
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno == errno.EADDRINUSE:
            raise OSError(
                f"port {port} is taken by something else on this machine; end that, or take "
                "another port (--port 0: any that is free)"
            ) from cause
        raise OSError(f"port {port} cannot be had here: {cause}") from cause


class _Handler(RequestHandler):
    """Answers one request: with the page, the script, or a refusal."""

    def initialize(self, offer: Offer, port: int) -> None:
        self._offer = offer
        self._port = port

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("X-Simulator", "owidget-jupyter; not the real service")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        # Any page may use the script, and is to see why it cannot: that is what the host is for.
        self.set_header("Cross-Origin-Resource-Policy", "cross-origin")
        self.set_header("Content-Security-Policy", _POLICY)

    def compute_etag(self) -> None:
        """Give no tag: nothing is to be stored, so there is nothing to be asked again about."""

    def prepare(self) -> None:
        request = self.request
        hostname, _, port = request.host.rpartition(":")
        # Else a page of anybody's, whose name was made to lead here, would be one of ours.
        if not validation.is_loopback(hostname) or port != str(self._port):
            raise HTTPError(403, "only localhost and loopback addresses are answered here")
        if request.method not in ("GET", "HEAD"):
            raise HTTPError(405, "GET and HEAD are answered")
        headers = request.headers
        if "Transfer-Encoding" in headers or headers.get("Content-Length", "0") != "0":
            raise HTTPError(413, "a request has no body here")

    def get(self) -> None:
        path = self.request.path
        if path == "/":
            self.set_header("Cross-Origin-Resource-Policy", "same-origin")
            self._send("text/html", self._offer.page)
        elif path == _SCRIPT:
            self._send_script(parse_qs(self.request.query, keep_blank_values=True))
        else:
            raise HTTPError(404, f"there are / and {_SCRIPT}")

    def head(self) -> None:
        self.get()  # tornado sends no body after it

    def _send_script(self, query: dict[str, list[str]]) -> None:
        named = query.get("scenario", [])
        script = self._offer.scripts.get(named[0]) if len(named) == 1 else None
        if named and script is None:
            names = ", ".join(self._offer.scripts)
            raise HTTPError(404, f"no scenario of that name; there are {names}")
        self._send("text/javascript", script or self._offer.script)

    def _send(self, content_type: str, text: str) -> None:
        self.set_header("Content-Type", f"{content_type}; charset=utf-8")
        self.write(text)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say what is accepted, without a word of the request's."""
        raised = kwargs.get("exc_info", (None, None, None))[1]
        accepted = raised.log_message if isinstance(raised, HTTPError) else None
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        if status_code == 405:
            self.set_header("Allow", "GET, HEAD")
        self.finish(f"{status_code}: {accepted or 'it could not be answered'}\n")

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        """Log no refusal; a failure is told by its name, see `quiet`."""
        if not isinstance(value, HTTPError):
            super().log_exception(typ, value, tb)

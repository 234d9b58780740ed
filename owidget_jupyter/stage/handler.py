"""What the stage server answers to a request; whatever is not named here is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable
from typing import Any

from tornado.web import HTTPError, RequestHandler, stream_request_body

from owidget_jupyter import validation
from owidget_jupyter.numbers.desk import LONGEST, Crowded
from owidget_jupyter.numbers.hurry import hurry
from owidget_jupyter.stage import policy
from owidget_jupyter.stage.document import simulator_script, stage_document
from owidget_jupyter.stage.route import Routes

_SERVED = {"GET": ("probe", "stage", "widget/OOWidget.js"), "POST": ("number",)}
_LENGTH = re.compile(r"[0-9]{1,15}")


@stream_request_body  # so that a body is looked at only after its request was found right
class StageHandler(RequestHandler):
    """Answers one request."""

    def initialize(self, routes: Routes, port: int) -> None:
        """Take the routes that count, and the port that they are reached by."""
        self._routes = routes
        self._port = port
        self._path = ""
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
        self.set_header("Content-Security-Policy", policy.enforced("'none'"))

    def compute_etag(self) -> None:
        """Give no tag: nothing is to be stored, so there is nothing to be asked again about."""

    def prepare(self) -> None:
        """Refuse a foreign Host, token or Origin before anything else is looked at."""
        request = self.request
        hostname, _, port = request.host.rpartition(":")
        if not validation.is_loopback(hostname) or port != str(self._port):
            raise HTTPError(403)
        self._check_form()
        # As it came, and not decoded: each address has one way to be written.
        root, token, path = (*(request.uri or "").split("/", 2), "", "")[:3]
        route = self._routes.find(token)
        if root or route is None or path not in _SERVED.get(request.method or "", ()):
            raise HTTPError(404)
        self._route, self._path = route, path
        origin = request.headers.get("Origin")
        own = f"http://{request.host}"
        if origin not in (None, route.notebook if path == "probe" else own):
            raise HTTPError(403)

    def _check_form(self) -> None:
        """Refuse what no browser sends to us; a body also where it is none of a number."""
        headers = self.request.headers
        if self.request.version != "HTTP/1.1" or "Upgrade" in headers:
            raise HTTPError(400)
        if "Expect" in headers:
            raise HTTPError(417)
        length = headers.get("Content-Length")
        posted = self.request.method == "POST"
        if "Transfer-Encoding" in headers or (posted and length is None):
            raise HTTPError(411)
        if length is not None and not _LENGTH.fullmatch(length):
            raise HTTPError(400)
        if int(length or 0) > (LONGEST if posted else 0):
            raise HTTPError(413)

    def get(self) -> None:
        """Serve the probe, the stage's document, or the simulator's script."""
        if self._path == "probe":
            self.set_header("Access-Control-Allow-Origin", self._route.notebook)
            self._send("text/plain", self._route.nonce)
        elif self._path == "stage":
            self.set_header("Content-Security-Policy", policy.enforced(self._route.notebook))
            watched = policy.watched(self._route.script)
            if watched is not None:
                self.set_header("Content-Security-Policy-Report-Only", watched)
            self._send("text/html", stage_document())
        else:
            self._send("text/javascript", simulator_script())

    async def post(self) -> None:
        """Answer a number request."""
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
        """Log no refusal; a failure goes where the server's others go, see `quiet`."""
        if not isinstance(value, HTTPError):
            super().log_exception(typ, value, tb)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Take the next part of a body, whose length is known to be within the limit."""
        self._body += chunk
        return None

"""A loopback server in the vendor's place, which serves a script and takes down its calls."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypedDict
from urllib.parse import urlsplit

from .recorder import recorder
from .wait import eventually

SCRIPT_PATH = "/widget/OOWidget.js"


@dataclass(frozen=True)
class Special:
    """A JavaScript value that JSON has no word for."""

    kind: str
    text: str = ""

    def __repr__(self) -> str:
        """Name it."""
        return f"<js {self.kind}{' ' + self.text if self.text else ''}>"


UNDEFINED = Special("undefined")
FUNCTION = Special("function")


class Call(TypedDict):
    """A method call as the script saw it; the length of `args` is the number of arguments."""

    method: str
    args: list[Any]


@dataclass(frozen=True)
class Request:
    """A request the server got; `number` counts up in the order of arrival."""

    number: int
    method: str
    path: str
    headers: dict[str, str]
    at: float


class Vendor:
    """The vendor's host, on a loopback port of its own.

    Set `script`, `status` and `delay` at any time; the next request for the script gets them.
    Nothing is cached by the browser. `requests` holds all requests but the script's own reports.
    """

    def __init__(self) -> None:
        self.script: str = recorder()
        self.status = 200
        self.delay = 0.0
        self.connections = 0
        self._lock = threading.Lock()
        self._wake = threading.Condition(self._lock)
        self._released = 0
        self._stopped = False
        self._requests: list[Request] = []
        self._served = 0
        self._reports: dict[int, dict[int, Call]] = {}
        self._server: _Server | None = None
        self.port = 0

    # -- life ------------------------------------------------------------------------------

    def start(self) -> Vendor:
        """Listen on a free port."""
        self.accept()
        return self

    def stop(self) -> None:
        """Stop listening and let go of every answer that is held back."""
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        self.refuse()

    def refuse(self) -> None:
        """Close the listening socket: connections are refused until `accept`."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def accept(self) -> None:
        """Listen (again), on the same port as before."""
        if self._server is None:
            self._server = _Server(("127.0.0.1", self.port), self)
            self.port = int(self._server.server_address[1])
            threading.Thread(
                target=self._server.serve_forever, args=(0.02,), name="vendor", daemon=True
            ).start()

    def release(self) -> None:
        """Send at once the answers that `delay` holds back now."""
        with self._wake:
            self._released += 1
            self._wake.notify_all()

    def __enter__(self) -> Vendor:
        """Start."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    # -- what it saw -----------------------------------------------------------------------

    @property
    def host(self) -> str:
        """Host and port, as the widget's `host` takes it."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The server's origin."""
        return f"http://{self.host}"

    @property
    def blank_url(self) -> str:
        """An empty page of the same host, for tests that need no notebook; not recorded."""
        return f"{self.url}/blank"

    @property
    def requests(self) -> list[Request]:
        """All requests so far, oldest first, without the script's own reports."""
        with self._lock:
            return list(self._requests)

    @property
    def script_requests(self) -> list[Request]:
        """The requests for the script."""
        return [request for request in self.requests if urlsplit(request.path).path == SCRIPT_PATH]

    @property
    def loads(self) -> list[list[Call]]:
        """The calls of each served copy of the script, in the order they were served.

        A list only ever grows at its end: a call whose predecessor is still on its way waits.
        """
        with self._lock:
            result: list[list[Call]] = []
            for number in range(1, self._served + 1):
                calls = self._reports.get(number, {})
                known: list[Call] = []
                while len(known) in calls:
                    known.append(calls[len(known)])
                result.append(known)
            return result

    @property
    def calls(self) -> list[Call]:
        """All calls in order: those of the first served copy, then those of the next."""
        return [call for calls in self.loads for call in calls]

    def calls_of(self, method: str) -> list[list[Any]]:
        """Return the arguments of each call of one method."""
        return [call["args"] for call in self.calls if call["method"] == method]

    def wait_for(self, method: str, count: int = 1, timeout: float = 20) -> list[list[Any]]:
        """Wait until a method was called `count` times, and return the calls' arguments."""
        eventually(
            lambda: len(self.calls_of(method)) >= count,
            timeout,
            lambda: f"{count} call(s) of {method}; calls so far: {self.calls}",
        )
        return self.calls_of(method)

    # -- for the handler -------------------------------------------------------------------

    def take_request(self, method: str, path: str, headers: Mapping[str, str]) -> None:
        """Take down a request."""
        with self._lock:
            number = len(self._requests) + 1
            self._requests.append(Request(number, method, path, dict(headers), time.monotonic()))

    def take_report(self, body: bytes) -> None:
        """Take down a call that the script reported."""
        report = json.loads(body)
        call: Call = {
            "method": report["method"],
            "args": [_decode(value) for value in report["args"]],
        }
        with self._lock:
            self._reports.setdefault(report["load"], {})[report["n"]] = call

    def next_script(self) -> tuple[int, bytes]:
        """Wait for `delay`, then return status and body of the script's next copy."""
        with self._wake:
            released = self._released
            self._wake.wait_for(
                lambda: self._stopped or self._released > released, timeout=self.delay
            )
            if self.status != 200:
                return self.status, b"no script here"
            self._served += 1
            return 200, f"const LOAD = {self._served};\n{self.script}".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], vendor: Vendor) -> None:
        self.vendor = vendor
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nothing to report."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def setup(self) -> None:
        """Count the connection."""
        self.server.vendor.connections += 1
        super().setup()

    def do_GET(self) -> None:
        """Serve the script, or some page."""
        vendor = self.server.vendor
        path = urlsplit(self.path).path
        if path == "/blank":
            body = b'<!doctype html><link rel="icon" href="data:,"><title>blank</title>'
            self._answer(200, body, "text/html; charset=utf-8")
            return
        vendor.take_request("GET", self.path, dict(self.headers.items()))
        if path == SCRIPT_PATH:
            status, body = vendor.next_script()
            self._answer(status, body, "text/javascript; charset=utf-8")
        elif path == "/elsewhere":
            body = b"<!doctype html><title>elsewhere</title><p>Another page of the vendor's."
            self._answer(200, body, "text/html; charset=utf-8")
        else:
            self._answer(404, b"nothing here", "text/plain; charset=utf-8")

    def do_POST(self) -> None:
        """Take a report."""
        vendor = self.server.vendor
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if urlsplit(self.path).path == "/record":
            vendor.take_report(body)
            self._answer(204, b"", "text/plain")
            return
        vendor.take_request("POST", self.path, dict(self.headers.items()))
        self._answer(404, b"nothing here", "text/plain; charset=utf-8")

    def do_OPTIONS(self) -> None:
        """Allow everything."""
        self.server.vendor.take_request("OPTIONS", self.path, dict(self.headers.items()))
        self._answer(204, b"", "text/plain")

    def log_message(self, *_: object) -> None:
        """Stay silent; `Vendor.requests` has it all."""

    def _answer(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Access-Control-Allow-Private-Network", "true")
        self.end_headers()
        self.wfile.write(body)


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return [_decode(item) for item in value]
    if isinstance(value, dict):
        if "$js" in value:
            return Special(value["$js"], value.get("text", ""))
        return {key: _decode(item) for key, item in value.items()}
    return value

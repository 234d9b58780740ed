"""Plays the browser towards the stage server, with real requests."""

from __future__ import annotations

import http.client
import json
import socket
from urllib.parse import urlsplit

#: What every answer must carry, refusals included.
ALWAYS = {
    "Origin-Agent-Cluster": "?1",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "strict-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NUMBER = "608 123 321"


class Client:
    """A browser's requests to one model's route."""

    def __init__(self, server: dict[str, str], address: str = "127.0.0.1") -> None:
        base = urlsplit(server["base"])
        self.host, self.port, self.path = base.netloc, base.port, base.path
        self.own = f"http://{base.netloc}"
        self.nonce = server["nonce"]
        self.address = address

    def request(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str | None
    ) -> http.client.HTTPResponse:
        sent = {"Host": self.host, **{k.replace("_", "-"): v for k, v in headers.items()}}
        connection = http.client.HTTPConnection(self.address, self.port, timeout=10)
        full = path if path.startswith("/") else self.path + path
        connection.putrequest(method, full, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        response.text = response.read().decode()
        connection.close()
        return response

    def connect(self) -> socket.socket:
        return socket.create_connection((self.address, self.port), timeout=10)

    def raw(self, sent: bytes) -> bytes:
        """Send just this, and return all that comes until the server closes."""
        with self.connect() as sock:
            return all_of(sock, sent)

    def ask(self, number: str = NUMBER) -> object:
        response = self.request("number", "POST", number.encode(), Origin=self.own)
        assert response.status == 200
        return json.loads(response.text)


def all_of(sock: socket.socket, sent: bytes = b"") -> bytes:
    """Return what comes until the other side closes, properly or because it read not all."""
    received = b""
    try:
        sock.sendall(sent)
        while chunk := sock.recv(65_536):
            received += chunk
    except (ConnectionResetError, BrokenPipeError):
        pass
    return received


def assert_guarded(response: http.client.HTTPResponse) -> None:
    for name, value in ALWAYS.items():
        assert response.getheader(name) == value
    policy = response.getheader("Content-Security-Policy")
    assert "object-src 'none'; base-uri 'none'; frame-ancestors" in policy
    assert response.getheader("Server") is None

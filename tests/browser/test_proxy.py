"""The proxy that the delivery tests cut connections with does what it says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import closing

import pytest

from .harness import Proxy, eventually
from .harness.proxy import BOTH

# What the other browser tests stand on: tried by them, too, each time.
pytestmark = pytest.mark.slow

UPGRADE = b"GET /api/kernels/1-2/channels?session_id=3 HTTP/1.1\r\nHost: x\r\n\r\n"
PLAIN = b"GET /api/kernels/1-2 HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def echo() -> Generator[int]:
    """A server that sends everything back; its port."""

    def serve(connection: socket.socket) -> None:
        with closing(connection):
            try:
                while data := connection.recv(65_536):
                    connection.sendall(data)
            except ConnectionResetError:
                return

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


class Client:
    """A connection through the proxy, as a browser makes it."""

    def __init__(self, proxy: Proxy, head: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", proxy.port), timeout=10)
        self.send(head)

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def receive(self, size: int) -> bytes:
        """Receive so many bytes, fewer if the connection ends before."""
        data = b""
        while len(data) < size and (more := self.socket.recv(size - len(data))):
            data += more
        return data

    def echoes(self, data: bytes) -> bool:
        self.send(data)
        return self.receive(len(data)) == data


@pytest.fixture
def proxied(echo: int) -> Generator[Proxy]:
    with Proxy(echo) as proxy:
        yield proxy


def test_bytes_pass_unchanged_and_ends_too(proxied: Proxy) -> None:
    client = Client(proxied, UPGRADE)
    assert client.receive(len(UPGRADE)) == UPGRADE
    megabyte = bytes(range(256)) * 4096
    sender = threading.Thread(target=client.send, args=(megabyte,))
    sender.start()
    assert client.receive(len(megabyte)) == megabyte
    sender.join()
    assert (proxied.live(), proxied.live("all")) == (1, 1)
    client.socket.shutdown(socket.SHUT_WR)
    assert client.receive(1) == b""
    eventually(lambda: proxied.live("all") == 0, message="the connection is closed")


def test_websockets_are_cut_alone(proxied: Proxy) -> None:
    websocket, plain = Client(proxied, UPGRADE), Client(proxied, PLAIN)
    assert websocket.receive(len(UPGRADE)) == UPGRADE
    assert plain.receive(len(PLAIN)) == PLAIN
    assert (proxied.live(), proxied.live("all")) == (1, 2)
    assert proxied.abort() == 1
    with pytest.raises(ConnectionResetError):
        websocket.receive(1)
    assert plain.echoes(b"still there")

    proxied.refuse()
    with pytest.raises(ConnectionResetError):
        Client(proxied, UPGRADE).receive(1)
    assert (proxied.refused, proxied.live()) == (1, 0)
    assert plain.echoes(b"still there")
    proxied.accept()
    websocket = Client(proxied, UPGRADE)
    assert websocket.receive(len(UPGRADE)) == UPGRADE

    eventually(lambda: proxied.live("all") == 2, message="the refused one is gone")
    assert proxied.abort("all") == 2
    with pytest.raises(ConnectionResetError):
        plain.receive(1)
    proxied.refuse("all")
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        Client(proxied, PLAIN).receive(1)


def test_what_stalls_is_kept_in_order_or_lost(proxied: Proxy) -> None:
    client, plain = Client(proxied, UPGRADE), Client(proxied, PLAIN)
    assert client.receive(len(UPGRADE)) == UPGRADE
    assert plain.receive(len(PLAIN)) == PLAIN
    for direction in BOTH:
        proxied.stall(directions=(direction,))
        client.send(b"one")
        eventually(lambda: proxied.held("up") + proxied.held("down") == 3, message="held")
        assert proxied.held(direction) == 3
        client.send(b"two")
        client.socket.settimeout(0.05)
        with pytest.raises(TimeoutError):
            client.receive(1)
        client.socket.settimeout(10)
        assert plain.echoes(b"passes")
        proxied.resume()
        assert client.receive(6) == b"onetwo"
        assert (proxied.held("up"), proxied.held("down")) == (0, 0)

    proxied.stall()
    client.send(b"lost")
    eventually(lambda: proxied.held("up") == 4, message="held")
    late = Client(proxied, UPGRADE)
    eventually(lambda: proxied.live() == 2, message="a new one is let in")
    assert proxied.abort() == 2
    proxied.resume()
    for cut in (client, late):
        with pytest.raises(ConnectionResetError):
            cut.receive(1)
    assert Client(proxied, UPGRADE).receive(len(UPGRADE)) == UPGRADE

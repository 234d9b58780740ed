"""Accepting connections, no more at once than can be served."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from tornado.http1connection import (
    HTTP1Connection,
    HTTP1ConnectionParameters,
    HTTP1ServerConnection,
)
from tornado.httputil import HTTPConnection, HTTPMessageDelegate, HTTPServerConnectionDelegate
from tornado.iostream import IOStream
from tornado.web import Application

#: Most connections at once; others wait in the system's queue. A browser opens 6 to a host.
MOST_SERVED = 64
_PAUSE_SECONDS = 0.5
_BUFFER = 131_072
_LIMITS = HTTP1ConnectionParameters(
    no_keep_alive=True,  # no connection idles, and none outlives its one request
    max_header_size=16_384,
    header_timeout=10.0,
    max_body_size=65_536,  # what is beyond what the handler takes is read, then refused
    body_timeout=5.0,
)


class Reception(HTTPServerConnectionDelegate):
    """The connections of one server; made and used in its loop alone.

    Not tornado's HTTPServer: that accepts without bound, and where the process has no file
    descriptor left, it logs so without end.
    """

    def __init__(self, application: Application, failed: Callable[[BaseException], None]) -> None:
        self._application = application
        self._failed = failed
        self._room = asyncio.Semaphore(MOST_SERVED)
        self._accepting: set[asyncio.Task[None]] = set()
        self._served: dict[object, tuple[HTTP1ServerConnection, socket.socket]] = {}

    def open(self, listening: socket.socket) -> None:
        """Accept what comes to a socket from now on."""
        task = asyncio.get_running_loop().create_task(self._accept(listening))
        self._accepting.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Accept nothing more, and cut off who is still there."""
        for task in self._accepting:
            task.cancel()
        for connection, _ in list(self._served.values()):
            await connection.close()

    def let_go(self) -> None:
        """Close this process's ends of all connections; in a fork, where no loop runs."""
        for _, sock in self._served.values():
            sock.close()

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._room.acquire()
            try:
                sock, _ = await loop.sock_accept(listening)
            except OSError:  # no file descriptor is left: some will be free again
                self._room.release()
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                stream = IOStream(sock, max_buffer_size=_BUFFER)
                connection = HTTP1ServerConnection(stream, _LIMITS)
                self._served[connection] = connection, sock
                connection.start_serving(self)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._accepting.discard(task)
        raised = None if task.cancelled() else task.exception()
        if raised is not None:
            self._failed(raised)

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Have the application take a request; called by tornado."""
        assert isinstance(request_conn, HTTP1Connection)
        return self._application.start_request(server_conn, request_conn)

    def on_close(self, server_conn: object) -> None:
        """Make room for the next one; called by tornado."""
        del self._served[server_conn]
        self._room.release()

"""A TCP proxy in front of a server, which cuts, refuses or holds back what passes through it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Literal, TypeVar

Which = Literal["websockets", "all"]
"""The kernels' websockets alone, so that everything else goes on working, or every connection."""

Direction = Literal["up", "down"]
"""To the server, or to the browser."""

T = TypeVar("T")

BOTH: tuple[Direction, ...] = ("up", "down")
_WEBSOCKET = re.compile(rb"GET /api/kernels/[^/ ]+/channels[? ]")
_CHUNK = 65_536
#: What closing a socket with this option sends is a reset, and nothing that waits in it.
_RESET = struct.pack("ii", 1, 0)


class Proxy:
    """Passes on what comes to a loopback port of its own, as long as nobody says otherwise.

    The Host header passes unchanged, so that Jupyter takes the page's origin for its own. What
    `abort`, `refuse` and `stall` say is in force when they return. They mean the kernels'
    websockets unless told "all"; a browser never reuses another connection for a websocket, so
    the first line of a connection tells which it is.
    """

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._target = (host, port)
        self._connections: set[_Connection] = set()
        self._refusing: set[Which] = set()
        self._gates: dict[tuple[bool, Direction], asyncio.Event] = {}
        self._refused = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    # -- life ------------------------------------------------------------------------------

    def start(self) -> Proxy:
        """Listen on a free port."""
        listening: Future[int] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._main(listening)), name="proxy", daemon=True
        )
        self._thread.start()
        self.port = listening.result(10)
        return self

    def stop(self) -> None:
        """Reset what is open and stop listening."""
        thread, self._thread = self._thread, None
        if thread is not None and self._stopping is not None:
            self._do(self._stopping.set)
            thread.join(10)
            assert not thread.is_alive(), "the proxy's thread did not end"

    def __enter__(self) -> Proxy:
        """Start."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    # -- trouble ---------------------------------------------------------------------------

    def abort(self, which: Which = "websockets") -> int:
        """Reset live connections at both ends, with all they hold back; return how many."""

        def abort() -> int:
            chosen = self._chosen(which)
            for connection in chosen:
                connection.abort()
            return len(chosen)

        return self._do(abort)

    def refuse(self, which: Which = "websockets") -> None:
        """Reset new connections as soon as they come, until `accept`."""
        self._do(lambda: self._refusing.add(which))

    def accept(self) -> None:
        """Let new connections in again."""
        self._do(self._refusing.clear)

    def stall(self, which: Which = "websockets", directions: tuple[Direction, ...] = BOTH) -> None:
        """Keep back every byte, and the end of a connection, until `resume` or `abort`.

        New connections are let in and stall as well.
        """

        def stall() -> None:
            for websocket, direction in self._gates:
                if direction in directions and (websocket or which == "all"):
                    self._gates[websocket, direction].clear()

        self._do(stall)

    def resume(self) -> None:
        """Pass on what was kept back, and everything else again."""

        def resume() -> None:
            for gate in self._gates.values():
                gate.set()

        self._do(resume)

    # -- what is there ---------------------------------------------------------------------

    def live(self, which: Which = "websockets") -> int:
        """Return the number of open connections."""
        return self._do(lambda: len(self._chosen(which)))

    def held(self, direction: Direction) -> int:
        """Return how many bytes wait in the proxy; more may wait in the sockets before it."""
        return self._do(lambda: sum(item.held[direction] for item in self._connections))

    @property
    def refused(self) -> int:
        """The number of connections that were refused so far."""
        return self._do(lambda: self._refused)

    # -- in the thread ---------------------------------------------------------------------

    def _do(self, work: Callable[[], T]) -> T:
        async def run() -> T:
            return work()

        assert self._loop is not None, "the proxy was not started"
        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)

    def _chosen(self, which: Which) -> list[_Connection]:
        return [item for item in self._connections if item.websocket or which == "all"]

    async def _main(self, listening: Future[int]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        for websocket in (False, True):
            for direction in BOTH:
                gate = self._gates[websocket, direction] = asyncio.Event()
                gate.set()
        try:
            server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        except OSError as error:
            listening.set_exception(error)
            return
        listening.set_result(server.sockets[0].getsockname()[1])
        await self._stopping.wait()
        server.close()
        for connection in list(self._connections):
            connection.abort()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = _Connection(writer)
        if "all" in self._refusing:
            self._refused += 1
            connection.abort()
            return
        self._connections.add(connection)
        connection.task = asyncio.ensure_future(self._serve(connection, reader, writer))
        connection.task.add_done_callback(lambda task: self._ended(connection, task))

    def _ended(self, connection: _Connection, task: asyncio.Task[None]) -> None:
        self._connections.discard(connection)
        connection.close()
        if not task.cancelled():
            task.result()

    async def _serve(
        self, connection: _Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        line = await reader.readline()
        connection.websocket = bool(_WEBSOCKET.match(line))
        if connection.websocket and "websockets" in self._refusing:
            self._refused += 1
            connection.abort()
            return
        try:
            server_reader, server_writer = await asyncio.open_connection(*self._target)
        except OSError:
            connection.abort()  # as it would learn without a proxy
            return
        connection.writers.append(server_writer)
        pumps = [
            asyncio.ensure_future(self._pump(connection, "up", reader, server_writer, line)),
            asyncio.ensure_future(self._pump(connection, "down", server_reader, writer)),
        ]
        try:
            await asyncio.gather(*pumps)
        except OSError:
            connection.abort()  # one end is gone, so the other one learns it
        finally:
            for pump in pumps:
                pump.cancel()

    async def _pump(
        self,
        connection: _Connection,
        direction: Direction,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        data: bytes = b"",
    ) -> None:
        gate = self._gates[connection.websocket, direction]
        data = data or await reader.read(_CHUNK)
        while data:
            connection.held[direction] = len(data)
            await gate.wait()
            connection.held[direction] = 0
            writer.write(data)
            await writer.drain()
            data = await reader.read(_CHUNK)
        await gate.wait()
        if writer.can_write_eof():
            writer.write_eof()


class _Connection:
    """One connection through the proxy: the browser's half and the server's."""

    def __init__(self, browser: asyncio.StreamWriter) -> None:
        self.task: asyncio.Task[None] | None = None
        self.writers = [browser]
        self.websocket = False
        self.held: dict[Direction, int] = {"up": 0, "down": 0}

    def abort(self) -> None:
        """Reset both halves and give up what waits to be passed on."""
        for writer in self.writers:
            sock: socket.socket = writer.get_extra_info("socket")
            with contextlib.suppress(OSError):  # reset by its other end already
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            writer.transport.abort()
        if self.task is not None and self.task is not asyncio.current_task():
            self.task.cancel()

    def close(self) -> None:
        """Close both halves once what was written is out."""
        for writer in self.writers:
            writer.close()

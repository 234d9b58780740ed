"""The loopback server: gives stages an origin of their own, from a thread in the kernel.

On tornado, because Jupyter's kernel already runs on it: nothing more to install, well kept,
Apache-2.0. A server ends with the last model that uses it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from threading import Event, Lock, Thread
from typing import ClassVar

from tornado.web import Application

from owidget_jupyter.numbers.desk import NumberDesk
from owidget_jupyter.stage.handler import StageHandler
from owidget_jupyter.stage.quiet import quiet
from owidget_jupyter.stage.reception import Reception
from owidget_jupyter.stage.route import Route, Routes, loopback_name
from owidget_jupyter.stage.sockets import also_on, loopback_sockets

_WAIT_SECONDS = 5.0


class StageServer:
    """One server of this process: for one vendor's script, on one port.

    Models with the same script and the same wish for a port share it, and the storage of its
    origin. Models with another script never do: two frames of one origin reach each other.
    """

    _lock: ClassVar[Lock] = Lock()
    _running: ClassVar[list[StageServer]] = []

    def __init__(self, wish: int | None, script: str | None) -> None:
        self._wish = wish
        self._script = script
        self._routes = Routes()
        self._listening = loopback_sockets(wish)
        self.port: int = self._listening[0].getsockname()[1]
        self._addresses = {sock.getsockname()[0] for sock in self._listening}
        self._loop: asyncio.AbstractEventLoop  # these three are set before it has started
        self._end: asyncio.Future[None]
        self._reception: Reception
        self._started = Event()
        self._unwanted = False
        self._failure: Exception | None = None
        self._thread = Thread(target=self._serve, name="owidget stage server", daemon=True)

    @classmethod
    def open_route(
        cls,
        origin: str,
        desk: NumberDesk,
        *,
        script: str | None = None,
        port: int | None = None,
        instead_of: Route | None = None,
    ) -> tuple[Route, str]:
        """Return a model's new route and its address as a page of that origin reaches it.

        Args:
            origin: Of the notebook page.
            desk: Who answers the model's number requests.
            script: Address of the vendor's script; None for the simulator's.
            port: The very port to be served on; None for any that is free.
            instead_of: The model's route up to now, which ends in any case.

        Raises:
            ValueError: if the origin is not a loopback one, or the port the notebook's own.
            OSError: if the server cannot be started, or cannot have that port.
        """
        with cls._lock:
            if instead_of is not None:
                cls._forget(instead_of)
            try:
                hostname = loopback_name(origin)
                if origin == f"http://{hostname}:{port}":
                    raise ValueError(f"stage_port {port} is the port of the notebook itself")
                server = cls._fitting(port, script)
                server._listen_also(hostname)
                route = Route(origin, desk, script)
                server._routes.add(route)
                return route, f"http://{hostname}:{server.port}/{route.token}/"
            finally:
                cls._end_unused()

    @classmethod
    def close_route(cls, route: Route) -> None:
        """Forget a model's route; with the last one of a server its port is released."""
        with cls._lock:
            cls._forget(route)
            cls._end_unused()

    @classmethod
    def serves(cls, route: Route) -> bool:
        """Tell whether a route is open, and its server at work."""
        with cls._lock:
            return any(server._alive and route in server._routes for server in cls._running)

    # For all servers; the lock is held

    @classmethod
    def _fitting(cls, port: int | None, script: str | None) -> StageServer:
        for server in cls._running:
            if server._alive and (server._wish, server._script) == (port, script):
                return server
        cls._end_unused()  # one of them may have had the port
        if port is not None and any(server.port == port for server in cls._running):
            raise OSError(
                f"stage_port {port} serves the stages of another host already; set another port"
            )
        server = cls(port, script)
        server._start()
        cls._running.append(server)
        return server

    @classmethod
    def _forget(cls, route: Route) -> None:
        for server in cls._running:
            server._routes.remove(route)

    @classmethod
    def _end_unused(cls) -> None:
        for server in list(cls._running):
            if not server._routes or not server._alive:
                cls._running.remove(server)
                server._stop()

    @classmethod
    def _let_go(cls) -> None:
        """Leave all servers to the process that this one was forked from.

        Their threads are not here, but ends of their sockets are: held open, the ports would
        never be released, and connections to them never be answered nor ended.
        """
        cls._lock = Lock()  # whoever held it is not here
        abandoned, cls._running = cls._running, []
        for server in abandoned:
            server._close_listening()
            server._reception.let_go()

    # One server

    @property
    def _alive(self) -> bool:
        return self._thread.is_alive()

    def _start(self) -> None:
        try:
            self._thread.start()
        except RuntimeError as error:  # no thread can be had
            self._close_listening()
            raise OSError(f"the stage server did not start: {error}") from error
        if not self._started.wait(_WAIT_SECONDS):
            self._stop()
            raise OSError(f"the stage server did not start within {_WAIT_SECONDS:g} s")
        if self._failure is not None:
            raise OSError(f"the stage server did not start: {self._failure}")

    def _stop(self) -> None:
        self._unwanted = True  # for a thread that has yet to begin
        with contextlib.suppress(RuntimeError, AttributeError):  # it has ended, or never began
            self._loop.call_soon_threadsafe(self._finish)
        self._thread.join(_WAIT_SECONDS)

    def _serve(self) -> None:
        serving = self._main()
        with quiet(self._note):
            try:
                asyncio.run(serving)
            except Exception as error:  # nobody waits for this thread: the next stage notices
                self._failure = error
                self._note(type(error).__name__)
            finally:
                serving.close()  # it never began where no loop can be had
                self._close_listening()
                self._started.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = self._loop.create_future()
        if self._unwanted:
            return
        application = Application(
            default_handler_class=StageHandler,
            default_handler_args={"routes": self._routes, "port": self.port},
            log_function=lambda handler: None,  # paths hold tokens: nothing is logged
        )
        self._reception = Reception(application, self._finish)
        for sock in self._listening:
            self._reception.open(sock)
        self._started.set()
        try:
            await self._end
        finally:
            await self._reception.close()

    def _finish(self, failure: BaseException | None = None) -> None:
        if self._end.done():
            return
        if failure is None:
            self._end.set_result(None)
        else:
            self._end.set_exception(failure)

    def _listen_also(self, hostname: str) -> None:
        """Listen on the very address of a page that is neither localhost nor 127.0.0.1."""
        if hostname == "localhost" or hostname in self._addresses:
            return
        for sock in also_on(hostname, self.port):
            self._listening.append(sock)
            self._loop.call_soon_threadsafe(self._reception.open, sock)
        self._addresses.add(hostname)

    def _close_listening(self) -> None:
        for sock in self._listening:
            sock.close()

    def _note(self, failure: str) -> None:
        """Tell all models of what went wrong here, by its name: a traceback could hold a number."""
        for route in self._routes:
            route.desk.note(f"the stage server failed with {failure}")


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=StageServer._let_go)

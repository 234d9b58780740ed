"""A JupyterLab server of the tests' own."""

from __future__ import annotations

import contextlib
import copy
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

from .wait import NotYet, eventually

Cell = str | Mapping[str, Any]
"""A code cell's source, or a whole cell as nbformat has it."""

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}

# Both would ask the network, or show a pop-up that takes the focus.
QUIET_SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


@runtime_checkable
class Logged(Protocol):
    """A server that keeps a log."""

    def log_tail(self, lines: int = 40) -> str:
        """Return the end of the log, under a line that says whose it is."""


class LabError(RuntimeError):
    """The server did not start or did not answer; the message ends with the tail of its log."""


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port that nobody listened on a moment ago."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def notebook_of(cells: Iterable[Cell]) -> dict[str, Any]:
    """Return a notebook as nbformat has it, with a kernelspec so that nothing is asked."""
    return {
        "cells": [_cell(cell) for cell in cells],
        "metadata": {"kernelspec": dict(KERNELSPEC)},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


class Lab:
    """One JupyterLab in its own process group, with every folder of its own below `folder`.

    `ip` is the address the server binds to; `host` the name pages use for it (as `ip` if not
    given). Server and kernels run on `python`, without word the tests' own; `extra_args` go to
    the command line, `env` into the environment of server and kernels.
    """

    #: What else shares this server's ways differs in these: the module to run, the application
    #: whose page is to show itself to tests, and where that page is.
    module: ClassVar = "jupyterlab"
    application: ClassVar = "LabApp"
    page_path: ClassVar = "lab/tree/{name}?token={token}&reset"

    def __init__(
        self,
        folder: Path,
        *,
        ip: str = "127.0.0.1",
        host: str | None = None,
        token: str | None = None,
        extra_args: Sequence[str] = (),
        python: Path | str = sys.executable,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.root = folder / "notebooks"
        self.log_path = folder / "lab.log"
        self.ip = ip
        self.host = host or ip
        self.token = token or secrets.token_hex(16)
        self.extra_args = tuple(extra_args)
        self.python = str(python)
        self.env = dict(env or {})
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        # Loopback must never be asked through a proxy that the environment names.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    # -- life ------------------------------------------------------------------------------

    def start(self, timeout: float = 60.0) -> Lab:
        """Start the server and wait until it answers."""
        self._make_folders()
        for attempt in range(3):
            self.port = free_port(self.ip)
            with self.log_path.open("ab") as log:
                self._process = subprocess.Popen(
                    self._command(),
                    cwd=self.root,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            try:
                eventually(self._answers_or_ended, timeout, "JupyterLab answers")
            except NotYet as error:
                self.stop()
                raise LabError(f"{error}\n{self.log_tail()}") from None
            if self._process.poll() is None:
                return self
            if attempt < 2 and "already in use" in self.log_tail():
                continue  # somebody took the port between our look and the server's bind
            code = self._process.returncode
            raise LabError(f"JupyterLab ended with code {code}\n{self.log_tail()}")
        raise LabError("unreachable")

    def stop(self) -> None:
        """Shut the kernels down, then end the server's whole process group."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            # Kernels run in process groups of their own; only the server can end them at once.
            with contextlib.suppress(OSError, LabError, http.client.HTTPException, NotYet):
                self._shutdown(process, timeout=10)
            self._signal(process, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        self._signal(process, signal.SIGKILL)
        process.wait()

    def __enter__(self) -> Lab:
        """Start."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def log_tail(self, lines: int = 40) -> str:
        """Return the end of the log that server and kernels write."""
        if not self.log_path.exists():
            return "(no log)"
        text = self.log_path.read_text(encoding="utf-8", errors="replace")
        return "\n".join(["--- JupyterLab's log ends:", *text.splitlines()[-lines:]])

    # -- notebooks -------------------------------------------------------------------------

    def write(self, name: str, cells: Iterable[Cell]) -> Path:
        """Write a notebook below the server's root, with a kernelspec so that nothing is asked."""
        return self.write_json(name, notebook_of(cells))

    def write_json(self, name: str, content: Mapping[str, Any]) -> Path:
        """Write a whole notebook, adding only the kernelspec where it has none."""
        document = copy.deepcopy(dict(content))
        document.setdefault("metadata", {}).setdefault("kernelspec", dict(KERNELSPEC))
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
        return path

    def copy(self, path: Path | str, name: str | None = None) -> str:
        """Copy a notebook from anywhere below the root and return its name there."""
        source = Path(path)
        name = name or source.name
        self.write_json(name, json.loads(source.read_text(encoding="utf-8")))
        return name

    def read(self, name: str) -> dict[str, Any]:
        """Read a notebook back as it is on disk."""
        content: dict[str, Any] = json.loads((self.root / name).read_text(encoding="utf-8"))
        return content

    @property
    def url(self) -> str:
        """The server's address as pages use it."""
        return self.url_on(self.host)

    def url_on(self, host: str, port: int | None = None) -> str:
        """Return the server's address under another name, or behind a proxy's port."""
        port = port or self.port
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def url_of(self, name: str, *, host: str | None = None, port: int | None = None) -> str:
        """Return the address that opens one notebook in a fresh workspace."""
        base = self.url_on(host or self.host, port)
        path = self.page_path.format(name=urllib.parse.quote(name), token=self.token)
        return f"{base}/{path}"

    # -- the server's own interface --------------------------------------------------------

    def api(self, method: str, path: str, body: object = None, timeout: float = 10.0) -> Any:
        """Call the server's REST interface and return the decoded answer, None if empty."""
        host = f"[{self.ip}]" if ":" in self.ip else self.ip
        request = urllib.request.Request(
            f"http://{host}:{self.port}/api/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}"},
        )
        with self._opener.open(request, timeout=timeout) as response:
            content = response.read()
        return json.loads(content) if content else None

    def running_kernels(self) -> list[str]:
        """Return the ids of the kernels that the server runs."""
        return [str(kernel["id"]) for kernel in self.api("GET", "kernels")]

    def shutdown_all(self, timeout: float = 30.0) -> None:
        """End every session and kernel and wait until the server has none."""
        if self._process is not None:
            self._shutdown(self._process, timeout)

    def reset_settings(self) -> None:
        """Undo what a page stored as a user's setting (the theme, for one)."""
        settings = self.folder / "settings"
        shutil.rmtree(settings, ignore_errors=True)
        for plugin, values in QUIET_SETTINGS.items():
            self.set_setting(plugin, values)

    def set_setting(self, plugin: str, values: Mapping[str, Any]) -> None:
        """Store a plugin's user settings for the pages opened from now on, until they are reset.

        `plugin` is the path of the plugin's schema, such as "@jupyterlab/notebook-extension/panel".
        """
        path = self.folder / "settings" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")

    # -- inside ----------------------------------------------------------------------------

    def _shutdown(self, process: subprocess.Popen[bytes], timeout: float) -> None:
        def none_left() -> bool:
            if process.poll() is not None:
                return True
            for kind in ("sessions", "kernels"):
                for item in self.api("GET", kind):
                    # Gone meanwhile is as good as ended by us.
                    with contextlib.suppress(urllib.error.HTTPError):
                        self.api("DELETE", f"{kind}/{item['id']}", timeout=timeout)
            return not self.api("GET", "kernels")

        eventually(none_left, timeout, "all kernels ended")

    def _answers_or_ended(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            return True
        try:
            self.api("GET", "status", timeout=2)
        except (OSError, http.client.HTTPException):
            return False
        return True

    def _command(self) -> list[str]:
        return [
            self.python,
            "-m",
            self.module,
            "--no-browser",
            "--allow-root",
            f"--ip={self.ip}",
            f"--port={self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.root}",
            "--ServerApp.terminals_enabled=False",
            f"--IdentityProvider.token={self.token}",
            f"--{self.application}.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
            *self.extra_args,
        ]

    def _environment(self) -> dict[str, str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "IPYTHON", "PYTEST_"))
        }
        folders = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        }
        return {
            **inherited,
            **{name: str(self.folder / folder) for name, folder in folders.items()},
            # The kernelspec below `data` must win over one that the environment brings.
            "JUPYTER_PREFER_ENV_PATH": "0",
            **self.env,
        }

    def _make_folders(self) -> None:
        for name in ("notebooks", "config", "data", "runtime", "ipython", "workspaces"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.reset_settings()
        spec = self.folder / "data" / "kernels" / "python3" / "kernel.json"
        spec.parent.mkdir(parents=True, exist_ok=True)
        argv = [self.python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec.write_text(json.dumps({**KERNELSPEC, "argv": argv}), encoding="utf-8")

    @staticmethod
    def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def _cell(cell: Cell) -> dict[str, Any]:
    if isinstance(cell, str):
        cell = {"cell_type": "code", "source": cell}
    full: dict[str, Any] = {"id": uuid.uuid4().hex[:8], "metadata": {}, **cell}
    if full.setdefault("cell_type", "code") == "code":
        full.setdefault("execution_count", None)
        full.setdefault("outputs", [])
    return full

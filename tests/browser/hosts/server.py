"""A notebook host's server: a process of its own, with all its folders below one."""

from __future__ import annotations

import contextlib
import http.client
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from ..harness import eventually

#: Where `make test-all` puts the hosts that are tried.
ENVIRONMENT = Path(__file__).parents[3] / ".venv-hosts"
PYTHON = ENVIRONMENT / "bin" / "python"

# Loopback must never be asked through a proxy that the environment names.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server:
    """Runs a command until `stop`, which ends all that it has started, whatever their groups.

    `url` is an address that anybody is served once the server is up. Python and
    Jupyter keep what they keep below `folder`.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        command: Sequence[str],
        url: str,
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.folder = folder
        self.url = url
        self.log_path = folder / f"{name.lower()}.log"
        self._command = list(command)
        self._cwd = cwd or folder
        self._env = dict(env or {})
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, timeout: float = 60) -> Server:
        """Start it and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._cwd,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            eventually(self._answers, timeout, lambda: f"{self.name} answers\n{self.log_tail()}")
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Ask it to end, and end what is left of it and its descendants."""
        process, self._process = self._process, None
        if process is None:
            return
        left = self.descendants(process.pid)
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        process.kill()
        process.wait()
        # A kernel or a proxy is in a group of its own, and may have been slow to end.
        for child in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(left, timeout=10)

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def kernels(self) -> list[psutil.Process]:
        """Return the kernels that run below this server."""
        assert self._process is not None, "the server runs"
        return [child for child in self.descendants(self._process.pid) if _is_kernel(child)]

    def log_tail(self, lines: int = 40) -> str:
        """Return the end of the log that the server and what it started write."""
        if not self.log_path.exists():
            return "(no log)"
        text = self.log_path.read_text(encoding="utf-8", errors="replace")
        return "\n".join([f"--- {self.name}'s log ends:", *text.splitlines()[-lines:]])

    @staticmethod
    def descendants(pid: int) -> list[psutil.Process]:
        """Return the processes that one has started, directly or not."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(pid).children(recursive=True)
        return []

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            code = self._process.returncode
            raise RuntimeError(f"{self.name} ended with code {code}\n{self.log_tail()}")
        return status(self.url) == 200

    def _environment(self) -> dict[str, str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "IPYTHON", "PYTEST_", "VIRTUAL_ENV"))
        }
        folders = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
            "HOME": "home",
        }
        for folder in folders.values():
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
        path = os.pathsep.join([str(PYTHON.parent), inherited.get("PATH", os.defpath)])
        return {
            **inherited,
            **{name: str(self.folder / folder) for name, folder in folders.items()},
            "PATH": path,
            **self._env,
        }


def status(url: str, timeout: float = 10) -> int | None:
    """Return the status that an address answers a stranger with, None if there is no answer."""
    try:
        with _opener.open(url, timeout=timeout) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, http.client.HTTPException):
        return None


def require_environment() -> Path:
    """Return the Python of the hosts' environment.

    Raises:
        FileNotFoundError: if there is none; these tests are never skipped.
    """
    if not PYTHON.exists():
        raise FileNotFoundError(
            f"no {PYTHON.relative_to(ENVIRONMENT.parent)}: the notebook hosts have an environment "
            "of their own, which `make test-all` makes before it runs these tests"
        )
    return PYTHON


def _is_kernel(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return "ipykernel_launcher" in process.cmdline()
    return False

"""A JupyterHub of local processes, below a base URL, and its users' notebooks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page

from ..harness import Notebook
from ..harness.lab import QUIET_SETTINGS, free_port, notebook_of
from .server import Server

BASE = "/team/"
PROXY = Path(__file__).parent / "node_modules" / ".bin" / "configurable-http-proxy"

_CONFIG = """
c = get_config()
c.JupyterHub.bind_url = {url!r}
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.shutdown_on_logout = True
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/users/{{username}}"
c.Spawner.ip = "127.0.0.1"
c.Spawner.default_url = "/lab"
c.Spawner.args = [
    "--allow-root", "--ServerApp.terminals_enabled=False", "--LabApp.extension_manager=readonly",
    "--LabApp.expose_app_in_browser=True",
]
"""


class Hub(Server):
    """Anybody may log in, by any name and password; each has a server and a home of their own."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.port = free_port()
        config = folder / "jupyterhub_config.py"
        text = _CONFIG.format(
            url=self.url_on("127.0.0.1"),
            hub_port=free_port(),
            proxy_port=free_port(),
            proxy=str(PROXY),
            folder=folder,
        )
        config.write_text(text, encoding="utf-8")
        command = [str(python), "-m", "jupyterhub", "--config", str(config)]
        super().__init__("JupyterHub", folder, command, self.url_on("127.0.0.1", "hub/login"))

    def url_on(self, host: str, path: str = "") -> str:
        """Return an address below the base URL, under one of the machine's names."""
        return f"http://{host}:{self.port}{BASE}{path}"

    def user(self, name: str) -> HubUser:
        """Return a user, who need not have logged in yet."""
        return HubUser(self, name)


class HubUser:
    """One user's home, and the notebooks in it: a `Server` for `Notebook`."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub = hub
        self.name = name
        self.home = hub.folder / "users" / name
        for plugin, values in QUIET_SETTINGS.items():
            path = self.home / ".jupyter/lab/user-settings" / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), encoding="utf-8")

    def write(self, name: str, cells: Iterable[str]) -> None:
        """Write a notebook into the home."""
        (self.home / name).write_text(json.dumps(notebook_of(cells)), encoding="utf-8")

    def log_in(self, page: Page, host: str = "127.0.0.1") -> None:
        """Log in as a person would, and wait for the server that this starts."""
        page.goto(self.hub.url_on(host, "hub/login"))
        page.get_by_label("Username").fill(self.name)
        page.get_by_label("Password").fill("any will do")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(re.compile(rf"{BASE}user/{self.name}/lab"), timeout=60_000)

    def open(self, page: Page, name: str, host: str = "127.0.0.1") -> Notebook:
        """Open a notebook on a page where the user has logged in."""
        return Notebook(self, page, name).open(host=host)

    def url_of(self, name: str, *, host: str | None = None, port: int | None = None) -> str:
        """Return the address that opens one notebook in a fresh workspace."""
        host = f"{host or '127.0.0.1'}:{port or self.hub.port}"
        return f"http://{host}{BASE}user/{self.name}/lab/tree/{quote(name)}?reset"

    def log_tail(self, lines: int = 40) -> str:
        """Return the end of the log of the hub and all its servers."""
        return self.hub.log_tail(lines)

"""Fixtures of the plain pages: hosts, a website, and what a page does beside what it is to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request

from tests.simulator_host import SimulatorHost
from tests.website import Site

from .book import HERE, PAGES, host_pages


class Visit:
    """One page in a browser of its own storage, watched from the beginning."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.warnings: list[str] = []
        self.errors: list[str] = []
        self.exceptions: list[str] = []
        self.hosts: set[str] = set()
        self._site = site
        page.on("console", self._hear)
        page.on("pageerror", self._catch)
        page.on("request", self._see)

    def open(self, path: str) -> None:
        """Go to a page of the website."""
        self.page.goto(f"http://{self._site.authority}/{path}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "warning":
            self.warnings.append(message.text)
        elif message.type == "error" and "favicon.ico" not in message.location["url"]:
            self.errors.append(message.text)

    def _catch(self, error: Error) -> None:
        self.exceptions.append(str(error))

    def _see(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)


@pytest.fixture(scope="session")
def hosts() -> Generator[dict[str, SimulatorHost]]:
    """The simulator in place of two of the vendor's hosts; time stands until it is stepped."""
    with (
        SimulatorHost("--speed", "0") as app,
        SimulatorHost("--speed", "0", "--scenario", str(HERE / "rules.toml")) as ptr,
    ):
        yield {"app.mluvii.com": app, "ptr.mluvii.com": ptr}


@pytest.fixture(scope="session")
def site(
    hosts: dict[str, SimulatorHost], tmp_path_factory: pytest.TempPathFactory
) -> Generator[Site]:
    """The website with all pages."""
    folder = tmp_path_factory.mktemp("website")
    for file in PAGES.iterdir():
        shutil.copy(file, folder)
    for name, page in host_pages().items():
        (folder / f"{name}.html").write_text(page.html(), "utf-8")
    with Site(folder, {theirs: ours.authority for theirs, ours in hosts.items()}) as site:
        yield site


@pytest.fixture
def visit(browser: Browser, site: Site) -> Generator[Callable[..., Visit]]:
    """Begins visits; takes Playwright's options for the context."""
    contexts = []

    def begin(**options: object) -> Visit:
        context = browser.new_context(locale="sk-SK", **options)  # type: ignore[arg-type]
        contexts.append(context)
        return Visit(context.new_page(), site)

    yield begin
    for context in contexts:
        context.close()

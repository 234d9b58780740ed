"""Fixtures of the browser tests; what they are made of is in `harness`."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from .harness.browser import BrowserPool, PageErrors
from .harness.lab import Cell, Lab, Logged
from .harness.notebook import Notebook
from .harness.proxy import Proxy
from .harness.vendor import Vendor

# What JupyterLab itself complains about, as regular expressions, each with the reason.
JUPYTERLAB_NOISE: dict[str, str] = {
    r"^exception: Error: Canceled future for create_subshell_request message": (
        "a page that goes away, or a kernel that restarts, before the kernel granted a subshell"
    ),
}

_CONTEXTS = pytest.StashKey[list[BrowserContext]]()
_ERRORS = pytest.StashKey[PageErrors]()
_FAILED = pytest.StashKey[bool]()
_names = itertools.count(1)


class NewPage(Protocol):
    """Opens a page in a fresh context."""

    def __call__(self, *browser_args: str, **context_options: Any) -> Page:
        """Take further arguments for Chromium and Playwright's options for the context."""


class NewNotebook(Protocol):
    """Opens a notebook."""

    def __call__(
        self,
        cells: Iterable[Cell] | None = None,
        *,
        path: Path | str | None = None,
        name: str | None = None,
        page: Page | None = None,
        host: str | None = None,
        port: int | None = None,
    ) -> Notebook:
        """Take cells, or the path of a notebook to copy; `page` is another than the usual one.

        `port` is a proxy's, to open it through that.
        """


expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these tests and put them last.

    Playwright's synchronous API keeps an event loop running in the main thread until the session
    ends; a test that calls `asyncio.run` would fail after it.
    """
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    for item in mine:
        item.add_marker("browser")
    items[:] = [item for item in items if here not in item.path.parents] + mine


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    """One JupyterLab for all tests; it answers under names that are not loopback ones, too."""
    remote = ["--ServerApp.allow_remote_access=True"]
    with Lab(tmp_path_factory.mktemp("lab"), extra_args=remote) as server:
        yield server


@pytest.fixture(scope="session")
def browsers() -> Generator[BrowserPool]:
    """All Chromiums, by their arguments."""
    with sync_playwright() as playwright:
        pool = BrowserPool(playwright)
        yield pool
        pool.close()


@pytest.fixture(scope="session")
def browser(browsers: BrowserPool) -> Browser:
    """The Chromium without further arguments."""
    return browsers.get()


@pytest.fixture
def page_errors() -> PageErrors:
    """What the test's pages complain about; `allow` what the test expects."""
    return PageErrors(JUPYTERLAB_NOISE)


@pytest.fixture
def left_clean(lab: Lab) -> Generator[None]:
    """Nothing that a test's pages leave in the server is there for the next one."""
    yield
    lab.shutdown_all()
    lab.reset_settings()


@pytest.fixture
def new_page(
    browsers: BrowserPool,
    page_errors: PageErrors,
    left_clean: None,
    request: pytest.FixtureRequest,
) -> Generator[NewPage]:
    """Opens pages, each in a fresh context; unexpected errors in any of them fail the test."""
    contexts: list[BrowserContext] = []
    request.node.stash[_CONTEXTS] = contexts
    request.node.stash[_ERRORS] = page_errors

    def open_page(*browser_args: str, **context_options: Any) -> Page:
        context = browsers.new_context(*browser_args, **context_options)
        contexts.append(context)
        page_errors.watch(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        # An answer from each page brings along what it said before.
        for page in context.pages:
            with contextlib.suppress(Error):
                page.title()
    # A test that failed already has told them in its report.
    errors = [] if request.node.stash.get(_FAILED, False) else page_errors.unexpected()
    where = _save_artifacts(request.node) if errors else None
    # First the browsers of this test alone, with their contexts: one that a hostile page has
    # brought to a stand is ended after a while, whereas a context would be waited for in vain.
    browsers.close_extra()
    for context in contexts:
        with contextlib.suppress(Error):
            context.close()
    if errors:
        lines = "\n".join(f"  {error}" for error in errors)
        pytest.fail(f"the page reported unexpected errors:\n{lines}\nsee {where}", pytrace=False)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """The test's page."""
    return new_page()


@pytest.fixture
def notebook(new_page: NewPage, lab: Lab, request: pytest.FixtureRequest) -> NewNotebook:
    """Opens notebooks; without a `page` the first one goes to the `page` fixture's."""
    taken: list[Page] = []

    def open_notebook(
        cells: Iterable[Cell] | None = None,
        *,
        path: Path | str | None = None,
        name: str | None = None,
        page: Page | None = None,
        host: str | None = None,
        port: int | None = None,
    ) -> Notebook:
        if page is None:
            usual: Page = request.getfixturevalue("page")
            page = usual.context.new_page() if taken else usual
        taken.append(page)
        if path is not None:
            name = lab.copy(path, name)
        else:
            name = name or f"{_safe(request.node.name)}-{next(_names)}.ipynb"
            lab.write(name, cells or [])
        return Notebook(lab, page, name, port).open(host=host)

    return open_notebook


@pytest.fixture
def vendor() -> Generator[Vendor]:
    """A server in the vendor's place, with a recording script."""
    with Vendor() as server:
        yield server


@pytest.fixture(scope="session")
def running_proxy(lab: Lab) -> Generator[Proxy]:
    """One proxy for all tests, so that it is there for a page until that is closed."""
    with Proxy(lab.port) as server:
        yield server


@pytest.fixture
def proxy(running_proxy: Proxy) -> Generator[Proxy]:
    """A proxy in front of JupyterLab; a notebook goes through it that is opened by its port."""
    yield running_proxy
    running_proxy.accept()
    running_proxy.resume()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep pictures of a failed test's pages and the end of the server's log."""
    report = yield
    if report.when != "teardown" and report.failed and _CONTEXTS in item.stash:
        item.stash[_FAILED] = True
        report.sections.append(("browser test artifacts", str(_save_artifacts(item))))
        errors = item.stash[_ERRORS].unexpected()
        if errors:
            lines = "\n".join(map(str, errors))
            report.sections.append(("unexpected errors of the page", lines))
    return report


def _save_artifacts(item: pytest.Item) -> Path:
    base = item.config.rootpath / "test-artifacts"
    folder = base / _safe(item.nodeid)
    folder.mkdir(parents=True, exist_ok=True)
    (base / ".gitignore").write_text("*\n", encoding="utf-8")
    pages = [page for context in item.stash[_CONTEXTS] for page in context.pages]
    for number, page in enumerate(pages, 1):
        with contextlib.suppress(Error):
            page.screenshot(path=folder / f"page-{number}.png", timeout=5_000)
    funcargs: dict[str, Any] = getattr(item, "funcargs", {})
    for name, server in funcargs.items():
        if isinstance(server, Logged):
            (folder / f"{name}.log").write_text(server.log_tail(200), encoding="utf-8")
    lines = "".join(f"{error}\n" for error in item.stash[_ERRORS].seen)
    (folder / "page-errors.txt").write_text(lines, encoding="utf-8")
    return folder


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name)

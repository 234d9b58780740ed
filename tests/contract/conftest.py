"""What is tried, on which page, and the report of what came of each promise."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from owidget_jupyter.simulating import SIMULATED_COMPANY
from tests.browser.harness.browser import FLAGS, find_chromium
from tests.browser.harness.wait import NotYet
from tests.simulator_host import SimulatorHost
from tests.website import Site

from .trial import Target, Trial

HERE = Path(__file__).parent
#: Exit code where the script could not be had, so that nothing was tried.
NOT_RUN = 3
CHAPTERS = {"test_documented.py": "Documented", "test_observed.py": "Observed"}
WORDS = {"passed": "passed", "failed": "FAILED", "error": "FAILED", "skipped": "not run"}

_target = pytest.StashKey[Target]()


@pytest.fixture(scope="package")
def target(request: pytest.FixtureRequest) -> Generator[Target]:
    """The script to be tried: that of $OOWIDGET_URL, else the simulator's of a host of our own."""
    url = os.environ.get("OOWIDGET_URL", "")
    company = os.environ.get("OOWIDGET_COMPANY", "") or SIMULATED_COMPANY
    if url:
        target = Target(url, company, own=False)
        request.config.stash[_target] = target
        yield target
        return
    with SimulatorHost() as host:
        target = Target(host.script, company, own=True)
        request.config.stash[_target] = target
        yield target


@pytest.fixture(scope="package")
def address() -> Generator[str]:
    """Where the page is that tries it."""
    with Site(HERE, {}) as site:
        yield f"http://{site.authority}/page.html"


@pytest.fixture(scope="package")
def browser(target: Target, address: str) -> Generator[Browser]:
    """A Chromium that has been seen to load the script; without one, nothing is run."""
    # The system's proxy, if there is one, may be the only way to the vendor's host.
    flags = [flag for flag in FLAGS if flag != "--no-proxy-server"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        first = Trial(browser.new_page(), address, target)
        if not loads(first, target):
            pytest.exit(f"not run: {target.url} could not be loaded", returncode=NOT_RUN)
        try:
            first.until(lambda: first.heard("loaded"), "$owidgetOnLoad is called")
        except NotYet as silent:  # nothing else could be kept then, and each would be waited for
            pytest.exit(f"FAILED: {target.url} was loaded, but {silent}", returncode=1)
        first.page.close()
        yield browser
        browser.close()


def loads(trial: Trial, target: Target) -> bool:
    """Tell whether the browser can load the script, whatever that does then."""
    trial.open()
    trial.page.evaluate("url => insert(url, '', '')", target.url)
    try:
        trial.until(lambda: trial.heard("script"), "the browser says what became of the script")
    except NotYet:
        return False
    return trial.heard("script") == ["load"]


@pytest.fixture(scope="package")
def loaded(browser: Browser, address: str, target: Target) -> Trial:
    """A page that only has the object, to be looked at and left as it is."""
    trial = Trial(browser.new_page(), address, target)
    trial.load()
    return trial


@pytest.fixture
def trial(browser: Browser, address: str, target: Target) -> Generator[Trial]:
    """A page with a storage of its own, in a Slovak browser."""
    context = browser.new_context(locale="sk-SK")
    yield Trial(context.new_page(), address, target)
    context.close()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what came of each promise."""
    target = config.stash.get(_target, None)
    if target is None:
        return
    outcomes = {
        report.nodeid: (WORDS[kind], report)
        for kind in WORDS
        for report in terminalreporter.stats.get(kind, [])
        if Path(report.fspath).name in CHAPTERS and HERE.name in Path(report.fspath).parts
    }
    if not outcomes:
        return
    terminalreporter.section(f"contract of {urlsplit(target.url).netloc}")
    for file, chapter in CHAPTERS.items():
        terminalreporter.write_line(f"{chapter}:")
        for nodeid, (word, report) in outcomes.items():
            if Path(report.fspath).name == file:
                name = nodeid.partition("::test_")[2].removesuffix("]")
                name = name.replace("[", ": ").replace("_", " ")
                why = f" ({report.longrepr[2].removeprefix('Skipped: ')})" if report.skipped else ""
                terminalreporter.write_line(f"  {word:8} {name}{why}")
    counts = Counter(word for word, _ in outcomes.values())
    summary = ", ".join(f"{counts[word]} {word}" for word in ("passed", "FAILED", "not run"))
    terminalreporter.write_line(summary)

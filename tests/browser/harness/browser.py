"""Chromium: finding it, starting it, and noticing what its pages complain about."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Error,
    Playwright,
    WebError,
)

from .wait import add_pump, remove_pump

CANDIDATES = ("chromium", "chromium-browser", "google-chrome")

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
)

VIEWPORT = {"width": 1280, "height": 900}


def find_chromium() -> str:
    """Return Chromium's path: `$CHROMIUM` if set, else the first of the usual names."""
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else CANDIDATES:
        path = shutil.which(name)
        if path:
            return path
    wanted = f"$CHROMIUM ({named})" if named else ", ".join(CANDIDATES)
    raise FileNotFoundError(
        f"no Chromium found as {wanted}: install it (apt-get install chromium) or set CHROMIUM"
    )


class BrowserPool:
    """Browsers by their extra arguments, each started once and kept until `close`.

    To change a page's language, give its context a `locale` or its browser `--accept-lang=de-DE`.
    Both change `navigator.language`, the Accept-Language header and every frame (cross-origin
    and sandboxed ones too); `--lang` and the LANGUAGE variable change neither in headless mode.
    `locale` leaves one language in `navigator.languages` and sets Intl's default as well.
    """

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._browsers: dict[tuple[str, ...], Browser] = {}
        self._pulses: dict[tuple[str, ...], CDPSession] = {}
        add_pump(self._pump)

    def get(self, *extra_args: str) -> Browser:
        """Return a running browser with these arguments beside the usual ones."""
        browser = self._browsers.get(extra_args)
        if browser is None or not browser.is_connected():
            browser = self._playwright.chromium.launch(
                executable_path=find_chromium(), args=[*FLAGS, *extra_args]
            )
            self._browsers[extra_args] = browser
            self._pulses[extra_args] = browser.new_browser_cdp_session()
        return browser

    def new_context(self, *extra_args: str, **options: Any) -> BrowserContext:
        """Open a fresh context; options are Playwright's (locale, color_scheme, viewport, …)."""
        options.setdefault("viewport", VIEWPORT)
        context = self.get(*extra_args).new_context(**options)
        context.set_default_timeout(20_000)
        context.set_default_navigation_timeout(60_000)
        return context

    def close_extra(self) -> None:
        """Close every browser but the plain one."""
        for args in [args for args in self._browsers if args]:
            self._pulses.pop(args, None)
            self._browsers.pop(args).close()

    def close(self) -> None:
        """Close all."""
        remove_pump(self._pump)
        self._pulses.clear()
        for browser in self._browsers.values():
            browser.close()
        self._browsers.clear()

    def _pump(self) -> None:
        # A question to the browser process: no page's state or busy thread can delay it, and
        # Playwright hands over everything that happened before the answer.
        # One answer is enough, all browsers share the connection.
        for args, pulse in list(self._pulses.items()):
            try:
                pulse.send("Browser.getVersion")
            except Error:
                del self._pulses[args]  # that browser is gone
            else:
                return


@dataclass(frozen=True)
class PageError:
    """One complaint of a page: a console error or an uncaught exception."""

    kind: str
    text: str
    url: str = ""

    def __str__(self) -> str:
        """Say it on one line."""
        return f"{self.kind}: {self.text}" + (f" [{self.url}]" if self.url else "")


class PageErrors:
    """Collects the complaints of all pages and frames of the contexts it watches."""

    def __init__(self, default: Mapping[str, str] | None = None) -> None:
        self.seen: list[PageError] = []
        self._allowed: dict[str, str] = dict(default or {})

    def watch(self, context: BrowserContext) -> None:
        """Listen to a context, second tabs and frames included."""
        context.on("console", self._on_console)
        context.on("weberror", self._on_web_error)

    def allow(self, pattern: str, reason: str = "expected by this test") -> None:
        """Expect complaints whose line matches the regular expression anywhere."""
        re.compile(pattern)
        self._allowed[pattern] = reason

    def add(self, kind: str, text: str, url: str = "") -> None:
        """Take down one complaint."""
        self.seen.append(PageError(kind, text, url))

    def unexpected(self) -> list[PageError]:
        """Return the complaints that nobody allowed."""
        return [
            error
            for error in self.seen
            if not any(re.search(pattern, str(error)) for pattern in self._allowed)
        ]

    def check(self) -> None:
        """Raise AssertionError if a page complained unexpectedly."""
        errors = self.unexpected()
        if errors:
            lines = "\n".join(f"  {error}" for error in errors)
            raise AssertionError(f"the page reported {len(errors)} unexpected error(s):\n{lines}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            location = message.location
            self.add("console", message.text, str(location.get("url", "")))

    def _on_web_error(self, error: WebError) -> None:
        self.add("exception", error.error.stack or error.error.message)

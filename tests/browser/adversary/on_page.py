"""Attempts on the notebook page: its document, what it keeps, what the person does in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .attempt import Attempt

if TYPE_CHECKING:
    from .scene import Scene

_ORIGIN = "the page has another origin than the stage"


def _kernel_ran(scene: Scene, isolation: str) -> bool:
    return f"page-{isolation}" in scene.ran()


def _has_cookie(scene: Scene, isolation: str) -> bool:
    return scene.cookies().get("adversary") == isolation


def _overwrote(scene: Scene, isolation: str) -> bool:
    return isolation in scene.overwrote


def _focused(scene: Scene, isolation: str) -> bool:
    return isolation in scene.focused


ON_PAGE = (
    Attempt(
        "parent-document",
        "read the notebook page",
        "return parent.document.body.innerText;",
        _ORIGIN,
        secret="cell",
    ),
    Attempt(
        "page-kernel",
        "run code in the kernel through the page's own connection",
        """
        const panel = parent.jupyterapp.shell.currentWidget;
        const code = `ADVERSARY = [*globals().get('ADVERSARY', []), 'page-${F.isolation}']`;
        await panel.sessionContext.session.kernel.requestExecute({code}).done;
        """,
        _ORIGIN,
        witness=_kernel_ran,
    ),
    Attempt(
        "token",
        "read the token that opens Jupyter",
        """
        const found = [document.referrer, location.ancestorOrigins[0]];
        try { found.push(opener && opener.location.href); } catch {}
        found.push(parent.location.href);
        const {serverSettings} = parent.jupyterapp.serviceManager;
        return JSON.stringify([...found, serverSettings.token]);
        """,
        "another origin; the address that the stage is told of has neither path nor query",
        secret="token",
    ),
    Attempt(
        "storage",
        "read what the notebook's origin stores",
        """
        const found = [];
        for (const of of [self, parent]) {
          try { found.push(of.localStorage.getItem('adversary')); } catch {}
          try { found.push(of.sessionStorage.getItem('adversary')); } catch {}
        }
        return found.join();
        """,
        "`origin` has a storage of its own, `opaque` an emulated one",
        secret="stored",
    ),
    Attempt(
        "cookie-read",
        "read cookies that the notebook's host name lets scripts read, `_xsrf` among them",
        "return document.cookie;",
        "cookies ignore the port; an `opaque` document has none but emulated ones",
        secret="xsrf",
    ),
    Attempt(
        "cookie-login",
        "read the login cookie",
        "return document.cookie + parent.document.cookie;",
        "no script may read it",
        secret="login",
        even_none=True,
    ),
    Attempt(
        "cookie-write",
        "set cookies for the notebook's host name",
        "document.cookie = `adversary=${F.isolation}; path=/`;",
        "cookies ignore the port",
        witness=_has_cookie,
    ),
    Attempt(
        "cookie-overwrite",
        "overwrite the notebook's `_xsrf` cookie",
        "document.cookie = `_xsrf=of-${F.isolation}; path=/`;",
        "cookies ignore the port",
        witness=_overwrote,
    ),
    Attempt(
        "focus",
        "take the keyboard's focus away from the notebook",
        """
        const field = document.body.appendChild(document.createElement('input'));
        field.focus();
        """,
        "the browser lets every frame do so; keys then go to the chat",
        witness=_focused,
    ),
)

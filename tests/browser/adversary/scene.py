"""The scene of the attempts: a notebook with chats in it, and everything that can be stolen."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

from playwright.sync_api import Dialog, Error

from ..harness import Notebook, NotYet, Vendor, eventually, recorder
from ..harness.chat import COMPANY, Chat
from .attempt import Attempt, Outcome, Witness
from .document import document_of

#: What the browser needs so that devices are there and nobody has to be asked for them.
DEVICES = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--auto-accept-this-tab-capture",
)
PERMISSIONS = ["camera", "microphone", "clipboard-read", "clipboard-write"]

_OTHERS = {
    "other": "host={other!r}, isolation='origin'",
    "same": "host={same!r}, isolation='origin'",
    "sealed": "host={same!r}, isolation='opaque'",
}
_CELL = "SECRET-of-a-cell"
_FILE = "SECRET-of-a-file"
_SCRIPT = "SECRET-of-a-script"
_STORED = "SECRET-of-storage"
_CLIPBOARD = "SECRET-of-the-clipboard"
_STORE = "() => { localStorage.setItem('adversary', %r); sessionStorage.setItem('adversary', %r); }"


class Scene:
    """One notebook page with three other chats, in which the hostile chat is shown.

    `other` is of another host, `same` and `sealed` of the hostile one's; these two run the same
    script, and do nothing of their own accord.
    """

    def __init__(self, nb: Notebook, vendor: Vendor, collector: Vendor) -> None:
        self.nb = nb
        self.vendor = vendor
        self.collector = collector
        self.chat = Chat(nb, vendor)
        self.outcomes: dict[str, dict[str, Outcome]] = {}
        self.downloads: list[str] = []
        self.dialogs: list[str] = []
        self.clipboards: list[str] = []
        self.focused: set[str] = set()
        self.logged_out: set[str] = set()
        self.overwrote: set[str] = set()
        self._said: dict[tuple[str, str], tuple[Attempt, str]] = {}
        self._secrets = self._set_up()
        self._after: dict[str, Callable[[str], None]] = {
            "log-out": self._look_for_login,
            "cookie-overwrite": self._restore_cookie,
            "clipboard-write": self._look_at_clipboard,
            "clipboard-copy": self._look_at_clipboard,
            "focus": self._look_for_focus,
        }
        page = nb.page
        page.on("download", lambda download: self.downloads.append(download.suggested_filename))
        page.on("dialog", self._on_dialog)

    # -- what there is to be had ------------------------------------------------------------

    def _set_up(self) -> dict[str, str]:
        lab, page = self.nb.lab, self.nb.page
        [self._kernel] = lab.running_kernels()
        (lab.root / "secret.txt").write_text(_FILE, encoding="utf-8")
        (lab.root / "secret.js").write_text(f"self.adversaryRead = '{_SCRIPT}';", encoding="utf-8")
        page.evaluate(_STORE % (_STORED, _STORED))
        self.nb.exec(f"from owidget_jupyter import OWidget\nCOMPANY = {COMPANY!r}")
        addresses = {}
        self.collector.script = recorder(on_connect="status(1);")
        for name, settings in _OTHERS.items():
            named = settings.format(other=self.collector.host, same=self.vendor.host)
            cell = self.nb.add_and_run(f"{name} = OWidget(COMPANY, {named})\n{name}  # {_CELL}")
            self.nb.until(f"{name}.state == 'connected'")
            frame = self.nb.output_area(cell).locator("iframe.owidget-frame")
            addresses[name] = frame.get_attribute("src") or ""
        self._servers = [addresses[name].split("/", 3) for name in ("other", "same")]
        cookies = self.nb.page.context.cookies(lab.url)
        [self.login_name] = [cookie["name"] for cookie in cookies if cookie["httpOnly"]]
        [self._xsrf] = [cookie for cookie in cookies if cookie["name"] == "_xsrf"]
        return {
            "cell": _CELL,
            "token": lab.token,
            "stored": _STORED,
            "xsrf": self._xsrf["value"],
            "login": self.cookies()[self.login_name],
            "file": _FILE,
            "script": _SCRIPT,
            "clipboard": _CLIPBOARD,
            "other_token": addresses["other"].split("/")[3],
            "same_token": addresses["same"].split("/")[3],
        }

    def _facts(self, isolation: str) -> dict[str, object]:
        """Return what the script is told, which is more than it could find out."""
        return {
            "isolation": isolation,
            "notebook": self.nb.lab.url,
            "collector": self.collector.url,
            "kernel": self._kernel,
            "servers": [f"{scheme}//{host}/" for scheme, _, host, _ in self._servers],
        }

    def cookies(self) -> dict[str, str]:
        """Return the cookies that the browser has for the notebook, by their names."""
        cookies = self.nb.page.context.cookies(self.nb.lab.url)
        return {cookie.get("name", ""): cookie.get("value", "") for cookie in cookies}

    # -- what witnesses look at -------------------------------------------------------------

    def ran(self) -> list[str]:
        """Return what was run in the kernel."""
        ran: list[str] = self.nb.py("globals().get('ADVERSARY', [])")
        return ran

    def types_of(self, name: str) -> list[str]:
        """Return the types in the log of one of the other chats."""
        types: list[str] = self.nb.py(f"[event.type for event in {name}.event_log]")
        return types

    # -- trying -----------------------------------------------------------------------------

    def show(self, isolation: str, *, media: bool = False) -> None:
        """Show the hostile chat under an isolation."""
        self.chat.show(f"isolation={isolation!r}, allow_media={media}")
        self.chat.until_state("connected", isolation)

    def try_all(self, isolation: str, attempts: Iterable[Attempt]) -> None:
        """Have the script that is shown make all of these, each as at a person's click."""
        for attempt in attempts:
            before = set(self.nb.page.context.pages)
            self.nb.page.bring_to_front()
            if attempt.secret == "clipboard":
                self.nb.page.evaluate("text => navigator.clipboard.writeText(text)", _CLIPBOARD)
            order = {"name": attempt.name, "facts": self._facts(isolation)}
            said = str(document_of(self.chat.view).evaluate("order => adversary(order)", order))
            if attempt.name in self._after:
                self._after[attempt.name](isolation)
            self._said[attempt.name, isolation] = attempt, said
            self._judge(attempt, isolation, said)
            for opened in set(self.nb.page.context.pages) - before:
                opened.close()

    def try_to_leave(self, isolation: str, attempt: Attempt) -> None:
        """Have it try what may leave no page for anything else."""
        order = {"name": attempt.name, "facts": self._facts(isolation)}
        try:
            said = str(document_of(self.chat.view).evaluate("order => adversary(order)", order))
        except Error as error:  # its document went while it answered
            said = f"tried: {error.message}"
        self._said[attempt.name, isolation] = attempt, said
        self._judge(attempt, isolation, said)

    def judge_again(self) -> None:
        """Look once more, for what came about after all."""
        for (_, isolation), (attempt, said) in self._said.items():
            self._judge(attempt, isolation, said)

    def _judge(self, attempt: Attempt, isolation: str, said: str) -> None:
        if attempt.witness is not None:
            possible = self._witnessed(attempt.witness, isolation)
        else:
            got = said.removeprefix("yes: ") if said.startswith("yes: ") else ""
            assert attempt.secret is not None, f"nobody can tell what became of {attempt.name}"
            secret = self._secrets.get(attempt.secret, "")
            possible = secret in got if secret else got != ""
        outcomes = self.outcomes.setdefault(attempt.name, {})
        earlier = isolation in outcomes and outcomes[isolation].possible
        outcomes[isolation] = Outcome(said, possible or earlier)

    def _witnessed(self, witness: Witness, isolation: str) -> bool:
        if isolation == "none":  # nothing is in the way there, so it only has to come about
            with contextlib.suppress(NotYet):
                return eventually(lambda: witness(self, isolation))
        return witness(self, isolation)

    # -- right after an attempt ---------------------------------------------------------------

    def _look_for_login(self, isolation: str) -> None:
        if self.login_name not in self.cookies():
            self.logged_out.add(isolation)
            self._log_in()

    def _log_in(self) -> None:
        page = self.nb.page.context.new_page()
        page.goto(f"{self.nb.lab.url}/api/status?token={self.nb.lab.token}")
        page.close()
        self._secrets["login"] = self.cookies()[self.login_name]

    def _restore_cookie(self, isolation: str) -> None:
        if self.cookies()["_xsrf"] != self._xsrf["value"]:
            self.overwrote.add(isolation)
            self.nb.page.context.add_cookies([self._xsrf])

    def _look_at_clipboard(self, isolation: str) -> None:
        self.clipboards.append(self.nb.page.evaluate("() => navigator.clipboard.readText()"))

    def _look_for_focus(self, isolation: str) -> None:
        if self.nb.page.evaluate("() => document.activeElement.className") == "owidget-frame":
            self.focused.add(isolation)

    def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            dialog.accept()
            return
        self.dialogs.append(dialog.message)
        dialog.dismiss()

"""One widget at a time, named `chat` in the kernel and shown in a cell of an open notebook."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator

from .notebook import Notebook
from .vendor import FUNCTION, Call, Vendor

COMPANY = "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e"
#: A name that means this machine to a browser started with MAP_OUTSIDE, and is no loopback name.
OUTSIDE = "notebook.example"
MAP_OUTSIDE = f"--host-resolver-rules=MAP {OUTSIDE} 127.0.0.1"

#: The types of a visit from its beginning to its end, in their order.
FIVE = [
    "chatWindowOpen",
    "chatSessionCreated",
    "chatSessionStarted",
    "chatSessionEnded",
    "chatWindowClosed",
]

#: What the documented isolation of a notebook page on loopback is, by the setting.
ACTIVE = {"auto": "origin", "origin": "origin", "opaque": "opaque", "none": "none"}

_SETUP = f"""
from owidget_jupyter import OWidget
COMPANY = {COMPANY!r}
"""

_CELL = """
chat = OWidget(COMPANY, host={host!r}, {settings})
statuses, events, states = [], [], []
chat.set_status_update_callback(statuses.append)
chat.set_app_event_callback(events.append)
chat.observe(lambda change: states.append(change.new), names="state")
{before}
chat
"""


def call(method: str, *args: Any) -> Call:
    """Return a call as the vendor's script records it."""
    return {"method": method, "args": list(args)}


def opening(*init: Any) -> list[Call]:
    """Return the calls that come before connectToServer, with these arguments of init."""
    return [
        call("setStatusUpdateCallback", FUNCTION),
        call("setAppEventCallback", FUNCTION),
        call("init", *init),
    ]


class Chat:
    """The widget that is shown last; showing another closes it and deletes its cell."""

    def __init__(self, nb: Notebook, vendor: Vendor) -> None:
        self.nb = nb
        self.vendor = vendor
        self._index: int | None = None
        self._first_load = 0
        nb.exec(_SETUP)

    def show(self, settings: str = "", *, before: str = "") -> None:
        """Make a widget with these further arguments, run `before`, and display it."""
        if self._index is not None:
            self.nb.exec("chat.close()")
            self.nb.delete_cell(self._index)
        self._first_load = len(self.vendor.loads)
        source = _CELL.format(host=self.vendor.host, settings=settings, before=before)
        self._index = self.nb.add_and_run(source.strip())

    @property
    def view(self) -> Locator:
        """Locate the widget in the page."""
        assert self._index is not None, "nothing was shown"
        return self.nb.output(self._index).locator(".owidget")

    @property
    def loads(self) -> list[list[Call]]:
        """The calls that each copy of the script that this widget loaded has seen."""
        return self.vendor.loads[self._first_load :]

    def until(self, condition: str, timeout: float = 20) -> Any:
        """Wait for a condition in the kernel."""
        return self.nb.until(condition, timeout, show="(chat, chat.error, chat.errors)")

    def until_state(self, state: str, isolation: str = "auto", timeout: float = 20) -> None:
        """Wait for a state, under the isolation that this setting leads to."""
        self.until(f"chat.state == {state!r}", timeout)
        active = self.nb.py("chat.active_isolation")
        assert active == ACTIVE[isolation], f"{state} under {active}"

    def fence(self) -> None:
        """Wait until the vendor's script was called once more: what came before it is recorded."""
        self.nb.exec("await chat.call('hideWidget')")

    def settled_calls(self) -> list[Call]:
        """Return all calls of the live stage so far, once no further one is under way."""
        before = len(self.vendor.calls_of("hideWidget"))
        self.fence()
        self.vendor.wait_for("hideWidget", before + 1)
        calls = self.loads[-1]
        assert calls[-1] == call("hideWidget"), f"the last call is the fence: {calls}"
        return [made for made in calls if made["method"] != "hideWidget"]

"""Whose clock an entry of the log has its times from."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from .conftest import NewNotebook, NewPage
from .harness import Vendor, recorder
from .harness.chat import Chat

AHEAD = timedelta(hours=3, seconds=7)

#: A browser whose clock is wrong; runs before anything else in every page and frame.
WRONG_CLOCK = """(() => {
  const { now } = Date;
  const ahead = %d;
  globalThis.Date = class extends Date {
    constructor(...args) { if (args.length) super(...args); else super(now() + ahead); }
    static now() { return now() + ahead; }
  };
})()"""

TIMES = """[
  [event.at.timestamp(), event.received.timestamp(), event.skew, str(event.at.tzinfo),
   str(event.received.tzinfo)]
  for event in chat.event_log
]"""


def test_a_browser_whose_clock_is_ahead(
    new_page: NewPage, notebook: NewNotebook, vendor: Vendor
) -> None:
    """`at` is its time, `received` the kernel's, and `skew` says how far they are apart."""
    page = new_page(timezone_id="Asia/Tokyo")
    page.context.add_init_script(WRONG_CLOCK % (AHEAD / timedelta(milliseconds=1)))
    vendor.script = recorder(on_connect="status(1);")
    begin = datetime.now(timezone.utc).timestamp()
    chat = Chat(notebook([], page=page), vendor)
    nb = chat.nb
    assert nb.page.evaluate("Date.now()") / 1000 >= begin + AHEAD.total_seconds()
    chat.show()
    chat.until_state("connected")
    assert nb.py("chat.active_isolation") == "origin"
    nb.stage().evaluate("() => vendorTest.event('chatWindowOpen')")
    nb.until("chat.event_log[-1].type == 'chatWindowOpen'")
    end = datetime.now(timezone.utc).timestamp()

    ahead = AHEAD.total_seconds()
    times = nb.py(TIMES)
    assert len(times) == 2
    for at, received, skew, *zones in times:
        assert zones == ["UTC", "UTC"]
        assert begin <= received <= end
        assert begin + ahead - 0.001 <= at <= end + ahead
        # The kernel is behind, less the time that the entry took.
        assert -ahead <= skew <= end - begin - ahead
        assert at + skew <= received + 0.002, "the kernel's time of it, at the latest"

"""Slow and blocking vendor scripts hold up nothing but themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import Vendor, eventually, recorder
from .harness.chat import COMPANY

#: Blocks its thread for two seconds, and keeps when: milliseconds since the epoch.
BLOCKS = """
window.testBlock = [Date.now()];
while (Date.now() - window.testBlock[0] < 2000);
window.testBlock.push(Date.now());
status(1);
"""
#: Keeps when the notebook page's main thread came round, in the same milliseconds.
TICK = "() => { window.testTicks = []; setInterval(() => testTicks.push(Date.now()), 5); }"
LONGER_THAN_INITIALIZE_MAY_TAKE = """() => {
  const begin = performance.now();
  return new Promise(resolve => {
    const look = () => performance.now() - begin > 2500 ? resolve(true) : setTimeout(look, 50);
    look();
  });
}"""


def test_updates_reach_the_page_while_the_script_takes_ten_seconds(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    vendor.script = recorder(on_connect="status(1);")
    vendor.delay = 10
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            f"chat = OWidget('{COMPANY}', host='{vendor.host}')\nchat",
        ]
    )
    nb.run_all()
    nb.until("chat.state == 'loading'")
    # A front end that is not there two seconds after its model hears nothing ever after.
    assert nb.page.evaluate(LONGER_THAN_INITIALIZE_MAY_TAKE)
    nb.exec("chat.height = 333")
    expect(nb.output_area(0).locator(".owidget-slot")).to_have_css("height", "333px")
    nb.exec("chat.show_status = False")
    expect(nb.output_area(0).locator(".owidget-bar")).to_be_hidden()
    assert (nb.py("chat.state"), len(vendor.loads)) == ("loading", 0)

    nb.until("chat.state == 'connected'", timeout=30)
    assert nb.py("chat.active_isolation") == "origin"
    nb.exec("asked = chat.call('openChat')")
    eventually(lambda: vendor.calls_of("openChat") == [[]], message="the call got through")


@pytest.mark.parametrize(
    "isolation", ["origin", *(pytest.param(i, marks=pytest.mark.slow) for i in ("opaque", "none"))]
)
def test_a_script_that_blocks_stops_the_notebook_page_only_inside_it(
    notebook: NewNotebook, vendor: Vendor, isolation: str
) -> None:
    vendor.script = recorder(on_connect=BLOCKS)
    nb = notebook(
        cells=[
            "from owidget_jupyter import OWidget\n"
            f"chat = OWidget('{COMPANY}', host='{vendor.host}', isolation='{isolation}')",
            "chat",
        ]
    )
    nb.run_cell(0)
    nb.page.evaluate(TICK)
    nb.run_cell(1)
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == isolation
    begin, end = nb.stage().evaluate("window.testBlock")
    during = [tick for tick in nb.page.evaluate("testTicks") if begin < tick < end]
    if isolation == "none":
        # It shares the page's thread, as its description says; and the measure can see it.
        assert during == []
    else:
        # The page went on from the block's beginning to its end, however busy the machine is.
        assert min(during) < begin + (end - begin) / 2 < max(during)

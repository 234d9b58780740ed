"""What public integrations were seen relying on, though the vendor does not document it."""

from __future__ import annotations

import pytest

from .trial import Trial

METHODS = [
    "addCustomData",
    "removeCustomData",
    "openChat",
    "openAppOnCurrentPage",
    "hideWidget",
    "setConnectionUpdateCallback",
]
STATUS = "owidget.setStatusUpdateCallback(hear('status'));"
EVENTS = "owidget.setAppEventCallback(hear('event'));"
INIT = "owidget.init(COMPANY);"
CONNECT = "owidget.connectToServer();"
DATA = "owidget.addCustomData('oo1_guest_ident', 'Contract');"
# Commonest first; the status callback comes late in those that do not name it.
ORDERS = {
    "init, connect": INIT + CONNECT + STATUS,
    "init, connect, data": INIT + CONNECT + DATA + STATUS,
    "init, connect, events": INIT + CONNECT + EVENTS + STATUS,
    "init, connect, status": INIT + CONNECT + STATUS,
    "status, init, connect": STATUS + INIT + CONNECT,
    "init, data, connect": INIT + DATA + CONNECT + STATUS,
}
FRAME = "iframe[name='onopChatIframe']"


def test_the_object_is_on_the_window_after_load(loaded: Trial) -> None:
    assert loaded.run("return window.$owidget === owidget") is True


@pytest.mark.parametrize("method", METHODS)
def test_the_object_has(loaded: Trial, method: str) -> None:
    assert loaded.run(f"return typeof owidget.{method}") == "function"


@pytest.mark.parametrize("order", ORDERS)
def test_the_calls_may_come_in_the_order(trial: Trial, order: str) -> None:
    trial.load(ORDERS[order])
    trial.until_status()
    trial.assert_no_exception()


@pytest.mark.parametrize(
    "arguments",
    ["COMPANY, null", "COMPANY, null, 'cs', 'contract'", "COMPANY.replaceAll('-', '')"],
)
def test_init_takes(trial: Trial, arguments: str) -> None:
    trial.load(f"{STATUS} owidget.init({arguments}); {CONNECT}")
    trial.until_status()
    trial.assert_no_exception()


def test_init_takes_a_tenant(trial: Trial) -> None:
    trial.load(f"{STATUS} owidget.init([COMPANY, 7]);")
    trial.drive()  # a tenant of the company would have to be known
    trial.run(CONNECT)
    trial.until_status()
    trial.assert_no_exception()


def test_a_script_inserted_twice_makes_two_objects(trial: Trial) -> None:
    trial.load(STATUS + INIT + CONNECT)
    trial.insert()
    assert trial.page.evaluate("widgets.length === 2 && widgets[0] !== widgets[1]")
    trial.until_status()
    trial.assert_no_exception()


def test_callbacks_are_cleared_by_null(trial: Trial) -> None:
    trial.load(
        f"""{STATUS} owidget.setAppEventCallback(null);
        owidget.setCustomNumberNormalization(null);
        owidget.setConnectionUpdateCallback(hear('cleared'));
        owidget.setConnectionUpdateCallback(null); {INIT} {CONNECT}"""
    )
    trial.until_status()
    assert trial.heard("cleared") == []
    trial.assert_no_exception()


def test_openChat_opens_the_window_in_a_frame_of_its_own(trial: Trial) -> None:
    trial.load(EVENTS + STATUS + INIT + CONNECT)
    trial.drive()
    trial.until_status()
    trial.run("owidget.openChat();")
    trial.until_types("chatWindowOpen")
    trial.page.locator(FRAME).wait_for(state="visible")


def test_openChat_true_goes_into_the_queue(trial: Trial) -> None:
    trial.load(EVENTS + STATUS + INIT + CONNECT)
    trial.drive()
    trial.until_status()
    trial.run("owidget.openChat(true);")
    opened = ["chatWindowOpen", "chatSessionCreated"]
    trial.until(lambda: trial.types()[:2] == opened, "the window is open, the client waits")


@pytest.mark.parametrize("app", ["chat", "av"])
def test_openAppOnCurrentPage_opens(trial: Trial, app: str) -> None:
    trial.load(f"{EVENTS}{STATUS} owidget.init(COMPANY, 'sales');{CONNECT}")
    trial.drive()
    trial.until_status()
    trial.run(f"owidget.openAppOnCurrentPage('{app}');")
    trial.until_types("chatWindowOpen")
    trial.assert_no_exception()


def test_hideWidget_closes_the_window(trial: Trial) -> None:
    trial.load(EVENTS + STATUS + INIT + CONNECT)
    trial.drive()
    trial.until_status()
    trial.run("owidget.openChat();")
    trial.page.locator(FRAME).wait_for(state="visible")
    trial.run("owidget.hideWidget();")
    trial.until_types("chatWindowOpen", "chatWindowClosed")
    trial.page.locator(FRAME).wait_for(state="hidden")


def test_the_operator_sees_the_custom_data_that_is_left(trial: Trial) -> None:
    trial.load(
        f"""{STATUS}{INIT} owidget.addCustomData('plan', 'gold'); owidget.addCustomData('gone', 1);
        {CONNECT} owidget.addCustomData('vip', true); owidget.removeCustomData('gone');"""
    )
    trial.drive()
    trial.until_status()
    trial.run(
        """window[Symbol.for('owidget_jupyter.simulator')].listen((news) => {
          if (news.kind === 'queue' && news.waiting.length) hear('data')(news.waiting[0].data);
        });
        owidget.openChat(true);"""
    )
    trial.until(
        lambda: trial.heard("data")[-1:] == [{"plan": "gold", "vip": True}],
        "the operator sees plan and vip",
    )


def test_the_connection_callback_hears_of_the_connection(trial: Trial) -> None:
    trial.load(f"owidget.setConnectionUpdateCallback(hear('connection'));{STATUS}{INIT}{CONNECT}")
    trial.drive()
    trial.until(lambda: trial.heard("connection") == [True], "the connection is told")

from __future__ import annotations

import pytest

from owidget_jupyter import OWidget

from .driver import COMPANY, ORIGIN, Page


def run_of(chat: OWidget, origin: str = ORIGIN) -> dict:
    return Page(chat, origin=origin).want().run()


def test_a_run_tells_a_stage_exactly_what_was_set():
    chat = OWidget(
        COMPANY,
        preset="NewWidget",
        language="cs",
        scope="demo",
        host="ptr.mluvii.com",
        tenant_id=7,
        isolation="opaque",
        page_language="sk",
        allow_media=True,
        autoconnect=False,
    )
    chat.add_custom_data("vip", True)
    assert run_of(chat) == {
        "isolation": "opaque",
        "server": None,
        "serverProblem": None,
        "simulation": None,
        "script": "https://ptr.mluvii.com/widget/OOWidget.js",
        "company": COMPANY,
        "tenant": 7,
        "preset": "NewWidget",
        "language": "cs",
        "scope": "demo",
        "pageLanguage": "sk",
        "media": True,
        "connect": False,
        "numbers": None,
        "customData": [["vip", True]],
    }


def test_what_is_left_out_is_null():
    run = run_of(OWidget(COMPANY, isolation="none"))
    left_out = ("tenant", "preset", "language", "scope", "pageLanguage")
    assert [run[name] for name in left_out] == [None] * 5
    assert (run["media"], run["connect"], run["customData"]) == (False, True, [])


@pytest.mark.parametrize("isolation", ["auto", "origin"])
def test_a_server_is_there_where_an_origin_may_be_wanted(isolation):
    run = run_of(OWidget(COMPANY, isolation=isolation))
    assert run["server"]["base"].startswith("http://localhost:")
    assert run["server"]["base"].endswith("/")
    assert run["serverProblem"] is None


@pytest.mark.parametrize("isolation", ["opaque", "none"])
def test_no_server_is_started_where_none_is_wanted(isolation):
    assert run_of(OWidget(COMPANY, isolation=isolation))["server"] is None


def test_the_simulator_needs_no_server_unless_an_origin_is_asked_for():
    assert run_of(OWidget.simulated())["server"] is None
    assert run_of(OWidget.simulated(isolation="origin"))["server"] is not None


@pytest.mark.parametrize("origin", ["https://hub.example", "http://[::1]:8888", "null", ""])
def test_a_page_that_is_not_on_this_machine_learns_why_there_is_no_server(origin):
    run = run_of(OWidget(COMPANY), origin)
    assert run["server"] is None
    assert "not on localhost or 127.0.0.1" in run["serverProblem"]


def test_a_page_of_another_origin_gets_a_route_of_its_own():
    chat = OWidget(COMPANY, isolation="origin")
    first = run_of(chat)["server"]
    again = Page(chat, "page-b").want(take=True).run()["server"]
    other = Page(chat, "page-c", "http://127.0.0.1:9999").want(take=True).run()["server"]
    assert first == again
    assert other["base"].startswith("http://127.0.0.1:")
    assert other["nonce"] != first["nonce"]

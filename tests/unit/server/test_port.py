"""A port that a person chose."""

from __future__ import annotations

import socket

import pytest
from traitlets import TraitError

from owidget_jupyter import OWidget

from ..driver import COMPANY, Page
from .client import Client
from .test_life import has_ended, has_ipv6_loopback


@pytest.fixture
def port() -> int:
    """Return a port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def chat_on(port: int | None, **settings: object) -> OWidget:
    return OWidget(COMPANY, isolation="origin", stage_port=port, **settings)


def client_of(chat: OWidget, **page: str) -> Client:
    return Client(Page(chat, **page).want().run()["server"])


def problem_of(chat: OWidget, **page: str) -> str:
    run = Page(chat, **page).want().run()
    assert run["server"] is None
    return run["serverProblem"]


def test_the_stage_is_served_on_the_very_port(port):
    client = client_of(chat_on(port))
    assert client.own == f"http://localhost:{port}"
    assert client.request("stage").status == 200


def test_it_is_the_same_origin_with_the_next_widget(port):
    chat = chat_on(port)
    first = client_of(chat)
    assert first.request("stage").status == 200
    chat.close()
    again = client_of(chat_on(port))
    assert again.own == first.own
    assert again.path != first.path
    assert again.request("stage").status == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_port_that_is_taken_is_a_reason_and_no_other_is_had(port, address):
    if address == "::1" and not has_ipv6_loopback():
        address = "0.0.0.0"
    family = socket.AF_INET6 if address == "::1" else socket.AF_INET
    chat = chat_on(port)
    with socket.create_server((address, port), family=family):
        problem = problem_of(chat)
    assert f"stage_port {port} is taken" in problem
    chat.retry()
    assert Client(Page(chat).run()["server"]).port == port


def test_a_port_that_the_system_keeps_is_a_reason(port, monkeypatch):
    def refuse(sock, address):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "bind", refuse)
        problem = problem_of(chat_on(port))
    assert problem.startswith(f"stage_port {port} cannot be had here (Permission denied")


def test_widgets_on_one_port_share_its_server_until_the_last_of_them(port):
    chats = [chat_on(port), chat_on(port)]
    first, second = map(client_of, chats)
    assert first.path != second.path
    chats[0].close()
    assert first.request("stage").status == 404
    assert second.request("stage").status == 200
    chats[1].close()
    assert has_ended(port)


def test_two_ports_are_two_origins(port):
    here, anywhere = client_of(chat_on(port)), client_of(chat_on(None))
    assert here.port != anywhere.port
    assert here.request(anywhere.path + "stage").status == 404
    assert here.request("stage").status == anywhere.request("stage").status == 200


def test_the_script_of_another_host_does_not_get_that_origin(port):
    first = chat_on(port)
    client = client_of(first)
    second = chat_on(port, host="ptr.mluvii.com")
    page = Page(second).want()
    assert f"stage_port {port} serves the stages of another host" in page.run()["serverProblem"]
    assert client.request("stage").status == 200
    first.close()
    second.retry()
    assert Client(page.run()["server"]).port == port


def test_another_host_of_the_same_widget_gets_the_port(port):
    chat = chat_on(port)
    page = Page(chat).want()
    chat.host = "ptr.mluvii.com"
    assert Client(page.run()["server"]).own == f"http://localhost:{port}"


def test_another_port_takes_a_fresh_stage_and_releases_the_old_one(port):
    chat = chat_on(None)
    page = Page(chat).want()
    old = Client(page.run()["server"])
    chat.stage_port = port
    assert Client(page.run()["server"]).port == port
    chat.stage_port = None
    assert Client(page.run()["server"]).port != port
    for released in (old.port, port):
        with socket.create_server(("127.0.0.1", released)):
            pass


def test_the_notebooks_own_port_would_be_no_isolation(port):
    problem = problem_of(chat_on(port), origin=f"http://localhost:{port}")
    assert problem == f"stage_port {port} is the port of the notebook itself"


def test_the_port_is_not_synced():
    assert "stage_port" not in OWidget(COMPANY, stage_port=8123).get_state()


@pytest.mark.parametrize("bad", [0, 80, 1023, 65_536, -1, True, "8123", 8123.0])
def test_what_is_no_port_of_a_person_is_refused(bad):
    with pytest.raises(TraitError, match="from 1024 to 65535; None takes any free port"):
        OWidget(COMPANY, stage_port=bad)


@pytest.mark.parametrize("bad", [6000, 6667, 10080])
def test_a_port_that_browsers_refuse_is_refused(bad):
    with pytest.raises(TraitError, match=f"stage_port {bad} is one that browsers refuse"):
        OWidget(COMPANY, stage_port=bad)

"""What the host answers, to whom, and what it refuses."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from owidget_jupyter.simulator.host import Host

from ..server.client import Client, all_of
from .conftest import OFFER, Running

SCRIPT = "/widget/OOWidget.js"


@pytest.mark.parametrize(
    ("path", "content_type", "text", "policy"),
    [
        ("/", "text/html", OFFER.page, "same-origin"),
        ("/?preset=sales", "text/html", OFFER.page, "same-origin"),
        (SCRIPT, "text/javascript", "'its own'", "cross-origin"),
        (f"{SCRIPT}?scenario=one", "text/javascript", "'one'", "cross-origin"),
        (f"{SCRIPT}?v=7&scenario=two", "text/javascript", "'two'", "cross-origin"),
    ],
)
def test_what_is_served(
    client: Client, path: str, content_type: str, text: str, policy: str
) -> None:
    response = client.request(path)
    assert (response.status, response.text) == (200, text)
    assert response.getheader("Content-Type") == f"{content_type}; charset=utf-8"
    assert response.getheader("Cross-Origin-Resource-Policy") == policy


@pytest.mark.parametrize("path", ["/", SCRIPT, "/elsewhere"])
def test_every_answer_is_guarded_and_says_what_it_comes_from(client: Client, path: str) -> None:
    response = client.request(path)
    assert response.getheader("X-Simulator") == "owidget-jupyter; not the real service"
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Cache-Control") == "no-store"
    assert response.getheader("Server") is None
    assert response.getheader("Etag") is None
    assert "default-src 'none'" in response.getheader("Content-Security-Policy")


def test_head_is_get_without_the_body(client: Client) -> None:
    response = client.request(SCRIPT, "HEAD")
    assert (response.status, response.text) == (200, "")
    assert response.getheader("Content-Length") == str(len("'its own'"))


@pytest.mark.parametrize("query", ["scenario=three", "scenario=", "scenario=one&scenario=two"])
def test_an_unknown_scenario_is_told_the_known_ones(client: Client, query: str) -> None:
    response = client.request(f"{SCRIPT}?{query}")
    assert (response.status, response.text) == (
        404,
        "404: no scenario of that name; there are one, two\n",
    )
    assert response.getheader("Content-Type").startswith("text/plain")
    assert response.getheader("Cross-Origin-Resource-Policy") == "cross-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/widget/oowidget.js",
        "/widget/",
        "/widget/OOWidget.js/",
        "//widget/OOWidget.js",
        "/widget/../widget/OOWidget.js",
        "/widget%2FOOWidget.js",
        "/page.html",
        "/<script>",
        "/" + "long" * 2000,
    ],
)
def test_nothing_else_is_there(client: Client, path: str) -> None:
    """And a refusal repeats nothing of what was asked."""
    response = client.request(path)
    assert (response.status, response.text) == (404, "404: there are / and /widget/OOWidget.js\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_get_and_head(client: Client, method: str) -> None:
    response = client.request("/", method)
    assert response.status == 405
    assert response.getheader("Allow") == "GET, HEAD"


@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "localhost",
        "localhost:1",
        "localhost.example.com:{port}",
        "",
        "0.0.0.0:{port}",
    ],
)
def test_a_foreign_name_is_refused(client: Client, host: str) -> None:
    """A page whose name was made to lead here would else read what only its own host may show."""
    response = client.request(SCRIPT, Host=host.format(port=client.port))
    assert response.status == 403
    assert "'its own'" not in response.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"])
def test_every_loopback_name_is_answered(client: Client, host: str) -> None:
    assert client.request(SCRIPT, Host=f"{host}:{client.port}").status == 200


def test_a_page_of_any_origin_may_load_the_script(client: Client) -> None:
    response = client.request(
        SCRIPT, Origin="https://shop.example", Referer="https://shop.example/"
    )
    assert response.status == 200
    assert response.getheader("Access-Control-Allow-Origin") is None, "load, but not read"


@pytest.mark.parametrize(
    "header", ["Content-Length: 1\r\n\r\nx", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"]
)
def test_a_body_is_refused(client: Client, header: str) -> None:
    answer = client.raw(f"GET / HTTP/1.1\r\nHost: {client.host}\r\n{header}".encode())
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_headers_without_end_are_cut_off(client: Client) -> None:
    answer = client.raw(b"GET / HTTP/1.1\r\n" + b"X-Long: 0123456789\r\n" * 10_000)
    assert b"200" not in answer


def test_nonsense_does_not_end_it(running: Running) -> None:
    for nonsense in (
        b"\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\0",
        b"GET / HTTP/9\r\n\r\n",
    ):
        with running.client.connect() as sock:
            sock.sendall(nonsense)
            sock.shutdown(socket.SHUT_WR)
            assert b"200 OK" not in all_of(sock)
    assert running.client.request("/").status == 200


def test_a_failure_is_told_by_its_name_alone(caplog: pytest.LogCaptureFixture) -> None:
    broken = replace(OFFER, page=None)  # type: ignore[arg-type]
    with Running(broken) as running:
        response = running.client.request("/?visitor=eva")
        assert (response.status, response.text) == (500, "500: it could not be answered\n")
        assert running.client.request(SCRIPT).status == 200
    assert running.failures == ["TypeError"]
    assert "eva" not in caplog.text


def test_nothing_of_a_request_is_logged(
    client: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    client.request("/?visitor=eva")
    client.request("/eva")
    assert "eva" not in caplog.text
    assert capfd.readouterr() == ("", "")


def test_the_port_is_released_at_the_end() -> None:
    with Running() as first:
        port = first.host.port
    with Running(port=port) as second:
        assert second.host.port == port
        assert second.client.request("/").status == 200


def test_it_listens_on_loopback_only(running: Running) -> None:
    addresses = {sock.getsockname()[0] for sock in running.host._sockets}
    assert "127.0.0.1" in addresses
    assert addresses <= {"127.0.0.1", "::1"}


def test_a_taken_port_is_said_to_be(running: Running) -> None:
    port = running.host.port
    with pytest.raises(OSError, match=rf"port {port} is taken by something else on this machine"):
        Host(OFFER, port, print)


def test_its_repr_holds_no_script() -> None:
    assert repr(OFFER) == "Offer()"

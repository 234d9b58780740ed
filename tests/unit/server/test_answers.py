from __future__ import annotations

from functools import partial

import pytest

from owidget_jupyter import OWidget
from owidget_jupyter.stage.document import simulator_script, stage_document
from owidget_jupyter.stage.route import loopback_name

from ..driver import COMPANY, ORIGIN, Page
from .client import Client, assert_guarded

WATCHED = "Content-Security-Policy-Report-Only"


def test_the_stage_is_served_to_be_framed_by_the_notebook_alone(client):
    response = client.request("stage")
    assert (response.status, response.text) == (200, stage_document())
    assert response.getheader("Content-Type") == "text/html; charset=utf-8"
    assert response.getheader("Content-Security-Policy") == (
        f"object-src 'none'; base-uri 'none'; frame-ancestors {ORIGIN}"
    )
    assert response.getheader("Access-Control-Allow-Origin") is None
    assert_guarded(response)


def test_what_else_the_stage_contacts_is_only_watched_and_told_to_nobody_but_it(client):
    response = client.request("stage")
    assert response.getheader("Content-Security-Policy-Report-Only") == (
        "default-src 'unsafe-inline' 'self' https://app.mluvii.com wss://app.mluvii.com; "
        "form-action 'self' https://app.mluvii.com wss://app.mluvii.com"
    )
    assert response.getheader("Reporting-Endpoints") is None
    assert client.request("widget/OOWidget.js").getheader(WATCHED) is None


@pytest.mark.parametrize(
    ("chat", "policy"),
    [
        (OWidget.simulated, "default-src 'unsafe-inline' 'self'; form-action 'self'"),
        (
            partial(OWidget, COMPANY, host="localhost:8123"),
            "default-src 'unsafe-inline' 'self' http://localhost:8123 ws://localhost:8123; "
            "form-action 'self' http://localhost:8123 ws://localhost:8123",
        ),
        (partial(OWidget, COMPANY, host="[::1]:8123"), None),  # no policy can name it
    ],
)
def test_the_watched_policy_names_the_scripts_host(chat, policy):
    page = Page(chat(isolation="origin")).want()
    assert Client(page.run()["server"]).request("stage").getheader(WATCHED) == policy


def test_the_simulators_script_is_served_to_the_stage(client):
    response = client.request("widget/OOWidget.js")
    assert (response.status, response.text) == (200, simulator_script())
    assert response.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert_guarded(response)


@pytest.mark.parametrize("origin", [None, ORIGIN])
def test_the_probe_answers_its_nonce_readable_by_the_notebook_alone(client, origin):
    response = client.request("probe", Origin=origin)
    assert (response.status, response.text) == (200, client.nonce)
    assert response.getheader("Access-Control-Allow-Origin") == ORIGIN
    assert response.getheader("Access-Control-Allow-Credentials") is None
    assert_guarded(response)


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "http://localhost:1", "", "own"])
def test_the_probe_is_refused_to_any_other_origin(client, origin):
    response = client.request("probe", Origin=client.own if origin == "own" else origin)
    assert response.status == 403
    assert response.getheader("Access-Control-Allow-Origin") is None
    assert client.nonce not in response.text
    assert_guarded(response)


@pytest.mark.parametrize("path", ["stage", "widget/OOWidget.js", "number"])
@pytest.mark.parametrize("origin", ["null", "http://evil.example", ORIGIN, "https://own"])
def test_everything_else_is_refused_to_any_origin_but_its_own(client, path, origin):
    origin = f"https://{client.host}" if origin == "https://own" else origin
    method, body = ("POST", b"1") if path == "number" else ("GET", None)
    response = client.request(path, method, body, Origin=origin)
    assert (response.status, response.text) == (403, "403\n")
    assert_guarded(response)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example:{port}",
        "localhost:1",
        "localhost",
        "0.0.0.0:{port}",
        "127.1:{port}",
        "[::2]:{port}",
        "localhost:{port}.evil.example",
        "",
    ],
)
def test_another_host_is_refused(client, host):
    response = client.request("stage", Host=host.format(port=client.port))
    assert (response.status, response.text) == (403, "403\n")
    assert_guarded(response)


@pytest.mark.parametrize("host", ["user@localhost:{port}", None])
def test_a_host_that_is_none_is_refused(client, host):
    response = client.request("stage", Host=host and host.format(port=client.port))
    assert response.status == 400
    assert response.text == ""


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
def test_every_loopback_name_with_its_port_is_a_host(client, host):
    assert client.request("stage", Host=host.format(port=client.port)).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/stage",
        "/probe",
        "/x/stage",
        "/../stage",
        "//stage",
        "/favicon.ico",
        "/static/stage.js",
    ],
)
def test_without_its_token_nothing_is_there(client, path):
    response = client.request(path)
    assert (response.status, response.text) == (404, "404\n")
    assert_guarded(response)


def test_a_token_that_is_almost_right_is_wrong(client):
    token = client.path.strip("/")
    almost = [token[:-1], token + "x", token.swapcase(), f"%{ord(token[0]):02x}{token[1:]}"]
    for wrong in [*almost, "/" + token, "./" + token, token + "%2f", "", "%00", "\xe9" * 43]:
        request = f"GET /{wrong}/stage HTTP/1.1\r\nHost: {client.host}\r\n\r\n"
        answer = client.raw(request.encode("latin1"))
        assert answer.startswith(b"HTTP/1.1 404 "), wrong
        assert answer.endswith(b"\r\n\r\n404\n")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "stage/",
        "Stage",
        "stage/../stage",
        "../stage",
        "/stage",
        "stage?",
        "stage?x=1",
        "stage#x",
        "stage;x",
        "stage%00",
        "%73tage",
        "st%C3%A4ge",
        "%ff",
        "..%2fstage",
        "%2e%2e/%2e%2e/etc/passwd",
        "../../../../etc/passwd",
        "widget/",
        "widget/OOWidget.js/x",
        "widget/../../wire.py",
        "static/widget.js",
        "number",
    ],
)
def test_nothing_but_the_named_is_served(client, path):
    response = client.request(path)
    assert response.status == 404
    assert_guarded(response)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "FOO"])
def test_other_methods_are_refused(client, method):
    response = client.request("stage", method)
    assert response.status in (404, 405)
    assert response.getheader("Access-Control-Allow-Origin") is None
    assert_guarded(response)


@pytest.mark.parametrize("path", ["stage", "probe", "widget/OOWidget.js"])
def test_only_numbers_are_posted(client, path):
    origin = ORIGIN if path == "probe" else client.own
    response = client.request(path, "POST", b"x", Origin=origin)
    assert response.status == 404
    assert_guarded(response)


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("http://localhost:8888", "localhost"),
        ("https://localhost", "localhost"),
        ("http://127.0.0.1:80", "127.0.0.1"),
    ],
)
def test_a_loopback_origin_has_a_name(origin, name):
    assert loopback_name(origin) == name


@pytest.mark.parametrize(
    "origin",
    [
        "https://hub.example",
        "http://localhost.evil.example:8888",
        "http://[::1]:8888",
        "http://127.1:8888",
        "http://localhost:8888/",
        "http://localhost:8888 http://evil.example",
        "http://localhost:8888; script-src *",
        "http://user@localhost:8888",
        "http://localhost:",
        "ftp://localhost",
        "http://localhost:8888\n",
        "null",
        "",
        "*",
    ],
)
def test_any_other_origin_has_none(origin):
    with pytest.raises(ValueError, match="not on localhost"):
        loopback_name(origin)

"""Requests that no browser makes, and more of them than anybody needs."""

from __future__ import annotations

import contextlib
import errno
import logging
import re
import threading
from asyncio.selector_events import BaseSelectorEventLoop
from concurrent.futures import ThreadPoolExecutor

import pytest

from owidget_jupyter.stage import reception
from owidget_jupyter.stage.server import StageServer

from ..driver import Page, messages
from .client import NUMBER, Client


@pytest.fixture
def client(chat, caplog):
    """Return a client; in the end the notebook shows nothing, whatever level is turned on."""
    caplog.set_level(logging.DEBUG)
    client = Client(Page(chat).want().run()["server"])
    yield client
    token = client.path.strip("/")
    chat.close()
    records = caplog.get_records("call")
    assert not [record for record in records if record.name.startswith(("torn", "async"))]
    assert not [record for record in records if token in record.getMessage()]
    assert messages(chat) == []


GET = "GET {path}stage HTTP/1.1\r\nHost: {host}\r\n"
POST = "POST {path}number HTTP/1.1\r\nHost: {host}\r\nOrigin: {own}\r\n"


def send(client: Client, request: str) -> bytes:
    named = request.format(host=client.host, own=client.own, path=client.path, port=client.port)
    return client.raw(named.encode("latin1"))


@pytest.mark.parametrize(
    ("status", "request_text"),
    [
        (400, "GET {path}stage\r\nHost: {host}\r\n\r\n"),
        (400, "GET {path}stage HTTP/2.0\r\nHost: {host}\r\n\r\n"),
        (400, "GET {path}stage HTTP/1.0\r\nHost: {host}\r\n\r\n"),
        (400, "GET {path}stage HTTP/1.9\r\nHost: {host}\r\n\r\n"),
        (400, "GET  {path}stage  HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        (400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
        (400, "\r\n\r\n\r\n\r\n"),
        (400, "GET {path}stage HTTP/1.1\r\n\r\n"),
        (400, GET + "Host: {host}\r\n\r\n"),
        (400, GET + "host: evil.example\r\n\r\n"),
        (400, GET + " folded: x\r\nno colon\r\n\r\n"),
        (403, "GET {path}stage HTTP/1.0\r\n\r\n"),
        (403, "GET {path}stage HTTP/1.1\r\nHost: {host}.\r\n\r\n"),
        (403, "GET {path}stage HTTP/1.1\r\nHost: LOCALHOST:{port}\r\n\r\n"),
        (403, "GET {path}stage HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: {host}\r\n\r\n"),
        (404, "GET http://{host}{path}stage HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        (404, "GET //{host}{path}stage HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        (404, "OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        (405, "CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        (405, "TRACE {path}stage HTTP/1.1\r\nHost: {host}\r\nMax-Forwards: 0\r\n\r\n"),
        (405, "get {path}stage HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        (400, GET + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
        (400, GET + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n"),
        (413, GET + "Content-Length: 3\r\n\r\nabc"),
        (411, GET + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (411, POST + "\r\n777"),
        (411, POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n777"),
        (411, POST + "Content-Length: 3\r\nTransfer-Encoding: identity\r\n\r\n777"),
        (400, POST + "Content-Length: 3\r\nContent-Length: 3\r\n\r\n777"),
        (400, POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\n777"),
        (413, POST + "Content-Length: 99999\r\n\r\n777"),
        (417, POST + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n777"),
        (403, POST + "Origin: {own}\r\nContent-Length: 3\r\n\r\n777"),
    ],
)
def test_what_no_browser_sends_is_refused(chat, client, status, request_text):
    chat.set_custom_number_normalization(pytest.fail)
    answer = send(client, request_text)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert body in (b"", b"%d\n" % status)
    assert re.findall(rb"HTTP/1.1 \d", answer) == [b"HTTP/1.1 4"], "one answer"
    assert client.request("stage").status == 200


@pytest.mark.parametrize("size", [20_000, 1_000_000])
def test_headers_without_end_are_cut_off(client, size):
    assert send(client, GET + "X: " + "x" * size) == b""
    assert client.request("stage").status == 200


def test_a_name_that_is_asked_about_is_not_repeated(client):
    answer = send(client, "GET /<script>alert(1)</script> HTTP/1.1\r\nHost: {host}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"script" not in answer


def test_a_second_request_of_the_same_connection_is_not_read(client):
    answer = send(client, 3 * (GET + "\r\n"))
    assert answer.count(b"HTTP/1.1 200 OK") <= 1  # 0: the system tells the client of unread data


def test_nothing_is_answered_from_a_cache(client):
    response = client.request("stage", If_None_Match="*")
    assert response.status == 200
    assert response.getheader("Etag") is None


def test_a_body_of_another_type_is_a_number_all_the_same(chat, client):
    seen = []
    chat.set_custom_number_normalization(seen.append)
    body = b"number=777&number=778"
    kind = "application/x-www-form-urlencoded"
    client.request("number", "POST", body, Origin=client.own, Content_Type=kind)
    assert seen == [body.decode()]


def test_who_leaves_before_the_answer_leaves_no_trace(chat, client):
    going, go = threading.Event(), threading.Event()

    def slow(number):
        going.set()
        assert go.wait(10)

    chat.set_custom_number_normalization(slow, limit=10)
    lines = (POST + "Content-Length: 3\r\n\r\n777").format(
        host=client.host, own=client.own, path=client.path
    )
    with client.connect() as sock:
        sock.sendall(lines.encode())
        assert going.wait(10)
    go.set()
    assert client.ask() == {"given": True, "number": None}


# Slow ones


@pytest.mark.parametrize("sent", ["", "GET / HTTP/1.1\r\nHost: x\r\nX", GET])
def test_who_does_not_finish_the_headers_is_cut_off(client, monkeypatch, sent):
    monkeypatch.setattr(reception._LIMITS, "header_timeout", 0.05)
    assert send(client, sent) == b""


def test_who_does_not_finish_the_body_is_cut_off(chat, client, monkeypatch):
    chat.set_custom_number_normalization(pytest.fail)
    monkeypatch.setattr(reception._LIMITS, "body_timeout", 0.05)
    assert send(client, POST + "Content-Length: 9\r\n\r\n777") == b""


# Many


def the_reception() -> reception.Reception:
    (server,) = StageServer._running
    return server._reception


def test_no_more_than_a_bound_are_served_at_once_and_the_others_wait(client):
    most = reception.MOST_SERVED
    with contextlib.ExitStack() as idle, ThreadPoolExecutor(1) as pool:
        connections = [idle.enter_context(client.connect()) for _ in range(most + 20)]
        waiting = pool.submit(client.request, "stage")
        while len(the_reception()._served) < most - 1:  # the other family's socket holds a place
            assert not waiting.done()
        assert len(the_reception()._served) <= most
        assert not waiting.done()
        for sock in connections:
            sock.close()
        assert waiting.result(10).status == 200


def test_hundreds_that_hang_up_leave_nothing_behind(client):
    for _ in range(300):
        client.connect().close()
    assert client.request("stage").status == 200
    while the_reception()._served:
        assert client.request("stage").status == 200


def test_without_a_file_descriptor_left_it_waits_for_one(client, monkeypatch):
    monkeypatch.setattr(reception, "_PAUSE_SECONDS", 0.01)
    accept, failures = BaseSelectorEventLoop.sock_accept, []

    async def fail_twice(loop, sock):
        if len(failures) < 2:
            failures.append(sock)
            raise OSError(errno.EMFILE, "Too many open files")
        return await accept(loop, sock)

    monkeypatch.setattr(BaseSelectorEventLoop, "sock_accept", fail_twice)
    # One that was being waited for is accepted as before; those after it are not, for a while.
    assert [client.request("stage").status for _ in range(3)] == [200, 200, 200]
    assert len(failures) == 2


def test_a_flood_of_refused_requests_leaves_the_numbers_alone(chat, client):
    chat.set_custom_number_normalization(lambda number: "+420 777 666 555")
    with ThreadPoolExecutor(20) as pool:
        statuses = [pool.submit(client.request, "/x/stage") for _ in range(400)]
        assert client.ask(NUMBER) == {"given": True, "number": "+420 777 666 555"}
        assert {each.result().status for each in statuses} == {404}


def test_what_other_threads_of_the_kernel_log_is_logged(client, caplog):
    logging.getLogger("tornado.general").warning("of another server")
    assert caplog.messages[-1] == "of another server"
    caplog.clear()


def test_a_failure_of_ours_is_a_problem_without_a_number(chat, client, monkeypatch):
    def fail(*args):
        raise KeyError(NUMBER)

    with monkeypatch.context() as patch:
        patch.setattr("owidget_jupyter.stage.handler.stage_document", fail)
        response = client.request("stage")
    assert (response.status, response.text) == (500, "500\n")
    assert messages(chat) == ["the stage server failed with KeyError"]
    chat.errors.clear()

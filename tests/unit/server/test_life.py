"""When the stage server is there, when it is gone, and what becomes of it in between."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import threading
from asyncio.selector_events import BaseSelectorEventLoop
from pathlib import Path

from owidget_jupyter import OWidget
from owidget_jupyter.stage import server
from owidget_jupyter.stage.server import StageServer

from ..driver import COMPANY, Page, messages
from .client import Client, all_of

ROOT = Path(__file__).parents[3]
THREAD = "owidget stage server"


def has_ended(port: int) -> bool:
    """Tell whether nobody listens there any more, nor a thread of ours is left."""
    with contextlib.closing(socket.socket()) as probe:
        refused = probe.connect_ex(("127.0.0.1", port)) != 0
    return refused and THREAD not in [thread.name for thread in threading.enumerate()]


def server_of(client: Client) -> StageServer:
    return next(each for each in StageServer._running if each.port == client.port)


# With its models


def test_the_server_ends_with_the_last_widget_and_releases_its_port(chat, client):
    other = OWidget(COMPANY, isolation="origin")
    other_client = Client(Page(other).want().run()["server"])
    assert other_client.port == client.port
    assert other_client.path != client.path
    chat.close()
    assert client.request("stage").status == 404
    assert other_client.request("stage").status == 200
    other.close()
    assert has_ended(client.port)


def test_a_server_can_be_had_again_after_the_last_one_ended(chat, client):
    chat.close()
    again = OWidget(COMPANY, isolation="origin")
    assert Client(Page(again).want().run()["server"]).request("stage").status == 200


def test_one_widgets_nonce_is_not_anothers(client):
    other = OWidget(COMPANY, isolation="origin")
    assert Client(Page(other).want().run()["server"]).nonce != client.nonce


def test_scripts_of_two_hosts_have_two_origins(client):
    other = OWidget(COMPANY, isolation="origin", host="ptr.mluvii.com")
    other_client = Client(Page(other).want().run()["server"])
    assert other_client.port != client.port
    assert other_client.request("stage").status == 200
    assert other_client.request(client.path + "stage").status == 404


def test_the_server_ends_where_a_widget_wants_it_no_more(chat, client):
    chat.isolation = "opaque"
    assert has_ended(client.port)
    chat.isolation = "origin"
    assert Client(Page(chat).run()["server"]).request("stage").status == 200


def test_who_is_being_answered_while_the_server_ends_is_cut_off_without_a_word(
    chat, client, caplog
):
    caplog.set_level("DEBUG")
    going, go = threading.Event(), threading.Event()

    def slow(number):
        going.set()
        assert go.wait(10)

    chat.set_custom_number_normalization(slow, limit=10)
    with client.connect() as sock:
        lines = [
            f"POST {client.path}number HTTP/1.1",
            f"Host: {client.host}",
            f"Origin: {client.own}",
            "Content-Length: 3\r\n\r\n777",
        ]
        sock.sendall("\r\n".join(lines).encode())
        assert going.wait(10)
        chat.close()
        assert all_of(sock) == b""
    assert has_ended(client.port)
    go.set()
    assert not [record for record in caplog.records if record.name.startswith(("torn", "async"))]
    assert messages(chat) == []


# When it fails


def test_a_server_that_failed_is_replaced_with_the_next_stage(chat, page, client):
    old = server_of(client)
    old._loop.call_soon_threadsafe(old._finish, RuntimeError("out of the blue"))
    old._thread.join(10)
    assert messages(chat) == ["the stage server failed with RuntimeError"]
    chat.retry()
    fresh = Client(page.run()["server"])
    assert fresh.path != client.path
    assert fresh.request("stage").status == 200
    chat.close()
    assert has_ended(fresh.port)


def test_a_server_that_accepts_no_more_is_replaced_with_the_next_stage(
    chat, page, client, monkeypatch
):
    async def fail(loop, sock):
        raise RuntimeError

    with client.connect(), monkeypatch.context() as patch:
        patch.setattr(BaseSelectorEventLoop, "sock_accept", fail)
        with contextlib.suppress(ConnectionError):  # it may be over before this one is accepted
            client.connect().close()
        server_of(client)._thread.join(10)
    chat.retry()
    assert Client(page.run()["server"]).request("stage").status == 200


def test_a_server_that_does_not_start_is_a_reason_and_can_be_tried_again(monkeypatch, chat):
    def fail(*args):
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr(asyncio.events, "new_event_loop", fail)
        page = Page(chat).want()
    assert page.run()["server"] is None
    assert "the stage server did not start: [Errno 24]" in page.run()["serverProblem"]
    chat.retry()
    assert Client(page.run()["server"]).request("stage").status == 200


def test_a_thread_that_cannot_be_had_is_a_reason(monkeypatch, chat):
    def fail(thread):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fail)
        run = Page(chat).want().run()
    assert run["server"] is None
    assert "can't start new thread" in run["serverProblem"]


def test_a_server_that_starts_too_late_is_not_left_over(monkeypatch, chat):
    late, new_event_loop = threading.Event(), asyncio.events.new_event_loop

    def wait(*args):
        assert late.wait(10)
        return new_event_loop(*args)

    with monkeypatch.context() as patch:
        patch.setattr(server, "_WAIT_SECONDS", 0.05)
        patch.setattr(asyncio.events, "new_event_loop", wait)
        run = Page(chat).want().run()
        assert "did not start within 0.05 s" in run["serverProblem"]
        (thread,) = [each for each in threading.enumerate() if each.name == THREAD]
        late.set()
        thread.join(10)
    assert not thread.is_alive()


# Other processes


def test_a_forked_process_neither_answers_nor_keeps_the_port(chat, client):
    with client.connect() as held:  # a connection that the child has an end of as well
        client.request("stage")  # accepted after it
        told, tell = os.pipe()
        done, leave = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(leave)
                chat.close()  # as it would be at the child's end
                os.write(tell, b"none" if not StageServer._running else b"some")
                os.read(done, 1)
            finally:
                os._exit(0)
        os.close(done)
        assert os.read(told, 4) == b"none"
        assert client.request("stage").status == 200, "the parent's server goes on"
        chat.close()
        assert has_ended(client.port)
        assert all_of(held) == b"", "the parent's end was the last"
        os.close(leave)
        os.waitpid(pid, 0)
        os.close(told)
        os.close(tell)


def test_a_forked_process_can_have_a_server_of_its_own(client):
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            run = Page(OWidget(COMPANY, isolation="origin")).want().run()
            own = Client(run["server"])
            fine = own.port != client.port and own.request("stage").status == 200
            os.write(tell, b"1" if fine else b"0")
        finally:
            os._exit(0)
    assert os.read(told, 1) == b"1"
    os.waitpid(pid, 0)
    os.close(told)
    os.close(tell)


LEFT_OPEN = """
import comm, threading
from tests.unit.driver import COMPANY, OWidget, Page, RecordingComm
from tests.unit.server.client import Client

comm.create_comm = RecordingComm
chat = OWidget(COMPANY, isolation="origin")
asked = threading.Event()
chat.set_custom_number_normalization(lambda number: (asked.set(), threading.Event().wait()))
client = Client(Page(chat).want().run()["server"])
threading.Thread(target=client.ask, daemon=True).start()
asked.wait()
print(client.port)
"""


def test_a_process_ends_with_the_server_at_work_and_the_port_is_free():
    ended = subprocess.run(
        [sys.executable, "-c", LEFT_OPEN], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert has_ended(int(ended.stdout))


# Addresses


def has_ipv6_loopback() -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


def test_localhost_is_served_in_every_family_that_the_machine_has(client):
    assert client.request("stage").status == 200
    if has_ipv6_loopback():
        six = Client({"base": client.own + client.path, "nonce": ""}, address="::1")
        assert six.request("stage").status == 200
    else:
        assert len(server_of(client)._listening) == 1


def test_it_listens_on_loopback_only(client):
    listening = {sock.getsockname()[0] for sock in server_of(client)._listening}
    assert listening
    assert listening <= {"127.0.0.1", "::1"}


def test_no_program_that_is_started_gets_its_sockets(client):
    inheritable = {sock.get_inheritable() for sock in server_of(client)._listening}
    assert inheritable == {False}


def test_a_page_on_another_loopback_address_is_served_there():
    chat = OWidget(COMPANY, isolation="origin")
    run = Page(chat, origin="http://127.0.0.2:8888").want().run()
    assert run["server"]["base"].startswith("http://127.0.0.2:")
    response = Client(run["server"], address="127.0.0.2").request("stage")
    assert response.status == 200
    assert "frame-ancestors http://127.0.0.2:8888" in response.getheader("Content-Security-Policy")

"""A Python function that answers the vendor's synchronous request wrongly, late, or not at all."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from .conftest import NewNotebook
from .harness import Notebook, PageErrors, Vendor, eventually, recorder
from .harness.chat import COMPANY

NUMBER = "777 123 456"
ASK = "number => vendorTest.normalize(number)"

CELL = """
import threading, time
from owidget_jupyter import NumberPolicy, OWidget

go_on, back = threading.Event(), []

def normalize(number):
    if number == "raise":
        raise ValueError(f"what is {{number}}?")
    if number == "wrong type":
        return 42
    if number == "wrong text":
        return "abc"
    if number == "for a minute":
        go_on.wait(60)
        back.append(number)
    return "+1 " + number if number[0] == "7" else None

chat = OWidget("{company}", host="{host}", isolation="{isolation}")
chat.set_custom_number_normalization(normalize)
chat
"""


FAILING = """
asked = []

@chat.set_custom_number_normalization
def fails(number):
    asked.append(number)
    raise ZeroDivisionError("division by zero")
"""


def shown(notebook: NewNotebook, vendor: Vendor, isolation: str) -> Notebook:
    vendor.script = recorder(on_connect="status(1);")
    cell = CELL.format(company=COMPANY, host=vendor.host, isolation=isolation)
    nb = notebook(cells=[cell])
    nb.run_all()
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == isolation
    return nb


@pytest.mark.slow
def test_what_cannot_be_an_answer_is_none_and_is_said(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    nb = shown(notebook, vendor, "origin")
    stage, problems = nb.stage(), nb.output(0).locator(".owidget-problems")
    assert stage.evaluate(ASK, NUMBER) == "+1 777 123 456"
    assert stage.evaluate(ASK, "123") is None
    assert nb.py("list(map(str, chat.errors))") == []

    for number, message in (
        ("raise", "ValueError: what is "),
        ("wrong type", "something of type int"),
        ("wrong text", "nor a number in international format"),
        ("for a minute", "took longer than 2 s, and is suspended until its call has returned"),
    ):
        assert stage.evaluate(ASK, number) is None
        assert message in nb.py("chat.errors[-1].message")
        expect(problems).to_contain_text(message)
    # The page has its answer, and the kernel is there, while the call goes on.
    assert nb.py("back") == []
    assert stage.evaluate(ASK, NUMBER) is None
    assert "is suspended until its call has returned" in nb.py("chat.errors[-1].message")

    # A policy steps in where there is one, here while its function is called once more.
    nb.exec("chat.set_custom_number_normalization(normalize, fallback=NumberPolicy('CZ'))")
    eventually(lambda: stage.evaluate(ASK, NUMBER) == "+1 777 123 456")
    assert nb.py("back") == [], "a function that is set anew does not wait for its former call"
    nb.exec("go_on.set()")
    assert stage.evaluate(ASK, "raise") is None, "no number, by the policy as well"
    nb.exec("chat.set_custom_number_normalization(lambda n: 1 / 0, fallback=NumberPolicy('CZ'))")
    eventually(lambda: stage.evaluate(ASK, NUMBER) == "+420 777 123 456")
    assert nb.py("chat.errors[-1].message") == "ZeroDivisionError: division by zero"
    assert NUMBER not in nb.py("str(list(chat.errors)) + str(chat.get_state()) + repr(chat)")
    assert NUMBER not in nb.py("str([event.detail for event in chat.event_log])")


@pytest.mark.slow
def test_a_function_that_fails_ahead_is_told_of_once_the_number_is_entered(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    nb = shown(notebook, vendor, "opaque")
    nb.exec(FAILING)
    stage = nb.stage()
    stage.evaluate(
        """number => {
          const field = document.body.appendChild(document.createElement('input'));
          field.value = number;
          field.dispatchEvent(new Event('input', {bubbles: true}));
        }""",
        NUMBER,
    )
    nb.until("asked")
    assert nb.py("list(map(str, chat.errors))") == []

    def told_of() -> bool:  # from when on the page has the answer, nobody can see from outside
        assert stage.evaluate(ASK, NUMBER) is None
        messages = nb.py("[problem.message for problem in chat.errors]")
        return "the function has no answer, so null was given" in messages

    eventually(told_of)
    nb.until("'ZeroDivisionError: division by zero' in [e.message for e in chat.errors]")


@pytest.mark.slow
def test_when_the_kernel_is_gone_the_policy_answers_and_the_page_goes_on(
    notebook: NewNotebook, vendor: Vendor, page_errors: PageErrors
) -> None:
    page_errors.allow("ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET")
    nb = shown(notebook, vendor, "origin")
    nb.exec("chat.set_custom_number_normalization(normalize, fallback=NumberPolicy('CZ'))")
    stage = nb.stage()
    eventually(lambda: stage.evaluate(ASK, "608 123 456") is None)
    # As when its process has died: nobody listens any more.
    nb.exec("from owidget_jupyter.stage.server import StageServer\nStageServer._running[0]._stop()")
    assert stage.evaluate(ASK, "608 123 456") == "+420 608 123 456"
    nb.until("'the kernel cannot be reached, so the policy answered' in chat.errors[-1].message")


def post(url: str, body: bytes, **headers: str) -> int:
    """Return the status of a request's answer, or 0 where the connection was closed."""
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            answer = json.loads(response.read())
            assert answer == {"given": True, "number": "+1 777"}
            return int(response.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except (urllib.error.URLError, ConnectionError):
        return 0


def test_strangers_are_refused_where_numbers_are_asked(
    notebook: NewNotebook, vendor: Vendor
) -> None:
    nb = shown(notebook, vendor, "origin")
    base = nb.py("chat._run._base")
    origin = base[: base.index("/", len("http://"))]
    url = f"{base}number"
    assert post(url, b"777", Origin=origin) == 200
    assert post(f"{origin}/wrong-token/number", b"777", Origin=origin) == 404
    assert post(url, b"777") == 403
    assert post(url, b"777", Origin=nb.py("chat._run._route.notebook")) == 403
    assert post(url, b"777", Origin="https://evil.example") == 403
    assert post(url, b"777", Origin=origin, Host="evil.example") == 403
    assert post(url, b"7" * 1_000_000, Origin=origin) in (0, 400, 413)
    with ThreadPoolExecutor(200) as pool:
        statuses = Counter(pool.map(lambda _: post(url, b"777", Origin=origin), range(200)))
    assert statuses[200] > 0
    assert set(statuses) <= {200, 503}
    assert nb.stage().evaluate(ASK, "777") == "+1 777"
    assert nb.py("list(map(str, chat.errors))") == []

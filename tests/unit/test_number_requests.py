from __future__ import annotations

import threading

import pytest

from owidget_jupyter import OWidget
from owidget_jupyter.stage import numbers

from .client import NUMBER, Client, assert_guarded
from .driver import COMPANY, Page, messages


@pytest.fixture
def chat():
    return OWidget(COMPANY, isolation="origin")


@pytest.fixture
def client(chat):
    return Client(Page(chat).want().run()["server"])


def test_a_number_is_answered_by_the_function(chat, client):
    chat.set_custom_number_normalization(lambda number: f"+420 {number}")
    assert client.ask() == f"+420 {NUMBER}"


def test_a_replaced_function_answers_from_then_on(chat, client):
    chat.set_custom_number_normalization(lambda number: "+420 111 111 111")
    chat.set_custom_number_normalization(lambda number: "+420 222 222 222")
    assert client.ask() == "+420 222 222 222"


def test_the_function_gets_the_very_text(chat, client):
    seen = []
    chat.set_custom_number_normalization(seen.append)
    client.ask("＋420 – č 😀")
    assert seen == ["＋420 – č 😀"]


@pytest.mark.parametrize("answer", [None, 42, "abc"])
def test_what_is_no_number_is_null(chat, client, answer):
    chat.set_custom_number_normalization(lambda number: answer)
    assert client.ask() is None
    assert len(chat.errors) == (answer is not None)


def test_a_function_that_raises_is_null_and_a_problem_without_the_number(chat, client):
    def broken(number):
        raise KeyError("region")

    chat.set_custom_number_normalization(broken)
    assert client.ask() is None
    assert messages(chat) == ["KeyError: 'region'"]
    assert NUMBER not in str(list(chat.errors))


def test_a_function_that_overruns_is_null_within_the_limit(chat, client, monkeypatch):
    monkeypatch.setattr(chat._run._route, "desk", numbers.NumberDesk(chat.errors, limit=0.05))
    leave = threading.Event()
    chat.set_custom_number_normalization(lambda number: leave.wait(10) and None)
    assert client.ask() is None
    assert "took longer than 0.05 s" in messages(chat)[0]
    leave.set()


def test_a_number_is_answered_while_the_main_thread_is_busy(chat, client):
    chat.set_custom_number_normalization(lambda number: "+420 777 666 555")
    answers = []
    asking = threading.Thread(target=lambda: answers.append(client.ask()))
    asking.start()
    while asking.is_alive():  # a cell in a loop of its own
        sum(range(1_000))
    assert answers == ["+420 777 666 555"]


def test_a_number_without_an_origin_is_refused(chat, client):
    chat.set_custom_number_normalization(pytest.fail)
    assert client.request("number", "POST", b"1").status == 403


def test_a_number_that_is_no_text_is_refused(chat, client):
    chat.set_custom_number_normalization(pytest.fail)
    response = client.request("number", "POST", b"\xff\xfe", Origin=client.own)
    assert response.status == 400
    assert_guarded(response)


def test_a_number_that_is_too_long_is_refused_before_it_is_read(chat, client):
    chat.set_custom_number_normalization(pytest.fail)
    length = str(numbers.LONGEST + 1)
    response = client.request("number", "POST", Origin=client.own, Content_Length=length)
    assert (response.status, response.text) == (413, "413\n")
    assert response.headers["Origin-Agent-Cluster"] == "?1"


def test_a_number_of_unknown_length_is_refused(chat, client):
    chat.set_custom_number_normalization(pytest.fail)
    response = client.request("number", "POST", Origin=client.own, Transfer_Encoding="chunked")
    assert (response.status, response.text) == (411, "411\n")


def test_the_longest_number_is_answered(chat, client):
    seen = []
    chat.set_custom_number_normalization(seen.append)
    client.ask("1" * numbers.LONGEST)
    assert len(seen[0]) == numbers.LONGEST

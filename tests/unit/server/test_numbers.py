from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from fractions import Fraction

import pytest

from owidget_jupyter.numbers.desk import LONGEST, MOST_WAITING

from ..driver import ORIGIN, messages
from .client import NUMBER, assert_guarded

NONE = {"given": False, "number": None}


def given(number: str | None) -> dict:
    return {"given": True, "number": number}


def test_a_number_is_answered_by_the_function(chat, client):
    chat.set_custom_number_normalization(lambda number: f"+420 {number}")
    assert client.ask() == given(f"+420 {NUMBER}")


def test_a_replaced_function_answers_from_then_on(chat, client):
    chat.set_custom_number_normalization(lambda number: "+420 111 111 111")
    chat.set_custom_number_normalization(lambda number: "+420 222 222 222")
    assert client.ask() == given("+420 222 222 222")


def test_the_function_gets_the_very_text(chat, client):
    seen = []
    chat.set_custom_number_normalization(seen.append)
    client.ask("＋420 – č 😀")
    assert seen == ["＋420 – č 😀"]


@pytest.mark.parametrize("answer", [42, "abc"])
def test_what_is_no_number_is_no_answer(chat, client, answer):
    chat.set_custom_number_normalization(lambda number: answer)
    assert client.ask() == NONE
    assert len(chat.errors) == 1


def test_none_is_an_answer(chat, client):
    chat.set_custom_number_normalization(lambda number: None)
    assert client.ask() == given(None)
    assert len(chat.errors) == 0


def test_a_function_that_raises_is_no_answer_and_a_problem_without_the_number(chat, client):
    def broken(number):
        raise KeyError("region")

    chat.set_custom_number_normalization(broken)
    assert client.ask() == NONE
    assert messages(chat) == ["KeyError: 'region'"]
    assert NUMBER not in str(list(chat.errors))


def test_a_function_that_overruns_has_no_answer_within_the_limit(chat, client):
    leave = threading.Event()
    chat.set_custom_number_normalization(lambda number: leave.wait(10) and None, limit=0.05)
    assert client.ask() == NONE
    assert "took longer than 0.05 s" in messages(chat)[0]
    leave.set()


def test_a_limit_can_be_any_kind_of_number(chat, client):
    leave = threading.Event()
    limit = Fraction(1, 20)
    chat.set_custom_number_normalization(lambda number: leave.wait(10) and None, limit=limit)
    assert client.ask() == NONE
    assert "took longer than 0.05 s" in messages(chat)[0]
    leave.set()


def test_a_number_is_answered_while_the_main_thread_is_busy(chat, client):
    chat.set_custom_number_normalization(lambda number: "+420 777 666 555")
    answers = []
    asking = threading.Thread(target=lambda: answers.append(client.ask()))
    asking.start()
    while asking.is_alive():  # a cell in a loop of its own
        sum(range(1_000))
    assert answers == [given("+420 777 666 555")]


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
    length = str(LONGEST + 1)
    response = client.request("number", "POST", Origin=client.own, Content_Length=length)
    assert (response.status, response.text) == (413, "413\n")
    assert response.headers["Origin-Agent-Cluster"] == "?1"


@pytest.mark.parametrize("length", ["abc", "5,5", "-1", "+3", "1_0", "9" * 5_000])
def test_a_length_that_is_none_is_refused(chat, client, caplog, length):
    chat.set_custom_number_normalization(pytest.fail)
    response = client.request("number", "POST", Origin=client.own, Content_Length=length)
    assert response.status == 400
    assert messages(chat) == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_number_of_unknown_length_is_refused(chat, client):
    chat.set_custom_number_normalization(pytest.fail)
    response = client.request("number", "POST", Origin=client.own, Transfer_Encoding="chunked")
    assert (response.status, response.text) == (411, "411\n")


def test_the_longest_number_is_answered(chat, client):
    seen = []
    chat.set_custom_number_normalization(seen.append)
    client.ask("1" * LONGEST)
    assert len(seen[0]) == LONGEST


def test_a_function_that_is_taken_away_answers_until_the_next_stage(chat, client):
    chat.set_custom_number_normalization(lambda number: "+420 777 666 555")
    chat.set_custom_number_normalization(None)
    assert client.ask() == given("+420 777 666 555")
    chat.retry()
    assert client.ask() == NONE
    assert messages(chat) == ["a number was asked for, but no function is set"]


def test_of_two_hundred_at_once_all_are_answered_or_refused_and_none_is_left_over(chat, client):
    going, go = threading.Event(), threading.Event()

    def slow(number):
        going.set()
        assert go.wait(10)
        return "+420 777 666 555"

    chat.set_custom_number_normalization(slow, limit=10)
    with ThreadPoolExecutor(200) as pool:
        asking = [
            pool.submit(client.request, "number", "POST", b"777", Origin=client.own)
            for _ in range(200)
        ]
        assert going.wait(10)
        wait(asking, return_when=FIRST_COMPLETED)
        assert client.request("probe", Origin=ORIGIN).status == 200, "the server is there"
        go.set()
    statuses = Counter(asked.result().status for asked in asking)
    assert set(statuses) == {200, 503}
    assert statuses[200] >= MOST_WAITING
    assert client.ask() == given("+420 777 666 555")
    assert len(chat.errors) == 0

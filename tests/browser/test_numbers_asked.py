"""A visitor enters numbers into the simulator's form, and a Python function normalises them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import NewNotebook
from .harness import Notebook, eventually
from .harness.busy import busy_cell
from .harness.callback import CallBackForm

#: Fifty numbers, all valid by the policy, and none the beginning of another.
NUMBERS = [f"601 {i:03} {947 - i}" for i in range(50)]

CELL = """
from owidget_jupyter import NumberPolicy, OWidget

asked = []

def normalize(number):
    asked.append(number)
    return answer_of(number)

def answer_of(number):
    # Not what a policy would say, so that it is known whose answer it was.
    return "+1 " + number if len(number) == 11 else None

policy = NumberPolicy("CZ")
chat = OWidget.simulated(isolation="{isolation}")
chat.set_custom_number_normalization(normalize, fallback=policy)
chat
"""
COMPUTING = "x = sum(i * i for i in range(1_000))"


def by_function(number: str) -> str:
    return f"+1 {number}"


def by_policy(number: str) -> str:
    return f"+420 {number}"


def form_of(notebook: NewNotebook, isolation: str) -> tuple[Notebook, CallBackForm]:
    nb = notebook(cells=[CELL.format(isolation=isolation)])
    nb.run_all()
    nb.until("chat.state == 'connected'")
    assert nb.py("chat.active_isolation") == isolation
    return nb, CallBackForm(nb.stage()).open()


def misses(nb: Notebook) -> int:
    """Return how many late answers were reported, once nothing else was."""
    messages = nb.py("[problem.message for problem in chat.errors]")
    late = "the function's answer is not there yet, so the policy answered"
    assert set(messages) <= {late}
    return len(messages)


@pytest.mark.slow
def test_under_origin_isolation_every_number_is_the_functions(
    notebook: NewNotebook, tmp_path: Path
) -> None:
    nb, form = form_of(notebook, "origin")
    assert [form.enter(number) for number in NUMBERS] == list(map(by_function, NUMBERS))
    assert nb.py("asked") == NUMBERS, "each is asked once, when it was entered"
    with busy_cell(nb, tmp_path, meanwhile=COMPUTING):
        assert [form.enter(number) for number in NUMBERS] == list(map(by_function, NUMBERS))
    assert nb.py("asked") == NUMBERS * 2
    assert misses(nb) == 0


@pytest.mark.parametrize("isolation", ["opaque", "none"])
@pytest.mark.slow
def test_under_the_others_every_number_is_the_functions_or_a_late_answer_that_was_reported(
    notebook: NewNotebook, isolation: str
) -> None:
    nb, form = form_of(notebook, isolation)
    late = 0
    for number in NUMBERS:
        answer = form.enter(number, delay=8)
        if answer != by_function(number):
            assert answer == by_policy(number)
            late += 1
    eventually(lambda: misses(nb) == late)
    # A late one was asked for real meanwhile; answers come in the order of the questions.
    nb.until(f"asked[-1] == {NUMBERS[-1]!r}")
    nb.exec("chat.errors.clear()")
    again = "601 947 000"
    eventually(lambda: form.enter(again) == by_function(again))
    nb.exec("chat.errors.clear()")
    assert [form.enter(number) for number in NUMBERS] == list(map(by_function, NUMBERS))
    assert misses(nb) == 0


def test_a_number_that_is_pasted_and_submitted_at_once_is_the_policys(
    notebook: NewNotebook,
) -> None:
    nb, form = form_of(notebook, "opaque")
    number = NUMBERS[0]
    nb.exec(f"assert await chat.visitor.call_back({number!r}, paste=True)")
    assert form.part("number").inner_text() == by_policy(number)
    eventually(lambda: misses(nb) == 1)
    # Typed at a person's pace it is the function's.
    nb.exec(f"assert await chat.visitor.call_back({NUMBERS[1]!r})")
    assert form.part("number").inner_text() == by_function(NUMBERS[1])
    assert misses(nb) == 1


@pytest.mark.slow
def test_rules_change_while_connected_without_a_new_visitor(notebook: NewNotebook) -> None:
    nb, form = form_of(notebook, "opaque")
    stage, number = nb.stage(), NUMBERS[0]
    nb.exec("chat.set_custom_number_normalization(NumberPolicy('PL'))")
    eventually(lambda: form.enter(number) == f"+48 {number}")
    nb.exec("chat.set_custom_number_normalization(NumberPolicy('PL', ['CZ']))")
    eventually(lambda: form.enter(number) is None)
    nb.exec("chat.set_custom_number_normalization(normalize)")
    eventually(lambda: form.enter(number, delay=60) == by_function(number))
    assert nb.stage() == stage

    # Without rules the simulator's own apply, from the next connection on.
    nb.exec("chat.set_custom_number_normalization(None)\nchat.retry()")
    nb.until("chat.state == 'idle' or chat.status_code is None")
    nb.until("chat.state == 'connected'")
    form = CallBackForm(nb.stage()).open()
    assert form.enter(number) is None
    assert form.enter("+420 601 000 947") == "+420601000947"

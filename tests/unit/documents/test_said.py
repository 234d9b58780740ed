"""What pages say of their examples, where running them alone would not show it."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import Any

import pytest

from owidget_jupyter import ProblemLog
from owidget_jupyter.numbers.desk import NumberDesk

from ..driver import Page, connected
from . import pages


def names_after(page: str, upto: str) -> dict[str, Any]:
    """Run a page's blocks up to the one that has some text in it, without displaying anything."""
    names: dict[str, Any] = {}
    for block in pages.blocks("python", pages.ROOT / page):
        if "await " not in block.code:
            exec(block.code, names)
        if upto in block.code:
            return names
    raise AssertionError(f"{page} has no such block")


def test_the_smallest_examples_functions_are_registered():
    names = names_after("README.md", "on_status")
    for function in ("show_status", "greet"):
        names["chat"].off(names[function])  # ValueError for one that is not


def test_the_simulators_example_answers_the_visitor():
    chat = names_after("docs/howto/simulator.md", "on_message")["chat"]
    page = connected(chat)
    simulation = page.run()["simulation"]
    assert (simulation["scenario"]["title"], simulation["speed"]) == ("Busy, then served", 10)
    assert page.run()["preset"] == "support"
    page.batch({"kind": "message", "text": "Dobrý den"})
    (act,) = page.comm.custom("act")
    assert (act["side"], act["action"]) == ("operator", "say")
    assert act["args"] == ["You wrote: Dobrý den"]


def test_the_number_examples_function_is_the_chats_rule_and_its_policy_the_fallback():
    names = names_after("docs/howto/numbers.md", "def unless_unwanted")
    run = Page(names["chat"]).want().run()
    assert (run["numbers"]["asks"], run["numbers"]["policy"]["regions"]) == (True, ["CZ", "SK"])
    unless_unwanted = names["unless_unwanted"]
    assert unless_unwanted("777 666 555") == "+420 777 666 555"
    assert unless_unwanted("602 123 456") is None
    assert unless_unwanted("602 1") is None


def test_the_demos_chat_is_shown_alone():
    chat = names_after("docs/howto/demo.md", "placement")["chat"]
    assert (chat.show_status, chat.show_events, chat.placement) == (False, False, "page")


class Text(str):
    """A text of which one can tell whether it is still there."""

    __slots__ = ("__weakref__",)


@pytest.mark.parametrize(
    "function", [lambda number: None, lambda number: number, lambda number: 1 / 0]
)
def test_the_kernel_keeps_no_number(function):
    """As docs/explanation/numbers.md has it."""
    desk = NumberDesk(ProblemLog(lambda: None))
    desk.employ(function)
    number = Text("+420 777 666 555")
    kept = weakref.ref(number)
    asyncio.run(desk.answer(number))
    del number
    gc.collect()
    assert kept() is None
    desk.close()

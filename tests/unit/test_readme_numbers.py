"""What the README says of phone numbers, where no other test holds it."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from owidget_jupyter import ProblemLog
from owidget_jupyter.numbers.desk import LIMIT, NumberDesk
from owidget_jupyter.numbers.rules import MOST_LIMIT

from . import readme
from .driver import Page

TITLE = "Phone numbers"


@pytest.fixture
def names():
    return readme.run(readme.block(TITLE, "python"))


def test_the_examples_column_is_normalized_and_counted(names):
    assert names["numbers"].tolist()[0] == "+420 777 666 555"
    assert dict(names["summary"]) == {"ok": 1, "type_not_allowed": 1}


def test_the_examples_function_is_the_chats_rule_and_its_policy_the_fallback(names):
    run = Page(names["chat"]).want().run()
    assert (run["numbers"]["asks"], run["numbers"]["policy"]["regions"]) == (True, ["CZ", "SK"])
    unless_unwanted = names["unless_unwanted"]
    assert unless_unwanted("777 666 555") == "+420 777 666 555"
    assert unless_unwanted("602 123 456") is None
    assert unless_unwanted("602 1") is None


def test_the_time_limits_are_those_it_names():
    assert f"{LIMIT:g} s at most, or `limit` up to {MOST_LIMIT:g} |" in readme.SECTIONS[TITLE]


class Text(str):
    """A text of which one can tell whether it is still there."""

    __slots__ = ("__weakref__",)


@pytest.mark.parametrize(
    "function", [lambda number: None, lambda number: number, lambda number: 1 / 0]
)
def test_the_kernel_keeps_no_number(function):
    desk = NumberDesk(ProblemLog(lambda: None))
    desk.employ(function)
    number = Text("+420 777 666 555")
    kept = weakref.ref(number)
    asyncio.run(desk.answer(number))
    del number
    gc.collect()
    assert kept() is None
    desk.close()

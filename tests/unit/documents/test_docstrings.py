"""Every example in a docstring runs, and shows what it says that it shows."""

from __future__ import annotations

import ast
import asyncio
import doctest
from importlib import import_module

import pytest

from owidget_jupyter import OWidget

from .docstrings import AWAITING, GIVEN, GIVEN_THERE, PACKAGE, Docstring, docstrings
from .running import Notebook, printed

DOCSTRINGS = docstrings()
CHECKER = doctest.OutputChecker()
#: Ends of lines may be left out, by … as well as by three dots.
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def test_all_were_found():
    sections = sum(path.read_text("utf-8").count("Example:\n") for path in PACKAGE.rglob("*.py"))
    assert len(DOCSTRINGS) == sections > 30


@pytest.mark.parametrize("docstring", DOCSTRINGS, ids=lambda docstring: docstring.owner)
def test_a_docstrings_example_runs_and_shows_what_it_says(docstring, desk):
    asyncio.run(carry_out(docstring))


async def carry_out(docstring: Docstring) -> None:
    async with Notebook().open() as notebook:
        notebook.names.update(vars(import_module(docstring.module)))
        exec(GIVEN + GIVEN_THERE.get(docstring.path.stem, ""), notebook.names)
        notebook.page.display(notebook.names["chat"])
        await notebook.settled()
        if docstring.path.stem in AWAITING:
            visits = asyncio.ensure_future(be_visited(notebook.names["chat"]))
        else:
            visits = asyncio.ensure_future(asyncio.sleep(0))
        for example in docstring.examples:
            got = await shown(notebook, example)
            want = example.want.replace("…", "...")
            if want:
                assert CHECKER.check_output(want, got, OPTIONS), f"{docstring.owner}: {got}"
        await visits
        for chat in notebook.chats():
            assert list(chat.errors) == []


async def be_visited(chat: OWidget) -> None:
    """Have a few visitors, and close: who waits for more has heard of all that there will be."""
    for _ in range(10):
        chat.operator.status = "online"
        for step in (
            chat.visitor.open,
            chat.visitor.join,
            chat.operator.accept,
            chat.operator.end,
            chat.visitor.leave,
        ):
            await step()
    chat.close()


async def shown(notebook: Notebook, example: doctest.Example) -> str:
    """Run one example, and return what a console would show of it."""
    value = None
    with printed() as output:
        for statement in ast.parse(example.source).body:
            value = await notebook.evaluate(statement, "example")
    notebook.page.display(value)
    await notebook.settled()
    return output() + ("" if value is None else f"{value!r}\n")

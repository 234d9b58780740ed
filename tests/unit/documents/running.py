"""Runs examples as a notebook would: statement by statement, with top-level await, in a loop."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

from owidget_jupyter import OWidget

from .rehearsal import Rehearsal

#: How an example says what an expression is: `policy.normalize("777 666 555")  # -> '+420 …'`.
ARROW = "  # -> "
_FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class Notebook:
    """A reader's notebook: names that cells share, and a page that shows what cells end with."""

    def __init__(self, names: dict[str, Any] | None = None) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__", **(names or {})}
        self.compared = 0

    def chats(self) -> list[OWidget]:
        """Return the chats that have a name."""
        return [value for value in self.names.values() if isinstance(value, OWidget)]

    def run(self, cells: list[tuple[str, str, int]]) -> None:
        """Run cells, each its code, the name of its page and its first line there."""

        async def run_all() -> None:
            async with self.open():
                for code, where, line in cells:
                    await self._run_cell(code, where, line)

        asyncio.run(run_all())

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[Notebook]:
        """Have a page in the running loop, which goes at the end."""
        self.page = Rehearsal(asyncio.get_running_loop())
        try:
            yield self
        finally:
            self.page.leave()

    async def _run_cell(self, code: str, where: str, line: int) -> None:
        tree = ast.parse("\n" * (line - 1) + code, where)
        lines = code.splitlines()
        for statement in tree.body:
            last = lines[(statement.end_lineno or 0) - line]
            said = last.partition(ARROW)[2] or None
            value = await self.evaluate(statement, where)
            if said is not None:
                assert value == ast.literal_eval(said), f"{where}:{statement.end_lineno}"
                self.compared += 1
            if statement is tree.body[-1]:
                self.page.display(value)
                await self.settled()

    async def evaluate(self, statement: ast.stmt, where: str) -> Any:
        """Carry out a statement, and return its value if it is an expression."""
        if isinstance(statement, ast.Expr):
            code = compile(ast.Expression(statement.value), where, "eval", _FLAGS)
        else:
            code = compile(ast.Module([statement], []), where, "exec", _FLAGS)
        value = eval(code, self.names)
        if code.co_flags & inspect.CO_COROUTINE:
            value = await as_cell(value)
        await self.settled()
        return value

    async def settled(self) -> None:
        """Let the page do what it was told; it has nothing that takes time."""
        done = self.page.settle()
        await asyncio.sleep(0)
        while not done():
            await asyncio.sleep(0)


async def as_cell(value: Awaitable[Any]) -> Any:
    """Await what a statement came to; one that nobody answers fails rather than hangs."""
    return await asyncio.wait_for(value, 20)


@contextlib.contextmanager
def printed() -> Iterator[Callable[[], str]]:
    """Collect what is printed meanwhile."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        yield out.getvalue

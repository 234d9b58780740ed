"""The examples in docstrings, and what they take for granted."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .pages import ROOT

PACKAGE = ROOT / "owidget_jupyter"

#: Names that a docstring's reader has, as code; nothing else is given.
GIVEN = """
import contextlib
import inspect
from datetime import datetime, timezone
import pandas
import owidget_jupyter
from owidget_jupyter import *

chat = OWidget.simulated()
policy = NumberPolicy("CZ")
frame = pandas.DataFrame({"phone": ["777 666 555"]})
numbers = ["777 666 555"] * 940 + ["777"] * 52 + ["seven"] * 8
customers = {"777 666 555": "+420 777 666 555"}
lengths = []
chat.event_log.to_jsonl("chat.jsonl")
"""
#: And what only the readers of one file have.
GIVEN_THERE = {
    "host": """
import asyncio
from owidget_jupyter.simulator.host import Offer

offer = Offer(page="", script="", scripts={})
end = asyncio.Event()
end.set()
"""
}

#: Modules whose examples wait for what visitors do meanwhile.
AWAITING = ("awaiting", "reading")


@dataclass(frozen=True)
class Docstring:
    """A docstring with examples: whose it is, its file and first line."""

    owner: str
    path: Path
    line: int
    examples: tuple[doctest.Example, ...]

    @property
    def module(self) -> str:
        """The module's name."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)


def _documented(tree: ast.AST, owner: str) -> Iterator[tuple[str, ast.Expr]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{owner}.{node.name}"
            if ast.get_docstring(node) is not None:
                assert isinstance(node.body[0], ast.Expr)
                yield name, node.body[0]
            yield from _documented(node, name)


def docstrings() -> list[Docstring]:
    """Return the package's docstrings that have examples."""
    parser = doctest.DocTestParser()
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for owner, node in _documented(ast.parse(path.read_text("utf-8")), path.stem):
            assert isinstance(node.value, ast.Constant)
            examples = tuple(parser.get_examples(str(node.value.value), owner))
            if examples:
                found.append(Docstring(owner, path, node.lineno, examples))
    return found

"""Every block of code in README and documentation does what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from owidget_jupyter import Scenario
from owidget_jupyter.simulator.__main__ import _parser

from . import pages
from .running import ARROW, Notebook

#: Languages that a block can have; a directive stands in braces.
LANGUAGES = {"python", "toml", "shell", "js", "text"}
WITH_PYTHON = [page for page in pages.PAGES if pages.blocks("python", page)]
TOML = pages.blocks("toml")
COMMANDS = [
    (block, command)
    for block in pages.blocks("shell")
    for command in block.code.splitlines()
    if command
]


def where(block: pages.Block) -> str:
    return f"{pages.name(block.page)}:{block.line}"


@pytest.mark.parametrize("page", WITH_PYTHON, ids=pages.name)
def test_a_pages_python_runs_from_top_to_bottom_with_the_results_it_names(page, desk):
    """As its reader would: one page, one notebook."""
    cells = pages.blocks("python", page)
    notebook = Notebook()
    notebook.run([(cell.code, str(page), cell.line) for cell in cells])
    assert notebook.compared == sum(cell.code.count(ARROW) for cell in cells)
    for chat in notebook.chats():
        assert list(chat.errors) == []


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_no_block_escapes(page):
    """Every fence is understood, and in a language that is looked at."""
    found = pages.fences(page)
    opened = re.findall(r"^ *```+[^\n`]*$", page.read_text("utf-8"), re.MULTILINE)
    assert 2 * len(found) == len(opened)
    plain = {block.info for block in found if not re.fullmatch(r"\{[a-z-]+\}.*", block.info)}
    assert plain <= LANGUAGES
    assert not any(block.info.startswith(("{code", "{doctest")) for block in found)
    assert "~~~" not in page.read_text("utf-8")


def test_there_are_blocks_to_be_run():
    assert len(WITH_PYTHON) > 10
    assert TOML
    assert len(COMMANDS) > 5


@pytest.mark.parametrize("block", TOML, ids=where)
def test_a_block_of_toml_is_a_scenario(block):
    assert Scenario.from_toml(block.code).title


def command_id(value: object) -> str:
    return value if isinstance(value, str) else where(value)


@pytest.mark.parametrize(("block", "command"), COMMANDS, ids=command_id)
def test_a_command_is_one_that_there_is(block, command):
    words = [word for word in shlex.split(command) if not re.match(r"[A-Z]+=", word)]
    match words:
        case ["make", *targets]:
            assert set(targets) <= set(re.findall(r"^([a-z-]+):", pages.text("Makefile"), re.M))
        case ["python", "-m", "owidget_jupyter.simulator", *arguments]:
            _parser().parse_args(arguments)
        case ["pip", "install", what]:
            assert what.removeprefix("dist/") in ("*.whl", "voila")
        case ["voila", notebook, *_]:
            assert (pages.ROOT / notebook).is_file()
        case [".venv/bin/python", "-m", "pytest", path, *_]:
            assert (pages.ROOT / path).is_file()
        case [*_]:
            pytest.fail(f"nobody knows whether this works: {command}")


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_links_lead_somewhere(page):
    """Those that lead out are not followed; the build looks at anchors."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not re.match(r"https?:|#", target):
            path = page.parent / target.partition("#")[0]
            assert path.exists(), f"{pages.name(page)}: {target}"


def test_the_readme_is_short():
    assert len(pages.text("README.md").splitlines()) <= 150


def test_every_document_of_the_documentation_is_named_in_readme_or_index():
    """So that nobody has to search for one."""
    named = pages.text("README.md") + pages.text("docs/index.md")
    for page in (pages.ROOT / "docs").glob("**/*.md"):
        if page.parent.name != "reference" and page.stem != "index":
            assert Path(page.name).stem in named, page

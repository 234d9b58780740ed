"""The project's pages in Markdown, and the blocks of code in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *sorted((ROOT / "docs").rglob("*.md")),
]

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<ticks>```+)(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, or its directive in braces, and what is in it."""

    page: Path
    line: int
    info: str
    code: str


def name(page: Path) -> str:
    """Return a page's path as people write it."""
    return page.relative_to(ROOT).as_posix()


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def section(page: str, title: str) -> str:
    """Return the text below a heading of the second rank, up to the next one."""
    (found,) = re.findall(
        rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text(page), re.MULTILINE | re.DOTALL
    )
    return str(found)


def fences(page: Path) -> list[Block]:
    """Return all fenced blocks of a page, in order."""
    source = page.read_text("utf-8")
    found = []
    for match in _FENCE.finditer(source):
        indent = match["indent"]
        body = re.sub(rf"^{indent}", "", match["body"], flags=re.MULTILINE)
        # Of the first line of the code, so that a traceback names the line of the page.
        line = source.count("\n", 0, match.start("body")) + 1
        found.append(Block(page, line, match["info"].strip(), body))
    return found


def blocks(language: str, page: Path | None = None) -> list[Block]:
    """Return the blocks in a language, of one page or of all."""
    pages = PAGES if page is None else [page]
    return [block for page in pages for block in fences(page) if block.info == language]

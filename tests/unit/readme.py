"""The README, as far as it can be run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas

from owidget_jupyter import OWidget

TEXT = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
#: Text of each section, by its title.
SECTIONS = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


def blocks(language: str) -> list[tuple[str, str]]:
    """Return the blocks of code in a language, each with its section's title."""
    fenced = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [(title, code) for title, text in SECTIONS.items() for code in fenced.findall(text)]


def block(title: str, language: str) -> str:
    """Return a section's only block in a language."""
    (code,) = (code for section, code in blocks(language) if section == title)
    return code


def run(code: str) -> dict[str, Any]:
    """Run an example, and return its names: those that it has from its reader included."""
    names: dict[str, Any] = {
        "chat": OWidget.simulated(),
        "frame": pandas.DataFrame({"phone": ["777 666 555", "222 123 456"]}),
        "do_not_call": {"+420 602 123 456"},
    }
    exec(code, names)
    return names

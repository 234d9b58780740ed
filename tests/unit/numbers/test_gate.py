from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from owidget_jupyter.numbers import gate

SOURCE = (Path(__file__).parents[3] / "js" / "src" / "numbers" / "gate.ts").read_text("utf-8")


def constant(name: str) -> str:
    match = re.search(rf"^export const {name} = (.*);$", SOURCE, re.MULTILINE)
    assert match, f"gate.ts has no {name}"
    return match[1]


def test_both_sides_have_the_same_rule():
    assert json.loads(constant("SPACES").replace("\\t", "\\u0009")) == gate.SPACES
    assert int(constant("LIMIT")) == gate.LIMIT
    assert constant("SHAPE") == f"String.raw`{gate.SHAPE}`"


def test_the_spaces_are_those_of_the_shape():
    assert all(gate.has_shape(f"+4{space}2") for space in gate.SPACES)
    admitted = {chr(code) for code in range(0x11000) if gate.has_shape(chr(code))}
    assert admitted == set("+0123456789().-/") | set(gate.SPACES)


@pytest.mark.parametrize("text", ["4+2", "++42", "(+42)", "+42\n", "42\r"])
def test_no_shape(text):
    assert not gate.has_shape(text)


def test_digits_behind_a_plus():
    assert gate.bare("+ (42) 0") == "+420"
    assert gate.bare("4-2") == "42"
    assert gate.bare("()") == ""


def test_groups_by_e123():
    assert gate.grouped("+1 (650) 253-0000") == "+1 650 253 0000"

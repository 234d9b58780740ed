"""What is said of a number does not repeat it, however it is spelt there."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, quote_plus

import pytest

from owidget_jupyter.numbers.hiding import hide_number

NUMBER = "608 123 321"
WIDE = NUMBER.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


@pytest.mark.parametrize(
    "spelt",
    [
        NUMBER,
        repr(NUMBER),
        "608123321",
        f"+420 {NUMBER}",
        "608-123-321",
        "608–123–321",
        "(0) 608 / 123.321",
        "608_123_321",
        "608\n123\n321",
        NUMBER.replace(" ", "\u202f"),
        repr(NUMBER.replace(" ", "\u00a0")),
        json.dumps(NUMBER.replace(" ", "\u2009")),
        quote(NUMBER),
        quote(f"+420 {NUMBER}"),
        quote_plus(NUMBER),
        str(NUMBER.split()),
        WIDE,
    ],
)
def test_a_number_is_hidden_in_every_spelling(spelt):
    hidden = hide_number(f"no customer for {spelt}, in line 12", NUMBER)
    assert hidden.startswith("no customer for ")
    of_the_spelling = hidden.replace("%2B", "+").replace("+420 …", "…")
    assert re.findall(r"\d+", of_the_spelling) == ["12"]


@pytest.mark.parametrize("asked", [WIDE, "608\u202f123\u202f321", "(608) 123-321", "+420608123321"])
def test_however_it_was_asked(asked):
    assert hide_number(f"{asked}: 608 123 321!", asked) in ("…: …!", "…!")


def test_a_text_without_digits_is_hidden_as_it_was_asked():
    assert hide_number("nobody is called 'Jana N.'", "Jana N.") == "nobody is called '…'"


@pytest.mark.parametrize(
    "other", ["port=443", "HTTP 500 at 10:25:59", "+44 20 7946 0958", "line 608", "20%, 30 %20 4"]
)
def test_other_digits_stay(other):
    assert hide_number(other, NUMBER) == other


@pytest.mark.parametrize("short", ["", "6", "12", "608"])
def test_too_few_digits_give_nothing_away(short):
    text = 'File "x.py", line 608, in f: 12'
    assert hide_number(text, short) == text

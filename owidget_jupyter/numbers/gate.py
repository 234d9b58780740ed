"""What may be read as a phone number at all: the same rule here and in ``js/src/numbers/gate.ts``.

The libraries of both sides read more than this, and each something else: letters, extensions,
digits of other scripts. Behind the gate a number is digits, with or without a "+", and both read
the same. A test compares the constants of both sides.
"""

from __future__ import annotations

import re

#: What counts as a space; the ones that do not break come along when one copies from a web page.
SPACES = " \t\u00a0\u2007\u2009\u202f"
#: Most characters, counted in code points, without the spaces around them.
LIMIT = 64
#: The whole of it; in the syntax that the regular expressions of both languages share.
SHAPE = r"\+?[0-9 \t\u00a0\u2007\u2009\u202f().\-/]*"

_SHAPE = re.compile(SHAPE)
_NO_DIGIT = re.compile("[^0-9]+")


def trim(text: str) -> str:
    """Return a text without the spaces around it."""
    return text.strip(SPACES)


def has_shape(trimmed: str) -> bool:
    """Tell whether a trimmed text consists of what numbers are written with."""
    return _SHAPE.fullmatch(trimmed) is not None


def bare(trimmed: str) -> str:
    """Return the digits of a text that has the shape, behind its "+" if there is one."""
    plus = "+" if trimmed.startswith("+") else ""
    return plus + _NO_DIGIT.sub("", trimmed)


def grouped(formatted: str) -> str:
    """Return a formatted number as E.123 writes it: groups, and a space between them."""
    return "+" + _NO_DIGIT.sub(" ", formatted).strip()

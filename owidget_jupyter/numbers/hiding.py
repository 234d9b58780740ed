"""Keeping an asked number out of what is said about it."""

from __future__ import annotations

import re

_HIDDEN = "…"
#: A character as addresses, `repr` or JSON write it: digits in here are none of a number.
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}"
#: Digits with what may stand between them, as people, addresses or lists write a number.
_DIGITS = re.compile(rf"\+?\d(?:(?:{_ESCAPED}|[\W_]){{0,6}}\d){{3,}}")
_ESCAPE = re.compile(_ESCAPED)
#: As few digits as a spelling has that gives a number away; shorter ones are line numbers.
_TELLING = 4


def hide_number(text: str, number: str) -> str:
    """Return a text without a number: neither as it was asked, nor spelt otherwise.

    An exception often quotes what it could not take: cleaned of spaces, with a calling code, or
    in the address that it was looked up at.
    """
    if len(number) >= _TELLING:
        text = text.replace(number, _HIDDEN).replace(repr(number)[1:-1], _HIDDEN)
    asked = _only_digits(number)

    def unless_other(found: re.Match[str]) -> str:
        return _HIDDEN if _share(_only_digits(found[0]), asked) else found[0]

    return _DIGITS.sub(unless_other, text)


def _only_digits(text: str) -> str:
    """Return the decimal digits of a text as ASCII, as `int` reads those of any script."""
    return "".join(str(int(each)) for each in _ESCAPE.sub("", text) if each.isdecimal())


def _share(some: str, asked: str) -> bool:
    """Tell whether the digits of two texts have a telling part in common."""
    windows = range(len(some) - _TELLING + 1)
    return any(some[at : at + _TELLING] in asked for at in windows)

"""Keeping an asked number out of what is said about it."""

from __future__ import annotations

import re

_HIDDEN = "…"
#: Digits with what may stand between them in a phone number, as people or `repr` write it.
_DIGITS = re.compile(r"\+?[0-9](?:[ ().\-/\u00a0]*[0-9]){3,}")
#: As few digits as a spelling has that gives a number away; shorter ones are line numbers.
_TELLING = 4


def hide_number(text: str, number: str) -> str:
    """Return a text without a number: neither as it was asked, nor spelt otherwise.

    An exception often quotes what it could not take, cleaned of spaces or with a calling code.
    """
    if len(number) >= _TELLING:
        text = text.replace(number, _HIDDEN).replace(repr(number)[1:-1], _HIDDEN)
    asked = _only_digits(number)

    def unless_other(found: re.Match[str]) -> str:
        return _HIDDEN if _share(_only_digits(found[0]), asked) else found[0]

    return _DIGITS.sub(unless_other, text)


def _only_digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _share(some: str, asked: str) -> bool:
    """Tell whether the digits of two texts have a telling part in common."""
    windows = range(len(some) - _TELLING + 1)
    return any(some[at : at + _TELLING] in asked for at in windows)

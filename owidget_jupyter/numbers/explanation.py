"""Why a number is accepted or not, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from owidget_jupyter.numbers.gate import LIMIT
from owidget_jupyter.numbers.kinds import NumberReason, NumberType
from owidget_jupyter.numbers.regions import NO_REGION

if TYPE_CHECKING:
    from owidget_jupyter.numbers.policy import NumberPolicy

#: Regions that a sentence names; the rest is counted.
_MOST = 12


@dataclass(frozen=True, slots=True)
class NumberExplanation:
    """What a policy says of a number, and why.

    Attributes:
        reason: Why it is accepted or not.
        sentence: The same for people: what is wrong and what is accepted. It never repeats the
            number.
        number: The number as the policy writes it, ``"+420 777 666 555"``; None if it is not
            accepted.
        region: Whose number it is, ``"CZ"``, or ``"001"`` where it belongs to no region; None
            for what is no valid number.
        types: Its types: two where mobile and fixed-line numbers look alike, none for what is no
            valid number.
    """

    reason: NumberReason
    sentence: str
    number: str | None = None
    region: str | None = None
    types: tuple[NumberType, ...] = ()


def sentence(reason: NumberReason, policy: NumberPolicy) -> str:
    """Return what a reason means under a policy: what is wrong, and what is accepted."""
    return _SENTENCES[reason](policy)


def _whole(policy: NumberPolicy) -> str:
    """Return what a whole number is, as the end of a sentence."""
    if policy.default_region is None:
        return "accepted is a whole number that begins with + and its calling code"
    return (
        f"accepted is a whole number as one dials it in {policy.default_region}, "
        "or with + and its calling code"
    )


def _regions(policy: NumberPolicy) -> str:
    regions = policy.allowed_regions or ()
    names = [each for each in regions if each != NO_REGION]
    return _listed([*names, "no region"] if NO_REGION in regions else names)


def _types(policy: NumberPolicy) -> str:
    return _listed([each.value.replace("_", " ") for each in policy.allowed_types or ()])


def _listed(names: list[str]) -> str:
    if len(names) > _MOST:
        names = [*names[:_MOST], f"{len(names) - _MOST} more"]
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


_SENTENCES: dict[NumberReason, Callable[[NumberPolicy], str]] = {
    NumberReason.OK: lambda policy: "It is accepted.",
    NumberReason.EMPTY: lambda policy: f"There is no number; {_whole(policy)}.",
    NumberReason.CHARACTERS: lambda policy: (
        "It has characters that no number is written with; accepted are the digits 0 to 9, "
        "spaces, ( ) . - / and one + at the beginning."
    ),
    NumberReason.TOO_SHORT: lambda policy: f"It has too few digits; {_whole(policy)}.",
    NumberReason.TOO_LONG: lambda policy: (
        f"It has too many digits, or more than {LIMIT} characters; {_whole(policy)}."
    ),
    NumberReason.WRONG_LENGTH: lambda policy: (
        f"Numbers of its region have fewer digits or more, but never so many; {_whole(policy)}."
    ),
    NumberReason.LOCAL_ONLY: lambda policy: f"Its area code is missing; {_whole(policy)}.",
    NumberReason.NO_CALLING_CODE: lambda policy: f"Its calling code is missing; {_whole(policy)}.",
    NumberReason.UNKNOWN_CALLING_CODE: lambda policy: (
        f"It begins with a calling code that does not exist; {_whole(policy)}."
    ),
    NumberReason.NOT_IN_USE: lambda policy: (
        "It has the right number of digits, but no number of its region begins like that; "
        f"{_whole(policy)}."
    ),
    NumberReason.REGION_NOT_ALLOWED: lambda policy: (
        f"It is a number of another region; accepted are numbers of {_regions(policy)}."
    ),
    NumberReason.TYPE_NOT_ALLOWED: lambda policy: (
        f"It is a number of another type; accepted: {_types(policy)}."
    ),
}

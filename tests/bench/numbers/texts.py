"""A column of phone numbers of the whole world: the same ones every time."""

from __future__ import annotations

import random

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from tests.numbers_corpus import examples

#: Whose numbers may be written without a calling code.
HOME = "CZ"
#: How many digits at a number's end are drawn by lot.
DRAWN = 4


def column(count: int, repeated: float) -> list[str]:
    """Return texts of all regions and types, mixed.

    The library's example of each region and type is taken again and again, with other last
    digits, and written in one of several ways. Most of these numbers are valid.

    Args:
        count: How many texts.
        repeated: The share of them that are copies of others; all others differ.
    """
    dice = random.Random(f"{count} {repeated}")
    wanted = count - round(count * repeated)
    different: dict[str, None] = {}
    while len(different) < wanted:
        for _, number in examples():
            different[_written(_other(number, dice), dice)] = None
    texts = list(different)
    dice.shuffle(texts)
    texts = texts[:wanted]
    texts += dice.choices(texts, k=count - wanted)
    dice.shuffle(texts)
    return texts


def _other(number: PhoneNumber, dice: random.Random) -> PhoneNumber:
    """Return a number that differs from another one in its last digits."""
    assert number.national_number is not None
    step = 10 ** min(DRAWN, len(str(number.national_number)) - 2)
    other = PhoneNumber()
    other.merge_from(number)
    other.national_number = number.national_number // step * step + dice.randrange(step)
    return other


def _written(number: PhoneNumber, dice: random.Random) -> str:
    """Return one of the ways to write a number in `HOME`."""
    code = number.country_code
    nsn = phonenumbers.national_significant_number(number)
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    ways = [
        international,
        international.replace(" ", "-"),
        f" {international}\u00a0".replace(" ", "\u00a0"),
        f"+{code}{nsn}",
        f"+{code}/{nsn}",
        f"+{code} {nsn[:3]}.{nsn[3:]}",
        f"00{code}{nsn}",
        f"00 {code} {nsn}",
    ]
    if code == phonenumbers.country_code_for_region(HOME):
        ways += [nsn, phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)]
    return dice.choice(ways)

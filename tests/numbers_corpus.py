"""Phone numbers as people write them, right and wrong: the same ones every time."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

#: What stands between digits.
SEPARATORS = (" ", "-", ".", "/", "\u00a0", "\u202f", "\t", " - ", ") ", " (")
#: Prefixes that are dialled before a calling code or within a region, and such as are in use
#: nowhere.
PREFIXES = (
    "00",
    "011",
    "0011",
    "010",
    "810",
    "8~10",
    "119",
    "0",
    "00 ",
    "990",
    "1",
    "8",
    "09",
    "44",
)
#: Neighbours and strangers whose rules of dialling differ most.
OTHERS = (
    "CZ",
    "US",
    "GB",
    "RU",
    "IT",
    "AR",
    "BR",
    "FI",
    "JP",
    "SG",
    "AU",
    "MX",
    "HU",
    "CU",
    "BS",
    "GG",
)


class Written(NamedTuple):
    """A text, and the region where somebody wrote it; None where it is not known."""

    region: str | None
    text: str


def corpus() -> list[Written]:
    """Return the whole of it."""
    turn = itertools.cycle(OTHERS)
    written: dict[Written, None] = {}
    for own, number in examples():
        dice = random.Random(f"{own} {number.country_code} {number.national_number}")
        for text in spellings(number, dice):
            for region in (own, next(turn), None):
                written[Written(region, text)] = None
    for text in oddities():
        for region in (*OTHERS, None):
            written[Written(region, text)] = None
    return list(written)


def examples() -> Iterator[tuple[str | None, PhoneNumber]]:
    """Yield an example of each region and type with its region, and of each code without one."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        found = {}
        for type in phonenumbers.PhoneNumberType.values():
            number = phonenumbers.example_number_for_type(region, type)
            if number is not None:
                found[number.national_number, number.number_of_leading_zeros] = number
        for number in found.values():
            yield region, number
        invalid = phonenumbers.invalid_example_number(region)
        if invalid is not None:
            yield region, invalid
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        yield None, phonenumbers.example_number_for_non_geo_entity(code)


def spellings(number: PhoneNumber, dice: random.Random) -> Iterator[str]:
    """Yield right and wrong spellings of a number."""
    code = str(number.country_code)
    nsn = phonenumbers.national_significant_number(number)
    region = phonenumbers.region_code_for_country_code(number.country_code)
    trunk = phonenumbers.ndd_prefix_for_region(region, True) or "0"
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)

    yield nsn
    yield national
    yield international
    yield f"+{code}{nsn}"
    yield f"  + {code} {nsn}\u00a0"
    yield f"+{code} ({trunk}) {nsn}"
    yield f"+{code}{trunk}{nsn}"
    yield f"{trunk}{nsn}"
    yield f"{trunk} {_grouped(nsn, dice)}"
    yield f"({trunk}{nsn[:2]}) {_grouped(nsn[2:], dice)}"
    yield f"+{code} {_grouped(nsn, dice)}"
    yield f"{code}{nsn}"
    yield f"{code} {trunk}{nsn}"
    yield f"00{code}{nsn}"
    yield f"{dice.choice(PREFIXES)}{code} {_grouped(nsn, dice)}"
    yield f"{dice.choice(PREFIXES)}{nsn}"
    # From here on mostly wrong.
    yield nsn[:-1]
    yield nsn[-7:]
    yield f"{nsn}{dice.randrange(10)}"
    yield f"+{code}{nsn[:-1]}"
    yield f"+{code}{nsn}{dice.randrange(10)}"
    yield f"+{nsn}"
    for _ in range(4):
        yield f"+{code}{_changed(nsn, dice)}"
    yield _changed(nsn, dice)
    yield trunk + _changed(nsn, dice)
    yield f"++{code}{nsn}"
    yield f"{nsn} ext. 5"


def oddities() -> Iterator[str]:
    """Yield what is hardly a number, and numbers of digits at random."""
    yield from ("", " ", "+", "-", "()", "+ 0", "0", "1", "12", "+1", "+12", "+420", "00", "0" * 64)
    yield from ("+0420777666555", "+ (0) 420 777 666 555", "+00420777666555", "(+420) 777 666 555")
    yield from (
        "777 666 555 (mobil)",
        "+420 777 666 555 #1",
        "1-800-FLOWERS",
        "٧٧٧٦٦٦٥٥٥",
        "７７７",
    )
    yield from ("777\u200b666555", "777\u2010666\u2010555", "tel:+420777666555", "777\n666555")
    yield from (
        "7" * 64,
        "7" * 65,
        "+42077766655" + " " * 52 + "5",
        "+42077766655" + " " * 53 + "5",
    )
    dice = random.Random("oddities")
    for _ in range(1500):
        digits = "".join(dice.choices("0123456789", k=dice.randint(2, 18)))
        yield dice.choice(("", "", "+", dice.choice(PREFIXES))) + digits


def _grouped(digits: str, dice: random.Random) -> str:
    """Return digits with separators here and there."""
    written = ""
    for digit in digits:
        written += digit
        if dice.random() < 0.3:
            written += dice.choice(SEPARATORS)
    return written


def _changed(digits: str, dice: random.Random) -> str:
    """Return digits one of which is another."""
    place = dice.randrange(len(digits))
    return f"{digits[:place]}{dice.randrange(10)}{digits[place + 1 :]}"
